"""The office's pages: from the first line of a draft to the closed issue, and what they refuse."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from app.core.clock import now
from app.core.db import db, transaction
from app.i18n.dates import local_day
from app.issues import kinds, responses, schedule, service
from app.issues.models import Activity, Commitment, Issue, Response
from app.ledger.facts import SYSTEM
from app.ledger.models import Entry
from tests.issues import fake_kind
from tests.issues.conftest import Office, dated
from tests.issues.fake_kind import CODE, Told
from tests.issues.test_service import ANSWER, activity_of, answer, changed_agency, plan
from tests.support.browser import PageBrowser
from tests.support.clock import Clock
from tests.support.make import give_role, make_agency, make_issue, make_person

Make = Callable[..., Issue]
LANGS = ("th", "en")
NEW = {
    "title_th": "ตลาดเก่าควรย้ายไหม",
    "title_en": "Should the market move?",
    "summary_th": "ตลาดเก่าน้ำท่วมทุกปี",
    "summary_en": "",
    "level": "2",
}


def day(name: str, days: int) -> dict[str, str]:
    """The three boxes of a day so many days from today, as a Thai reader types it."""
    moment = now().date().toordinal() + days
    date = now().date().fromordinal(moment)
    return {
        f"{name}-day": str(date.day),
        f"{name}-month": str(date.month),
        f"{name}-year": str(date.year + 543),
    }


def only_issue() -> Issue:
    db.session.expire_all()
    return db.session.scalars(select(Issue)).one()


def count(model: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


# ---------------------------------------------------------------- the whole way


@pytest.mark.parametrize("lang", LANGS)
def test_from_the_first_line_to_the_closed_issue(
    browser: PageBrowser, office: Office, clock: Clock, lang: str
) -> None:
    officer, executive = browser.as_(office.officer), browser.as_(office.executive)
    base = f"/{lang}/issues"
    officer.get(f"{base}/desk")
    prepare = officer.follow(officer.submit(f"{base}/new", NEW))
    issue = only_issue()
    assert prepare.path == f"{base}/{issue.id}/prepare"
    here = f"{base}/{issue.id}"

    officer.submit(f"{here}/edit/area?province=15", {"area_code": "150101"})
    officer.submit(f"{here}/edit/groups", {"sector_0": "people", "th_0": "ผู้ค้าในตลาด", "en_0": "Traders"})
    officer.submit(f"{here}/edit/ground", {"legal_basis": "pm_regulation_2548"})
    officer.submit(f"{here}/edit/promise", {**day("answer_by", 30), "promise_th": "เราจะฟังทุกคน"})
    officer.get(f"{here}/activities/new")
    added = officer.submit(
        f"{here}/activities/new?kind={CODE}",
        {"title_th": "ให้ความเห็น", "stage": "views", **day("opens_on", 1), **day("closes_on", 16)},
    )
    activity = activity_of(issue)
    assert added.response.headers["Location"] == f"{base}/activities/{activity.id}/edit"
    assert activity.closes_at == issue_row(issue).closes_at

    officer.get(f"{here}/propose")
    officer.submit(f"{here}/propose", {})
    assert f"{here}/publish" in executive.get(f"{base}/desk").links()
    assert executive.get(f"{here}/publish").all("button", type="submit")
    executive.submit(f"{here}/publish", {"why_notice_15_th": "น้ำจะมาก่อนสิ้นเดือน"})
    assert browser.get(here).h1

    clock.advance(days=17)
    assert f"{here}/response" in officer.get(f"{base}/desk").links()
    texts = {name: value for name, value in ANSWER.items() if value}
    row = {"text_th_0": "สร้างคันกั้นน้ำ", "owner_th_0": "โยธาธิการ", **day("due_on_0", 60)}
    check = officer.follow(officer.submit(f"{here}/response", {**texts, **row}))
    assert check.path == f"{here}/response/publish"
    assert "สร้างคันกั้นน้ำ" in check.text
    officer.fill(check, {}, action=check.path)
    assert "สร้างคันกั้นน้ำ" in browser.get(here).text

    executive.submit(f"{here}/close", {})
    assert issue_row(issue).closed_at == now()
    commitment = db.session.scalars(select(Commitment)).one()
    officer.submit(f"{base}/commitments/{commitment.id}/done", {})
    assert browser.get(f"{base}/results").all("article", class_="ysd")


def issue_row(issue: Issue) -> Issue:
    db.session.expire_all()
    return db.session.get_one(Issue, issue.id)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("stage", ["draft", "published", "closed"])
def test_every_office_page_in_both_languages(
    browser: PageBrowser, draft: Make, office: Office, clock: Clock, in_request: Any, lang: str, stage: str
) -> None:
    issue = draft()
    activity_id = activity_of(issue).id
    if stage != "draft":
        with transaction():
            service.publish_issue(issue_id=issue.id, actor=SYSTEM)
        answer(issue, plan(30))
    if stage == "closed":
        clock.advance(days=11)
        with in_request():
            service.close_issue(issue_id=issue.id, actor=SYSTEM)
    give_role(office.officer, "executive", office.agency)
    reader, here = browser.as_(office.officer), f"/{lang}/issues/{issue.id}"
    paths = ["prepare", "annul", "publish", "close", "raise", "propose", "activities/new", "response"]
    paths += [
        f"activities/new?kind={CODE}",
        *(f"edit/{part}" for part in ("texts", "area", "groups", "ground")),
    ]
    if stage == "draft":
        paths.append("edit/promise")
    else:
        paths.append("response/publish")
        commitment = db.session.scalars(select(Commitment.id)).one()
        reader.get(f"/{lang}/issues/commitments/{commitment}/done")
    for path in paths:
        reader.get(f"{here}/{path}")
    for act in ("edit", "remove"):
        reader.get(f"/{lang}/issues/activities/{activity_id}/{act}")
    reader.get(f"/{lang}/issues/desk")


# ---------------------------------------------------------------- who may

PAGES = {
    "prepare": {"officer", "executive", "moderator"},
    "edit/texts": {"officer"},
    "activities/new": {"officer"},
    "propose": {"officer"},
    "publish": {"executive"},
    "raise": {"executive"},
    "response": {"officer"},
    "close": {"executive"},
    "annul": {"executive"},
}


@pytest.mark.parametrize("stage", ["draft", "published", "closed"])
def test_who_may_open_and_send_what(browser: PageBrowser, draft: Make, office: Office, stage: str) -> None:
    issue = draft()
    if stage != "draft":
        with transaction():
            service.publish_issue(issue_id=issue.id, actor=SYSTEM)
            if stage == "closed":
                db.session.get_one(Issue, issue.id).closed_at = now()
    people = {
        "anonymous": browser,
        **{
            role: browser.as_(getattr(office, role))
            for role in ("citizen", "officer", "executive", "moderator")
        },
        "stranger": browser.as_(office.stranger),
        "foreign executive": browser.as_(make_person("executive", make_agency())),
        "admin": browser.as_(make_person("admin")),
    }
    for path, allowed in PAGES.items():
        for name, person in people.items():
            status = expected_status(name, allowed)
            person.get(f"/en/issues/{issue.id}/{path}", status=status)
            if path != "prepare" and status in (403, 404):
                person.post(f"/en/issues/{issue.id}/{path}", {"csrf_token": ""}, status=400)


def expected_status(name: str, allowed: set[str]) -> int:
    """200 in one's own agency, 404 with the right in another one, 403 without it, 303 to sign in."""
    if name == "anonymous":
        return 303
    if name in allowed:
        return 200
    role = {"stranger": "officer", "foreign executive": "executive"}.get(name)
    return 404 if role in allowed else 403


