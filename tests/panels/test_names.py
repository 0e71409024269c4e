"""The name of somebody without an account: taken off the pages, or erased, by the office at their wish."""

from __future__ import annotations

import pytest
from flask import Flask

from app.activities.panels import seating
from app.activities.panels.models import Attendance, Member, SeatGroup
from app.core.clock import now
from app.core.db import db, transaction
from app.issues.models import Issue
from app.ledger.guard import note_recorded
from app.ledger.models import Opening
from tests.panels.make import (
    Scene,
    entries,
    make_attendance,
    make_meeting,
    make_member,
    make_representative,
    viewer_of,
)
from tests.support.browser import PageBrowser
from tests.support.make import make_agency, make_person

NAME, ORGANISATION = "นายเช่า บ้านริมน้ำ", "ชมรมผู้เช่า"


def path(scene: Scene, member: Member) -> str:
    return scene.path(f"/members/{member.id}/name")


def stored(member: Member) -> Member:
    db.session.rollback()
    return db.session.get_one(Member, member.id, populate_existing=True)


def test_the_office_takes_a_name_off_the_pages(scene: Scene, browser: PageBrowser) -> None:
    member, officer = make_representative(scene), browser.as_(scene.officer)
    assert NAME in browser.get(scene.path()).text
    assert path(scene, member) in officer.get(scene.path("/manage")).links()
    officer.submit(path(scene, member), {"wish": "hide"})
    assert NAME not in browser.get(scene.path()).text
    assert NAME in officer.get(scene.path("/manage")).text, "the office still knows whom to invite"
    assert stored(member).left_at is None
    [entry] = entries("member.name_removed")
    assert (entry["subject"], entry["data"], entry["commit"]) == (f"activity/{scene.id}", {}, None)
    assert len(entry["at"]) == 10
    choices = {e.attrs["value"] for e in officer.get(path(scene, member)).all("input", name="wish")}
    assert choices == {"erase"}
    officer.submit(path(scene, member), {"wish": "hide"}, status=422)


def test_the_office_erases_a_name_for_good(scene: Scene, browser: PageBrowser) -> None:
    member, officer = make_representative(scene), browser.as_(scene.officer)
    meeting = make_meeting(scene, -0.5)
    make_attendance(scene, meeting, [], absences={member.id: "ป่วย"})
    seated = entries("member.seated")[0]["id"]
    officer.submit(path(scene, member), {"wish": "erase"})
    row = stored(member)
    assert (row.name, row.organisation, row.show_name, row.ended_by) == (None, "", False, "erased")
    assert db.session.query(Attendance.absence).scalar() is None
    assert db.session.get_one(SeatGroup, scene.tenants).taken == 0
    assert db.session.get(Opening, seated) is None, "nothing opens the entry about the seat any more"
    [entry] = entries("person.erased")
    assert entry["actor"].startswith("officer:")
    for reader, page in ((browser, scene.path()), (officer, scene.path("/manage"))):
        assert NAME not in reader.get(page).text
        assert ORGANISATION not in reader.get(page).text
    officer.get(scene.path(f"/meetings/{meeting.id}/attendance"))
    officer.get(path(scene, member), 404)


def test_also_after_the_seat_and_after_the_issue(scene: Scene, browser: PageBrowser) -> None:
    member, officer = make_representative(scene), browser.as_(scene.officer)
    with transaction():
        seating.end_membership(
            member_id=member.id, viewer=viewer_of(scene.officer), reason="ย้ายไปอยู่จังหวัดอื่นแล้ว"
        )
    assert path(scene, member) in officer.get(scene.path("/manage")).links()
    close(scene)
    officer.submit(path(scene, member), {"wish": "erase"})
    assert stored(member).name is None
    assert NAME not in officer.get(scene.path("/manage")).text


def close(scene: Scene) -> None:
    with transaction():
        db.session.get_one(Issue, scene.issue.id).closed_at = now()
        db.session.flush()
        note_recorded(db.session.connection(), "issues")


@pytest.mark.parametrize("lang", ["th", "en"])
def test_only_the_office_and_only_for_who_has_no_account(
    app: Flask, scene: Scene, browser: PageBrowser, lang: str
) -> None:
    named, applied = make_representative(scene), make_member(scene)
    at = scene.path(f"/members/{named.id}/name", lang)
    browser.as_(scene.officer).get(at)
    browser.as_(scene.officer).get(scene.path(f"/members/{applied.id}/name", lang), 404)
    browser.as_(make_person("officer", make_agency())).get(at, 404)
    browser.as_(scene.citizen).get(at, 403)
    browser.get(at, 303)
