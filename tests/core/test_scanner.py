"""Asking a scanner: what it finds is refused, and nothing is taken while it does not answer."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask

from app.config import current_settings
from app.core.errors import DomainError
from app.core.files import path_of, store
from app.core.scanner import ScannerAway, finds_something
from app.i18n import speaking

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class Scanner:
    """Speaks INSTREAM as clamd does (its manual, "CLAMD PROTOCOL"); signatures cannot be fetched in a test."""

    def __init__(self, server: socket.socket, answer: bytes = b"") -> None:
        self.server, self.answer, self.heard = server, answer, [b""]
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _address = self.server.accept()
            except OSError:
                return
            with connection, connection.makefile("rwb") as talk:
                assert talk.read(10) == b"zINSTREAM\0"
                content = b""
                while size := int.from_bytes(talk.read(4), "big"):
                    content += talk.read(size)
                self.heard.append(content)
                found = b"stream: Eicar-Signature FOUND\0" if EICAR in content else b"stream: OK\0"
                talk.write(self.answer or found)
                talk.flush()


@pytest.fixture(params=["tcp", "unix"])
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[socket.socket, str]]:
    if request.param == "unix":
        with closing(socket.socket(socket.AF_UNIX)) as made:
            made.bind(str(tmp_path / "s"))
            made.listen()
            yield made, f"unix://{tmp_path / 's'}"
        return
    with closing(socket.create_server(("127.0.0.1", 0))) as made:
        yield made, f"tcp://127.0.0.1:{made.getsockname()[1]}"


def test_it_hears_the_whole_content_and_its_word_counts(server: tuple[socket.socket, str]) -> None:
    scanner, url = Scanner(server[0]), server[1]
    content = bytes(range(256)) * 1_000
    assert not finds_something(url, content)
    assert scanner.heard[-1] == content
    assert finds_something(url, content + EICAR)


@pytest.mark.parametrize("answer", [b"INSTREAM size limit exceeded. ERROR\0", b"\0", b"nonsense"])
def test_what_is_no_clear_word_is_no_yes(server: tuple[socket.socket, str], answer: bytes) -> None:
    Scanner(server[0], answer)
    with pytest.raises(ScannerAway):
        finds_something(server[1], b"x")


def test_without_a_scanner_nobody_is_asked() -> None:
    assert not finds_something("", EICAR)


def test_files_go_through_it(
    app: Flask, server: tuple[socket.socket, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    Scanner(server[0])
    monkeypatch.setitem(app.config, "SETTINGS", replace(current_settings(), scanner_url=server[1]))
    kept = store(BytesIO(b"nothing bad"), "note.txt")
    assert path_of(kept.sha256).exists()
    with pytest.raises(DomainError) as found:
        store(BytesIO(EICAR), "note.txt")
    with speaking("en"):
        assert "scanner found something" in str(found.value.message)
    server[0].close()
    monkeypatch.setitem(app.config, "SETTINGS", replace(current_settings(), scanner_url="tcp://127.0.0.1:1"))
    with pytest.raises(DomainError) as away:
        store(BytesIO(b"nothing bad either"), "note.txt")
    with speaking("en"):
        assert "at the moment" in str(away.value.message)
