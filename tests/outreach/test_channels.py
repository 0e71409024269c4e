"""How people were told: recorded, corrected in the open, never deleted."""

from __future__ import annotations

import io
from typing import Any

import pytest
from flask import Flask

from app.core.db import db
from app.outreach.models import Announcement, AnnouncementVersion
from app.work import tick
from tests.outreach.make import Scene, entries, make_channel, make_scene
from tests.support.browser import PageBrowser
from tests.support.make import make_issue

VALUES: dict[str, Any] = {
    "channel": "loudspeaker",
    "what_th": "ผู้ใหญ่บ้านประกาศทุกเช้า",
    "what_en": "Read out every morning",
    "place_th": "หมู่ที่ 4",
    "from_on-day": "๑๕",
    "from_on-month": "4",
    "from_on-year": "2569",
    "known_by": "estimated",
    "reached": "๘๕๐",
}


def stored() -> int:
    db.session.rollback()
    return db.session.query(AnnouncementVersion).count()


@pytest.mark.parametrize("lang", ["th", "en"])
def test_a_channel_is_recorded_and_public(scene: Scene, browser: PageBrowser, lang: str) -> None:
    officer = browser.as_(scene.officer)
    path = scene.path("/channels/new", lang)
    sent = officer.submit(path, VALUES)
    assert officer.follow(sent).h1
    page = browser.get(scene.path(lang=lang))
    assert "850" in page.text
    assert ("หอกระจายข่าว" if lang == "th" else "Village loudspeaker") in page.text
    assert ("ประมาณการ" if lang == "th" else "estimated") in page.text
    [entry] = entries("channel")
    assert entry["data"]["channel"] == "loudspeaker"
    assert entry["data"]["reached"] == 850
    assert entry["issue"] == scene.id


def test_it_becomes_an_exhibit_of_its_own(scene: Scene, browser: PageBrowser) -> None:
    make_channel(scene)
    make_channel(scene, channel="radio")
    tick()
    page = browser.get(f"/en/evidence/issue/{scene.id}")
    assert page.text.count("The agency recorded a channel by which people were told") == 2
    assert "Log of publications" in page.text


def test_a_photo_goes_along_and_can_be_downloaded(scene: Scene, browser: PageBrowser) -> None:
    officer, path = browser.as_(scene.officer), scene.path("/channels/new")
    values = {**VALUES, "file": (io.BytesIO("ใบประกาศ".encode()), "notice.txt")}
    officer.submit(path, values, content_type="multipart/form-data")
    page = browser.get(scene.path())
    [link] = [href for href in page.links() if "/announcements/" in href]
    answer = browser.client.get(link)
    assert answer.get_data(as_text=True) == "ใบประกาศ"
    assert "attachment" in answer.headers["Content-Disposition"]
    answer.close()
    assert browser.client.get(link[:-1] + ("0" if link[-1] != "0" else "1")).status_code == 404
    [entry] = entries("channel")
    assert len(entry["files"]) == 1


def test_a_correction_keeps_what_was_said_before(scene: Scene, browser: PageBrowser) -> None:
    ident, officer = make_channel(scene), browser.as_(scene.officer)
    path = f"/en/outreach/announcements/{ident}/correct"
    assert officer.get(path).field_values()["reached"] == "850"
    officer.submit(path, {"reached": "600", "note_th": "นับซ้ำสองหมู่บ้าน", "note_en": "Two villages twice"})
    page = browser.get(scene.path())
    for words in ("600 people reached", "850 people reached", "Two villages twice", "1 earlier version"):
        assert words in page.text
    assert stored() == 2
    facts = {entry["fact"] for entry in entries("channel")}
    assert facts == {"outreach.channel.recorded", "outreach.channel.corrected"}


