"""The whole way through pages: prepared, registered, checked in, counted, minuted, corrected; in both languages."""

from __future__ import annotations

import io
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from app.activities.forums.models import Material, Registration, Session
from app.core.clock import now
from app.core.db import db
from app.core.errors import DomainError
from app.core.mail import OutgoingMail
from app.identity.consents import CURRENT_CONSENT
from tests.forums.make import (
    BOTH,
    MINUTES,
    REASON,
    Scene,
    cancel,
    change,
    entries,
    mails,
    make_arrival,
    make_counted,
    make_minutes,
    make_registration,
    make_scene,
    make_session,
    make_walk_in,
)
from tests.support.browser import Page, PageBrowser
from tests.support.make import make_person


def one(model: Any) -> Any:
    db.session.rollback()
    return db.session.query(model).one()


def typed_session(**values: Any) -> dict[str, Any]:
    """A session on 21 April, as an officer types it in Thai years."""
    return {
        "title_th": "เวทีที่ศาลาประชาคม",
        "title_en": "Forum at the hall",
        "starts_at-day": "21",
        "starts_at-month": "4",
        "starts_at-year": "2569",
        "starts_at-time": "9.00",
        "until": "12.00",
        "mode": "both",
        "place_th": "ศาลาประชาคมหมู่ที่ 4",
        "place_en": "Village 4 hall",
        "address_th": "เข้าทางประตูวัด",
        "area_code": "150605",
        "coordinates": "14.5896, 100.4550",
        "seats": "๔๐",
        "online_url": "https://meet.example.go.th/wall-7Kq",
        "online_seats": "60",
        "access": ["ramp", "captions"],
        **values,
    }


@pytest.mark.parametrize("lang", ["th", "en"])
def test_an_officer_prepares_a_forum_in_a_draft(app: Flask, browser: PageBrowser, lang: str) -> None:
    scene = make_scene(published=False, prepared=False, opens_in=1)
    officer = browser.as_(scene.officer)
    values = {"form": "focus_group", "purpose_th": "ฟังว่าต้องการอะไร", "purpose_en": "Hear what is needed"}
    officer.submit(scene.path("/setup", lang), values)
    officer.get(scene.path("/manage", lang))
    officer.submit(scene.path("/sessions/new", lang), typed_session())
    session = one(Session)
    assert session.starts_at == datetime.fromisoformat("2026-04-21T02:00:00+00:00")
    assert session.ends_at - session.starts_at == timedelta(hours=3)
    assert session.register_until == session.starts_at
    assert (session.seats, session.online_seats, session.area_code) == (40, 60, "150605")
    assert session.announced_at is None
    filled = officer.get(scene.path(f"/sessions/{session.id}/change", lang)).field_values()
    assert (filled["until"], filled["seats"], filled["coordinates"]) == ("12.00", "40", "14.5896, 100.4550")
    assert filled["access"] == ["ramp", "captions"]
    assert [entry["fact"] for entry in entries()] == ["forums.forum.prepared", "forums.session.prepared"]
    assert {entry["subject"] for entry in entries()} == {None}, "a draft is sealed"
    browser.get(scene.path(f"/sessions/{session.id}", lang), status=404)
    officer.submit(scene.path(f"/sessions/{session.id}/cancel", lang), {})
    db.session.rollback()
    assert db.session.query(Session).count() == 0


