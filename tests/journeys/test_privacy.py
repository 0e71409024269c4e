"""What the public record, the pages and the logs give away about a person: nothing that joins two acts."""

from __future__ import annotations

import json
import logging
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.activities.comments.models import Comment
from app.core import clock as app_clock
from app.core.db import db
from app.identity.models import Person
from app.ledger.models import Entry, Opening
from app.ledger.record import commitment
from app.site.demo.seed import seed
from tests.conftest import START, empty_tables
from tests.journeys.support.screens import screens
from tests.journeys.support.stage import Stage, set_stage
from tests.support.browser import Page, PageBrowser
from tests.support.clock import Clock

pytestmark = pytest.mark.xdist_group("privacy")
"""One process makes the stage once an engine for all of them."""

CITIZEN = "citizen:"
ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")
TELLING_KEYS = frozenset(
    {"person", "person_id", "name", "email", "voter", "member", "author", "body", "text"}
)
SHORT = 12
"""Codes of the program are shorter; what is longer might be somebody's own."""

OWN_ADDRESS = frozenset({"identity.account", "identity.reset", "identity.verify"})
OFFICE = frozenset({"agencies.members", "agencies.own_members", "agencies.end_role", "votes.roll"})
OFFICE |= {"identity.programme_roles", "identity.end_programme_role", "outreach.register"}
"""Pages that show an e-mail address: to its owner, or to those whose task it is to give roles and votes, or
to invite."""

FORMS_FOR_ALL = frozenset(f"identity.{name}" for name in ("sign_in", "register", "forgot", "reset", "verify"))
FORMS_FOR_ALL |= {"comments.appeal", "comments.no_mail", "comments.visit", "outreach.reply"}
FORMS_FOR_ALL |= {f"notifications.{name}" for name in ("issue", "confirm", "leave")}
FORMS_FOR_ALL |= {f"surveys.link_{name}" for name in ("answer", "check", "mine", "thanks")}
"""Pages with a form for people who are not signed in: its protection needs a cookie."""


@dataclass(frozen=True)
class Whole:
    """The demonstration with its stage, on this engine."""

    app: Flask
    stage: Stage


@pytest.fixture(scope="module")
def whole(built_app: Flask) -> Iterator[Whole]:
    app_clock.use(Clock(START))
    with built_app.app_context():
        assert seed()
        stage = set_stage()
        db.session.remove()
        yield Whole(built_app, stage)
        db.session.remove()
        empty_tables(built_app.extensions["touched_tables"])
    app_clock.use(None)


@dataclass(frozen=True)
class Act:
    """An entry of the public log that a citizen made; only the database's openings tell who it was."""

    person_id: int
    body: Mapping[str, Any]


def bodies() -> list[dict[str, Any]]:
    db.session.rollback()
    return [json.loads(body) for body in db.session.scalars(select(Entry.body))]


def acts() -> list[Act]:
    """Citizens' entries, each with who really made it."""
    people = [f"person/{ident}".encode() for ident in db.session.scalars(select(Person.id))]
    query = select(Entry.body, Opening.actor_salt).join(Opening, Opening.entry_id == Entry.id)
    found = []
    for body, salt in db.session.execute(query.where(Entry.actor.startswith(CITIZEN))):
        told = json.loads(body)
        [who] = [person for person in people if CITIZEN + commitment(salt, person) == told["actor"]]
        found.append(Act(int(who.decode().partition("/")[2]), told))
    db.session.rollback()
    return found


