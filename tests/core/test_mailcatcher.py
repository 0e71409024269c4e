"""The mail catcher takes real SMTP and keeps whole mails."""

from __future__ import annotations

import smtplib
import socket
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from app.core.mailcatcher import catching, caught, read_mail


def send(address: str, text: str) -> None:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.com", "b@example.com", "ถึงคุณ"
    message.set_content(text)
    url = urlsplit(address)
    with smtplib.SMTP(url.hostname or "", url.port or 0, timeout=120) as server:
        server.send_message(message)


def test_mails_are_kept_newest_first(tmp_path: Path) -> None:
    with catching(tmp_path / "mail") as address:
        assert "127.0.0.1" in address
        for text in ("หนึ่ง", "สอง"):
            send(address, text)
    found = [read_mail(path) for path in caught(tmp_path / "mail")]
    assert [mail.get_content().strip() for mail in found] == ["สอง", "หนึ่ง"]
    assert found[0]["Subject"] == "ถึงคุณ"


def test_nothing_listens_afterwards(tmp_path: Path) -> None:
    with catching(tmp_path) as address:
        pass
    with pytest.raises(ConnectionRefusedError):
        send(address, "x")


def test_a_taken_port_is_told(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(OSError, match="in use"), catching(tmp_path, port):
            pass


def test_an_empty_folder_has_no_mails(tmp_path: Path) -> None:
    assert caught(tmp_path / "nothing here") == []