@pytest.mark.parametrize(
    ("lang", "seat", "door", "queue"),
    [
        ("th", "ท่านมีที่นั่งในรอบนี้", "แสดงรหัสนี้หน้างาน", "อยู่ในรายชื่อสำรอง"),
        ("en", "You have a seat at this session", "Show this", "On the waiting list"),
    ],
)
def test_a_citizen_registers_and_finds_the_ticket(
    scene: Scene, browser: PageBrowser, lang: str, seat: str, door: str, queue: str
) -> None:
    citizen = browser.as_(scene.citizen)
    page = browser.get(scene.at("", lang))
    assert scene.at("/register", lang) in page.links()
    values = {
        "sector": "private",
        "needs": ["ramp"],
        "needs_note": "ต้องการที่นั่งใกล้เวที",
        "needs_agreed": "y",
        "consent": CURRENT_CONSENT,
    }
    form = citizen.get(scene.at("/register", lang))
    assert form.field_values()["name"] == scene.citizen.name
    sent = citizen.fill(form, values, action=scene.at("/register", lang))
    ticket = citizen.follow(sent)
    assert seat in ticket.text
    assert door in ticket.text
    assert ticket.all("svg", class_="segno")
    row = one(Registration)
    assert (row.needs, row.needs_note, row.sector) == (["ramp"], "ต้องการที่นั่งใกล้เวที", "private")
    assert row.token not in ticket.html
    assert citizen.fill(form, values, action=scene.at("/register", lang)).status == 303
    assert db.session.query(Registration).count() == 1
    assert "ต้องการที่นั่งใกล้เวที" not in browser.get(scene.at("", lang)).html
    again = citizen.get(scene.at("/register", lang))
    assert "sector" not in again.field_values()
    for _ in range(3):
        other = browser.as_(make_person(name="คนอื่น"))
        last = other.submit(scene.at("/register", lang), {"sector": "people", "consent": CURRENT_CONSENT})
    assert queue in other.follow(last).text
    assert f"/{lang}/forums/registrations/{row.id}" in citizen.get(f"/{lang}/forums/mine").links()
    citizen.submit(f"/{lang}/forums/registrations/{row.id}/cancel", {})
    db.session.rollback()
    row = db.session.get_one(Registration, row.id)
    assert (row.state, row.needs, row.needs_note, row.needs_agreed_at) == ("cancelled", [], None, None)
    assert seat in other.follow(last).text, "the first in the queue moved up"
    assert "cancel" not in " ".join(citizen.get(f"/{lang}/forums/registrations/{row.id}").links())
    citizen.submit(scene.at("/register", lang), {"sector": "people", "consent": CURRENT_CONSENT})


def test_only_its_owner_opens_a_ticket(scene: Scene, browser: PageBrowser) -> None:
    row = make_registration(scene)
    at = f"/en/forums/registrations/{row.id}"
    for rest in ("", "/calendar.ics", "/cancel"):
        browser.as_(make_person()).get(at + rest, status=404)
        browser.as_(scene.officer).get(at + rest, status=404)
        browser.get(at + rest, status=303)
    browser.as_(scene.citizen).get(at)


def test_the_online_address_is_for_those_registered_alone(app: Flask, browser: PageBrowser) -> None:
    scene = make_scene(session=False)
    session = make_session(scene, **{**BOTH, "online_seats": 1})
    at = scene.path(f"/sessions/{session.id}")
    online, in_hall, waiting = (make_person() for _ in range(3))
    rows = [
        make_registration(scene, person, session.id, way=way)
        for person, way in ((online, "online"), (in_hall, "person"), (waiting, "online"))
    ]
    pages = [
        browser.as_(person).get(f"/en/forums/registrations/{row.id}")
        for person, row in zip((online, in_hall, waiting), rows, strict=True)
    ]
    assert ["wall-7Kq" in page.html for page in pages] == [True, False, False]
    for rest in ("", "/calendar.ics", "/register"):
        assert "wall-7Kq" not in browser.as_(make_person()).get(at + rest).html
    assert "wall-7Kq" not in browser.get(scene.path()).html
    assert "wall-7Kq" not in browser.get(f"/en/issues/{scene.issue.id}").html


def test_a_change_is_told_to_those_on_the_list(scene: Scene, browser: PageBrowser) -> None:
    people = [make_person() for _ in range(4)]
    for person in people:
        make_registration(scene, person)
    gone = make_person()
    row = make_registration(scene, gone)
    browser.as_(gone).submit(f"/th/forums/registrations/{row.id}/cancel", {})
    officer, at = browser.as_(scene.officer), scene.at("/change")
    officer.submit(at, {"starts_at-day": "22", "seats": "4", "place_th": "วัดท่าช้าง"})
    session = one(Session)
    assert (session.sequence, session.seated) == (1, 4)
    assert mails("มีการเปลี่ยนแปลง") == [person.email for person in people]
    assert mails("มีที่นั่งว่าง") == [people[3].email], "the new seat goes to who waited"
    [body] = {mail.body for mail in db.session.query(OutgoingMail).filter_by(recipient=people[0].email)} - {
        mail.body for mail in db.session.query(OutgoingMail).filter(OutgoingMail.subject.contains("ท่านมีที่นั่ง"))
    }
    assert "22 เม.ย. 2569" in body
    assert "วัดท่าช้าง" in body
    page = browser.get(scene.at())
    assert "This session was changed" in page.text
    assert "21 Apr 2026" in page.all("del")[0].text
    [entry] = entries("session.moved")
    assert entry["data"]["changed"] == ["ends_at", "place_th", "seats", "starts_at"]
    officer.submit(at, {"seats": "5"})
    [entry] = entries("session.changed")
    assert entry["data"]["changed"] == ["seats"], "more seats are no news for those who merely follow"
    before = len(mails())
    officer.submit(at, {})
    assert len(mails()) == before, "nothing changed, nobody is told"
    assert one(Session).sequence == 2


