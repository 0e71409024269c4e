"""Every way to go wrong: told at the field, what was typed is kept, nothing is stored."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from app.activities.forums.models import Forum, Minutes, Registration, Session
from app.core.db import db
from app.identity.consents import CURRENT_CONSENT
from app.identity.forms import LONGEST_NAME
from tests.forums.make import BOTH, MINUTES, Scene, make_registration, make_scene, make_session
from tests.forums.test_flow import typed_session
from tests.support.browser import PageBrowser
from tests.support.make import make_person

SCRIPT = "<script>alert('x')</script> <b>ตัวหนา</b>"


def stored(*tables: Any) -> list[int]:
    db.session.rollback()
    return [db.session.query(table).count() for table in tables]


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"sector": None}, "Choose the group you come from."),
        ({"sector": "aliens"}, "Choose one of the answers"),
        ({"name": " ​"}, "Enter the name to put on the list."),
        ({"name": "ก" * (LONGEST_NAME + 1)}, "Shorten this by 1 character"),
        ({"way": "online"}, "Choose one of the answers"),
        ({"way": None}, "Choose how you will take part."),
        ({"needs": ["ramp"]}, "Tick the box if you agree that we keep"),
        ({"needs_note": "ล่าม"}, "Tick the box if you agree that we keep"),
        ({"needs": ["wings"], "needs_agreed": "y"}, "Choose one of the answers"),
        ({"needs_note": "ก" * 501, "needs_agreed": "y"}, "Shorten this by 1 character"),
        ({"consent": None}, "Tick the box if you agree."),
        ({"consent": "2500-1"}, "The consent text has changed."),
        ({"key": "short"}, "too old"),
    ],
)
def test_a_registration_that_will_not_do(
    scene: Scene, browser: PageBrowser, values: dict[str, Any], message: str
) -> None:
    citizen = browser.as_(scene.citizen)
    sent = {"sector": "people", "consent": CURRENT_CONSENT, "name": "สมหญิง", **values}
    page = citizen.submit(scene.at("/register"), sent, status=422)
    assert message in page.text
    assert page.title.startswith("Correct 1 thing")
    assert page.field_values()["name"] == sent["name"].strip(" ​")
    assert stored(Registration) == [0]


def test_a_second_registration_is_refused_and_one_form_counts_once(
    scene: Scene, browser: PageBrowser
) -> None:
    citizen, at = browser.as_(scene.citizen), scene.at("/register")
    values = {"sector": "people", "consent": CURRENT_CONSENT}
    first, second = citizen.get(at), citizen.get(at)
    citizen.fill(first, values, action=at)
    citizen.fill(first, values, action=at)
    refused = citizen.fill(second, values, action=at, status=422)
    assert "You are already on the list of this session." in refused.text
    other = citizen.fill(first, {**values, "sector": "media"}, action=at, status=409)
    assert other.status == 409
    assert stored(Registration) == [1]


def test_without_the_hidden_token_nothing_is_taken(scene: Scene, browser: PageBrowser) -> None:
    values = {"name": "ชื่อที่พิมพ์ไว้", "sector": "people", "way": "person", "consent": CURRENT_CONSENT}
    page = browser.as_(scene.citizen).post(scene.at("/register"), values, status=400)
    assert "ชื่อที่พิมพ์ไว้" in page.html
    assert stored(Registration) == [0]


def test_what_is_typed_is_shown_as_text(scene: Scene, browser: PageBrowser, clock: Any) -> None:
    values = {"sector": "people", "name": SCRIPT, "needs_note": SCRIPT, "needs_agreed": "y"}
    citizen = browser.as_(scene.citizen)
    ticket = citizen.follow(citizen.submit(scene.at("/register"), {**values, "consent": CURRENT_CONSENT}))
    officer = browser.as_(scene.officer)
    clock.advance(days=3)
    officer.submit(scene.at("/minutes"), {"points_th": SCRIPT, "text_th": SCRIPT})
    doors = ("/list", "/list/paper", "/list/key-in", "/minutes/publish")
    pages = [ticket, *(officer.get(scene.at(rest)) for rest in doors)]
    for page in pages:
        assert "<script>alert" not in page.html
        assert "&lt;script&gt;alert" in page.html


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"title_th": ""}, "Enter the title in Thai."),
        ({"title_th": "ก" * 101}, "Shorten this by 1 character"),
        ({"starts_at-day": "31"}, "This month has 30 days"),
        ({"starts_at-day": ""}, "Enter the day as a number"),
        ({"starts_at-time": "ก"}, ""),
        ({"until": "9.00"}, "must end after it begins"),
        ({"until": "25.00"}, ""),
        ({"starts_at-day": "17"}, "still to come"),
        ({"starts_at-month": "7"}, "activity is over by then"),
        ({"starts_at-year": "2575"}, "within the next two years"),
        ({"mode": "telepathy"}, "Choose one of the answers"),
        ({"mode": None}, "Choose how people take part."),
        ({"place_th": "", "place_en": "", "address_th": ""}, "Say in Thai where people come to."),
        ({"place_th": ""}, "Write it in Thai first."),
        ({"mode": "online", "seats": ""}, "An online session has no place."),
        ({"mode": "person", "online_seats": ""}, "Nobody takes part online."),
        ({"mode": "person", "online_url": ""}, "Nobody takes part this way."),
        ({"seats": "0"}, "Enter a number from 1 to 5,000."),
        ({"seats": "5001"}, "Enter a number from 1 to 5,000."),
        ({"seats": ""}, "Enter a number from 1 to"),
        ({"seats": "หลาย"}, "Enter a whole number"),
        ({"online_url": "javascript:alert(1)"}, "web address that begins with https"),
        ({"online_url": "http://meet.example.go.th/x"}, "web address that begins with https"),
        ({"online_url": "https://a@b.go.th/"}, "web address that begins with https"),
        ({"online_url": "https://"}, "web address that begins with https"),
        ({"online_url": "https://[x"}, "web address that begins with https"),
        ({"coordinates": "here"}, "Enter latitude and longitude"),
        ({"coordinates": "95.0, 100.0"}, "Enter latitude and longitude"),
        ({"area_code": "999999"}, "Choose one of the answers"),
        ({"access": ["magic"]}, "Choose one of the answers"),
        (
            {
                "register_until-day": "22",
                "register_until-month": "4",
                "register_until-year": "2569",
                "register_until-time": "9.00",
            },
            "Registration ends when the session begins",
        ),
    ],
)
def test_a_session_that_will_not_do(
    app: Flask, browser: PageBrowser, values: dict[str, Any], message: str
) -> None:
    scene = make_scene(session=False)
    page = browser.as_(scene.officer).submit(scene.path("/sessions/new"), typed_session(**values), status=422)
    assert message in page.text
    assert page.title.startswith("Correct 1 thing")
    assert page.field_values()["address_th"] == typed_session(**values)["address_th"]
    assert stored(Session) == [0]


def test_fewer_seats_than_people_are_refused(app: Flask, browser: PageBrowser) -> None:
    scene = make_scene(session=False)
    session = make_session(scene, **BOTH)
    for way in ("person", "person", "online"):
        make_registration(scene, make_person(), session.id, way=way)
    officer, at = browser.as_(scene.officer), scene.path(f"/sessions/{session.id}/change")
    refused = officer.submit(at, {"seats": "1"}, status=422)
    assert "2 people already have a seat" in refused.text
    gone = {"mode": "person", "online_url": "", "online_seats": ""}
    refused = officer.submit(at, gone, status=422)
    assert "1 people already have a seat" in refused.text or "must stay" in refused.text
    officer.submit(at, {"seats": "2"})


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"points_th": ""}, "Write at least one point"),
        ({"points_th": "ก\n" * 51}, "At most 50 lines."),
        ({"points_th": "ก" * 301}, "A line may have 300 characters."),
        ({"points_en": "One\nTwo\nThree"}, "Write as many lines as in Thai: 1 line."),
        ({"text_th": ""}, "Write the minutes in Thai."),
        ({"text_th": "สั้น"}, "at least 10"),
        ({"text_th": "ก" * 20_001}, "Shorten this by 1 character"),
    ],
)
def test_minutes_that_will_not_do(
    scene: Scene, browser: PageBrowser, clock: Any, values: dict[str, Any], message: str
) -> None:
    clock.advance(days=3)
    sent = {"points_th": "ประเด็น", "text_th": MINUTES, **values}
    page = browser.as_(scene.officer).submit(scene.at("/minutes"), sent, status=422)
    assert message in page.text
    assert stored(Minutes) == [0]


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"form": None}, "Choose what kind of meeting it is."),
        ({"form": "party"}, "Choose one of the answers"),
        ({"purpose_th": ""}, "Say in Thai what the forum is for."),
        ({"purpose_th": "ก" * 1_001}, "Shorten this by 1 character"),
    ],
)
def test_a_forum_that_will_not_do(
    app: Flask, browser: PageBrowser, values: dict[str, Any], message: str
) -> None:
    scene = make_scene(prepared=False, opens_in=1)
    sent = {"form": "forum", "purpose_th": "ฟัง", **values}
    page = browser.as_(scene.officer).submit(scene.path("/setup"), sent, status=422)
    assert message in page.text
    assert stored(Forum) == [0]


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"name": ""}, "Enter the name."),
        ({"sector": ""}, "Choose the group."),
        ({"sector": "aliens"}, "Choose one of the answers"),
        ({"way": "online"}, "Choose one of the answers"),
    ],
)
def test_a_walk_in_that_will_not_do(
    scene: Scene, browser: PageBrowser, clock: Any, values: dict[str, Any], message: str
) -> None:
    clock.advance(days=3)
    sent = {"name": "คนเดินเข้ามา", "sector": "people", **values}
    page = browser.as_(scene.officer).submit(scene.at("/list/walk-in"), sent, status=422)
    assert message in page.text
    assert stored(Registration) == [0]


def test_keying_in_somebody_of_another_session_is_refused(
    scene: Scene, browser: PageBrowser, clock: Any
) -> None:
    elsewhere = make_registration(scene, session_id=make_session(scene, 4).id)
    clock.advance(days=3)
    officer = browser.as_(scene.officer)
    page = officer.submit(scene.at("/list/key-in"), {"came": [str(elsewhere.id)]}, status=422)
    assert page.errors()
    page = officer.submit(scene.at("/list/key-in"), {"name_0": "ไม่บอกกลุ่ม"}, status=422)
    assert "Choose the group." in page.text
    more = officer.submit(scene.at("/list/key-in"), {"name_0": "คนแรก", "step": "more"}, status=200)
    assert more.field_values()["name_0"] == "คนแรก"
    assert "name_9" in more.field_values()


@pytest.mark.parametrize(
    "query", ["?page=x", "?page=-1", "?page=99999999999", "?q=" + "ก" * 900, "?page=7&q=%00"]
)
def test_odd_questions_to_the_list_are_answered(scene: Scene, browser: PageBrowser, query: str) -> None:
    make_registration(scene)
    browser.as_(scene.officer).get(scene.at("/list" + query))
    browser.get(scene.at("?version=x"))
    browser.as_(scene.citizen).get("/en/forums/mine?before=x")
