"""Rules of notice: warned of with their sureness, set aside only for a reason that everyone can read."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.core.clock import now
from app.core.db import db, transaction
from app.core.errors import DomainError
from app.i18n import speaking
from app.i18n.dates import end_of_day, local_day, start_of_day
from app.issues import schedule, service
from app.issues.levels import LEGAL_BASES
from app.issues.models import Activity, Issue
from app.issues.notice import RULES, SURENESS, Reason, breaches, due_by, rules_for
from app.issues.timeline import date_changes
from app.ledger.facts import SYSTEM
from app.ledger.models import Entry
from tests.issues.conftest import Office, dated
from tests.issues.fake_kind import CODE
from tests.issues.test_office import day
from tests.support.browser import PageBrowser
from tests.support.clock import Clock

Make = Callable[..., Issue]
REGULATION, LAW = "pm_regulation_2548", "law_drafting_2562"
WHY: Reason = {"th": "น้ำจะมาก่อนสิ้นเดือน", "en": "The flood comes before the month ends."}
TODAY = date(2026, 4, 18)


def window(opens: int, closes: int | None) -> Any:
    """An activity's content from the first moment of a day to the end of another, counted from today."""
    return {
        **dated(),
        "opens_at": start_of_day(TODAY + timedelta(days=opens)),
        "closes_at": None if closes is None else end_of_day(TODAY + timedelta(days=closes)),
    }


def make_draft(draft: Make, basis: str, *windows: tuple[int, int | None], answer_in: int = 60) -> Issue:
    """A draft on this legal basis with an activity for each window (first and last day from today)."""
    issue = draft(activity=False, legal_basis=basis, answer_by=TODAY + timedelta(days=answer_in))
    with transaction():
        for opens, closes in windows:
            schedule.add_activity(issue_id=issue.id, kind=CODE, content=window(opens, closes), actor=SYSTEM)
    return issue


def publish(issue: Issue, **reasons: Reason) -> None:
    with transaction():
        service.publish_issue(issue_id=issue.id, actor=SYSTEM, reasons=reasons)


def stored(issue: Issue) -> Issue:
    db.session.expire_all()
    return db.session.get_one(Issue, issue.id)


def activities(issue: Issue) -> list[Activity]:
    db.session.expire_all()
    query = select(Activity).where(Activity.issue_id == issue.id).order_by(Activity.id)
    return list(db.session.scalars(query))


def broken(issue: Issue) -> dict[str, int | None]:
    return {found.rule.code: found.days for found in breaches(stored(issue), activities(issue))}


def told(fact: str) -> list[dict[str, Any]]:
    db.session.rollback()
    return [json.loads(row.body) for row in db.session.query(Entry) if row.fact == fact]


# ---------------------------------------------------------------- the rules as data


def test_every_rule_stands_on_bases_that_can_be_named_and_says_where_from(app: Flask) -> None:
    for code, rule in RULES.items():
        assert rule.code == code
        assert rule.bases <= set(LEGAL_BASES)
        assert rule.sureness in SURENESS
        for lang in ("th", "en"):
            with speaking(lang):
                assert str(rule.what)
                assert "256" in str(rule.source) or "2548" in str(rule.source)
    assert {rule.code for rule in rules_for(REGULATION)} == {"notice_15", "summary_15"}
    assert {rule.code for rule in rules_for("constitution_77")} == {"end_announced", "window_15"}
    assert RULES["notice_15"].sureness == RULES["summary_15"].sureness == "M"
    assert RULES["end_announced"].days is None, "the Act names no shortest time"
    assert rules_for("agency_own") == rules_for("") == []


@pytest.mark.parametrize(
    ("basis", "opens", "closes", "answer", "expected"),
    [
        (REGULATION, 15, 30, 45, {}),
        (REGULATION, 14, 30, 45, {"notice_15": 14}),
        (REGULATION, 1, 16, 31, {"notice_15": 1}),
        (REGULATION, 15, 30, 46, {"summary_15": 16}),
        (REGULATION, 0, 30, 60, {"notice_15": 0, "summary_15": 30}),
        (LAW, 1, 15, 60, {}),
        (LAW, 1, 14, 60, {"window_15": 14}),
        ("constitution_77", 1, 2, 60, {"window_15": 2}),
        ("agency_own", 0, 1, 60, {}),
        ("decree_2546", 0, 1, 60, {}),
    ],
)
def test_what_is_kept_and_what_is_not(
    draft: Make, basis: str, opens: int, closes: int | None, answer: int, expected: dict[str, int | None]
) -> None:
    assert broken(make_draft(draft, basis, (opens, closes), answer_in=answer)) == expected


