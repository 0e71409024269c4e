"""Calendar files and codes, read again by the library and by the letter of RFC 5545."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from icalendar import Calendar

from app.activities.forums.calendar import arrival_address
from tests.forums.make import BOTH, Scene, cancel, change, make_registration, make_scene, make_session
from tests.support.browser import PageBrowser


def read(browser: PageBrowser, path: str) -> tuple[Any, Any, bytes]:
    """The calendar, its one event, and the bytes."""
    answer = browser.get(path).response
    assert answer.mimetype == "text/calendar"
    content = answer.get_data()
    calendar = Calendar.from_ical(content)
    [event] = calendar.walk("VEVENT")
    return calendar, event, content


@pytest.mark.parametrize("lang", ["th", "en"])
def test_the_public_file_tells_when_and_where(app: Flask, browser: PageBrowser, lang: str) -> None:
    scene = make_scene(session=False)
    session = make_session(
        scene, **BOTH, address_th="เข้าทางประตูวัด", area_code="150605", coordinates="14.5896, 100.4550"
    )
    calendar, event, content = read(browser, scene.path(f"/sessions/{session.id}/calendar.ics", lang))
    assert (calendar["VERSION"], calendar["METHOD"]) == ("2.0", "PUBLISH")
    assert event["UID"] == session.uid
    assert event["SEQUENCE"] == 0
    assert event["STATUS"] == "CONFIRMED"
    assert event.start == datetime(2026, 4, 21, 3, 0, tzinfo=UTC)
    assert event.end - event.start == timedelta(hours=2)
    assert "ประตูวัด" in event["LOCATION"]
    assert str(event["SUMMARY"]) == {"th": "เวทีรับฟังที่ศาลาประชาคม", "en": "Forum at the village hall"}[lang]
    assert event["URL"] == f"http://localhost{scene.path(f'/sessions/{session.id}', lang)}"
    assert (event["GEO"].latitude, event["GEO"].longitude) == (14.5896, 100.455)
    assert b"wall-7Kq" not in content
    assert b"DTSTART:20260421T030000Z" in content


def test_lines_are_folded_between_letters_and_end_with_both_signs(scene: Scene, browser: PageBrowser) -> None:
    long_title = "เวทีรับฟังความคิดเห็นเรื่องกำแพงกันน้ำริมแม่น้ำน้อยตลาดเก่าท่าช้าง; รอบผู้ค้า, รอบชาวนา"
    change(scene, scene.session_id, title_th=long_title)
    _calendar, event, content = read(browser, scene.at("/calendar.ics", "th"))
    assert str(event["SUMMARY"]) == long_title
    assert content.endswith(b"END:VCALENDAR\r\n")
    lines = content.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines), "RFC 5545, 3.1"
    assert not re.search(rb"[^\r]\n", content)
    for line in lines:
        line.decode()  # No letter is cut in two by folding.


def test_changes_raise_the_sequence_and_keep_the_name(scene: Scene, browser: PageBrowser, clock: Any) -> None:
    make_registration(scene)
    _calendar, first, _content = read(browser, scene.at("/calendar.ics"))
    clock.advance(hours=1)
    change(scene, scene.session_id, place_th="วัดท่าช้าง", place_en=None)
    _calendar, second, _content = read(browser, scene.at("/calendar.ics"))
    clock.advance(hours=1)
    cancel(scene, scene.session_id)
    calendar, last, _content = read(browser, scene.at("/calendar.ics"))
    assert first["UID"] == second["UID"] == last["UID"]
    assert [event["SEQUENCE"] for event in (first, second, last)] == [0, 1, 2]
    assert first["DTSTAMP"].dt < second["DTSTAMP"].dt < last["DTSTAMP"].dt
    assert second["LOCATION"] == "วัดท่าช้าง (Thai only)"
    assert (last["STATUS"], calendar["METHOD"]) == ("CANCELLED", "CANCEL")
    assert "น้ำท่วมทางเข้าศาลา" in last["DESCRIPTION"]


def test_ones_own_file_holds_the_online_address_once_seated(app: Flask, browser: PageBrowser) -> None:
    scene = make_scene(session=False)
    session = make_session(scene, **BOTH)
    row = make_registration(scene, session_id=session.id, way="online")
    own = browser.as_(scene.citizen)
    _calendar, event, _content = read(own, f"/en/forums/registrations/{row.id}/calendar.ics")
    assert "https://meet.example.go.th/wall-7Kq" in event["DESCRIPTION"]
    assert event["UID"] == session.uid
    assert scene.citizen.name not in str(event)


def test_the_code_holds_a_random_address_and_nothing_else(scene: Scene) -> None:
    row = make_registration(scene)
    with_app = arrival_address(str(row.token))
    assert re.fullmatch(r"http://localhost/th/forums/arrive/[0-9a-f]{32}", with_app)
    assert str(scene.citizen.id) not in with_app.rpartition("/")[0]
