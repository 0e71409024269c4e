"""Several at once, with real threads and real locks: seats, applications, farewells, minutes, numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError

from app.activities.panels import meetings, minutes, preparing, seating, service
from app.activities.panels.models import Application, Meeting, Member, Minutes, SeatGroup
from app.core.db import db, transaction
from app.core.errors import DomainError
from app.identity.consents import CURRENT_CONSENT
from app.identity.models import Person
from app.ledger.guard import note_recorded
from tests.panels.make import (
    NOTE,
    REASON,
    Scene,
    at_once,
    entries,
    group,
    make_application,
    make_attendance,
    make_draft,
    make_meeting,
    make_member,
    make_scene,
    meeting_content,
    panel_content,
    viewer_of,
)
from tests.support.make import make_person

APPLICANTS, SEATS = 30, 5


def refusals(done: list[Any]) -> int:
    return sum(isinstance(answer, DomainError) for answer in done)


def taken(scene: Scene) -> int:
    db.session.rollback()
    return db.session.get_one(SeatGroup, scene.traders).taken


def seating_of(application: Application, officer: Person) -> Callable[[], str]:
    ident, viewer = application.id, viewer_of(officer)

    def act() -> str:
        with transaction():
            seating.seat_applicant(application_id=ident, viewer=viewer, note=NOTE)
        return "seated"

    return act


def test_thirty_applicants_and_five_seats(app: Flask) -> None:
    scene = make_scene(seats=SEATS)
    waiting = [make_application(scene, make_person()) for _ in range(APPLICANTS)]
    done = at_once(app, [seating_of(application, scene.officer) for application in waiting])
    assert done.count("seated") == SEATS
    assert refusals(done) == APPLICANTS - SEATS
    assert taken(scene) == SEATS
    assert db.session.query(Member).filter_by(group_id=scene.traders, left_at=None).count() == SEATS
    states = [row.state for row in db.session.query(Application)]
    assert (states.count("seated"), states.count("waiting")) == (SEATS, APPLICANTS - SEATS)
    assert len(entries("member.seated")) == SEATS


def test_seats_given_up_meanwhile_are_counted_right(app: Flask) -> None:
    scene = make_scene(seats=SEATS)
    members = [make_person() for _ in range(SEATS)]
    for person in members:
        make_member(scene, person)
    with transaction():  # They may apply only while a seat is free.
        db.session.get_one(SeatGroup, scene.traders).seats += 1
        note_recorded(db.session.connection(), "panels")
    waiting = [make_application(scene, make_person()) for _ in range(10)]

    def leaving(person: Person) -> Callable[[], str]:
        viewer = viewer_of(person)

        def act() -> str:
            with transaction():
                service.leave_panel(activity_id=scene.id, viewer=viewer)
            return "left"

        return act

    acts = [seating_of(application, scene.officer) for application in waiting]
    done = at_once(app, [*acts, *(leaving(person) for person in members)])
    assert done.count("left") == SEATS
    seated = done.count("seated")
    assert 1 <= seated <= SEATS + 1
    assert taken(scene) == seated
    assert db.session.query(Member).filter_by(left_at=None).count() == seated


def test_one_application_answered_by_two_officers(app: Flask, scene: Scene) -> None:
    application, viewer = make_application(scene), viewer_of(scene.officer)

    def declining() -> str:
        with transaction():
            seating.decline_applicant(application_id=application.id, viewer=viewer, note=NOTE)
        return "declined"

    done = at_once(app, [seating_of(application, scene.officer), declining] * 2)
    assert refusals(done) == 3
    db.session.rollback()
    state = db.session.get_one(Application, application.id).state
    assert state in done
    assert taken(scene) == int(state == "seated")


def test_a_person_applies_once(app: Flask, scene: Scene) -> None:
    viewer = viewer_of(scene.citizen)

    def act() -> str:
        with transaction():
            service.apply_for_seat(
                activity_id=scene.id,
                viewer=viewer,
                group_id=scene.traders,
                reason=REASON,
                show_name=False,
                consent_version=CURRENT_CONSENT,
            )
        return "sent"

    done = at_once(app, [act] * 8)
    assert done.count("sent") == 1
    assert refusals(done) == 7
    assert len(entries("application.received")) == 1


def test_the_last_seat_and_a_smaller_panel(app: Flask) -> None:
    """An officer lowers the seats while another names a representative: the members still fit."""
    scene = make_scene(opens_in=2, seats=2)
    viewer = viewer_of(scene.officer)

    def naming(number: int) -> Callable[[], str]:
        def act() -> str:
            with transaction():
                seating.name_representative(
                    activity_id=scene.id,
                    group_id=scene.traders,
                    viewer=viewer,
                    name=f"ผู้แทน {number}",
                    organisation="ชมรม",
                    show_name=True,
                )
            return "named"

        return act

    def lowering() -> str:
        groups = [group("ผู้ค้าในตลาด", 1, id=scene.traders), group("ผู้เช่าบ้าน", 2, id=scene.tenants)]
        with transaction():
            preparing.prepare_panel(
                activity_id=scene.id, viewer=viewer, content=panel_content(), groups=groups
            )
        return "lowered"

    done = at_once(app, [naming(1), naming(2), naming(3), lowering])
    db.session.rollback()
    row = db.session.get_one(SeatGroup, scene.traders)
    assert row.taken == done.count("named") <= row.seats
    assert db.session.query(Member).filter_by(group_id=scene.traders).count() == row.taken


def test_minutes_are_adopted_once(app: Flask, scene: Scene) -> None:
    meeting = make_meeting(scene, -0.5)
    make_attendance(scene, meeting, [])
    draft, viewer = make_draft(scene, meeting), viewer_of(scene.officer)
    digest = minutes.draft_digest(draft)

    def adopting() -> str:
        with transaction():
            minutes.adopt_minutes(minutes_id=draft.id, viewer=viewer, digest=digest)
        return "adopted"

    def writing() -> str:
        with transaction():
            minutes.draft_minutes(
                meeting_id=meeting.id, viewer=viewer, text_th="แก้ร่างพร้อมกับการรับรอง", text_en=None
            )
        return "written"

    done = at_once(app, [adopting, adopting, writing])
    assert done.count("adopted") <= 1
    assert len(entries("minutes.adopted")) == done.count("adopted")
    [row] = db.session.query(Minutes).all()
    assert (row.adopted_at is not None) == ("adopted" in done)
    assert ("written" in done) != ("adopted" in done) or row.adopted_at is not None


def test_meetings_get_numbers_of_their_own(app: Flask, scene: Scene) -> None:
    viewer, content = viewer_of(scene.officer), meeting_content(2)

    def calling() -> int:
        with transaction():
            return meetings.call_meeting(activity_id=scene.id, viewer=viewer, content=content).number

    done = at_once(app, [calling] * 6)
    assert sorted(done) == [1, 2, 3, 4, 5, 6]
    assert db.session.query(Meeting).count() == 6


def test_the_tables_refuse_what_slips_past_the_verbs(scene: Scene) -> None:
    member = make_member(scene)

    def refused(*rows: Any, **changes: int) -> None:
        with transaction():
            note_recorded(db.session.connection(), "panels")
            row = db.session.get_one(SeatGroup, scene.traders)
            for name, value in changes.items():
                setattr(row, name, value)
            db.session.add_all(rows)
            with pytest.raises(IntegrityError):
                db.session.flush()
            db.session.rollback()

    refused(taken=4)
    refused(seats=0)
    second = {"activity_id": scene.id, "group_id": scene.tenants, "show_name": False, "entries": []}
    application = make_application(scene, make_person())
    refused(
        Member(
            **second,
            application_id=application.id,
            person_id=member.person_id,
            name="สองที่นั่ง",
            seated_at=member.seated_at,
        )
    )
    elsewhere = make_scene()
    refused(
        Member(
            **{**second, "group_id": elsewhere.traders},
            name="กลุ่มของคณะอื่น",
            organisation="ชมรม",
            seated_at=member.seated_at,
        )
    )