def test_another_agencys_objects_do_not_exist(browser: PageBrowser, published: Make, office: Office) -> None:
    issue = published()
    answer(issue, plan(9))
    commitment = db.session.scalars(select(Commitment.id)).one()
    activity = activity_of(issue)
    stranger = browser.as_(office.stranger)
    for path in (
        f"activities/{activity.id}/edit",
        f"activities/{activity.id}/remove",
        f"commitments/{commitment}/done",
        f"{issue.id}/response/publish",
        f"{issue.id}/edit/texts",
        "activities/999/edit",
        "commitments/999/done",
    ):
        stranger.get(f"/en/issues/{path}", status=404)


def test_an_issue_is_begun_in_ones_own_agency_only(browser: PageBrowser, office: Office) -> None:
    officer = browser.as_(office.officer)
    other = make_agency()
    officer.submit("/en/issues/new", {**NEW, "agency_id": str(other.id)}, status=404)
    assert count(Issue) == 0


def test_an_officer_of_two_agencies_chooses(browser: PageBrowser, office: Office) -> None:
    other = make_agency(short="กทม")
    give_role(office.officer, "officer", other)
    officer = browser.as_(office.officer)
    assert officer.get("/th/issues/new").all("select", name="agency_id")
    officer.submit("/th/issues/new", {**NEW, "agency_id": str(other.id)})
    assert only_issue().agency_id == other.id


