"""What the ledger knows of panels: that they happened, never who applied, sat or left."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from app.activities.panels import seating, service
from app.activities.panels.kind import KIND
from app.activities.panels.models import Application, Attendance, Meeting, Member, SeatGroup
from app.core.db import db, transaction
from app.evidence.kinds_of_evidence import evidence_kinds
from app.identity.models import Person
from app.ledger.facts import all_facts
from app.ledger.guard import Unrecorded
from app.ledger.models import Opening
from app.ledger.openings import Disclosure, verify_opening
from tests.panels.make import (
    MINUTES,
    NOTE,
    REASON,
    Scene,
    entries,
    make_application,
    make_attendance,
    make_decision,
    make_draft,
    make_meeting,
    make_member,
    make_minutes,
    make_representative,
    make_scene,
    viewer_of,
)
from tests.support.browser import PageBrowser
from tests.support.make import make_activity, make_person


def leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from leaves(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner)
    else:
        yield value


def whole_way(scene: Scene, person: Person, clock: Any) -> None:
    """Applied, taken back, applied again, seated, named, left: everything one citizen can do."""
    viewer = viewer_of(person)
    first = make_application(scene, person)
    with transaction():
        service.withdraw_application(application_id=first.id, viewer=viewer)
    clock.advance(minutes=7)
    make_member(scene, person)
    clock.advance(minutes=7)
    with transaction():
        service.choose_name(activity_id=scene.id, viewer=viewer, show_name=False)
    with transaction():
        service.leave_panel(activity_id=scene.id, viewer=viewer)


def test_no_two_entries_lead_to_the_same_citizen(scene: Scene, clock: Any) -> None:
    whole_way(scene, scene.citizen, clock)
    mine = {entry["id"] for entry in entries()}
    whole_way(scene, make_person(), clock)
    of_people = ("application", "member")
    found = [entry for entry in entries() if entry["fact"].split(".")[1] in of_people]
    theirs = [entry for entry in found if entry["id"] not in mine]
    ours = [entry for entry in found if entry["id"] in mine]
    assert len(ours) == len(theirs) == 6
    strangers = {value for entry in theirs for value in leaves(entry)}
    for place, one in enumerate(ours):
        for other in ours[place + 1 :]:
            common = {value for value in leaves(one) if value is not None} & set(leaves(other))
            assert common <= strangers, "a value ties two entries to one citizen"
    for entry in found:
        assert entry["subject"] == f"activity/{scene.id}"
        citizens_own = entry["fact"].split(".")[-1] in ("received", "withdrawn", "left", "name_chosen")
        assert entry["actor"].startswith("citizen:") == citizens_own
        assert (len(entry["at"]) == 10) == citizens_own, "what a citizen does tells the day alone"
    assert len({entry["actor"] for entry in found if entry["actor"].startswith("citizen:")}) == 10


def test_no_entry_holds_words_names_or_people(scene: Scene, clock: Any) -> None:
    whole_way(scene, scene.citizen, clock)
    make_representative(scene)
    declined = make_application(scene, make_person())
    with transaction():
        seating.decline_applicant(application_id=declined.id, viewer=viewer_of(scene.officer), note=NOTE)
    meeting = make_meeting(scene, -0.5)
    make_minutes(scene, meeting)
    make_decision(scene, meeting, said_th="ประชาชนบอกไว้")
    written = json.dumps(entries(), ensure_ascii=False)
    for secret in (
        REASON,
        NOTE,
        MINUTES[:10],
        scene.citizen.name,
        "นายเช่า",
        "ชมรม",
        "ทางลาด",
        "ศาลา",
        "person/",
    ):
        assert secret not in written
    data = {entry["fact"].removeprefix("panels."): entry["data"] for entry in entries()}
    assert data["application.received"] == data["member.left"] == {}
    assert data["member.seated"] == {"sector": "vulnerable"}
    assert data["meeting.called"]["day"] == "2026-04-17"
    actors = {re.sub(r":.*", "", entry["actor"]) for entry in entries()}
    assert actors == {"citizen", "officer"}


def test_the_facts_and_what_they_demonstrate(app: Flask) -> None:
    facts = {fact.name.removeprefix("panels."): fact for fact in all_facts() if fact.room == "panels"}
    for fact in facts.values():
        assert set(fact.demonstrates) <= set(evidence_kinds())
    sealed = {name for name, fact in facts.items() if fact.visibility == "sealed"}
    assert sealed == {"panel.prepared", "attendance.recorded", "minutes.drafted", "person.erased"}
    assert facts["minutes.adopted"].demonstrates == ("minutes", "minutes_with_attendance")
    assert facts["minutes.adopted"].exhibit == facts["decision.made"].exhibit == "each"
    folded = {name for name, fact in facts.items() if fact.exhibit == "folded"}
    assert folded == {"application.received", "member.seated", "meeting.called"}


def test_a_decision_says_what_it_speaks_for(app: Flask) -> None:
    involve, collaborate = make_scene(level=3), make_scene(level=4)
    source = make_activity(involve.issue, "comments")
    traced = {"said_th": "ประชาชนบอกไว้", "source_id": source.id}
    for scene, values in ((involve, {}), (involve, traced), (collaborate, {})):
        make_decision(scene, make_meeting(scene, -0.5), **values)
    plain, with_source, joint = entries("decision.made")
    assert "evidence_kind" not in plain["data"]
    assert with_source["data"]["evidence_kind"] == "options_with_trace"
    assert with_source["data"]["source"] == source.id
    assert joint["data"]["evidence_kind"] == "joint_decision"
    assert (joint["level"], joint["stage"]) == (4, "solutions")


def test_adopted_minutes_name_their_files_and_who_came(scene: Scene, browser: PageBrowser) -> None:
    came, _missed = make_member(scene), make_member(scene, make_person())
    meeting = make_meeting(scene, -0.5)
    make_attendance(scene, meeting, [came.id])
    make_draft(scene, meeting)
    officer, at = browser.as_(scene.officer), scene.path(f"/meetings/{meeting.id}")
    sent = {"file": (io.BytesIO(b"a,b\n1,2\n"), "a.csv"), "title_th": "ตาราง"}
    officer.post(f"{at}/files/new", officer.get(f"{at}/files/new").field_values() | sent)
    officer.submit(f"{at}/adopt", {})
    [entry] = entries("minutes.adopted")
    assert {name: entry["data"][name] for name in ("version", "came", "members")} == {
        "version": 1,
        "came": 1,
        "members": 2,
    }
    [file] = entry["files"]
    assert (file["size"], file["media"]) == (8, "text/csv")
    assert entry["subject"] == f"meeting/{meeting.id}"


def test_an_applicant_can_prove_the_application(scene: Scene) -> None:
    application = make_application(scene)
    [entry] = entries("application.received")
    opening = db.session.get_one(Opening, entry["id"])
    shown = Disclosure(
        actor_salt=opening.actor_salt,
        person_id=scene.citizen.id,
        commit_salt=opening.commit_salt,
        content={"group": application.group_id, "reason": application.reason, "show_name": True},
    )
    assert verify_opening(entry, shown) == []


def test_why_an_erased_member_missed_a_meeting_is_forgotten(scene: Scene, clock: Any) -> None:
    member, other = make_member(scene), make_member(scene, make_person())
    meeting = make_meeting(scene, 0.5)
    clock.advance(days=1)
    absences = {member.id: "ลาคลอด", other.id: "ติดธุระ"}
    make_attendance(scene, meeting, [], absences=absences)
    with transaction():
        KIND.erase(scene.citizen.id)
    kept = {row.member_id: row.absence for row in db.session.query(Attendance).populate_existing()}
    assert kept == {member.id: None, other.id: "ติดธุระ"}
    make_attendance(scene, meeting, [], absences=absences)
    kept = {row.member_id: row.absence for row in db.session.query(Attendance).populate_existing()}
    assert kept == {member.id: None, other.id: "ติดธุระ"}, "nor is it noted anew"


def test_erasing_takes_names_words_and_salts_and_frees_the_seat(
    scene: Scene, browser: PageBrowser, clock: Any
) -> None:
    whole_way(scene, scene.citizen, clock)
    member = make_member(scene)
    other = make_member(scene, make_person(name="คนที่ยังอยู่"))
    meeting = make_meeting(scene, -0.5)
    meeting_id = meeting.id
    make_minutes(scene, meeting, [member.id, other.id])
    elsewhere = make_scene()
    make_application(elsewhere, scene.citizen)
    with transaction():
        assert KIND.erase(scene.citizen.id) == 6, "four applications and two seats"
    db.session.rollback()
    assert db.session.query(Application).filter_by(person_id=scene.citizen.id).count() == 0
    gone = db.session.query(Member).filter(Member.erased_at.is_not(None)).all()
    assert [(row.name, row.person_id, row.show_name) for row in gone] == [(None, None, False)] * 2
    assert {row.ended_by for row in gone} == {"member", "erased"}
    assert db.session.get_one(SeatGroup, scene.traders).taken == 1
    page = browser.get(scene.path())
    assert scene.citizen.name not in page.text
    assert "คนที่ยังอยู่" in page.text
    came = browser.get(scene.path(f"/meetings/{meeting_id}")).all("td", class_="n")
    assert [cell.text for cell in came][-2:] == ["2", "2"], "who came stays counted"
    browser.as_(scene.officer).get(scene.path("/applications?show=answered"))
    browser.as_(scene.officer).get(scene.path(f"/meetings/{meeting_id}/attendance"))

    openable = {row.entry_id for row in db.session.query(Opening).filter(Opening.sealed.is_(None))}
    left = [entry for entry in entries() if entry["id"] in openable]
    assert {entry["fact"] for entry in left if entry["activity"] == scene.id} <= {
        "panels.application.received",
        "panels.member.seated",
    }
    assert len([entry for entry in left if entry["fact"] == "panels.application.received"]) == 1
    erased = entries("person.erased")
    assert [(entry["subject"], entry["activity"], len(entry["at"])) for entry in erased] == [
        (None, None, 10)
    ] * 2
    with transaction():
        assert KIND.erase(scene.citizen.id) == 0


def test_a_change_past_the_verbs_is_refused(scene: Scene) -> None:
    meeting = make_meeting(scene)
    with pytest.raises(Unrecorded), transaction():
        db.session.get_one(Meeting, meeting.id).place_th = "ที่อื่น"
    with pytest.raises(Unrecorded), transaction():
        db.session.get_one(SeatGroup, scene.traders).seats = 99