def test_only_hearings_count_and_the_first_is_what_notice_is_for(draft: Make) -> None:
    issue = make_draft(draft, REGULATION, (20, 30), (3, 30))
    assert broken(issue) == {"notice_15": 3, "summary_15": 30}
    with transaction():
        for activity in activities(issue):
            db.session.get_one(Activity, activity.id).level = 2
    inform = SimpleNamespace(
        level=1, opens_at=now(), closes_at=now(), created_at=now(), earlier=[], title="ก"
    )
    assert (
        breaches(SimpleNamespace(legal_basis=REGULATION, answer_by=TODAY, published_at=None), [inform]) == []
    )


def test_the_summary_is_due_fifteen_days_after_the_last_end(draft: Make) -> None:
    issue = make_draft(draft, REGULATION, (15, 20), (16, 30), answer_in=45)
    assert due_by(stored(issue), activities(issue)) == TODAY + timedelta(days=45)
    own = make_draft(draft, "agency_own", (15, 20))
    assert due_by(stored(own), activities(own)) is None


# ---------------------------------------------------------------- setting a rule aside


def test_publishing_refuses_until_each_broken_rule_has_a_reason(draft: Make) -> None:
    issue = make_draft(draft, REGULATION, (1, 30))
    for reasons in (
        {},
        {"notice_15": WHY},
        {"summary_15": WHY, "notice_15": Reason(th="", en="Only English")},
    ):
        with pytest.raises(DomainError) as refused:
            publish(issue, **reasons)
        assert refused.value.field in ("why_notice_15_th", "why_summary_15_th")
        assert stored(issue).published_at is None
        assert stored(issue).waivers == []
    publish(issue, notice_15=WHY, summary_15=WHY)
    assert [kept["rule"] for kept in stored(issue).waivers] == ["notice_15", "summary_15"]
    first, second = told("issues.notice.waived")
    assert (first["data"]["rule"], first["data"]["days"]) == ("notice_15", 1)
    assert second["data"]["days"] == 30
    assert len(first["data"]["content"]) == 64
    assert WHY["th"] not in json.dumps(first, ensure_ascii=False)
    assert first["subject"] == f"issue/{issue.id}"


def test_an_issue_that_keeps_the_rules_publishes_without_a_word(draft: Make) -> None:
    issue = make_draft(draft, REGULATION, (15, 30), answer_in=45)
    publish(issue)
    assert stored(issue).waivers == []
    assert told("issues.notice.waived") == []


@pytest.mark.parametrize("lang", ["th", "en"])
def test_the_pages_warn_and_the_reason_is_read_by_everyone(
    browser: PageBrowser, office: Office, draft: Make, lang: str
) -> None:
    issue = make_draft(draft, REGULATION, (3, 30), answer_in=45)
    officer, executive = browser.as_(office.officer), browser.as_(office.executive)
    here = f"/{lang}/issues/{issue.id}"
    with speaking("th" if lang == "th" else "en"):
        rule = RULES["notice_15"]
        what, source, sure = (str(words) for words in (rule.what, rule.source, SURENESS["M"]))
    for page in (officer.get(f"{here}/prepare"), executive.get(f"{here}/publish")):
        assert what in page.text
        assert source in page.text
        assert sure in page.text
    refused = executive.submit(f"{here}/publish", {"why_notice_15_en": "English alone"}, status=422)
    assert what in refused.text
    assert refused.all("textarea", name="why_notice_15_th", aria_invalid="true")
    assert "English alone" in refused.html
    executive.submit(f"{here}/publish", {"why_notice_15_th": WHY["th"], "why_notice_15_en": WHY["en"]})

    page = browser.get(here)
    assert (WHY["th"] if lang == "th" else WHY["en"] or "") in page.text
    assert what in page.text
    assert sure in page.text
    words = "หน่วยงานขอยกเว้นกติกาการประกาศ" if lang == "th" else "The agency set a rule of notice aside"
    assert words in browser.get(f"{here}/timeline").text