# ---------------------------------------------------------------- bad input

LONG = "ก" * 151
BAD: dict[str, tuple[str, dict[str, Any], str]] = {
    "no title": ("new", {**NEW, "title_th": " "}, "Enter the title in Thai"),
    "invisible title": ("new", {**NEW, "title_th": "\u200b\u2060"}, "Enter the title in Thai"),
    "long title": ("new", {**NEW, "title_th": LONG}, "Shorten this by 1 character; at most 150"),
    "marks heaped up": ("new", {**NEW, "title_th": "ก" + "\u0301" * 2000}, "Shorten this by"),
    "no summary": ("new", {**NEW, "summary_th": ""}, "Enter the summary in Thai"),
    "long summary": ("new", {**NEW, "summary_en": "x" * 3001}, "Shorten this by 1 character"),
    "no level": ("new", {**NEW, "level": None}, "Choose one of the five levels"),
    "level 9": ("new", {**NEW, "level": "9"}, "Choose one of the"),
    "level x": ("new", {**NEW, "level": "x"}, "Choose one of the"),
    "foreign ground": ("edit/ground", {"legal_basis": "x"}, "Choose one of the"),
    "foreign area": ("edit/area?province=15", {"area_code": "100101"}, "Choose one of the answers shown"),
    "group without name": ("edit/groups", {"sector_3": "media"}, "Enter the group's name in Thai"),
    "group without sector": ("edit/groups", {"sector_0": "", "th_3": "สื่อ"}, "Choose the sector"),
    "foreign sector": ("edit/groups", {"sector_0": "aliens", "th_0": "ก"}, "Choose one of the answers shown"),
    "no promise": ("edit/promise", {"promise_th": ""}, "Enter the promise in Thai"),
    "31 February": (
        "edit/promise",
        {"answer_by-day": "31", "answer_by-month": "2", "answer_by-year": "2569"},
        "This month has 28 days",
    ),
    "year 69": (
        "edit/promise",
        {"answer_by-day": "1", "answer_by-month": "2", "answer_by-year": "69"},
        "Enter the year with four digits",
    ),
}


@pytest.mark.parametrize(("path", "values", "words"), BAD.values(), ids=BAD)
def test_bad_input_is_answered_at_its_field_and_stores_nothing(
    browser: PageBrowser, draft: Make, office: Office, path: str, values: dict[str, Any], words: str
) -> None:
    officer = browser.as_(office.officer)
    issue = draft()
    entries = count(Entry)
    target = f"/en/issues/{path}" if path == "new" else f"/en/issues/{issue.id}/{path}"
    page = officer.submit(target, values, status=422)
    assert any(words in error for error in page.errors()), page.errors()
    assert page.title.startswith("Correct ")
    for value in values.values():
        if value and value == value.strip() and len(value) > 2 and value.isprintable() and path == "new":
            assert value[:50] in page.html, "what was typed is kept"
    assert (count(Issue), count(Entry)) == (1, entries)


