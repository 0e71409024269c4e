"""Scoring an item: which evidence is offered, which is refused, and why; as many exhibits as an agency has."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import func, select

from app.assessment import service
from app.assessment.models import Assessment, LinkedExhibit, SelfScore
from app.assessment.queries import exhibits_for
from app.assessment.rubric import DEFAULT, rubric
from app.core.db import db, transaction
from app.evidence.models import Exhibit
from app.evidence.queries import PAGE
from app.ledger.facts import SYSTEM
from app.work import tick
from tests.assessment.make import make_assessment, make_exhibits
from tests.evidence.test_exhibits import EACH, say
from tests.support.browser import Page, PageBrowser
from tests.support.clock import Clock
from tests.support.make import give_role, make_activity, make_agency, make_issue, make_person

RUBRIC = rubric(*DEFAULT)


def offered(assessment_id: int, item: str) -> tuple[list[int], list[int]]:
    """The ids that are suggested for an item, and the others that are offered."""
    db.session.rollback()
    offer = exhibits_for(db.session.get_one(Assessment, assessment_id), RUBRIC.item(item), [])
    return [e.id for e in offer.suggested.exhibits], [e.id for e in offer.rest.exhibits]


def values(*exhibits: int) -> dict[str, object]:
    return {"score": "3", "reason": "เหตุผลที่พิมพ์ไว้", "exhibits": [str(ident) for ident in exhibits]}


def linked() -> list[int]:
    return list(db.session.scalars(select(LinkedExhibit.exhibit_id).order_by(LinkedExhibit.exhibit_id)))


def test_evidence_dated_outside_the_period_is_neither_offered_nor_taken(browser: PageBrowser) -> None:
    agency = make_agency()
    days = (date(2025, 12, 31), date(2026, 1, 1), date(2026, 12, 31), date(2027, 1, 1))
    early, first, last, late = (make_exhibits(agency, dated_on=day)[0] for day in days)
    assessment = make_assessment(agency)
    assert offered(assessment, "LEAD-1") == ([first, last], [])
    officer = browser.as_(make_person("officer", agency))
    path = f"/en/assessment/{assessment}/LEAD-1"
    page = officer.submit(path, values(first, early, late), status=422)
    assert any("E-1, E-4" in message for message in page.errors()), page.errors()
    assert "เหตุผลที่พิมพ์ไว้" in page.html
    assert "Does not count:" in page.text
    assert linked() == []
    officer.submit(path, values(first, last))
    assert linked() == [first, last]
    assert "Evidence is dated inside the assessed period" in officer.get(path).text


def test_the_period_may_be_another_year_than_the_calendars(browser: PageBrowser) -> None:
    agency = make_agency()
    (exhibit,) = make_exhibits(agency, dated_on=date(2025, 10, 1))
    make_exhibits(agency, dated_on=date(2025, 9, 30))
    officer = browser.as_(make_person("officer", agency))
    period = {
        **{"period_from-day": "1", "period_from-month": "10", "period_from-year": "2568"},
        **{"period_to-day": "30", "period_to-month": "9", "period_to-year": "2569"},
    }
    for wrong in (
        {"period_to-day": "", "period_to-month": "", "period_to-year": ""},
        {"period_to-year": "2570"},
        {"period_from-year": "2567"},
        {"period_from-year": "2570"},
    ):
        page = officer.submit("/th/assessment/", {"year": "2569", **period, **wrong}, status=422)
        assert page.errors(), wrong
    begun = officer.submit("/th/assessment/", {"year": "2569", **period})
    assessment = int(begun.response.headers["Location"].rpartition("/")[2])
    assert offered(assessment, "LEAD-1") == ([exhibit], [])
    assert "1 ต.ค. 2568 – 30 ก.ย. 2569" in officer.follow(begun).text


@pytest.mark.parametrize(("shift", "counts"), [(-400, False), (0, True), (300, False)])
def test_an_activitys_evidence_is_dated_by_its_acts(
    browser: PageBrowser, clock: Clock, shift: int, counts: bool
) -> None:
    clock.advance(days=shift)
    issue = make_issue()
    say(issue, make_activity(issue, "comments", level=5), EACH)
    tick()
    clock.advance(days=-shift)
    agency = make_agency()
    exhibit = db.session.scalars(select(Exhibit)).one()
    agency_id = exhibit.agency_id
    db.session.rollback()
    agency.id = agency_id
    assessment = make_assessment(agency)
    suggested, rest = offered(assessment, "PROC-2")
    assert (exhibit.id in suggested + rest) is counts


def test_kinds_are_matched_at_their_level_and_above(browser: PageBrowser) -> None:
    """PROC-3 asks minutes from level 3 on, a decision log from level 4 on."""
    agency = make_agency()
    ids = {level: make_exhibits(agency, kind="minutes", level=level)[0] for level in (2, 3, 5)}
    logs = {level: make_exhibits(agency, kind="decision_log", level=level)[0] for level in (3, 4)}
    with_attendance = make_exhibits(agency, kind="minutes_with_attendance", level=3)[0]
    assessment = make_assessment(agency)
    assert offered(assessment, "PROC-3") == ([ids[3], ids[5], logs[4]], [ids[2], logs[3], with_attendance])
    assert offered(assessment, "LEAD-2")[0] == [with_attendance], (
        "one kind's name inside another's is no match"
    )


def test_what_names_no_stakeholders_does_not_count(browser: PageBrowser) -> None:
    agency = make_agency()
    (mute,) = make_exhibits(agency, sectors=())
    assessment = make_assessment(agency)
    officer = browser.as_(make_person("officer", agency))
    page = officer.submit(f"/en/assessment/{assessment}/LEAD-1", values(mute), status=422)
    assert any("no stakeholders" in message for message in page.errors())


def test_nothing_vanishes_beyond_a_page(browser: PageBrowser) -> None:
    """More exhibits than a page holds cost no more statements; what was chosen stays chosen, wherever it stands."""
    agency = make_agency()
    assessment = make_assessment(agency)
    officer = browser.as_(make_person("officer", agency))
    path = f"/en/assessment/{assessment}/LEAD-1"
    few = make_exhibits(agency, 2)
    make_exhibits(agency, 2, kind="notice", level=2)
    officer.submit(path, values(*few))
    small = officer.get(path)
    many = make_exhibits(agency, PAGE + 5)
    make_exhibits(agency, PAGE + 5, kind="notice", level=2)
    large = officer.get(path)
    assert large.statements == small.statements
    assert str(many[-1]) not in boxes(large)
    more = officer.post(
        path, {**large.field_values(), "suggested_after": after(large, "suggested_after")}, status=200
    )
    assert str(many[-1]) in boxes(more)
    ticked = {**more.field_values(), **values(*few, many[-1])}
    again = officer.post(path, {**ticked, "rest_after": after(more, "rest_after", large)}, status=200)
    assert set(again.field_values()["exhibits"]) == {str(i) for i in (*few, many[-1])}, "ticks are kept"
    assert linked() == few, "and nothing is saved by looking further"
    officer.post(path, ticked)
    assert linked() == [*few, many[-1]]
    officer.submit(path, {"score": "4", "reason": "เปลี่ยนคะแนน"})
    assert linked() == [*few, many[-1]], "saving again loses no link"


def boxes(page: Page) -> list[str]:
    return [e.attrs["value"] for e in page.all("input") if e.attrs.get("name") == "exhibits"]


def after(page: Page, name: str, other: Page | None = None) -> str:
    """What the button under a list sends."""
    found = [
        e.attrs["value"] for p in (page, other) if p for e in p.all("button") if e.attrs.get("name") == name
    ]
    return found[0]


@pytest.mark.parametrize("exhibits", [["x"], ["0"], ["-1"], ["9" * 30], [str(n) for n in range(1, 300)]])
def test_senseless_exhibits_are_refused_at_the_field(browser: PageBrowser, exhibits: list[str]) -> None:
    agency = make_agency()
    assessment = make_assessment(agency)
    officer = browser.as_(make_person("officer", agency))
    path = f"/th/assessment/{assessment}/LEAD-1"
    assert officer.submit(path, {**values(), "exhibits": exhibits}, status=422).errors()
    assert db.session.scalar(select(func.count()).select_from(SelfScore)) == 0


def test_an_officer_of_two_agencies_assesses_either(browser: PageBrowser) -> None:
    one, two, foreign = make_agency(), make_agency(), make_agency()
    person = make_person("officer", one)
    give_role(person, "officer", two)
    officer = browser.as_(person)
    officer.submit("/th/assessment/", {"year": "2569", "agency_id": str(two.id)})
    officer.submit("/th/assessment/", {"year": "2569", "agency_id": str(one.id)})
    officer.submit("/th/assessment/", {"year": "2569", "agency_id": str(foreign.id)}, status=422)
    assert list(db.session.scalars(select(Assessment.agency_id).order_by(Assessment.id))) == [two.id, one.id]


def test_a_submitted_item_is_text_and_what_came_too_late_stays_typed(browser: PageBrowser) -> None:
    agency = make_agency()
    ident = make_assessment(agency)
    item = RUBRIC.items[0].code
    path = f"/en/assessment/{ident}/{item}"
    officer = browser.as_(make_person("officer", agency))
    stale = officer.get(path)
    assert stale.all("textarea")
    with transaction():
        for each in RUBRIC.items:
            service.score_item(
                assessment_id=ident,
                item=each.code,
                score=1,
                reason="ทำแล้วตามแผน",
                exhibit_ids=[],
                actor=SYSTEM,
            )
        service.submit_assessment(assessment_id=ident, actor=SYSTEM)
    page = officer.get(path)
    assert "ทำแล้วตามแผน" in page.text
    assert not page.all("textarea")
    assert not page.all("fieldset")
    late = officer.fill(stale, {"score": "3", "reason": "สายไป"}, action=path, status=422)
    assert "สายไป" in late.text