def test_a_reason_is_shown_as_text_and_marked_where_it_is_thai_only(
    browser: PageBrowser, draft: Make
) -> None:
    issue = make_draft(draft, LAW, (1, 3))
    publish(issue, window_15=Reason(th="<script>x</script> ด่วน", en=None))
    page = browser.get(f"/en/issues/{issue.id}")
    assert "<script>x</script> ด่วน" in page.text
    assert "(Thai only)" in page.text
    assert "not in the Act itself" in page.text


def test_a_draft_that_keeps_the_rules_is_not_warned(
    browser: PageBrowser, office: Office, draft: Make
) -> None:
    issue = make_draft(draft, REGULATION, (15, 30), answer_in=45)
    page = browser.as_(office.executive).get(f"/en/issues/{issue.id}/publish")
    assert "rule of notice" not in page.text
    assert not page.all("textarea")


# ---------------------------------------------------------------- after publication


def revise(activity: Activity, opens: int, closes: int | None, reason: Reason | None = None) -> None:
    content = {**window(opens, closes), "title_th": activity.title_th, "title_en": activity.title_en}
    with transaction():
        schedule.revise_activity(activity_id=activity.id, content=content, actor=SYSTEM, reason=reason)  # type: ignore[arg-type]


def test_bringing_a_hearing_forward_needs_a_reason(draft: Make, clock: Clock) -> None:
    issue = make_draft(draft, REGULATION, (20, 40), answer_in=50)
    publish(issue)
    clock.advance(days=10)
    [activity] = activities(issue)
    with pytest.raises(DomainError) as refused:
        revise(activity, 18, 40)
    assert refused.value.field == "reason_th"
    assert activities(issue)[0].earlier == []
    revise(activity, 18, 40, WHY)
    assert broken(issue) == {"notice_15": 8}, "the new day was announced eight days before it"
    assert [(kept["rule"], kept["days"]) for kept in stored(issue).waivers] == [("notice_15", 8)]
    revise(activities(issue)[0], 25, 40)
    assert broken(issue) == {}, "fifteen days after the last time it was brought forward"


def test_what_was_waived_needs_no_second_reason_unless_it_gets_worse(draft: Make) -> None:
    issue = make_draft(draft, LAW, (5, 14))
    publish(issue, window_15=WHY)
    [activity] = activities(issue)
    revise(activity, 5, 15)
    with pytest.raises(DomainError):
        revise(activities(issue)[0], 5, 12)
    revise(activities(issue)[0], 5, 12, WHY)
    assert [kept["days"] for kept in stored(issue).waivers] == [10, 8]


def test_a_hearing_added_later_is_announced_when_it_is_added(draft: Make, clock: Clock) -> None:
    issue = make_draft(draft, LAW, (5, 40))
    publish(issue)
    clock.advance(days=1)

    def add(reason: Reason | None) -> None:
        with transaction():
            schedule.add_activity(
                issue_id=issue.id, kind=CODE, content=window(10, 12), actor=SYSTEM, reason=reason
            )

    with pytest.raises(DomainError) as refused:
        add(None)
    assert refused.value.field == "reason_th"
    assert len(activities(issue)) == 1
    add(WHY)
    assert len(activities(issue)) == 2


def test_the_form_asks_for_the_reason_where_the_issue_is_public(
    browser: PageBrowser, office: Office, draft: Make
) -> None:
    issue = make_draft(draft, LAW, (5, 40))
    officer = browser.as_(office.officer)
    [activity] = activities(issue)
    path = f"/en/issues/activities/{activity.id}/edit"
    assert "The rules of notice on this legal basis" in officer.get(path).text
    assert not officer.get(path).all("textarea", name="reason_th")
    publish(issue)
    refused = officer.submit(path, day("closes_on", 10), status=422)
    assert refused.all("textarea", name="reason_th", aria_invalid="true")
    officer.fill(refused, {"reason_th": WHY["th"]}, action=path)
    assert WHY["th"] in browser.get(f"/th/issues/{issue.id}").text
    own = make_draft(draft, "agency_own", (5, 40))
    publish(own)
    page = officer.get(f"/en/issues/activities/{activities(own)[0].id}/edit")
    assert "rules of notice" not in page.text.casefold()


