"""Mail of this room's tests goes over real SMTP, into a folder."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email.message import EmailMessage
from pathlib import Path

import pytest
from flask import Flask

from app.core.mail import deliver_due
from app.core.mailcatcher import catching, caught, read_mail


@dataclass
class Mailbox:
    """Everything the application has sent."""

    folder: Path

    def deliver(self) -> list[EmailMessage]:
        """Send what waits, as the worker does; all mails so far, the newest first."""
        deliver_due()
        return [read_mail(path) for path in caught(self.folder)]

    def newest(self) -> EmailMessage:
        return self.deliver()[0]

    def link(self) -> str:
        """The path of the first address in the newest mail."""
        found = re.search(r"http://localhost(/\S+)", self.newest().get_content())
        assert found, "no link in the mail"
        return found[1]


@pytest.fixture
def mailbox(app: Flask, tmp_path: Path) -> Iterator[Mailbox]:
    before = app.config["SETTINGS"]
    with catching(tmp_path / "mail") as address:
        app.config["SETTINGS"] = replace(before, mail_url=address)
        yield Mailbox(tmp_path / "mail")
        app.config["SETTINGS"] = before