ACTIVITY = {"title_th": "เวที", "stage": "views"}
BAD_ACTIVITY: dict[str, tuple[Any, Any, dict[str, str], str]] = {
    "no days": (None, None, {}, "Enter the day, the month and the year"),
    "ends first": (20, 10, {}, "The end must come after the beginning"),
    "over already": (-20, -10, {}, "The end must lie in the future"),
    "level too high": (1, 10, {"level": "3"}, "Choose one of the answers shown"),
    "foreign stage": (1, 10, {"stage": "monitor"}, "Choose one of the answers shown"),
    "no title": (1, 10, {"title_th": ""}, "Enter the title in Thai"),
}


@pytest.mark.parametrize(("opens", "closes", "more", "words"), BAD_ACTIVITY.values(), ids=BAD_ACTIVITY)
def test_a_bad_activity_is_answered_at_its_field(
    browser: PageBrowser, draft: Make, office: Office, opens: Any, closes: Any, more: Any, words: str
) -> None:
    issue = draft(activity=False)
    values = {**ACTIVITY, **more}
    values |= day("opens_on", opens) if opens is not None else {}
    values |= day("closes_on", closes) if closes is not None else {}
    page = browser.as_(office.officer).submit(
        f"/en/issues/{issue.id}/activities/new?kind={CODE}", values, status=422
    )
    assert any(words in error for error in page.errors()), page.errors()
    assert count(Activity) == 0


def test_an_unknown_kind_or_part_is_not_found(browser: PageBrowser, draft: Make, office: Office) -> None:
    issue = draft()
    officer = browser.as_(office.officer)
    officer.get(f"/en/issues/{issue.id}/activities/new?kind=riots", status=404)
    officer.get(f"/en/issues/{issue.id}/edit/soul", status=404)
    officer.get(f"/en/issues/{issue.id}/edit/_edit", status=404)


def test_a_kind_above_the_promise_is_not_offered(
    browser: PageBrowser, draft: Make, told: Told, office: Office
) -> None:
    kinds.register(fake_kind.make_kind(told, levels=frozenset({5})))
    issue = draft(level=2, activity=False)
    officer = browser.as_(office.officer)
    page = officer.get(f"/en/issues/{issue.id}/activities/new")
    assert not [link for link in page.links() if f"kind={CODE}" in link]
    officer.get(f"/en/issues/{issue.id}/activities/new?kind={CODE}", status=404)


def test_thai_digits_are_understood(browser: PageBrowser, draft: Make, office: Office) -> None:
    issue = draft()
    values = {"answer_by-day": "๓๐", "answer_by-month": "6", "answer_by-year": "๒๕๖๙"}
    browser.as_(office.officer).submit(f"/th/issues/{issue.id}/edit/promise", values)
    assert str(issue_row(issue).answer_by) == "2026-06-30"


def test_more_rows_keep_what_was_typed_and_store_nothing(
    browser: PageBrowser, draft: Make, office: Office
) -> None:
    issue = draft()
    officer = browser.as_(office.officer)
    path = f"/en/issues/{issue.id}/edit/groups"
    typed = {"sector_1": "media", "th_1": "วิทยุชุมชน", "step": "more"}
    page = officer.fill(officer.get(path), typed, action=path, status=200)
    assert len([e for e in page.all("select") if e.attrs["name"].startswith("sector_")]) == 9
    assert page.field_values()["th_1"] == "วิทยุชุมชน"
    assert len(issue_row(issue).groups) == 1
    officer.fill(page, {"sector_8": "academic", "th_8": "มหาวิทยาลัย"}, action=path)
    assert [group["th"] for group in issue_row(issue).groups] == ["ผู้ค้า", "วิทยุชุมชน", "มหาวิทยาลัย"]


@pytest.mark.parametrize("rows", ["999999", "-5", "x", "๙", ""])
def test_the_number_of_rows_stays_within_bounds(
    browser: PageBrowser, draft: Make, office: Office, rows: str
) -> None:
    issue = draft()
    officer = browser.as_(office.officer)
    path = f"/en/issues/{issue.id}/edit/groups"
    page = officer.fill(officer.get(path), {"rows": rows, "step": "more"}, action=path, status=200)
    assert 1 <= len([e for e in page.all("select") if e.attrs["name"].startswith("sector_")]) <= 30


