"""Every way to go wrong: told at the field, what was typed is kept, nothing is stored."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from app.activities.panels.models import Application, Decision, Meeting, Member, Minutes, Panel
from app.core.db import db
from app.identity.consents import CURRENT_CONSENT
from tests.panels.make import (
    NOTE,
    REASON,
    Scene,
    make_application,
    make_attendance,
    make_decision,
    make_draft,
    make_meeting,
    make_member,
    make_scene,
)
from tests.support.browser import Page, PageBrowser
from tests.support.make import make_activity, make_issue, make_person

SCRIPT = "<script>alert('x')</script> <b>ตัวหนา</b>"
TABLES = (Application, Member, Meeting, Minutes, Decision)


def stored() -> list[int]:
    db.session.rollback()
    return [db.session.query(table).count() for table in TABLES]


def application_values(scene: Scene, **values: Any) -> dict[str, Any]:
    return {"group_id": str(scene.traders), "reason": REASON, "consent": CURRENT_CONSENT, **values}


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"group_id": None}, "Choose a group."),
        ({"group_id": "999999"}, "Choose one of the answers"),
        ({"group_id": "ก"}, "Choose one of the answers"),
        ({"reason": ""}, "Say why you would like the seat."),
        ({"reason": " \n​"}, "Say why you would like the seat."),
        ({"reason": "สั้นไป"}, "at least 10"),
        ({"reason": "ก" * 501}, "Shorten this by 1 character"),
        ({"reason": "x" + "̀" * 9_000}, "Shorten this"),
        ({"consent": None}, "Tick the box if you agree."),
        ({"consent": "2500-1"}, "The consent text has changed."),
        ({"key": "short"}, "too old"),
    ],
)
def test_an_application_that_will_not_do(
    scene: Scene, browser: PageBrowser, values: dict[str, Any], message: str
) -> None:
    citizen, path = browser.as_(scene.citizen), scene.path("/apply")
    sent = application_values(scene, **values)
    page = citizen.submit(path, sent, status=422)
    assert message in page.text
    assert page.title.startswith("Correct 1 thing")
    assert page.field_values()["reason"] == sent["reason"].strip(" \n​")
    assert stored() == [0] * 5


def test_five_hundred_thai_characters_fit(scene: Scene, browser: PageBrowser) -> None:
    browser.as_(scene.citizen).submit(scene.path("/apply"), application_values(scene, reason="กี้" * 500))
    assert stored()[0] == 1


def test_a_group_of_another_panel_is_no_answer(scene: Scene, browser: PageBrowser) -> None:
    elsewhere = make_scene()
    citizen = browser.as_(scene.citizen)
    page = citizen.submit(
        scene.path("/apply"), application_values(scene, group_id=str(elsewhere.traders)), status=422
    )
    assert "Choose one of the answers" in page.text


def test_a_full_group_a_second_application_and_a_seat_already_held(app: Flask, browser: PageBrowser) -> None:
    scene = make_scene(seats=1)
    make_member(scene, make_person())
    citizen, path = browser.as_(scene.citizen), scene.path("/apply")
    form = citizen.get(path)
    assert "no free seat" in form.text
    assert [e.attrs["value"] for e in form.all("input", type="radio") if "disabled" in e.attrs] == [
        str(scene.traders)
    ]
    page = citizen.fill(form, application_values(scene), action=path, status=422)
    assert "All seats of this group are taken." in page.text

    other = application_values(scene, group_id=str(scene.tenants))
    citizen.fill(form, other, action=path)
    page = citizen.post(path, {**form.field_values(), **other, "key": "a" * 32}, 422)
    assert "You have already applied to this panel." in page.text
    assert "You have applied." in citizen.get(path).text
    [application] = db.session.query(Application).filter_by(state="waiting").all()
    browser.as_(scene.officer).submit(
        scene.path(f"/applications/{application.id}"), {"outcome": "seat", "note": NOTE}
    )
    page = citizen.post(path, {**form.field_values(), **other, "key": "b" * 32}, 422)
    assert "You already have a seat on this panel." in page.text


@pytest.mark.parametrize(
    ("window", "message"),
    [({"opens_in": 1}, "This has not opened yet."), ({"opens_in": -5, "closes_in": -1}, "This has closed")],
)
def test_outside_its_time_a_panel_takes_no_applications(
    app: Flask, browser: PageBrowser, window: dict[str, float], message: str
) -> None:
    opened, scene = make_scene(), make_scene(**window)  # type: ignore[arg-type]
    citizen = browser.as_(scene.citizen)
    form = citizen.get(opened.path("/apply"))
    page = citizen.fill(form, application_values(scene), action=scene.path("/apply"), status=422)
    assert message in page.text
    assert page.field_values()["reason"] == REASON
    assert not citizen.get(scene.path("/apply")).all("textarea"), "no form before and after"
    assert stored()[0] == 0


def test_without_its_token_a_form_is_shown_again_with_what_was_typed(
    scene: Scene, browser: PageBrowser
) -> None:
    citizen = browser.as_(scene.citizen)
    values = citizen.get(scene.path("/apply")).field_values() | application_values(scene)
    del values["csrf_token"]
    page = citizen.post(scene.path("/apply"), values, 400)
    assert REASON in page.text
    assert stored()[0] == 0


def test_the_same_form_twice_counts_once(scene: Scene, browser: PageBrowser) -> None:
    citizen, path = browser.as_(scene.citizen), scene.path("/apply")
    form = citizen.get(path)
    first = citizen.fill(form, application_values(scene), action=path)
    second = citizen.fill(form, application_values(scene), action=path)
    assert first.response.headers["Location"] == second.response.headers["Location"]
    page = citizen.fill(form, application_values(scene, reason="เหตุผลอื่นด้วยแบบเดิม"), action=path, status=409)
    assert page.field_values()["reason"] == "เหตุผลอื่นด้วยแบบเดิม"
    assert stored()[0] == 1


def test_office_forms_sent_twice_count_once(scene: Scene, browser: PageBrowser) -> None:
    application = make_application(scene)
    officer = browser.as_(scene.officer)

    def twice(path: str, values: dict[str, Any]) -> Page:
        form = officer.get(path)
        answers = [officer.fill(form, values, action=path) for _ in range(2)]
        assert len({answer.response.headers["Location"] for answer in answers}) == 1
        return form

    twice(scene.path(f"/applications/{application.id}"), {"outcome": "seat", "note": NOTE})
    meeting = make_meeting(scene, -0.5)
    at = scene.path(f"/meetings/{meeting.id}")
    twice(f"{at}/decisions/new", {"text_th": "มติ", "verdict": "adopted", "reason_th": "เหตุผลของมตินี้"})
    make_attendance(scene, meeting, [])
    make_draft(scene, meeting)
    twice(f"{at}/adopt", {})
    twice(scene.path("/members/1/end"), {"reason": "ย้ายออกจากจังหวัดแล้ว"})
    assert stored() == [1, 1, 1, 1, 1]


def test_markup_is_shown_as_text(scene: Scene, browser: PageBrowser) -> None:
    application = make_application(scene, reason=SCRIPT)
    officer = browser.as_(scene.officer)
    for reader, path in (
        (browser.as_(scene.citizen), "/en/panels/mine"),
        (officer, scene.path("/applications")),
        (officer, scene.path(f"/applications/{application.id}")),
    ):
        assert_shown_as_text(reader.get(path))
    meeting = make_meeting(scene, -0.5, place_th=SCRIPT, place_en=None, agenda=[{"th": SCRIPT, "en": None}])
    make_attendance(scene, meeting, [], officials=[{"th": SCRIPT, "en": SCRIPT}])
    draft = make_draft(scene, meeting, text_th=SCRIPT, text_en=SCRIPT)
    make_decision(scene, meeting, text_th=SCRIPT, text_en=SCRIPT, reason_en=SCRIPT, said_th=SCRIPT)
    at = scene.path(f"/meetings/{meeting.id}")
    page = officer.get(f"{at}/adopt")
    assert_shown_as_text(page)
    officer.fill(page, {}, action=f"{at}/adopt")
    assert draft.version == 1
    for lang in ("th", "en"):
        assert_shown_as_text(browser.get(scene.path("", lang)))
        assert_shown_as_text(browser.get(scene.path(f"/meetings/{meeting.id}", lang)))
        assert_shown_as_text(officer.get(scene.path("/manage", lang)))


def assert_shown_as_text(page: Page) -> None:
    assert "<script>alert" not in page.html
    assert "alert('x')</script> <b>ตัวหนา</b>" in page.text


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"outcome": None}, "Choose whether the applicant gets a seat."),
        ({"outcome": "perhaps"}, "Choose one of the answers"),
        ({"note": ""}, "Give the reason."),
        ({"note": "ไม่"}, "at least 10"),
        ({"note": "ก" * 501}, "Shorten this by 1 character"),
    ],
)
def test_an_answer_that_will_not_do(
    scene: Scene, browser: PageBrowser, values: dict[str, Any], message: str
) -> None:
    application = make_application(scene)
    path = scene.path(f"/applications/{application.id}")
    sent = {"outcome": "seat", "note": NOTE, **values}
    page = browser.as_(scene.officer).submit(path, sent, status=422)
    assert message in page.text
    assert page.field_values()["note"] == sent["note"]
    assert stored()[1] == 0


def test_an_answered_application_is_answered_once(scene: Scene, browser: PageBrowser) -> None:
    application = make_application(scene)
    officer, path = browser.as_(scene.officer), scene.path(f"/applications/{application.id}")
    form = officer.get(path)
    officer.fill(form, {"outcome": "decline", "note": NOTE}, action=path)
    page = officer.post(path, {**form.field_values(), "outcome": "seat", "note": NOTE, "key": "a" * 32}, 422)
    assert "already been answered" in page.text
    assert stored()[1] == 0


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"group_id": None}, "Choose a group."),
        ({"group_id": "999"}, "Choose one of the answers"),
        ({"name": ""}, "Enter the name."),
        ({"name": "ก" * 61}, "Shorten this by 1 character"),
        ({"organisation": ""}, "Say for whom the person speaks."),
        ({"organisation": "ก" * 101}, "Shorten this by 1 character"),
    ],
)
def test_a_representative_who_will_not_do(
    scene: Scene, browser: PageBrowser, values: dict[str, Any], message: str
) -> None:
    sent = {"group_id": str(scene.tenants), "name": "นายเช่า", "organisation": "ชมรมผู้เช่า", **values}
    path = scene.path("/representatives/new")
    page = browser.as_(scene.officer).submit(path, sent, status=422)
    assert message in page.text
    assert page.field_values()["organisation"] == sent["organisation"]
    assert stored()[1] == 0


def test_the_longest_names_fit_the_tables(scene: Scene, browser: PageBrowser) -> None:
    heaped = "ก" + "\N{COMBINING GRAVE ACCENT}" * 7
    values = {"group_id": str(scene.tenants), "name": heaped * 60, "organisation": heaped * 100}
    browser.as_(scene.officer).submit(scene.path("/representatives/new"), values)
    assert stored()[1] == 1


MEETING = {
    "starts_at-day": "20",
    "starts_at-month": "4",
    "starts_at-year": "2569",
    "starts_at-time": "9.30",
    "until": "12.00",
    "place_th": "ศาลาประชาคม",
    "agenda_th": "อ่านสรุป\nเลือกเรื่อง",
}


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"starts_at-day": "31"}, "This month has 30 days."),
        ({"starts_at-year": "69"}, "four digits"),
        ({"starts_at-time": "25.00"}, "Enter the time"),
        ({"until": ""}, "Enter when it ends"),
        ({"until": "เที่ยง"}, "Enter the time"),
        ({"until": "9.30"}, "The meeting must end after it begins."),
        ({"place_th": ""}, "Say in Thai where the panel meets."),
        ({"place_th": "ก" * 301}, "Shorten this by 1 character"),
        ({"agenda_th": " \n "}, "Write at least one item of the agenda."),
        ({"agenda_th": "ก" * 301}, "A line may have 300 characters."),
        ({"agenda_th": "\n".join("ก" * 31)}, "At most 30 lines."),
        ({"agenda_en": "One line alone"}, "Write as many lines as in Thai: 2 lines."),
        ({"starts_at-year": "2568"}, "has not begun by then"),
        ({"starts_at-month": "5"}, "is over by then"),
    ],
)
def test_a_meeting_that_will_not_do(
    scene: Scene, browser: PageBrowser, values: dict[str, str], message: str
) -> None:
    page = browser.as_(scene.officer).submit(scene.path("/meetings/new"), {**MEETING, **values}, status=422)
    assert message in page.text
    assert stored()[2] == 0


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"came": ["999"]}, "Choose one of the answers"),
        ({"came": ["x"]}, "Choose one of the answers"),
        ({"officials_en": "Only in English"}, "Write as many lines as in Thai: 0 lines."),
        ({"absence": "ก" * 301}, "Shorten this by 1 character"),
    ],
)
def test_an_attendance_that_will_not_do(
    scene: Scene, browser: PageBrowser, values: dict[str, Any], message: str
) -> None:
    member = make_member(scene)
    meeting = make_meeting(scene, -0.5)
    sent = {(f"absence_{member.id}" if name == "absence" else name): v for name, v in values.items()}
    path = scene.path(f"/meetings/{meeting.id}/attendance")
    page = browser.as_(scene.officer).submit(path, sent, status=422)
    assert message in page.text


def test_another_panels_member_did_not_come_here(scene: Scene, browser: PageBrowser) -> None:
    stranger, meeting = make_member(make_scene(), make_person()), make_meeting(scene, -0.5)
    path = scene.path(f"/meetings/{meeting.id}/attendance")
    page = browser.as_(scene.officer).submit(path, {"came": [str(stranger.id)]}, status=422)
    assert "Choose one of the answers" in page.text


DECISION = {"text_th": "มติของที่ประชุม", "verdict": "adopted", "reason_th": "เหตุผลของที่ประชุม"}


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"text_th": ""}, "Write the decision in Thai."),
        ({"text_th": "ก" * 501}, "Shorten this by 1 character"),
        ({"verdict": None}, "Choose what becomes of it."),
        ({"verdict": "maybe"}, "Choose one of the answers"),
        ({"reason_th": ""}, "Give the reason in Thai."),
        ({"reason_th": "เพราะ"}, "at least 10"),
        ({"verdict": "under_review"}, "Name the day by which it will be decided."),
        (
            {"verdict": "under_review", "due_on-day": "1", "due_on-month": "4", "due_on-year": "2569"},
            "still to come",
        ),
        ({"source_id": "999"}, "Choose one of the answers"),
        ({"source_id": "source"}, "Say in Thai what people had said there."),
        ({"source_id": "foreign", "said_th": "พูดไว้"}, "Choose one of the answers"),
        ({"said_en": "Only in English"}, "Write it in Thai first."),
    ],
)
def test_a_decision_that_will_not_do(
    scene: Scene, browser: PageBrowser, values: dict[str, Any], message: str
) -> None:
    sources = {
        "source": make_activity(scene.issue, "comments").id,
        "foreign": make_activity(make_issue(), "comments").id,
    }
    meeting = make_meeting(scene, -0.5)
    sent = {**DECISION, **values}
    sent["source_id"] = str(sources.get(sent.get("source_id", ""), sent.get("source_id", "")))
    page = browser.as_(scene.officer).submit(
        scene.path(f"/meetings/{meeting.id}/decisions/new"), sent, status=422
    )
    assert message in page.text
    assert page.field_values()["text_th"] == sent["text_th"]
    assert stored()[4] == 0


def test_of_a_meeting_to_come_nothing_is_recorded(scene: Scene, browser: PageBrowser) -> None:
    meeting, held = make_meeting(scene, 2), make_meeting(scene, -0.5)
    officer = browser.as_(scene.officer)
    at, elsewhere = (scene.path(f"/meetings/{m.id}") for m in (meeting, held))
    for part, values in {
        "attendance": {},
        "minutes": {"text_th": "ประชุมแล้วจริงหรือ", "step": "save"},
        "decisions/new": DECISION,
    }.items():
        form = officer.get(f"{elsewhere}/{part}")
        page = officer.fill(form, values, action=f"{at}/{part}", status=422)
        assert "has not begun yet" in page.text
    assert stored()[3:] == [0, 0]


def test_minutes_wait_for_the_attendance(scene: Scene, browser: PageBrowser) -> None:
    meeting = make_meeting(scene, -0.5)
    make_draft(scene, meeting)
    officer, path = browser.as_(scene.officer), scene.path(f"/meetings/{meeting.id}/adopt")
    assert "Nobody has noted yet who came." in officer.get(path).text
    page = officer.submit(path, {}, status=422)
    assert "Note who came first" in page.text


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"purpose_th": ""}, "Say in Thai what the panel is for."),
        ({"choosing_en": "By lot"}, "Write it in Thai first."),
        ({"seats_0": "0"}, "Enter a number from 1 to 500."),
        ({"seats_0": "501"}, "Enter a number from 1 to 500."),
        ({"seats_0": "สาม"}, "Enter a whole number"),
        ({"seats_0": "", "seats_1": ""}, "Name at least one group with its seats."),
        ({"th_2": "กลุ่มใหม่ที่ลืมที่นั่ง", "sector_2": "media"}, "Say how many seats the group has."),
        ({"seats_2": "2", "th_2": "กลุ่มที่ไม่มีภาคส่วน"}, "Choose the sector."),
        ({"seats_2": "2", "sector_2": "media"}, "Enter the group's name in Thai."),
        ({"sector_0": "aliens"}, "Choose one of the answers"),
        ({"th_0": "ก" * 101}, "Shorten this by 1 character"),
    ],
)
def test_a_set_up_that_will_not_do(
    app: Flask, browser: PageBrowser, values: dict[str, str], message: str
) -> None:
    scene = make_scene(opens_in=2)
    page = browser.as_(scene.officer).submit(
        scene.path("/setup"), {"purpose_en": "Changed", **values}, status=422
    )
    assert message in page.text
    db.session.rollback()
    assert db.session.query(Panel).one().purpose_en != "Changed"


def test_what_people_applied_to_does_not_change_under_them(scene: Scene, browser: PageBrowser) -> None:
    before = make_scene(opens_in=2)
    officer = browser.as_(scene.officer)
    assert "can no longer be changed" in officer.get(scene.path("/setup")).text
    assert not officer.get(scene.path("/setup")).all("textarea")
    form = browser.as_(before.officer).get(before.path("/setup"))
    page = officer.post(scene.path("/setup"), form.field_values() | {"purpose_th": "อย่างอื่น"}, 422)
    assert "already open to people" in page.text


def test_a_group_keeps_its_members(app: Flask, browser: PageBrowser) -> None:
    scene = make_scene(opens_in=2)
    officer = browser.as_(scene.officer)
    for name in ("หนึ่ง", "สอง"):
        officer.submit(
            scene.path("/representatives/new"),
            {"group_id": str(scene.tenants), "name": name, "organisation": "ชมรม"},
        )
    page = officer.submit(scene.path("/setup"), {"seats_1": "1"}, status=422)
    assert "already has 2 members" in page.text
    page = officer.submit(scene.path("/setup"), {"seats_1": ""}, status=422)
    assert "cannot be removed" in page.text
    officer.submit(scene.path("/setup"), {"seats_0": "", "seats_1": "4"})
    assert "2 of 4 seats taken" in browser.get(scene.path()).text
