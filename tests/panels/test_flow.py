"""A panel from its set-up to its decisions as people and the office walk it, in both languages."""

from __future__ import annotations

import io
from typing import Any

import pytest
from flask import Flask

from app.activities.panels.models import Application, Decision, Meeting, Member, Minutes, Panel
from app.core.db import db
from app.core.mail import OutgoingMail
from app.identity.consents import CURRENT_CONSENT
from tests.panels.make import (
    MINUTES,
    NOTE,
    REASON,
    Scene,
    make_application,
    make_attendance,
    make_decision,
    make_draft,
    make_meeting,
    make_member,
    make_minutes,
    make_representative,
    make_scene,
)
from tests.support.browser import PageBrowser
from tests.support.make import make_activity, make_agency, make_issue, make_person

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


def rows(model: type[Any]) -> list[Any]:
    db.session.rollback()
    return db.session.query(model).order_by(*model.__mapper__.primary_key).all()


def download(reader: PageBrowser, link: str) -> bytes:
    """A file, which is never shown inside our pages."""
    response = reader.get(link).response
    assert response.headers["Content-Disposition"].startswith("attachment")
    content: bytes = response.data
    response.close()
    return content


@pytest.mark.parametrize("lang", ["th", "en"])
def test_the_office_sets_the_panel_up(app: Flask, browser: PageBrowser, lang: str) -> None:
    agency = make_agency()
    issue = make_issue(
        agency,
        published=False,
        groups=[
            {"sector": "private", "th": "ผู้ค้าในตลาด", "en": "Market traders"},
            {"sector": "vulnerable", "th": "ผู้เช่าบ้าน", "en": None},
        ],
    )
    activity = make_activity(issue, "panels", opens_in=3)
    officer = browser.as_(make_person("officer", agency))
    path = f"/{lang}/panels/{activity.id}/setup"
    page = officer.get(path)
    values = page.field_values()
    assert (values["th_0"], values["sector_1"]) == ("ผู้ค้าในตลาด", "vulnerable"), (
        "the issue's groups stand there"
    )
    answer = officer.fill(
        page,
        {
            "purpose_th": "ช่วยปรับแบบร่าง",
            "purpose_en": "Improve the designs",
            "choosing_th": "จับสลากต่อหน้าสาธารณะ",
            "seats_0": "๓",
            "sector_2": "academic",
            "th_2": "นักวิชาการ",
            "seats_2": "1",
        },
        action=path,
    )
    assert answer.response.headers["Location"] == f"/{lang}/issues/{issue.id}/prepare"
    [panel] = rows(Panel)
    assert panel.purpose_en == "Improve the designs"
    again = officer.get(path).field_values()
    assert [again[f"seats_{n}"] for n in range(3)] == ["3", "1", ""]
    assert again["th_1"] == "นักวิชาการ", "a group without seats was left out"


def test_more_rows_are_offered_without_losing_what_was_typed(app: Flask, browser: PageBrowser) -> None:
    scene = make_scene(opens_in=2)
    officer, path = browser.as_(scene.officer), scene.path("/setup")
    values = {"purpose_th": "ข้อความใหม่", "step": "more"}
    page = officer.submit(path, values, status=200)
    assert page.field_values()["purpose_th"] == "ข้อความใหม่"
    assert int(page.field_values()["rows"]) == 7
    assert rows(Panel)[0].purpose_th != "ข้อความใหม่"


@pytest.mark.parametrize(
    ("lang", "sent", "seated"),
    [("th", "ส่งใบสมัครแล้ว", "ท่านได้เป็นสมาชิก"), ("en", "Your application was sent", "You have a seat")],
)
def test_from_application_to_seat(
    scene: Scene, browser: PageBrowser, lang: str, sent: str, seated: str
) -> None:
    citizen, officer = browser.as_(scene.citizen), browser.as_(scene.officer)
    path = scene.path("/apply", lang)
    answer = citizen.submit(
        path,
        {"group_id": str(scene.traders), "reason": REASON, "show_name": "y", "consent": CURRENT_CONSENT},
    )
    assert citizen.follow(answer).h1 == sent
    [application] = rows(Application)
    assert (application.reason, application.show_name) == (REASON, True)
    assert application.consent_version == CURRENT_CONSENT
    assert REASON in citizen.get(f"/{lang}/panels/mine").text
    assert REASON not in browser.get(scene.path("", lang)).text, "a reason is for the office"

    queue = officer.get(scene.path("/applications", lang))
    assert REASON in queue.text
    assert scene.citizen.name in queue.text
    officer.submit(scene.path(f"/applications/{application.id}", lang), {"outcome": "seat", "note": NOTE})
    [member] = rows(Member)
    assert member.name == scene.citizen.name
    assert scene.citizen.name in browser.get(scene.path("", lang)).text
    mine = citizen.get(f"/{lang}/panels/mine")
    assert seated in mine.text
    assert NOTE in mine.text
    [mail] = rows(OutgoingMail)
    assert mail.recipient == scene.citizen.email
    assert NOTE in mail.body
    assert f"http://localhost/th/panels/{scene.id}" in mail.body