def test_a_commitment_needs_what_who_and_when(browser: PageBrowser, published: Make, office: Office) -> None:
    issue = published()
    page = browser.as_(office.officer).submit(
        f"/en/issues/{issue.id}/response", {"heard_th": "ฟังแล้ว", "text_en_0": "Build it"}, status=422
    )
    assert {"Say in Thai what will be done", "Say in Thai who is responsible"} <= set(page.errors())
    assert page.field_values()["heard_th"] == "ฟังแล้ว"
    assert count(Response) == 0


def test_publishing_from_the_page_names_each_obstacle(
    browser: PageBrowser, draft: Make, office: Office
) -> None:
    issue = draft(groups=[], legal_basis="")
    executive = browser.as_(office.executive)
    page = executive.get(f"/en/issues/{issue.id}/publish")
    assert "Name the legal basis" in page.text
    assert not page.all("input", name="key"), "what would be refused is not offered"
    key = {"key": "a" * 32, "csrf_token": page.field_values().get("csrf_token", "")}
    page = executive.post(f"/en/issues/{issue.id}/publish", key, status=422)
    assert "Name the legal basis" in page.text
    assert "Name at least one group" in page.text
    assert issue_row(issue).published_at is None


def test_the_close_page_shows_each_duty(
    browser: PageBrowser, published: Make, told: Told, office: Office
) -> None:
    issue = published()
    told.duties = (("Publish the minutes", False), ("Count the votes", True))
    page = browser.as_(office.executive).get(f"/en/issues/{issue.id}/close")
    assert "3 duties stand in the way" in page.text
    for words in ("Publish the minutes", "Count the votes", "Publish the answer", "Wait until"):
        assert words in page.text
    assert not page.all("input", name="key")


# ---------------------------------------------------------------- sending twice


def test_the_same_form_twice_makes_one_draft(browser: PageBrowser, office: Office) -> None:
    officer = browser.as_(office.officer)
    page = officer.get("/en/issues/new")
    first = officer.fill(page, NEW, action="/en/issues/new")
    second = officer.fill(page, NEW, action="/en/issues/new")
    assert first.response.headers["Location"] == second.response.headers["Location"]
    assert count(Issue) == 1


def test_the_same_key_with_other_content_is_refused_and_kept(browser: PageBrowser, office: Office) -> None:
    officer = browser.as_(office.officer)
    page = officer.get("/en/issues/new")
    officer.fill(page, NEW, action="/en/issues/new")
    other = officer.fill(page, {**NEW, "title_th": "เรื่องอื่น"}, action="/en/issues/new", status=409)
    assert other.field_values()["title_th"] == "เรื่องอื่น"
    assert count(Issue) == 1


def test_publishing_twice_publishes_once(browser: PageBrowser, draft: Make, office: Office) -> None:
    issue = draft()
    executive, path = browser.as_(office.executive), f"/en/issues/{issue.id}/publish"
    page = executive.get(path)
    executive.fill(page, {}, action=path)
    executive.fill(page, {}, action=path)
    published = select(func.count()).where(Entry.fact == "issues.issue.published")
    assert db.session.scalar(published) == 1


def test_a_form_without_its_token_keeps_what_was_typed(browser: PageBrowser, office: Office) -> None:
    officer = browser.as_(office.officer)
    page = officer.submit("/en/issues/new", {**NEW, "csrf_token": None}, status=400)
    assert NEW["title_th"] in page.html
    assert count(Issue) == 0


# ---------------------------------------------------------------- the desk


def test_the_desk_tells_what_is_due(
    browser: PageBrowser, published: Make, office: Office, clock: Clock
) -> None:
    officer, executive = browser.as_(office.officer), browser.as_(office.executive)
    assert "Nothing is waiting for you" in officer.get("/en/issues/desk").text
    issue = published()
    clock.advance(days=11)
    page = officer.get("/en/issues/desk")
    assert "Publish the answer" in page.text
    assert "29 days left" in page.text
    clock.advance(days=30)
    assert "1 day late" in officer.get("/en/issues/desk").text
    answer(issue, plan(5))
    assert "Carry out: Change the design" in officer.get("/en/issues/desk").text
    assert f"/en/issues/{issue.id}/close" in executive.get("/en/issues/desk").links()