def values(value: Any) -> Iterator[str]:
    """Every text within."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from values(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from values(inner)


def keys(value: Any) -> Iterator[str]:
    """Every name within."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield name
            yield from keys(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from keys(inner)


def test_no_two_entries_can_be_joined_to_one_citizen(whole: Whole) -> None:
    """Who did what is known here from the secret openings; nothing public may say as much."""
    found = acts()
    assert len(found) > len({act.person_id for act in found}) > 10, "somebody has acted more than once"
    for name in ("actor", "id", "commit"):
        told = [act.body[name] for act in found if act.body[name] is not None]
        assert len(told) == len(set(told)), f"two acts share a value of {name}"
    holders: dict[str, set[int]] = defaultdict(set)
    counted: dict[str, int] = defaultdict(int)
    for act in found:
        for value in {value for value in values(act.body) if len(value) >= SHORT}:
            holders[value].add(act.person_id)
            counted[value] += 1
    joining = [value for value, n in counted.items() if n > 1 and len(holders[value]) == 1]
    assert not joining, f"these values stand in several entries of one citizen and in no other: {joining}"


def test_a_ballot_names_nobody(whole: Whole) -> None:
    cast = [body for body in bodies() if body["fact"] == "votes.ballot.cast"]
    assert len(cast) > 10
    for body in cast:
        assert (body["actor"], body["commit"], body["data"]) == ("system", None, {})
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", body["at"]), "a time of day would join a ballot to a visit"


def test_entries_hold_no_personal_data(whole: Whole) -> None:
    people = db.session.execute(select(Person.email, Person.name)).all()
    words = [word for row in people for word in row]
    words += [body for body in db.session.scalars(select(Comment.body)) if body]
    for entry in bodies():
        text = json.dumps(entry, ensure_ascii=False)
        assert not ADDRESS.search(text), text
        assert not [word for word in words if word in text], text
        assert not TELLING_KEYS & set(keys(entry)), text
        assert "person/" not in text


def test_pages_and_logs_tell_no_address(whole: Whole, caplog: pytest.LogCaptureFixture) -> None:
    """All pages as everybody who may read them: addresses stand on the pages meant for them and nowhere else."""
    caplog.set_level(logging.INFO)
    caplog.set_level(logging.WARNING, "sqlalchemy")
    readers: dict[str, PageBrowser] = {}
    for screen in screens(whole.app, whole.stage):
        if screen.who is not None and screen.who not in readers:
            readers[screen.who] = PageBrowser(whole.app, whole.stage.who(screen.who).person_id)
        # Who is signed out comes to each page for the first time, without a cookie from another.
        reader = readers[screen.who] if screen.who is not None else PageBrowser(whole.app)
        page = reader.get(screen.address(whole.app, "th"), status=screen.status)
        for address in _addresses(page):
            assert not ADDRESS.search(address), f"{page.path} leads to {address}"
        if screen.endpoint not in OWN_ADDRESS | OFFICE:
            assert not ADDRESS.search(page.text), f"{page.path}: {ADDRESS.findall(page.text)}"
        if screen.who is None and screen.endpoint not in FORMS_FOR_ALL:
            assert "Set-Cookie" not in page.response.headers, f"{page.path} sets a cookie"
    assert len(readers) > 5
    _nothing_told(caplog)


def test_signing_in_and_asking_for_a_password_are_not_told(
    whole: Whole, caplog: pytest.LogCaptureFixture
) -> None:
    """What a person types about themselves stands in no address that is redirected to and in no log line."""
    caplog.set_level(logging.INFO)
    caplog.set_level(logging.WARNING, "sqlalchemy")
    typed = {"email": "somebody@example.com", "name": "สมหญิง ใจดี", "password": "วันนี้ฝนตกหนักมาก"}
    for path, status in (("sign-in", 422), ("register", 303), ("forgot", 303)):
        reader = PageBrowser(whole.app)
        values = {**typed, "lang": "th"}
        answer = reader.submit(f"/th/identity/{path}", values, status=status)
        assert "somebody" not in answer.response.headers.get("Location", "")
    _nothing_told(caplog)


def _addresses(page: Page) -> list[str]:
    named = ("href", "action", "src")
    return [element.attrs[name] for element in page.elements for name in named if name in element.attrs]


def _nothing_told(caplog: pytest.LogCaptureFixture) -> None:
    lines = [record.getMessage() for record in caplog.records]
    assert not [line for line in lines if ADDRESS.search(line)]