def test_an_applicant_who_is_declined_is_told_why(scene: Scene, browser: PageBrowser) -> None:
    english = make_person(lang="en")
    application = make_application(scene, english)
    officer = browser.as_(scene.officer)
    page = officer.submit(
        scene.path(f"/applications/{application.id}"),
        {"outcome": "decline", "note": "Another was drawn by lot."},
    )
    assert page.response.headers["Location"] == scene.path("/applications")
    [mail] = rows(OutgoingMail)
    assert (mail.recipient, mail.lang) == (english.email, "en")
    assert "Another was drawn by lot." in mail.body
    assert "Another was drawn by lot." in browser.as_(english).get("/en/panels/mine").text
    assert "Another was drawn by lot." in officer.get(scene.path("/applications?show=answered")).text
    assert rows(Member) == []
    assert "Apply for a seat" in browser.as_(english).get(scene.path("/apply")).text, "and may apply again"


def test_an_application_can_be_taken_back(scene: Scene, browser: PageBrowser) -> None:
    application = make_application(scene)
    citizen = browser.as_(scene.citizen)
    citizen.submit(scene.path(f"/withdraw/{application.id}"), {})
    assert rows(Application)[0].state == "withdrawn"
    assert "Taken back" in citizen.get("/en/panels/mine").text
    officer, path = browser.as_(scene.officer), scene.path(f"/applications/{application.id}")
    assert "no longer waits" in officer.get(path).text
    stranger = browser.as_(make_person())
    stranger.get(scene.path(f"/withdraw/{application.id}"), 404)
    make_application(scene)
    assert len(rows(Application)) == 2, "a new one may follow"


def test_a_member_shows_or_hides_the_name_and_leaves(scene: Scene, browser: PageBrowser) -> None:
    make_member(scene, show_name=False)
    citizen = browser.as_(scene.citizen)
    assert scene.citizen.name not in browser.get(scene.path()).text
    assert "Name not shown" in browser.get(scene.path()).text
    citizen.submit(scene.path("/name"), {"show_name": "y"})
    assert scene.citizen.name in browser.get(scene.path()).text
    values = citizen.get(scene.path("/name")).field_values()
    del values["show_name"]
    citizen.post(scene.path("/name"), values)
    assert scene.citizen.name not in browser.get(scene.path()).text

    citizen.submit(scene.path("/leave"), {})
    [member] = rows(Member)
    assert member.ended_by == "member"
    assert "0 of 5 seats taken" in browser.get(scene.path()).text
    assert "Your seat has ended" in citizen.get("/en/panels/mine").text
    citizen.get(scene.path("/name"), 404)


def test_the_office_ends_a_seat_with_a_reason_the_member_gets(scene: Scene, browser: PageBrowser) -> None:
    member = make_member(scene)
    reason = "ไม่มาประชุมสามครั้งติดกันโดยไม่แจ้ง"
    browser.as_(scene.officer).submit(scene.path(f"/members/{member.id}/end"), {"reason": reason})
    assert rows(Member)[0].ended_by == "agency"
    assert reason in rows(OutgoingMail)[-1].body
    assert reason in browser.as_(scene.citizen).get("/th/panels/mine").text
    assert reason not in browser.get(scene.path()).text


def test_the_office_names_a_representative_and_the_roster_says_so(scene: Scene, browser: PageBrowser) -> None:
    values = {"group_id": str(scene.tenants), "name": "นายเช่า บ้านริมน้ำ", "organisation": "ชมรมผู้เช่า"}
    officer, path = browser.as_(scene.officer), scene.path("/representatives/new")
    officer.submit(path, {**values, "show_name": "y"})
    officer.submit(path, {**values, "name": "นางไม่แสดง ชื่อ"})
    page = browser.get(scene.path())
    assert "นายเช่า บ้านริมน้ำ, ชมรมผู้เช่า" in page.text
    assert "Named by the agency" in page.text
    assert "นางไม่แสดง" not in page.text
    values["name"] = "คนที่สาม"
    refused = officer.submit(path, values, status=422)
    assert "are taken (2)" in refused.text
    assert refused.field_values()["name"] == "คนที่สาม"