def test_the_desk_warns_of_what_opens_unprepared(
    browser: PageBrowser, published: Make, office: Office, told: Told
) -> None:
    issue = published()
    with transaction():
        schedule.add_activity(issue_id=issue.id, kind=CODE, content=dated(opens_in=3), actor=SYSTEM)
    told.missing = ("Questions",)
    assert "Prepare “Give views”" in browser.as_(office.officer).get("/en/issues/desk").text


def test_the_desk_costs_the_same_with_many_issues(browser: PageBrowser, office: Office) -> None:
    officer = browser.as_(office.officer)
    make_issue(office.agency)
    few = officer.get("/en/issues/desk").statements
    for _n in range(12):
        make_issue(office.agency)
    assert officer.get("/en/issues/desk").statements == few <= 6


def test_a_correction_of_the_answer_says_that_it_is_public(
    browser: PageBrowser, published: Make, office: Office
) -> None:
    issue = published()
    answer(issue, plan(9))
    officer, path = browser.as_(office.officer), f"/en/issues/{issue.id}/response"
    page = officer.get(path)
    assert not page.all("input", name="text_th_0"), "commitments that were made are not rewritten"
    done = officer.fill(page, {"decided_th": "เพิ่ม 12 ช่อง"}, action=path)
    assert done.response.headers["Location"] == f"/en/issues/{issue.id}"
    assert "เพิ่ม 12 ช่อง" in browser.get(f"/en/issues/{issue.id}").text


def test_a_page_for_an_unwritten_answer_is_not_found(
    browser: PageBrowser, published: Make, office: Office
) -> None:
    browser.as_(office.officer).get(f"/en/issues/{published().id}/response/publish", status=404)


def test_the_pages_of_the_answer_say_until_when_people_are_heard(
    browser: PageBrowser, published: Make, office: Office, clock: Clock
) -> None:
    issue = published()
    officer, path = browser.as_(office.officer), f"/en/issues/{issue.id}/response"
    page = officer.get(path)
    assert "You can write it already" in page.text
    assert "28 Apr 2026" in page.text
    with transaction():
        responses.write_response(issue_id=issue.id, content=ANSWER, plans=[], actor=SYSTEM)
    check = officer.get(f"{path}/publish")
    assert "People can be heard until 28 Apr 2026" in check.text
    assert not check.all("input", name="key"), "what would be refused is not offered"
    seen = check.field_values().get("csrf_token", "")
    refused = officer.post(f"{path}/publish", {"key": "a" * 32, "csrf_token": seen, "seen": ""}, status=422)
    assert "Publish the answer after that" in refused.text
    clock.advance(days=10)
    assert "You can write it already" not in officer.get(path).text
    officer.submit(f"{path}/publish", {})
    assert db.session.scalars(select(Response.published_at)).one() == now()


# ---------------------------------------------------------------- the promise and the end


def answered_on_the_pages(browser: PageBrowser, office: Office, issue: Issue) -> None:
    officer, path = browser.as_(office.officer), f"/en/issues/{issue.id}/response"
    officer.submit(path, {name: value for name, value in ANSWER.items() if value})
    officer.submit(f"{path}/publish", {})


def cannot_be_closed(browser: PageBrowser, office: Office, issue: Issue, level: int) -> None:
    executive, path = browser.as_(office.executive), f"/en/issues/{issue.id}/close"
    page = executive.get(path)
    words = f"Carry out an activity of level {level}: the issue promises it"
    assert words in page.text
    assert "1 duty stands in the way" in page.text
    assert not page.all("input", name="key")
    token = page.field_values().get("csrf_token", "")
    page = executive.post(path, {"key": "a" * 32, "csrf_token": token}, status=422)
    assert words in page.text
    assert issue_row(issue).closed_at is None


