"""The memory of what was sent lasts as long as a form can come again, and no longer."""

from __future__ import annotations

import time

import itsdangerous.timed
import pytest
from flask import Flask
from sqlalchemy import func, select

from app import work
from app.core.db import db
from app.identity.models import Person
from app.web.once import FORM_LIFETIME, KEPT, Submission
from tests.support.browser import PageBrowser
from tests.support.clock import Clock
from tests.support.make import make_person

PATH = "/en/identity/account/details"
TYPED = {"name": "A new name", "lang": "en"}


def remembered() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Submission)) or 0


def sweep_now() -> None:
    db.session.rollback()
    work.pause.until = None
    work.throw_away()


def test_a_key_is_remembered_for_a_month(app: Flask, browser: PageBrowser, clock: Clock) -> None:
    here = browser.as_(make_person())
    page = here.get(PATH)
    here.fill(page, TYPED, action=PATH)
    clock.advance(days=FORM_LIFETIME.days)
    sweep_now()
    assert remembered() == 1
    here.fill(page, TYPED, action=PATH)
    assert remembered() == 1, "the same answer, and nothing done a second time"
    clock.advance(days=(KEPT - FORM_LIFETIME).days)
    sweep_now()
    assert remembered() == 0


def test_a_form_older_than_its_memory_is_refused_and_what_was_typed_is_kept(
    app: Flask, browser: PageBrowser, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else an old page sent again by the browser, its key forgotten, would count a second time."""
    person = make_person(name="As it was")
    here = browser.as_(person)
    page = here.get(PATH)
    later = time.time() + FORM_LIFETIME.total_seconds() + 1
    monkeypatch.setattr(itsdangerous.timed.TimestampSigner, "get_timestamp", lambda _signer: int(later))
    again = here.fill(page, TYPED, action=PATH, status=400)
    assert "If you have sent it before, do not send it again." in again.text
    assert "Nothing has been sent yet" not in again.text
    assert "A new name" in again.html
    assert db.session.get_one(Person, person.id).name == "As it was"
    here.fill(again, {}, action=PATH)
    assert db.session.get_one(Person, person.id, populate_existing=True).name == "A new name"