@pytest.mark.parametrize("lang", ["th", "en"])
def test_a_meeting_from_invitation_to_adopted_minutes(
    scene: Scene, browser: PageBrowser, clock: Any, lang: str
) -> None:
    came, missed = make_member(scene), make_member(scene, make_person(), group_id=scene.tenants)
    officer = browser.as_(scene.officer)
    officer.submit(
        scene.path("/meetings/new", lang),
        {
            "starts_at-day": "20",
            "starts_at-month": "4",
            "starts_at-year": "2569",
            "starts_at-time": "9.30",
            "until": "๑๒.๐๐",
            "place_th": "ศาลาประชาคมหมู่ที่ 4",
            "place_en": "Village 4 hall",
            "agenda_th": "อ่านสรุปความเห็น\n\nเลือกเรื่องที่ต้องแก้ก่อน",
            "agenda_en": "Read the summary\nChoose what comes first",
        },
    )
    [meeting] = rows(Meeting)
    assert meeting.number == 1
    assert meeting.agenda[1] == {"th": "เลือกเรื่องที่ต้องแก้ก่อน", "en": "Choose what comes first"}
    invitations = [mail for mail in rows(OutgoingMail) if "ศาลาประชาคมหมู่ที่ 4" in mail.body]
    assert len(invitations) == 2
    at = scene.path(f"/meetings/{meeting.id}", lang)
    place = "Village 4 hall" if lang == "en" else "ศาลาประชาคมหมู่ที่ 4"
    assert place in browser.get(scene.path("", lang)).text
    assert ("Read the summary" if lang == "en" else "อ่านสรุปความเห็น") in browser.get(at).text
    assert "has not begun yet" in officer.get(f"{at.replace('/th/', '/en/')}/attendance").text

    clock.advance(days=3)
    officer.submit(
        f"{at}/attendance",
        {
            "came": [str(came.id)],
            f"absence_{missed.id}": "ทำงานกะเช้า",
            "officials_th": "ผู้บริหารจังหวัด\nวิศวกรโยธา 2 คน",
            "officials_en": "The executive\nTwo civil engineers",
        },
    )
    checked = officer.follow(officer.submit(f"{at}/minutes", {"text_th": MINUTES, "step": "check"}))
    assert "ผู้แทนผู้เช่าขอย้ายวันประชุม" in checked.text
    assert "ที่ประชุมเห็นตรงกัน" not in browser.get(at).text, "a draft is the office's"
    officer.follow(officer.fill(checked, {}, action=f"{at}/adopt"))
    page = browser.get(at)
    assert "ที่ประชุมเห็นตรงกันว่าต้องมีช่องเปิด" in page.text
    assert ("The executive" if lang == "en" else "ผู้บริหารจังหวัด") in page.text
    assert "ทำงานกะเช้า" not in page.text, "why somebody stayed away is for the office"
    table = [cell.text for cell in page.all("td", class_="n")]
    assert table == ["1", "1", "0", "1", "1", "2"]


def test_adopted_minutes_are_corrected_by_a_new_version(scene: Scene, browser: PageBrowser) -> None:
    meeting = make_meeting(scene, -0.5)
    make_minutes(scene, meeting)
    officer, at = browser.as_(scene.officer), scene.path(f"/meetings/{meeting.id}")
    refused = officer.submit(f"{at}/minutes", {"text_th": "ที่ประชุมเห็นตรงกัน 5 เรื่อง"}, status=422)
    assert "Say in Thai why the adopted minutes are corrected." in refused.text
    answer = officer.submit(
        f"{at}/minutes",
        {"text_th": "ที่ประชุมเห็นตรงกัน 5 เรื่อง", "reason_th": "นับเรื่องผิดในฉบับแรก", "step": "check"},
    )
    assert "ที่ประชุมเห็นตรงกัน 5 เรื่อง" not in browser.get(at).text
    officer.fill(officer.follow(answer), {}, action=f"{at}/adopt")
    page = browser.get(at)
    assert "ที่ประชุมเห็นตรงกัน 5 เรื่อง" in page.text
    assert "นับเรื่องผิดในฉบับแรก" in page.text
    before = browser.get(f"{at}?version=1")
    assert "ที่ประชุมเห็นตรงกันว่าต้องมีช่องเปิด" in before.text
    assert "A newer version has replaced this one." in before.text
    assert [minutes.version for minutes in rows(Minutes)] == [1, 2]