def test_an_issue_whose_vote_was_cancelled_is_not_closed(
    browser: PageBrowser, draft: Make, office: Office, clock: Clock
) -> None:
    issue = draft(level=5, activity=False)
    with transaction():
        vote = schedule.add_activity(
            issue_id=issue.id, kind=CODE, content=dated(level=5, opens_in=5), actor=SYSTEM
        )
    browser.as_(office.executive).submit(f"/en/issues/{issue.id}/publish", {})
    clock.advance(days=1)
    browser.as_(office.officer).submit(f"/en/issues/activities/{vote.id}/remove", {})
    answered_on_the_pages(browser, office, issue)
    cannot_be_closed(browser, office, issue, 5)


def test_an_issue_that_was_only_raised_is_not_closed(
    browser: PageBrowser, published: Make, office: Office, clock: Clock
) -> None:
    issue = published()
    browser.as_(office.executive).submit(f"/en/issues/{issue.id}/raise", {"level": "5"})
    clock.advance(days=11)
    answered_on_the_pages(browser, office, issue)
    cannot_be_closed(browser, office, issue, 5)


def test_raising_information_asks_for_the_day_of_the_answer(
    browser: PageBrowser, published: Make, office: Office
) -> None:
    issue = published(level=1, answer_by=None)
    executive, path = browser.as_(office.executive), f"/en/issues/{issue.id}/raise"
    page = executive.submit(path, {"level": "3"}, status=422)
    assert "Say by which day the agency will answer" in page.errors()
    executive.fill(page, {"level": "3", **day("answer_by", 30)}, action=path)
    row = issue_row(issue)
    assert (row.level, row.answer_by) == (3, now().date() + timedelta(days=30))
    assert not executive.get(path).all("input", name="answer_by-day"), "a day once promised stays"


def test_an_ended_agency_opens_no_issue(browser: PageBrowser, office: Office) -> None:
    changed_agency(office, valid_until=local_day(now()))
    page = browser.as_(office.officer).submit("/en/issues/new", NEW, status=422)
    assert "This agency is not valid today" in page.text
    assert NEW["title_th"] in page.html
    assert count(Issue) == 0


# ---------------------------------------------------------------- what stood on the page


def test_the_executive_signs_what_was_shown(browser: PageBrowser, draft: Make, office: Office) -> None:
    issue = draft()
    executive, path = browser.as_(office.executive), f"/en/issues/{issue.id}/publish"
    page = executive.get(path)
    with transaction():
        service.revise_issue(issue_id=issue.id, content={"promise_en": "Quietly less."}, actor=SYSTEM)
    refused = executive.fill(page, {}, action=path, status=422)
    assert "This was changed or published meanwhile" in refused.text
    assert "Quietly less." in refused.text
    assert issue_row(issue).published_at is None
    executive.fill(refused, {}, action=path)
    assert issue_row(issue).published_at is not None


OPEN_PAGES: dict[str, tuple[str, dict[str, str]]] = {
    "texts": ("{issue}/edit/texts", {"title_th": "ชื่อใหม่ที่พิมพ์ไว้"}),
    "groups": ("{issue}/edit/groups", {"sector_1": "media", "th_1": "วิทยุชุมชน"}),
    "ground": ("{issue}/edit/ground", {"legal_basis": "decree_2546"}),
    "area": ("{issue}/edit/area?province=15", {"area_code": "15"}),
    "activity": ("activities/{activity}/edit", {"title_th": "เวทีที่พิมพ์ไว้"}),
}


@pytest.mark.parametrize(("path", "typed"), OPEN_PAGES.values(), ids=OPEN_PAGES)
def test_a_draft_page_saved_after_publication_is_no_correction_yet(
    browser: PageBrowser, draft: Make, office: Office, path: str, typed: dict[str, str]
) -> None:
    issue = draft()
    target = "/en/issues/" + path.format(issue=issue.id, activity=activity_of(issue).id)
    officer = browser.as_(office.officer)
    page = officer.get(target)
    with transaction():
        service.publish_issue(issue_id=issue.id, actor=SYSTEM)
    entries = count(Entry)
    refused = officer.fill(page, typed, action=target, status=422)
    assert "The issue is public." in refused.text
    assert "This was changed or published while you wrote" in refused.text
    kept = refused.field_values()
    assert all(value in kept[name] for name, value in typed.items()), "what was typed is kept"
    assert count(Entry) == entries
    officer.fill(refused, {}, action=target)
    assert count(Entry) == entries + 1