# ---------------------------------------------------------------- dates that were changed


def test_a_change_of_dates_is_told_with_the_old_and_the_new(
    browser: PageBrowser, draft: Make, clock: Clock
) -> None:
    issue = make_draft(draft, "agency_own", (5, 40))
    publish(issue)
    [activity] = activities(issue)
    clock.advance(days=2)
    revise(activity, 7, 40)
    clock.advance(days=1)
    revise(activity, 7, 45)
    first, second = (entry["data"] for entry in told("issues.activity.changed"))
    assert (first["opens_before"], first["opens_at"]) == ("2026-04-22T17:00:00Z", "2026-04-24T17:00:00Z")
    assert first["closes_before"] == first["closes_at"]
    assert (second["closes_before"], second["closes_at"]) == ("2026-05-28T17:00:00Z", "2026-06-02T17:00:00Z")
    assert second["changed"] == ["closes_at"]

    page = browser.get(f"/en/issues/{issue.id}")
    assert "Dates changed on 20 Apr 2026 Opening: was 23 Apr 2026" in page.text
    assert "Dates changed on 21 Apr 2026 Closing: was" in page.text
    assert "now 2 Jun 2026" in page.text
    assert "เปลี่ยนวันเมื่อ 20 เม.ย. 2569 วันเปิด: เดิม 23 เม.ย. 2569" in browser.get(f"/th/issues/{issue.id}").text
    line = browser.get(f"/en/issues/{issue.id}/timeline").text
    assert "Opening: was 23 Apr 2026" in line
    assert line.count("Closing: was") == 1


def test_a_new_title_and_a_drafts_dates_are_no_change_of_dates(draft: Make) -> None:
    issue = make_draft(draft, "agency_own", (5, 40))
    [activity] = activities(issue)
    revise(activity, 6, 40)
    assert activities(issue)[0].earlier == []
    publish(issue)
    with transaction():
        content = {**window(6, 40), "title_th": "ชื่อใหม่"}
        schedule.revise_activity(activity_id=activity.id, content=content, actor=SYSTEM)  # type: ignore[arg-type]
    assert activities(issue)[0].earlier == []
    [entry] = told("issues.activity.changed")
    assert entry["data"]["changed"] == ["title_th"]
    assert "opens_before" not in entry["data"]


def test_an_entry_from_before_old_dates_were_kept_is_read() -> None:
    window_only = {"opens_at": "2026-04-22T17:00:00Z", "closes_at": None, "changed": ["opens_at"]}
    assert date_changes(window_only) == ()
    both = {**window_only, "opens_before": "2026-04-20T17:00:00Z", "closes_before": None}
    [change] = date_changes(both)
    assert change.before == datetime(2026, 4, 20, 17, tzinfo=UTC)


# ---------------------------------------------------------------- the clock


@pytest.mark.parametrize(("days", "late"), [(45, ""), (46, "1 day"), (60, "15 days")])
def test_an_overdue_answer_is_public_with_its_days(
    browser: PageBrowser, draft: Make, clock: Clock, days: int, late: str
) -> None:
    issue = make_draft(draft, REGULATION, (15, 30), answer_in=45)
    publish(issue)
    page = browser.get(f"/en/issues/{issue.id}")
    assert "Summary due by the legal basis2 Jun 2026" in page.text
    clock.advance(days=days)
    page = browser.get(f"/en/issues/{issue.id}")
    assert (f"The answer is overdue by {late}" in page.text) == bool(late)
    assert (f"{late} late" in page.text) == bool(late) or not late
    thai = browser.get(f"/th/issues/{issue.id}").text
    assert ("เลยกำหนดตอบมาแล้ว" in thai) == bool(late)


def test_the_tests_stand_on_the_day_they_think() -> None:
    assert local_day(datetime(2026, 4, 18, 3, tzinfo=UTC)) == TODAY