def test_what_is_adopted_is_what_was_checked(scene: Scene, browser: PageBrowser) -> None:
    meeting = make_meeting(scene, -0.5)
    make_attendance(scene, meeting, [])
    make_draft(scene, meeting)
    officer, at = browser.as_(scene.officer), scene.path(f"/meetings/{meeting.id}")
    checked = officer.get(f"{at}/adopt")
    make_draft(scene, meeting, text_th="ข้อความที่เพื่อนร่วมงานแก้")
    page = officer.fill(checked, {}, action=f"{at}/adopt", status=422)
    assert "Read it again, then adopt it." in page.text
    assert "ข้อความที่เพื่อนร่วมงานแก้" in page.text
    officer.fill(page, {}, action=f"{at}/adopt")
    assert rows(Minutes)[0].adopted_at is not None


def test_two_officers_do_not_overwrite_each_others_draft(scene: Scene, browser: PageBrowser) -> None:
    meeting = make_meeting(scene, -0.5)
    make_draft(scene, meeting)
    officer, path = browser.as_(scene.officer), scene.path(f"/meetings/{meeting.id}/minutes")
    mine = officer.get(path)
    make_draft(scene, meeting, text_th="ข้อความที่เพื่อนร่วมงานแก้")
    page = officer.fill(mine, {"text_th": "ข้อความของฉันเองทั้งหมด"}, action=path, status=422)
    assert "Someone has changed this draft meanwhile." in page.text
    assert page.field_values()["text_th"] == "ข้อความของฉันเองทั้งหมด"


def test_files_of_minutes_are_downloads_once_adopted(scene: Scene, browser: PageBrowser) -> None:
    meeting = make_meeting(scene, -0.5)
    make_attendance(scene, meeting, [])
    make_draft(scene, meeting)
    officer, at = browser.as_(scene.officer), scene.path(f"/meetings/{meeting.id}")
    sent = {
        "file": (io.BytesIO(PDF), "แบบร่าง.pdf"),
        "title_th": "แบบร่างฉบับที่ 2",
        "title_en": "Designs, version 2",
    }
    values = officer.get(f"{at}/files/new").field_values()
    officer.post(f"{at}/files/new", {**values, **sent})
    assert "Designs, version 2" in officer.get(f"{at}/minutes").text
    link = scene.path("/files/1")
    assert link in officer.get(f"{at}/minutes").links()
    browser.get(link, 404)
    assert download(officer, link) == PDF

    wrong = {**sent, "file": (io.BytesIO(b"MZ not a pdf"), "virus.pdf")}
    page = officer.post(f"{at}/files/new", {**officer.get(f"{at}/files/new").field_values(), **wrong}, 422)
    assert "This kind of file is not accepted" in page.text
    same = {**sent, "file": (io.BytesIO(PDF), "again.pdf")}
    page = officer.post(f"{at}/files/new", {**officer.get(f"{at}/files/new").field_values(), **same}, 422)
    assert "already attached" in page.text

    officer.fill(officer.get(f"{at}/adopt"), {}, action=f"{at}/adopt")
    assert link in browser.get(at).links()
    assert download(browser, link) == PDF
    page = officer.submit(f"{at}/files/1/remove", {}, status=422)
    assert "no longer change" in page.text


def test_a_file_is_taken_from_a_draft(scene: Scene, browser: PageBrowser) -> None:
    meeting = make_meeting(scene, -0.5)
    make_draft(scene, meeting)
    officer, at = browser.as_(scene.officer), scene.path(f"/meetings/{meeting.id}")
    sent = {"file": (io.BytesIO(PDF), "a.pdf"), "title_th": "แบบร่าง"}
    officer.post(f"{at}/files/new", {**officer.get(f"{at}/files/new").field_values(), **sent})
    page = officer.get(f"{at}/files/1/remove")
    officer.fill(page, {}, action=f"{at}/files/1/remove")
    officer.fill(page, {}, action=f"{at}/files/1/remove")
    assert "แบบร่าง" not in officer.get(f"{at}/minutes").text


@pytest.mark.parametrize("lang", ["th", "en"])
def test_a_decision_tells_what_was_said_what_was_decided_and_why(
    scene: Scene, browser: PageBrowser, lang: str
) -> None:
    source = make_activity(scene.issue, "comments", opens_in=-5, closes_in=-1)
    meeting = make_meeting(scene, -0.5)
    officer = browser.as_(scene.officer)
    officer.submit(
        scene.path(f"/meetings/{meeting.id}/decisions/new", lang),
        {
            "said_th": "ทางลาดชันเกินไป",
            "said_en": "The ramps are too steep",
            "source_id": str(source.id),
            "text_th": "ทางลาดชันไม่เกิน 1 ต่อ 12",
            "text_en": "Ramps of 1 in 12 at most",
            "verdict": "adopted",
            "reason_th": "ลองของจริงแล้ว ขึ้นเองไม่ได้",
            "reason_en": "Tried, and could not be climbed",
        },
    )
    page = browser.get(scene.path("", lang))
    words = {
        "th": ("ทางลาดชันเกินไป", "ทางลาดชันไม่เกิน 1 ต่อ 12", "ลองของจริงแล้ว"),
        "en": ("The ramps are too steep", "Ramps of 1 in 12 at most", "could not be climbed"),
    }
    for text in words[lang]:
        assert text in page.text
    assert f"/{lang}/comments/{source.id}" in page.links()