def test_telling_many_costs_no_more_statements_than_telling_two(app: Flask, browser: PageBrowser) -> None:
    """A request must not hold the writer's lock for a mail after another."""
    sent = []
    for number in (2, 9):
        scene = make_scene(session=False)
        session = make_session(scene, 3, seats=20)
        for _ in range(number):
            make_registration(scene, make_person(), session.id)
        officer, at = browser.as_(scene.officer), scene.path(f"/sessions/{session.id}/change", "th")
        sent.append(officer.submit(at, {"place_th": "วัดท่าช้าง"}).statements)
        at = scene.path(f"/sessions/{session.id}/cancel", "th")
        sent.append(officer.submit(at, {"reason_th": REASON}).statements)
    assert sent[:2] == sent[2:]
    assert len(mails("มีการเปลี่ยนแปลง")) == len(mails("ยกเลิก")) == 11


def test_a_cancelled_session_stays_shown_and_people_are_told(scene: Scene, browser: PageBrowser) -> None:
    row, late = make_registration(scene), browser.as_(make_person())
    form = late.get(scene.at("/register"))
    browser.as_(scene.officer).submit(scene.at("/cancel"), {"reason_th": REASON})
    assert mails("ยกเลิก") == [scene.citizen.email]
    page = browser.get(scene.at("", "th"))
    assert "รอบนี้ยกเลิกแล้ว" in page.text
    assert REASON in page.text
    assert scene.at("/register", "th") not in page.links()
    assert "Cancelled" in browser.get(scene.path()).text
    ticket = browser.as_(scene.citizen).get(f"/en/forums/registrations/{row.id}")
    assert "The session was cancelled" in ticket.text
    assert not ticket.all("svg", class_="segno")
    values = {"sector": "people", "consent": CURRENT_CONSENT}
    refused = late.fill(form, values, action=scene.at("/register"), status=422)
    assert "This session was cancelled." in refused.text


def test_materials_are_put_and_taken_away(scene: Scene, browser: PageBrowser) -> None:
    officer, at = browser.as_(scene.officer), scene.at("/materials/new")
    sent = {"file": (io.BytesIO(b"a,b\n1,2\n"), "แบบ.csv"), "title_th": "แบบร่าง", "title_en": "Drafts"}
    officer.post(at, officer.get(at).field_values() | sent)
    material = one(Material)
    assert "แบบ.csv" in browser.get(scene.at()).text
    answer = browser.get(scene.path(f"/materials/{material.id}"))
    assert answer.response.get_data() == b"a,b\n1,2\n"
    answer.response.close()
    assert answer.response.headers["Content-Disposition"].startswith("attachment")
    again = {"file": (io.BytesIO(b"a,b\n1,2\n"), "x.csv"), "title_th": "ซ้ำ"}
    refused = officer.post(at, officer.get(at).field_values() | again, status=422)
    assert "already there" in refused.text
    officer.submit(scene.path(f"/materials/{material.id}/remove"), {})
    browser.get(scene.path(f"/materials/{material.id}"), status=404)
    [added] = entries("material.added")
    assert [file["media"] for file in added["files"]] == ["text/csv"]
    assert entries("material.removed")[0]["files"] == []


def button(page: Page, words: str, place: int = 0) -> str:
    """The address a form with this button sends to."""
    forms = [element.attrs["action"] for element in page.all("form") if words in element.text]
    return forms[place]