def test_what_did_not_happen_is_taken_back_with_a_reason(scene: Scene, browser: PageBrowser) -> None:
    ident, officer = make_channel(scene), browser.as_(scene.officer)
    path = f"/en/outreach/announcements/{ident}/take-back"
    assert "Say in Thai why it is taken back." in officer.submit(path, {}, status=422).text
    officer.submit(path, {"note_th": "บันทึกผิดเรื่อง", "note_en": "Another issue"})
    page = browser.get(scene.path())
    assert "Taken back" in page.text
    assert "Another issue" in page.text
    assert "Read out every morning" in page.text
    assert "can no longer be changed" in officer.submit(path, {"note_th": "อีกครั้ง"}, status=422).text
    assert stored() == 2


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"channel": ""}, "Choose a channel from the list."),
        ({"channel": "pigeon"}, "Choose one of the answers shown."),
        ({"what_th": " "}, "Say in Thai what people were told"),
        ({"what_th": "ก" * 3001}, "Shorten this by 1 character"),
        ({"place_th": "ก" * 301}, "Shorten this by 1 character"),
        ({"from_on-day": "32"}, ""),
        ({"from_on-year": "2570"}, "This day is still to come."),
        ({"until_on-day": "1", "until_on-month": "4", "until_on-year": "2569"}, "The last day is before"),
        ({"known_by": None}, "Say how the number is known."),
        ({"known_by": "guessed"}, "Choose one of the answers shown."),
        ({"known_by": "unknown"}, "Leave the number empty"),
        ({"reached": ""}, "Write the number of people"),
        ({"reached": "มาก"}, "Enter a whole number"),
        ({"reached": "-1"}, "cannot be right"),
        ({"reached": "99999999999"}, "cannot be right"),
        ({"key": "short"}, "too old"),
    ],
)
def test_a_channel_that_will_not_do(
    scene: Scene, browser: PageBrowser, values: dict[str, Any], message: str
) -> None:
    officer = browser.as_(scene.officer)
    page = officer.submit(scene.path("/channels/new"), {**VALUES, **values}, status=422)
    assert message in page.text
    assert page.title.startswith("Correct")
    assert page.field_values()["what_en"] == VALUES["what_en"]
    assert stored() == 0


def test_a_file_that_is_none_is_refused(scene: Scene, browser: PageBrowser) -> None:
    values = {**VALUES, "file": (io.BytesIO(b"MZ"), "virus.exe")}
    page = browser.as_(scene.officer).submit(
        scene.path("/channels/new"), values, status=422, content_type="multipart/form-data"
    )
    assert "This kind of file is not accepted" in page.text
    assert stored() == 0


def test_markup_is_shown_as_it_was_typed(scene: Scene, browser: PageBrowser) -> None:
    make_channel(scene, what_en="<script>alert(1)</script>", place_en="<b>bold</b>")
    page = browser.get(scene.path())
    assert "&lt;script&gt;" in page.html
    assert "<script>" not in page.html
    assert "<b>bold</b>" not in page.html


def test_sent_twice_it_stands_once(scene: Scene, browser: PageBrowser) -> None:
    officer, path = browser.as_(scene.officer), scene.path("/channels/new")
    page = officer.get(path)
    officer.fill(page, VALUES, action=path)
    officer.fill(page, VALUES, action=path)
    again = officer.fill(page, {**VALUES, "reached": "1"}, action=path, status=409)
    assert again.field_values()["reached"] == "1"
    assert stored() == 1


def test_without_its_token_a_form_is_kept_on_a_page(scene: Scene, browser: PageBrowser) -> None:
    page = browser.as_(scene.officer).post(scene.path("/channels/new"), {**VALUES, "key": "a" * 32}, 400)
    assert VALUES["what_th"] in page.text
    assert stored() == 0


def test_a_draft_has_no_channels(app: Flask, heard: Any, browser: PageBrowser) -> None:
    scene = make_scene(published=False)
    officer = browser.as_(scene.officer)
    page = officer.submit(scene.path("/channels/new"), VALUES, status=422)
    assert "once the issue is public" in page.text
    assert db.session.query(Announcement).count() == 0
    browser.get(scene.path(), 404)


def test_the_office_says_what_is_missing(scene: Scene, browser: PageBrowser) -> None:
    officer = browser.as_(scene.officer)
    text = officer.get(scene.path("/office")).text
    assert "No channel is recorded" in text
    assert "There is no contact in the sector “Vulnerable groups”." in text
    make_channel(scene)
    assert "No channel is recorded" not in officer.get(scene.path("/office")).text


def test_the_issue_page_and_the_desk_lead_here(scene: Scene, browser: PageBrowser) -> None:
    plain = make_issue(scene.agency)
    assert f"/en/outreach/issue/{plain.id}" in browser.get(f"/en/issues/{plain.id}").links()
    officer = browser.as_(scene.officer)
    assert f"/en/outreach/issue/{plain.id}/office" in officer.get(f"/en/issues/{plain.id}/prepare").links()
    assert scene.path("/office") in officer.get("/en/outreach/desk").links()