def test_a_revised_decision_keeps_what_stood_before(scene: Scene, browser: PageBrowser) -> None:
    meeting = make_meeting(scene, -0.5)
    decision = make_decision(scene, meeting, "under_review")
    officer, path = browser.as_(scene.officer), scene.path(f"/decisions/{decision.id}/revise")
    page = officer.get(path)
    assert page.field_values()["due_on-day"] == "1"
    officer.fill(page, {"verdict": "declined", "change_th": "ผลศึกษาออกแล้ว ทำไม่ได้จริง"}, action=path)
    public = browser.get(scene.path())
    assert "Not adopted" in public.text
    assert "What stood before (1 version)" in public.text
    assert "Under review" in public.text
    stale = officer.fill(
        page,
        {"verdict": "adopted", "change_th": "เปลี่ยนใจจากหน้าเก่า", "key": "a" * 32},
        action=path,
        status=422,
    )
    assert "Someone has revised this decision meanwhile." in stale.text
    assert rows(Decision)[0].verdict == "declined"


def test_a_meeting_is_changed_and_cancelled_while_nothing_is_recorded(
    scene: Scene, browser: PageBrowser
) -> None:
    make_member(scene)
    meeting = make_meeting(scene)
    officer, at = browser.as_(scene.officer), scene.path(f"/meetings/{meeting.id}")
    officer.submit(f"{at}/change", {"place_en": "Village 5 hall"})
    assert "Village 5 hall" in browser.get(at).text
    officer.submit(f"{at}/cancel", {"reason_th": "น้ำท่วมทางเข้าศาลา", "reason_en": "The road is flooded"})
    assert "The road is flooded" in browser.get(at).text
    subjects = [mail.subject for mail in rows(OutgoingMail)]
    assert len(subjects) == 4, "seated, called, changed, cancelled"
    officer.submit(f"{at}/change", {"place_en": "Elsewhere"}, status=422)

    held = make_meeting(scene, -0.5)
    make_attendance(scene, held, [])
    page = officer.submit(
        scene.path(f"/meetings/{held.id}/cancel"), {"reason_th": "เปลี่ยนใจไม่ประชุมแล้ว"}, status=422
    )
    assert "This meeting was held" in page.text


def test_a_meeting_entered_after_it_was_held_says_so(scene: Scene, browser: PageBrowser) -> None:
    make_member(scene)
    meeting = make_meeting(scene, -0.5)
    assert "Entered after it had begun" in browser.get(scene.path(f"/meetings/{meeting.id}")).text
    assert not [mail for mail in rows(OutgoingMail) if "Village" in mail.body], (
        "nobody is invited to the past"
    )


def test_the_desk_and_the_panel_at_work(scene: Scene, browser: PageBrowser) -> None:
    make_member(scene)
    make_representative(scene)
    make_application(scene, make_person())
    make_decision(scene, make_meeting(scene, -0.5))
    make_minutes(scene, make_meeting(scene, -0.2))
    make_meeting(scene, 2)
    officer = browser.as_(scene.officer)
    for lang in ("th", "en"):
        assert officer.get(f"/{lang}/panels/desk").links()
        page = officer.get(scene.path("/manage", lang))
        assert scene.citizen.name in page.text
    assert "1 application waits" in page.text
    assert "panels" in officer.get("/en/panels/desk").html


def test_a_panel_nobody_prepared_says_so(app: Flask, browser: PageBrowser) -> None:
    scene = make_scene(prepared=False)
    assert "has not said yet" in browser.get(scene.path()).text
    officer = browser.as_(scene.officer)
    assert "not prepared" in officer.get(scene.path("/manage")).text
    browser.as_(scene.citizen).get(scene.path("/apply"), 404)
    officer.get(scene.path("/meetings/new"), 404)
    page = officer.get(scene.path("/setup"))
    officer.fill(page, {"purpose_th": "ตั้งภายหลัง", "seats_0": "2"}, action=scene.path("/setup"))
    assert "0 of 2 seats taken" in browser.get(scene.path()).text
