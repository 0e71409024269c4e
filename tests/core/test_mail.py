"""Mail: leaves after the commit, once, and never holds up who writes meanwhile."""

from __future__ import annotations

import smtplib

import pytest
from flask import Flask
from sqlalchemy import select

from app.core import mail as outgoing
from app.core.db import db, transaction
from app.core.mail import OutgoingMail, deliver_due, enqueue
from tests.support.clock import Clock


def queue(subject: str = "Hello") -> None:
    with transaction():
        enqueue(to="a@example.com", subject=subject, body="a link", lang="en")


class Server:
    """Stands in for the connection, to look at the database while a mail is on its way."""

    def __init__(self, fails: bool = False) -> None:
        self.fails = fails
        self.sent: list[str] = []

    def __enter__(self) -> Server:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def send_message(self, message: object) -> None:
        queue("written meanwhile")  # Would wait for ever, were a transaction open.
        if self.fails:
            raise smtplib.SMTPServerDisconnected
        self.sent.append(str(message))


def test_nothing_is_held_while_a_mail_is_on_its_way(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    server = Server()
    monkeypatch.setattr(outgoing, "_connect", lambda _settings: server)
    queue()
    assert deliver_due(limit=1) == 1
    mail = db.session.scalars(select(OutgoingMail).order_by(OutgoingMail.id)).first()
    assert mail is not None
    assert mail.sent_at is not None
    assert mail.body == ""


def test_a_refused_mail_waits_longer_and_is_tried_again(
    app: Flask, monkeypatch: pytest.MonkeyPatch, clock: Clock
) -> None:
    server = Server(fails=True)
    monkeypatch.setattr(outgoing, "_connect", lambda _settings: server)
    queue()
    assert deliver_due(limit=1) == 0
    first = db.session.scalars(select(OutgoingMail).order_by(OutgoingMail.id)).first()
    assert first is not None
    assert (first.tries, first.sent_at, first.body) == (1, None, "a link")
    clock.advance(minutes=5)
    server.fails = False
    db.session.rollback()
    assert deliver_due(limit=5) >= 1