def test_the_list_at_the_door(scene: Scene, browser: PageBrowser, clock: Any) -> None:
    people = [make_person(name=name) for name in ("เอก มั่นคง", "แก้ว ใจดี", "กอบ กิจ")]
    rows = [
        make_registration(scene, person, needs={"codes": ["captions"], "note": None}, needs_agreed=True)
        for person in people
    ]
    officer, at = browser.as_(scene.officer), scene.at("/list")
    early = officer.get(at)
    assert "from the day of the session" in early.text
    assert early.text.index("กอบ") < early.text.index("แก้ว") < early.text.index("เอก"), "Thai order"
    assert "I need captions" in early.text
    clock.advance(days=3)
    page = officer.get(at + "?q=แก้ว")
    assert "เอก" not in page.text
    done = officer.fill(page, {}, action=button(page, "Has come"))
    assert done.response.headers["Location"].endswith("?q=%E0%B9%81%E0%B8%81%E0%B9%89%E0%B8%A7")
    officer.submit(scene.at("/list/walk-in"), {"name": "คนเดินผ่าน", "sector": "media"})
    page = officer.get(at)
    assert "2 have come" in page.text
    officer.submit(scene.path(f"/people/{rows[1].id}/undo"), {})
    assert "1 has come" in officer.get(at).text
    paper = officer.get(scene.at("/list/paper"))
    assert [name for name in ("กอบ กิจ", "คนเดินผ่าน", "เอก มั่นคง") if name not in paper.text] == []
    keyed = {"came": [str(rows[0].id), str(rows[2].id)], "name_0": "ผู้มาใหม่", "sector_0": "people"}
    officer.submit(scene.at("/list/key-in"), keyed)
    db.session.rollback()
    came = {row.name for row in db.session.query(Registration).filter(Registration.arrived_at.is_not(None))}
    assert came == {"เอก มั่นคง", "กอบ กิจ", "ผู้มาใหม่"}, "the untick took the walk-in away"
    page = officer.get(at)
    officer.fill(page, {}, action=scene.at("/list/count"))
    [entry] = entries("attendance.counted")
    assert entry["data"] == {"came": None, "sectors": []}, "three people are too few to tell"
    assert "The list is complete" in officer.get(at).text
    officer.submit(scene.at("/list/walk-in"), {"name": "คนช้า", "sector": "media"})
    assert one(Session).counted_at is None


def test_keying_in_the_paper_list_keeps_whom_the_door_let_in_meanwhile(
    scene: Scene, browser: PageBrowser, clock: Any
) -> None:
    """The list was opened before; what its officer did not see, they did not take away."""
    late, gone = make_registration(scene), make_registration(scene, make_person(name="ไม่มา จริง"))
    clock.advance(days=3)
    early = make_walk_in(scene, name="มา ก่อน", sector="people")
    make_arrival(scene, gone)
    officer, path = browser.as_(scene.officer), scene.at("/list/key-in")
    opened = officer.get(path)
    make_arrival(scene, late)
    make_walk_in(scene, name="มา ทีหลัง", sector="media")
    officer.fill(opened, {"came": [str(early.id)]}, action=path)
    db.session.rollback()
    came = {row.name for row in db.session.query(Registration).filter(Registration.arrived_at.is_not(None))}
    assert came == {late.name, "มา ก่อน", "มา ทีหลัง"}
    for junk in ("x", "9" * 5_000, "²"):
        officer.submit(path, {"ticked": junk})


def test_a_scanned_code_confirms_the_arrival(scene: Scene, browser: PageBrowser, clock: Any) -> None:
    row = make_registration(scene)
    officer, at = browser.as_(scene.officer), f"/th/forums/arrive/{row.token}"
    assert "รอบนี้จัดวันอื่น" in officer.get(at).text
    assert officer.post(at, officer.get(scene.at("/cancel")).field_values(), status=422).errors() is not None
    clock.advance(days=3)
    page = officer.get(at)
    assert page.h1 == scene.citizen.name
    assert "บันทึกแล้วว่ามา" in officer.follow(officer.submit(at, {})).text
    browser.as_(scene.citizen).get(at, status=403)
    browser.as_(make_person("officer", make_scene().agency)).get(at, status=404)
    browser.get(at, status=303)
    officer.get("/th/forums/arrive/" + "0" * 32, status=404)
    officer.get("/th/forums/arrive/nonsense", status=404)
    assert "ท่านมาร่วมแล้ว" in browser.as_(scene.citizen).get(f"/th/forums/registrations/{row.id}").text


