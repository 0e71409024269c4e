"""Several at once, with real threads and real locks: seats, queues, cancellations, arrivals, minutes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError

from app.activities.forums import arrivals, minutes, service, sessions
from app.activities.forums.models import Minutes, Registration, Session
from app.core.db import db, transaction
from app.core.errors import DomainError
from app.ledger.guard import note_recorded
from tests.forums.make import (
    BOTH,
    Scene,
    at_once,
    entries,
    mails,
    make_counted,
    make_draft,
    make_registration,
    make_scene,
    make_session,
    register_now,
    session_content,
    viewer_of,
)
from tests.support.make import make_person

PEOPLE, SEATS = 20, 5


def refusals(done: list[Any]) -> int:
    return sum(isinstance(answer, DomainError) for answer in done)


def states(session_id: int) -> list[tuple[int, str]]:
    """(id, state) of everyone on the list, in the order of arrival."""
    db.session.rollback()
    rows = db.session.query(Registration).filter_by(session_id=session_id).order_by(Registration.id)
    return [(row.id, row.state) for row in rows]


def registering(session_id: int, viewer: Any, **values: Any) -> Callable[[], str]:
    def act() -> str:
        return register_now(session_id, viewer, **values).state

    return act


def test_twenty_people_and_five_seats(app: Flask) -> None:
    scene = make_scene(seats=SEATS)
    viewers = [viewer_of(make_person()) for _ in range(PEOPLE)]
    done = at_once(app, [registering(scene.session_id, viewer) for viewer in viewers])
    assert (done.count("seated"), done.count("waiting")) == (SEATS, PEOPLE - SEATS)
    listed = [state for _ident, state in states(scene.session_id)]
    assert listed == ["seated"] * SEATS + ["waiting"] * (PEOPLE - SEATS), "in the order of arrival"
    assert db.session.get_one(Session, scene.session_id).seated == SEATS
    assert len(entries("registration.received")) == PEOPLE
    assert len(mails("ท่านมีที่นั่ง")) == SEATS
    assert len(mails("รายชื่อสำรอง")) == PEOPLE - SEATS


def test_each_way_has_seats_of_its_own(app: Flask) -> None:
    scene = make_scene(session=False)
    session = make_session(scene, seats=2, **{**BOTH, "online_seats": 3})
    viewers = [viewer_of(make_person()) for _ in range(10)]
    ways = ["person", "online"] * 5
    done = at_once(
        app,
        [registering(session.id, viewer, way=way) for viewer, way in zip(viewers, ways, strict=True)],
    )
    assert done.count("seated") == 5
    db.session.rollback()
    row = db.session.get_one(Session, session.id)
    assert (row.seated, row.online_seated) == (2, 3)


def test_the_queue_moves_up_in_order_while_people_cancel(app: Flask) -> None:
    scene = make_scene(seats=SEATS)
    people = [make_person() for _ in range(PEOPLE)]
    rows = [make_registration(scene, person) for person in people]
    waiting = [row.id for row in rows[SEATS:]]

    def cancelling(number: int) -> Callable[[], str]:
        viewer, ident = viewer_of(people[number]), rows[number].id

        def act() -> str:
            with transaction():
                service.cancel_registration(registration_id=ident, viewer=viewer)
            return "cancelled"

        return act

    done = at_once(app, [cancelling(number) for number in range(SEATS)])
    assert done == ["cancelled"] * SEATS
    now_seated = [ident for ident, state in states(scene.session_id) if state == "seated"]
    assert now_seated == waiting[:SEATS]
    assert db.session.get_one(Session, scene.session_id).seated == SEATS
    told = [people[n].email for n in range(SEATS, 2 * SEATS)]
    assert sorted(mails("มีที่นั่งว่าง")) == sorted(told)
    assert len(entries("registration.moved_up")) == SEATS


def test_registering_and_cancelling_together_keeps_count(app: Flask) -> None:
    scene = make_scene(seats=SEATS)
    people = [make_person() for _ in range(SEATS)]
    rows = [make_registration(scene, person) for person in people]
    newcomers = [viewer_of(make_person()) for _ in range(10)]

    def cancelling(number: int) -> Callable[[], str]:
        viewer, ident = viewer_of(people[number]), rows[number].id

        def act() -> str:
            with transaction():
                service.cancel_registration(registration_id=ident, viewer=viewer)
            return "cancelled"

        return act

    acts = [registering(scene.session_id, viewer) for viewer in newcomers]
    at_once(app, [*acts, *(cancelling(number) for number in range(SEATS))])
    listed = [state for _ident, state in states(scene.session_id)]
    assert listed.count("seated") == SEATS
    assert listed.count("waiting") == 5
    live = [state for state in listed if state != "cancelled"]
    assert live == ["seated"] * SEATS + ["waiting"] * 5
    assert db.session.get_one(Session, scene.session_id).seated == SEATS


def test_a_person_registers_once(app: Flask, scene: Scene) -> None:
    viewer = viewer_of(scene.citizen)
    done = at_once(app, [registering(scene.session_id, viewer)] * 8)
    assert done.count("seated") == 1
    assert refusals(done) == 7
    assert len(entries("registration.received")) == 1


def test_fewer_seats_while_people_register(app: Flask) -> None:
    scene = make_scene(seats=4)
    viewers, officer = [viewer_of(make_person()) for _ in range(4)], viewer_of(scene.officer)
    content = session_content(seats=2)

    def lowering() -> str:
        with transaction():
            sessions.change_session(session_id=scene.session_id, viewer=officer, content=content)
        return "lowered"

    at_once(app, [*(registering(scene.session_id, viewer) for viewer in viewers), lowering])
    db.session.rollback()
    row = db.session.get_one(Session, scene.session_id)
    listed = [state for _ident, state in states(scene.session_id)]
    assert row.seated == listed.count("seated") <= row.seats


def test_an_arrival_confirmed_by_two_officers_counts_once(app: Flask, scene: Scene, clock: Any) -> None:
    row, viewer = make_registration(scene), viewer_of(scene.officer)
    clock.advance(days=3)

    def confirming() -> str:
        with transaction():
            arrivals.confirm_arrival(registration_id=row.id, viewer=viewer)
        return "noted"

    assert at_once(app, [confirming] * 4) == ["noted"] * 4
    assert len(entries("arrival.noted")) == 1


def test_minutes_are_published_once(app: Flask, scene: Scene, clock: Any) -> None:
    clock.advance(days=4)
    make_counted(scene)
    draft, viewer = make_draft(scene), viewer_of(scene.officer)
    digest = minutes.draft_digest(draft)

    def publishing() -> str:
        with transaction():
            minutes.publish_minutes(minutes_id=draft.id, viewer=viewer, digest=digest)
        return "published"

    done = at_once(app, [publishing] * 3)
    assert done.count("published") == 1
    assert len(entries("minutes.published")) == 1
    db.session.rollback()
    assert db.session.query(Minutes).count() == 1


def test_the_tables_refuse_what_slips_past_the_verbs(scene: Scene) -> None:
    registration = make_registration(scene)

    def refused(*rows: Any, **changes: Any) -> None:
        with transaction():
            note_recorded(db.session.connection(), "forums")
            row = db.session.get_one(Session, scene.session_id)
            for name, value in changes.items():
                setattr(row, name, value)
            db.session.add_all(rows)
            with pytest.raises(IntegrityError):
                db.session.flush()
            db.session.rollback()

    refused(seated=4)
    refused(seated=-1)
    refused(online_seated=1)
    refused(online_url="https://meet.example.go.th/x")
    second = {
        "session_id": scene.session_id,
        "name": "สองที่นั่ง",
        "sector": "people",
        "way": "person",
        "sent_at": registration.sent_at,
        "consent_version": "2569-1",
    }
    refused(Registration(**second, person_id=registration.person_id, state="waiting"))
    refused(Registration(**second, person_id=registration.person_id, state="seated"))
    refused(Registration(**second, state="waiting", needs_note="ต้องการล่าม"))
