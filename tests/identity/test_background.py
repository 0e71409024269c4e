"""What is over goes: links nobody opened, old tries, ended sessions."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.core.db import db, transaction
from app.identity import background, service, sessions, throttle
from app.identity.models import Attempt, PasswordReset, Registration, SignInSession
from tests.support.browser import PageBrowser
from tests.support.clock import Clock
from tests.support.make import make_person


def count(model: type) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_what_is_over_goes_and_the_rest_stays(app: Flask, browser: PageBrowser, clock: Clock) -> None:
    person = make_person()
    with transaction():
        service.register(email="new@example.com", name="New", password_hash="x", lang="th")
        service.ask_reset(email=person.email)
    throttle.note_try(throttle.SIGN_IN, "a@example.com")
    browser.as_(person)
    with app.test_request_context("/th/"), transaction():
        sessions.open_session(person.id)
    clock.advance(hours=1)
    assert swept() == 1
    assert (count(Attempt), count(Registration), count(PasswordReset), count(SignInSession)) == (0, 1, 1, 2)
    clock.advance(hours=47)
    assert swept() == 1
    assert count(Registration) == 0
    clock.advance(days=30)
    assert swept() == 2
    assert (count(PasswordReset), count(SignInSession)) == (0, 1), "the test's own session lasts a year"


def test_it_rests_between_sweeps(app: Flask, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background.pause, "until", None)
    clock.advance(hours=1)
    background.run()
    throttle.note_try(throttle.SIGN_IN, "a@example.com")
    clock.advance(minutes=9)
    assert background.run() == 0
    clock.advance(hours=2)
    assert background.run() == 1


def swept() -> int:
    with transaction():
        return background.sweep()


def test_the_pause_is_shorter_than_what_it_waits_for() -> None:
    assert timedelta() < background.pause.length < throttle.SIGN_IN.window