def test_minutes_are_drafted_published_and_corrected(scene: Scene, browser: PageBrowser, clock: Any) -> None:
    clock.advance(days=3)
    for number in range(6):
        make_walk_in(scene, name=f"คน {number}")
    make_walk_in(scene, name="นักวิชาการ", sector="academic")
    officer, at = browser.as_(scene.officer), scene.at("/minutes")
    values = {
        "points_th": "ขอทางลาด\nขอประตูน้ำ",
        "points_en": "Ramps\nA gate",
        "text_th": MINUTES,
        "step": "check",
    }
    check = officer.follow(officer.submit(at, values))
    assert "The list of who came is not complete yet" in check.text
    refused = officer.fill(check, {}, action=scene.at("/minutes/publish"), status=422)
    assert "Complete the list of who came first" in refused.text
    assert "Ramps" not in browser.get(scene.at()).text, "a draft is the office's alone"
    make_counted(scene)
    officer.submit(scene.at("/minutes/publish"), {})
    page = browser.get(scene.at())
    assert "Ramps" in page.text
    assert "7 people came" in page.text
    assert "academic" not in page.text.lower() or "1" not in [e.text for e in page.all("td")]
    thai = browser.get(scene.at("", "th"))
    assert "ขอทางลาด" in thai.text
    assert "ไม่แสดงจำนวน" in thai.text
    officer.submit(at, {"text_th": MINUTES + "\n\nเพิ่มเติม", "reason_th": "ตกข้อเสนอของชาวนาไป", "step": "save"})
    assert "เพิ่มเติม" not in browser.get(scene.at("", "th")).text
    officer.submit(scene.at("/minutes/publish"), {})
    page = browser.get(scene.at("", "th"))
    assert "เพิ่มเติม" in page.text
    assert "ตกข้อเสนอของชาวนาไป" in page.text
    old = browser.get(scene.at("?version=1", "th"))
    assert "เพิ่มเติม" not in old.text
    assert [entry["data"]["version"] for entry in entries("minutes.published")] == [1, 2]


def test_two_officers_do_not_overwrite_each_other(scene: Scene, browser: PageBrowser, clock: Any) -> None:
    clock.advance(days=3)
    first, second = browser.as_(scene.officer), browser.as_(make_person("officer", scene.agency))
    at = scene.at("/minutes")
    values = {"points_th": "ประเด็น", "text_th": MINUTES}
    first.submit(at, values)
    page = second.get(at)
    first.submit(at, {"text_th": MINUTES + " แก้แล้ว"})
    refused = second.fill(page, {"text_th": MINUTES + " อีกฉบับ"}, action=at, status=422)
    assert "Someone has changed this draft" in refused.text
    assert "อีกฉบับ" in refused.html


def test_a_draft_checked_is_the_draft_published(scene: Scene, browser: PageBrowser, clock: Any) -> None:
    clock.advance(days=3)
    make_counted(scene)
    officer, at = browser.as_(scene.officer), scene.at("/minutes")
    officer.submit(at, {"points_th": "ประเด็น", "text_th": MINUTES})
    checked = officer.get(at + "/publish")
    officer.submit(at, {"text_th": MINUTES + " แก้หลังตรวจ"})
    refused = officer.fill(checked, {}, action=at + "/publish", status=422)
    assert "changed after you checked it" in refused.text
    officer.fill(refused, {}, action=at + "/publish")
    officer.fill(refused, {}, action=at + "/publish")
    assert len(entries("minutes.published")) == 1


def test_registration_ends_when_it_was_said_to(app: Flask, browser: PageBrowser, clock: Any) -> None:
    scene = make_scene(session=False)
    session = make_session(scene, register_until=now() + timedelta(days=1))
    citizen, at = browser.as_(scene.citizen), scene.path(f"/sessions/{session.id}/register")
    form = citizen.get(at)
    values = {"sector": "people", "consent": CURRENT_CONSENT}
    clock.advance(days=1)
    late = citizen.fill(form, values, action=at, status=422)
    assert "Registration for this session has ended" in late.text
    assert at not in browser.get(scene.path(f"/sessions/{session.id}")).links()
    clock.advance(seconds=-1)
    citizen.fill(form, values, action=at)


def test_the_issue_page_shows_the_sessions_and_leads_to_the_form(scene: Scene, browser: PageBrowser) -> None:
    for lang, words in (("th", "ศาลาประชาคม"), ("en", "Village 4 hall")):
        page = browser.get(f"/{lang}/issues/{scene.issue.id}")
        assert words in page.text
        assert scene.at("/register", lang) in page.links()
    held = make_session(scene, 5)
    page = browser.get(f"/en/issues/{scene.issue.id}")
    assert scene.path("") + "#sessions" in page.links(), "two sessions: choose one first"
    cancel(scene, held.id)
    assert scene.at("/register") in browser.get(f"/en/issues/{scene.issue.id}").links()


def test_a_session_that_has_begun_no_longer_changes(scene: Scene, clock: Any) -> None:
    row = make_registration(scene)
    clock.advance(days=3)
    make_arrival(scene, row)
    make_counted(scene)
    make_minutes(scene)
    with pytest.raises(DomainError):
        change(scene, scene.session_id, seats=9)
