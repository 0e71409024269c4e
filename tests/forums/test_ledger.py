"""What the ledger knows of forums: that they happened and how many came, never who."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask import Flask

from app.activities.forums import background, service
from app.activities.forums.kind import KIND
from app.activities.forums.models import Registration, Session
from app.core.clock import now
from app.core.db import db, transaction
from app.evidence.kinds_of_evidence import evidence_kinds
from app.ledger.facts import all_facts
from app.ledger.guard import Unrecorded
from app.ledger.models import Opening
from app.ledger.openings import Disclosure, verify_opening
from tests.forums.make import (
    Scene,
    entries,
    make_arrival,
    make_counted,
    make_minutes,
    make_photo,
    make_registration,
    make_scene,
    make_session,
    make_walk_in,
    viewer_of,
)
from tests.support.make import make_person, saved


def whole_way(scene: Scene, clock: Any) -> None:
    """Everything one citizen and the office can do with a session."""
    needs = {"codes": ["ramp"], "note": "ใช้รถเข็นไฟฟ้า"}
    first = make_registration(scene, needs=needs, needs_agreed=True)
    with transaction():
        service.cancel_registration(registration_id=first.id, viewer=viewer_of(scene.citizen))
    row = make_registration(scene)
    clock.advance(days=4)
    make_arrival(scene, row)
    for number in range(5):
        make_walk_in(scene, name=f"คนเดินเข้ามา {number}")
    make_counted(scene)
    make_minutes(scene)
    make_photo(scene)


def test_no_entry_holds_words_names_or_people(scene: Scene, clock: Any) -> None:
    whole_way(scene, clock)
    written = json.dumps(entries(), ensure_ascii=False)
    for secret in (
        scene.citizen.name,
        "คนเดินเข้ามา",
        "รถเข็น",
        "ramp",
        "ศาลา",
        "ทางลาด",
        "person/",
        "meet.example",
    ):
        assert secret not in written
    [counted] = entries("attendance.counted")
    assert counted["data"] == {"came": 6, "sectors": ["people:6"]}
    [minuted] = entries("minutes.published")
    assert (minuted["data"]["version"], minuted["data"]["points"]) == (1, 2)
    for entry in entries("registration"):
        assert entry["subject"] == f"session/{scene.session_id}"
        assert len(entry["at"]) == 10, "the day alone"
        assert entry["actor"].startswith("citizen:")
    assert len({entry["actor"] for entry in entries("registration")}) == 3, "no two are told to be one's"
    for entry in entries("arrival"):
        assert (entry["subject"], entry["data"], len(entry["at"])) == (None, {}, 10)


def test_a_citizen_can_prove_the_registration(scene: Scene) -> None:
    make_registration(scene)
    [entry] = entries("registration.received")
    opening = db.session.get_one(Opening, entry["id"])
    shown = Disclosure(
        actor_salt=opening.actor_salt,
        person_id=scene.citizen.id,
        commit_salt=opening.commit_salt,
        content={"sector": "people", "way": "person"},
    )
    assert verify_opening(entry, shown) == []


def test_the_facts_and_what_they_demonstrate(app: Flask) -> None:
    facts = {fact.name.removeprefix("forums."): fact for fact in all_facts() if fact.room == "forums"}
    for fact in facts.values():
        assert set(fact.demonstrates) <= set(evidence_kinds())
    each = {name for name, fact in facts.items() if fact.exhibit == "each"}
    assert each == {"attendance.counted", "minutes.published"}
    folded = {name for name, fact in facts.items() if fact.exhibit == "folded"}
    assert folded == {"session.announced", "material.added", "registration.received"}
    assert facts["attendance.counted"].demonstrates == ("turnout_by_sector", "forum_record")


def test_a_change_without_an_entry_is_refused(scene: Scene) -> None:
    with pytest.raises(Unrecorded), transaction():
        db.session.get_one(Session, scene.session_id).place_th = "ที่อื่น"


def test_erasing_takes_the_name_and_frees_the_seat(scene: Scene, clock: Any) -> None:
    people = [make_person() for _ in range(4)]
    rows = [make_registration(scene, person) for person in people]
    past = make_scene()
    came = make_registration(past, people[0], needs={"codes": ["ramp"], "note": None}, needs_agreed=True)
    own = next(entry["id"] for entry in entries("registration.received"))
    clock.advance(days=2.9)
    make_arrival(past, came)
    with transaction():
        assert KIND.erase(people[0].id) == 2
    db.session.rollback()
    gone = db.session.query(Registration).filter(Registration.erased_at.is_not(None)).all()
    assert [(row.person_id, row.name, row.token, row.needs) for row in gone] == [(None, None, None, [])] * 2
    assert {row.state for row in gone} == {"cancelled", "seated"}
    assert db.session.get_one(Registration, rows[3].id).state == "seated", "the queue moved up"
    assert db.session.get(Opening, own) is None
    with transaction():
        assert KIND.erase(people[0].id) == 0
    clock.advance(days=0.2)
    make_counted(past)
    assert KIND.heard([past.id])[past.id].total == 1, "that somebody came stays counted"


def test_needs_are_erased_some_weeks_after_the_session(scene: Scene, clock: Any) -> None:
    row = make_registration(scene, needs={"codes": ["ramp"], "note": "รถเข็น"}, needs_agreed=True)
    make_registration(scene, make_person())
    clock.advance(days=3 + background.NEEDS_KEPT.days)
    assert background.sweep() == 0
    clock.advance(hours=3)
    assert background.sweep() == 1
    db.session.rollback()
    row = db.session.get_one(Registration, row.id)
    assert (row.needs, row.needs_note, row.needs_agreed_at) == ([], None, None)
    assert row.name, "the list itself stays"
    assert background.sweep() == 0
    assert len(entries("needs.erased")) == 1


def test_sessions_prepared_in_a_draft_are_announced_with_the_issue(app: Flask) -> None:
    scene = make_scene(published=False)
    make_session(scene, 5)
    assert background.run() == 0
    assert entries("session.announced") == []
    scene.issue.published_at = now()
    saved(scene.issue)
    assert background.run() == 2
    announced = entries("session.announced")
    assert [entry["data"]["day"] for entry in announced] == ["2026-04-21", "2026-04-23"]
    assert {entry["actor"] for entry in announced} == {"system"}
    assert background.run() == 0