def test_a_promise_page_saved_after_publication_rewrites_nothing(
    browser: PageBrowser, draft: Make, office: Office
) -> None:
    issue = draft()
    officer, path = browser.as_(office.officer), f"/en/issues/{issue.id}/edit/promise"
    page = officer.get(path)
    with transaction():
        service.publish_issue(issue_id=issue.id, actor=SYSTEM)
    for _time in range(2):
        page = officer.fill(page, {"promise_th": "คำมั่นใหม่"}, action=path, status=422)
        assert "คำมั่นใหม่" in page.html
    assert "The promise has been published." in page.text
    officer.get(path, status=404)


def test_discarding_a_draft_does_not_end_what_was_published_meanwhile(
    browser: PageBrowser, draft: Make, office: Office
) -> None:
    issue = draft()
    executive, path = browser.as_(office.executive), f"/en/issues/{issue.id}/annul"
    page = executive.get(path)
    with transaction():
        service.publish_issue(issue_id=issue.id, actor=SYSTEM)
    refused = executive.fill(page, {"reason": "mistake"}, action=path, status=422)
    assert "This breaks the promise" in refused.text
    assert issue_row(issue).annulled_at is None
    executive.fill(refused, {}, action=path)
    assert issue_row(issue).annulled_at is not None


def test_two_parts_of_a_draft_may_be_changed_at_once(
    browser: PageBrowser, draft: Make, office: Office
) -> None:
    issue = draft()
    officer, here = browser.as_(office.officer), f"/en/issues/{issue.id}/edit"
    page = officer.get(f"{here}/texts")
    officer.submit(f"{here}/ground", {"legal_basis": "decree_2546"})
    officer.fill(page, {"title_en": "Another title"}, action=f"{here}/texts")
    assert issue_row(issue).title_en == "Another title"


def test_an_answer_page_saved_after_publication_shows_what_is_public(
    browser: PageBrowser, published: Make, office: Office, clock: Clock
) -> None:
    issue = published()
    clock.advance(days=11)
    with transaction():
        responses.write_response(issue_id=issue.id, content=ANSWER, plans=[plan(9)], actor=SYSTEM)
    officer, path = browser.as_(office.officer), f"/en/issues/{issue.id}/response"
    page, check = officer.get(path), officer.get(f"{path}/publish")
    other = {**ANSWER, "decided_th": "ไม่เพิ่มช่อง"}
    with transaction():
        responses.write_response(issue_id=issue.id, content=other, plans=[plan(8)], actor=SYSTEM)
    refused = officer.fill(check, {}, action=f"{path}/publish", status=422)
    assert "ไม่เพิ่มช่อง" in refused.text
    assert facts("issues.response.published") == 0
    officer.fill(refused, {}, action=f"{path}/publish")
    typed = {"decided_th": "เพิ่ม 12 ช่อง"}
    refused = officer.fill(page, typed, action=path, status=422)
    assert "A colleague changed or published the answer while you wrote" in refused.text
    assert "ไม่เพิ่มช่อง" in refused.text
    assert refused.field_values()["decided_th"] == "เพิ่ม 12 ช่อง"
    assert "Publish the correction" in refused.text
    assert facts("issues.response.corrected") == 0
    officer.fill(refused, {}, action=path)
    assert facts("issues.response.corrected") == 1


def facts(name: str) -> int:
    return db.session.scalar(select(func.count()).where(Entry.fact == name)) or 0


def test_only_answers_with_a_promised_day_are_counted_as_punctual(
    browser: PageBrowser, published: Make, office: Office
) -> None:
    answer(published())
    answer(published(level=1, answer_by=None))
    assert "1/1" in browser.as_(office.officer).get("/en/issues/desk").text


def test_an_unknown_province_offers_the_whole_country(
    browser: PageBrowser, draft: Make, office: Office
) -> None:
    issue = draft()
    page = browser.as_(office.officer).get(f"/en/issues/{issue.id}/edit/area?province=99")
    assert [e.attrs["value"] for e in page.all("option")][-1] == ""
