"""Mail: leaves after the commit, once, and never holds up who writes meanwhile."""

from __future__ import annotations

import logging
import smtplib

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.core import mail as outgoing
from app.core.db import db, transaction
from app.core.mail import TRIES, OutgoingMail, deliver_due, enqueue, forget_old, given_up
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
    assert (mail.body, mail.recipient) == ("", ""), "neither a link nor an address is kept once it has left"


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


class Refusing(Server):
    """Refuses every mail, naming its receiver, as mail servers do."""

    def send_message(self, message: object) -> None:
        raise smtplib.SMTPRecipientsRefused({"a@example.com": (550, b"a@example.com unknown")})


def try_until_given_up(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outgoing, "_connect", lambda _settings: Refusing())
    queue()
    for _ in range(TRIES + 3):
        assert deliver_due(limit=1) == 0
        clock.advance(hours=9)


def test_a_mail_that_cannot_be_sent_is_given_up_aloud_and_counted(
    app: Flask,
    client: FlaskClient,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    assert client.get("/healthz").get_json() == {"status": "ok", "database": "ok", "mails_given_up": 0}
    try_until_given_up(clock, monkeypatch)
    mail = db.session.scalars(select(OutgoingMail)).one()
    assert (mail.tries, mail.sent_at, mail.body) == (TRIES, None, "")
    told = [
        (record.levelname, record.getMessage()) for record in caplog.records if "mail" in record.getMessage()
    ]
    assert [level for level, _line in told] == ["WARNING"] * (TRIES - 1) + ["ERROR"]
    assert all(f"mail {mail.id}" in line and "SMTPRecipientsRefused" in line for _level, line in told)
    assert not [line for _level, line in told if "example.com" in line], "no address stands in the log"
    db.session.rollback()
    assert client.get("/healthz").get_json()["mails_given_up"] == given_up() == 1


def test_a_worker_that_ended_during_the_last_try_has_not_lost_the_mail(
    app: Flask, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = Server()
    monkeypatch.setattr(Server, "send_message", lambda self, message: self.sent.append(str(message)))
    monkeypatch.setattr(outgoing, "_connect", lambda _settings: server)
    queue()
    for _ in range(TRIES):
        assert outgoing._claim() is not None  # And then the process is killed.
        clock.advance(hours=9)
    assert deliver_due() == 1
    assert len(server.sent) == 1


def test_whatever_is_wrong_with_one_mail_the_others_leave(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = Server()

    def send(message: object) -> None:
        if "broken" in str(message):
            raise ValueError("a header with a line break")
        server.sent.append(str(message))

    monkeypatch.setattr(server, "send_message", send)
    monkeypatch.setattr(outgoing, "_connect", lambda _settings: server)
    queue("broken")
    queue("whole")
    assert deliver_due() == 1
    assert "whole" in server.sent[0]


def test_what_has_left_or_was_given_up_goes_after_thirty_days(
    app: Flask, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    try_until_given_up(clock, monkeypatch)
    began = clock()
    server = Server()
    monkeypatch.setattr(server, "send_message", lambda _message: None)
    monkeypatch.setattr(outgoing, "_connect", lambda _settings: server)
    queue("sent")
    assert deliver_due() == 1
    queue("waiting")
    for days, gone in ((29.9, 1), (30, 1), (90, 0)):  # The first was written some days before.
        clock.set(began)
        clock.advance(days=days)
        with transaction():
            assert forget_old() == gone
    assert [mail.subject for mail in db.session.scalars(select(OutgoingMail))] == ["waiting"]
