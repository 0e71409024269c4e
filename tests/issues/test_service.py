"""The verbs of an issue's life and what they refuse."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from app.agencies.models import Agency
from app.core.clock import now
from app.core.db import db, transaction
from app.core.errors import DomainError, NotFound
from app.i18n import speaking
from app.i18n.dates import local_day
from app.issues import responses, schedule, service
from app.issues.content import draft_digest
from app.issues.models import Activity, Commitment, Issue
from app.issues.queries import activities_of, activity_view
from app.issues.readiness import NotReady
from app.ledger.facts import SYSTEM
from app.ledger.guard import note_recorded
from app.ledger.models import Entry
from tests.issues.conftest import Office, dated
from tests.issues.fake_kind import CODE, Told
from tests.support.clock import Clock
from tests.support.make import make_activity, make_agency

Make = Callable[..., Issue]


def again(issue: Issue) -> Issue:
    db.session.expire_all()
    return db.session.get_one(Issue, issue.id)


def facts_of(issue: Issue) -> list[str]:
    """The public facts about an issue, in order of the alphabet."""
    return sorted(db.session.scalars(select(Entry.fact).where(Entry.issue == issue.id)))


def refused(error: pytest.ExceptionInfo[DomainError]) -> list[str]:
    caught = error.value
    return [str(words) for words in (caught.missing if isinstance(caught, NotReady) else [caught.message])]


# ---------------------------------------------------------------- drafting


def test_a_draft_gets_a_number_of_its_agency_and_year(draft: Make, office: Office) -> None:
    assert [draft().number, draft().number] == ["อท-2569-001", "อท-2569-002"]


def test_numbers_begin_anew_each_year_and_for_each_agency(draft: Make, clock: Clock) -> None:
    draft()
    clock.set(datetime(2026, 12, 31, 17, 0, tzinfo=UTC))  # Midnight of 1 January 2570 in Bangkok.
    assert draft().number == "อท-2570-001"
    other = make_agency(short="กทม")
    with transaction():
        issue = service.draft_issue(
            agency_id=other.id, actor=SYSTEM, content={"title_th": "ก", "summary_th": "ข", "level": 1}
        )
    assert issue.number == "กทม-2570-001"


def test_a_draft_has_the_standard_promise_of_its_level(draft: Make) -> None:
    issue = draft(level=5)
    assert issue.promise_en == "We will carry out what you decide."
    assert issue.promise_th


def test_a_draft_is_sealed_in_the_ledger(draft: Make) -> None:
    issue = draft()
    assert facts_of(issue) == []
    entries = db.session.scalars(select(Entry)).all()
    assert {entry.fact for entry in entries} == {"issues.issue.drafted", "issues.issue.redrafted"}
    assert all(entry.subject is None and entry.activity is None for entry in entries)


@pytest.mark.parametrize(
    ("content", "field"),
    [
        ({"title_th": ""}, "title_th"),
        ({"summary_th": ""}, "summary_th"),
        ({"promise_th": ""}, "promise_th"),
        ({"level": 6}, "level"),
        ({"level": 0}, "level"),
        ({"legal_basis": "royal_wish"}, "legal_basis"),
        ({"area_code": "9999"}, "area_code"),
        ({"groups": [{"sector": "nobody", "th": "ก", "en": None}]}, "groups"),
        ({"groups": [{"sector": "people", "th": "", "en": "Traders"}]}, "groups"),
    ],
)
def test_wrong_content_is_refused_at_its_field(draft: Make, content: dict[str, Any], field: str) -> None:
    issue = draft()
    with pytest.raises(DomainError) as error, transaction():
        service.revise_issue(issue_id=issue.id, content=content, actor=SYSTEM)  # type: ignore[arg-type]
    assert error.value.field == field


def test_a_draft_changes_freely_but_not_below_its_activities(draft: Make) -> None:
    issue = draft(level=3)
    with transaction():
        service.revise_issue(issue_id=issue.id, content={"level": 5, "title_en": None}, actor=SYSTEM)
    assert again(issue).level == 5
    with pytest.raises(DomainError) as error, transaction():
        service.revise_issue(issue_id=issue.id, content={"level": 2}, actor=SYSTEM)
    assert error.value.field == "level"


def test_the_province_follows_from_the_area(draft: Make) -> None:
    issue = draft(area_code="150101")
    assert issue.province_code == "15"
    with transaction():
        service.revise_issue(issue_id=issue.id, content={"area_code": None}, actor=SYSTEM)
    assert again(issue).province_code is None


# ---------------------------------------------------------------- publishing


def test_publishing_records_the_issue_and_announces_each_activity(draft: Make) -> None:
    issue = draft()
    with transaction():
        service.publish_issue(issue_id=issue.id, actor=SYSTEM)
    assert again(issue).published_at == now()
    assert facts_of(issue) == ["issues.activity.added", "issues.issue.published"]


MISSING: dict[str, tuple[dict[str, Any], str]] = {
    "groups": ({"groups": []}, "Name at least one group of people the issue touches"),
    "ground": ({"legal_basis": ""}, "Name the legal basis"),
    "answer day": ({"answer_by": None}, "Say by which day the agency will answer"),
    "activities": ({"activity": False}, "Add an activity of level 2: the issue promises it"),
    "early answer": (
        {"answer_by": datetime(2026, 4, 20, tzinfo=UTC).date()},
        "The day of the answer must not lie before the last activity's end",
    ),
}


@pytest.mark.parametrize(("values", "words"), MISSING.values(), ids=MISSING)
def test_publishing_names_what_is_missing(draft: Make, values: dict[str, Any], words: str) -> None:
    issue = draft(**values)
    with pytest.raises(NotReady) as error, transaction():
        service.publish_issue(issue_id=issue.id, actor=SYSTEM)
    with speaking("en"):
        assert refused(error) == [words]
    assert again(issue).published_at is None


def test_publishing_names_all_that_is_missing_at_once(draft: Make, told: Told) -> None:
    issue = draft(groups=[], legal_basis="", answer_by=None, activity=False)
    with pytest.raises(NotReady) as error, transaction():
        service.publish_issue(issue_id=issue.id, actor=SYSTEM)
    assert len(refused(error)) == 4


def test_publishing_asks_each_kind_whether_it_is_ready(draft: Make, told: Told) -> None:
    told.missing = ("No question was asked",)
    issue = draft()
    with pytest.raises(NotReady) as error, transaction():
        service.publish_issue(issue_id=issue.id, actor=SYSTEM)
    assert "No question was asked" in refused(error)[0]


def test_publishing_refuses_an_activity_that_would_be_over(draft: Make, clock: Clock) -> None:
    issue = draft()
    clock.advance(days=11)
    with pytest.raises(NotReady), transaction():
        service.publish_issue(issue_id=issue.id, actor=SYSTEM)


def test_an_issue_that_only_informs_needs_no_day_of_answer(draft: Make) -> None:
    issue = draft(level=1, answer_by=None)
    with transaction():
        service.publish_issue(issue_id=issue.id, actor=SYSTEM)
    assert again(issue).published_at is not None


def test_publishing_twice_is_refused(published: Make) -> None:
    issue = published()
    with pytest.raises(DomainError), transaction():
        service.publish_issue(issue_id=issue.id, actor=SYSTEM)


def test_asking_for_publication_needs_a_ready_draft(draft: Make) -> None:
    issue, unready = draft(), draft(groups=[])
    with transaction():
        service.propose_issue(issue_id=issue.id, actor=SYSTEM)
    assert again(issue).proposed_at == now()
    with pytest.raises(NotReady), transaction():
        service.propose_issue(issue_id=unready.id, actor=SYSTEM)


def test_a_draft_changed_after_it_was_proposed_is_proposed_anew(draft: Make) -> None:
    issue = draft()
    activity_id = activity_of(issue).id
    new = dated(opens_in=2)
    acts: list[Callable[[], Any]] = [
        lambda: service.revise_issue(issue_id=issue.id, content={"title_th": "ใหม่"}, actor=SYSTEM),
        lambda: schedule.revise_activity(activity_id=activity_id, content=dated(closes_in=9), actor=SYSTEM),
        lambda: schedule.add_activity(issue_id=issue.id, kind=CODE, content=new, actor=SYSTEM),
        lambda: schedule.remove_activity(activity_id=activity_id, actor=SYSTEM),
    ]
    for act in acts:
        with transaction():
            service.propose_issue(issue_id=issue.id, actor=SYSTEM)
        assert again(issue).proposed_at is not None
        with transaction():
            act()
        assert again(issue).proposed_at is None


def test_what_is_signed_is_what_was_shown(draft: Make) -> None:
    issue = draft()
    shown = digest_of(issue)
    with transaction():
        schedule.revise_activity(activity_id=activity_of(issue).id, content=dated(closes_in=8), actor=SYSTEM)
    assert digest_of(issue) != shown
    with pytest.raises(DomainError), transaction():
        service.publish_issue(issue_id=issue.id, actor=SYSTEM, seen=shown)
    assert again(issue).published_at is None
    present = digest_of(issue)
    with transaction():
        service.publish_issue(issue_id=issue.id, actor=SYSTEM, seen=present)


def digest_of(issue: Issue) -> str:
    row = again(issue)
    return draft_digest(row, [activity_view(activity, row) for activity in activities_of(row)])


# ---------------------------------------------------------------- the promise


@pytest.mark.parametrize(
    ("content", "field"),
    [
        ({"level": 1}, "level"),
        ({"level": 4}, "level"),
        ({"promise_th": "อื่น"}, "promise_th"),
        ({"promise_en": "Something else"}, "promise_en"),
        ({"answer_by": None}, "answer_by"),
    ],
)
def test_a_published_promise_is_not_rewritten(published: Make, content: Any, field: str) -> None:
    issue = published()
    with pytest.raises(DomainError) as error, transaction():
        service.revise_issue(issue_id=issue.id, content=content, actor=SYSTEM)
    assert error.value.field == field


def test_the_texts_are_corrected_in_public(published: Make) -> None:
    issue = published()
    with transaction():
        service.revise_issue(issue_id=issue.id, content={"title_th": "ใหม่"}, actor=SYSTEM)
    assert "issues.issue.corrected" in facts_of(issue)
    before = facts_of(issue)
    with transaction():
        service.revise_issue(issue_id=issue.id, content={"title_th": "ใหม่"}, actor=SYSTEM)
    assert facts_of(issue) == before, "what changes nothing records nothing"


@pytest.mark.parametrize(("level", "rises"), [(1, False), (2, False), (3, True), (5, True), (6, False)])
def test_the_level_rises_and_never_falls(published: Make, level: int, rises: bool) -> None:
    issue = published()
    values = {"issue_id": issue.id, "promise_th": "มากขึ้น", "promise_en": None, "actor": SYSTEM}
    if rises:
        with transaction():
            service.raise_level(level=level, **values)
        assert again(issue).level == level
        assert "issues.issue.level_raised" in facts_of(issue)
    else:
        with pytest.raises(DomainError), transaction():
            service.raise_level(level=level, **values)
        assert again(issue).level == 2


def test_what_is_raised_above_information_owes_an_answer_by_a_day(published: Make) -> None:
    issue = published(level=1, answer_by=None)
    early, late = (now() + timedelta(days=9)).date(), (now() + timedelta(days=10)).date()
    for wrong in (None, early):
        with pytest.raises(DomainError) as error, transaction():
            raised(issue, 3, answer_by=wrong)
        assert error.value.field == "answer_by"
    with transaction():
        raised(issue, 3, answer_by=late)
    assert again(issue).answer_by == late
    body = db.session.scalars(select(Entry.body).where(Entry.fact == "issues.issue.level_raised")).one()
    assert f'"answer_by":"{late.isoformat()}"' in body


def test_raising_the_level_does_not_move_the_day_of_the_answer(published: Make) -> None:
    issue = published()
    promised = issue.answer_by
    with pytest.raises(DomainError) as error, transaction():
        raised(issue, 3, answer_by=(now() + timedelta(days=99)).date())
    assert error.value.field == "answer_by"
    with transaction():
        raised(issue, 3)
    assert again(issue).answer_by == promised


# ---------------------------------------------------------------- the agency behind the promise


def changed_agency(office: Office, **values: Any) -> None:
    with transaction():
        agency = db.session.get_one(Agency, office.agency.id, populate_existing=True)
        for name, value in values.items():
            setattr(agency, name, value)
        db.session.flush()
        note_recorded(db.session.connection(), "agencies")


def test_an_agency_that_is_no_more_promises_nothing(draft: Make, published: Make, office: Office) -> None:
    unpublished, issue = draft(), published()
    changed_agency(office, valid_until=local_day(now()))
    acts: list[Callable[[], Any]] = [
        draft,
        lambda: service.publish_issue(issue_id=unpublished.id, actor=SYSTEM),
        lambda: service.propose_issue(issue_id=unpublished.id, actor=SYSTEM),
        lambda: raised(issue, 3),
    ]
    for act in acts:
        with pytest.raises(DomainError) as error, transaction():
            act()
        with speaking("en"):
            assert "This agency is not valid today" in refused(error)[0]
    changed_agency(office, valid_until=local_day(now()) + timedelta(days=1))
    with transaction():
        service.publish_issue(issue_id=unpublished.id, actor=SYSTEM)
        raised(issue, 3)


def test_an_agency_nobody_can_reach_publishes_nothing(draft: Make, office: Office) -> None:
    issue = draft()
    changed_agency(office, contact_th="")
    with pytest.raises(NotReady) as error, transaction():
        service.publish_issue(issue_id=issue.id, actor=SYSTEM)
    with speaking("en"):
        assert refused(error) == [
            "Have the agency's contact entered in the register: not everyone uses the web"
        ]


# ---------------------------------------------------------------- the programme


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"level": 3}, "level"),
        ({"stage": "monitor"}, "stage"),
        ({"title_th": ""}, "title_th"),
        ({"closes_at": "opens_at"}, "closes_on"),
        ({"closes_at": "past"}, "closes_on"),
    ],
)
def test_an_activity_must_fit(draft: Make, values: dict[str, Any], field: str) -> None:
    issue = draft()
    content = dated()
    if values.get("closes_at") == "opens_at":
        values = {"closes_at": content["opens_at"]}
    elif values.get("closes_at") == "past":
        values = {"closes_at": now() - timedelta(hours=1)}
    with pytest.raises(DomainError) as error, transaction():
        schedule.add_activity(issue_id=issue.id, kind=CODE, content={**content, **values}, actor=SYSTEM)  # type: ignore[typeddict-item]
    assert error.value.field == field


def test_an_unknown_kind_is_refused(draft: Make) -> None:
    issue = draft()
    with pytest.raises(DomainError), transaction():
        schedule.add_activity(issue_id=issue.id, kind="riots", content=dated(), actor=SYSTEM)


def test_the_issues_window_follows_its_activities(draft: Make) -> None:
    issue = draft()
    with transaction():
        later = schedule.add_activity(
            issue_id=issue.id, kind=CODE, content=dated(level=1, opens_in=-5, closes_in=30), actor=SYSTEM
        )
    row = again(issue)
    assert (row.opens_at, row.closes_at) == (now() - timedelta(days=5), now() + timedelta(days=30))
    with transaction():
        schedule.remove_activity(activity_id=later.id, actor=SYSTEM)
    row = again(issue)
    assert (row.opens_at, row.closes_at) == (now() - timedelta(days=1), now() + timedelta(days=10))


def test_what_is_added_to_a_public_issue_opens_tomorrow_at_the_earliest(published: Make) -> None:
    issue = published()
    with pytest.raises(DomainError) as error, transaction():
        schedule.add_activity(issue_id=issue.id, kind=CODE, content=dated(opens_in=0.3), actor=SYSTEM)
    assert error.value.field == "opens_on"
    with transaction():
        schedule.add_activity(issue_id=issue.id, kind=CODE, content=dated(opens_in=1), actor=SYSTEM)
    assert facts_of(issue).count("issues.activity.added") == 2


def activity_of(issue: Issue) -> Activity:
    return db.session.scalars(select(Activity).where(Activity.issue_id == issue.id)).one()


@pytest.mark.parametrize(
    ("change", "allowed"),
    [
        ({"title_th": "ใหม่"}, True),
        ({"closes_in": 20}, True),
        ({"closes_in": 5}, False),
        ({"closes_in": None}, False),
        ({"opens_in": -2}, False),
        ({"level": 1}, False),
    ],
)
def test_while_people_take_part_only_title_and_a_later_end_change(
    published: Make, change: dict[str, Any], allowed: bool
) -> None:
    issue = published()
    windows = {"opens_in": -1, "closes_in": 10, "level": 2} | change
    content = dated(**{k: v for k, v in windows.items() if k in ("opens_in", "closes_in", "level")})
    content["title_th"] = change.get("title_th", content["title_th"])
    if allowed:
        with transaction():
            schedule.revise_activity(activity_id=activity_of(issue).id, content=content, actor=SYSTEM)
        assert "issues.activity.changed" in facts_of(issue)
    else:
        with pytest.raises(DomainError), transaction():
            schedule.revise_activity(activity_id=activity_of(issue).id, content=content, actor=SYSTEM)
        assert "issues.activity.changed" not in facts_of(issue)


def test_a_window_that_is_over_does_not_open_again(published: Make, clock: Clock) -> None:
    issue = published()
    clock.advance(days=11)
    content = dated(opens_in=-12, closes_in=5)
    with pytest.raises(DomainError), transaction():
        schedule.revise_activity(activity_id=activity_of(issue).id, content=content, actor=SYSTEM)


def test_an_open_activity_is_not_cancelled(published: Make) -> None:
    issue = published()
    with pytest.raises(DomainError), transaction():
        schedule.remove_activity(activity_id=activity_of(issue).id, actor=SYSTEM)


# ---------------------------------------------------------------- the answer and the end

ANSWER: Any = {
    "heard_th": "ขอช่องเปิด",
    "heard_en": None,
    "decided_th": "เพิ่มช่องเปิด",
    "decided_en": None,
    "will_do_th": "แก้แบบ",
    "will_do_en": None,
}


def end_hearings(issue: Issue) -> None:
    """What people take part in ends at this moment, past the verbs: the answer waits for it."""
    with transaction():
        for activity in db.session.scalars(select(Activity).where(Activity.issue_id == issue.id)):
            if activity.opens_at < now() and (activity.closes_at is None or activity.closes_at > now()):
                activity.closes_at = now()
        db.session.get_one(Issue, issue.id, populate_existing=True).closes_at = now()
        db.session.flush()
        note_recorded(db.session.connection(), "issues")


def answer(issue: Issue, *plans: Any) -> None:
    """Write and publish an answer, once nobody can be heard any more."""
    end_hearings(issue)
    with transaction():
        responses.write_response(issue_id=issue.id, content=ANSWER, plans=plans, actor=SYSTEM)
    with transaction():
        responses.publish_response(issue_id=issue.id, actor=SYSTEM)


def plan(days: int) -> Any:
    return {
        "text_th": "แก้แบบ",
        "text_en": "Change the design",
        "owner_th": "โยธาธิการ",
        "owner_en": None,
        "due_on": (now() + timedelta(days=days)).date(),
    }


def test_an_answer_is_published_with_its_commitments(published: Make) -> None:
    issue = published()
    answer(issue, plan(30), plan(60))
    assert facts_of(issue).count("issues.commitment.made") == 2
    assert "issues.response.published" in facts_of(issue)
    level = db.session.scalars(select(Entry.level).where(Entry.fact == "issues.response.published")).one()
    assert level == 2, "an answer proves listening, whatever the issue promises beyond"


def test_an_empty_answer_is_not_published(published: Make) -> None:
    issue = published()
    end_hearings(issue)
    empty = {name: "" if name.endswith("th") else None for name in ANSWER}
    with transaction():
        responses.write_response(issue_id=issue.id, content=empty, plans=[], actor=SYSTEM)  # type: ignore[arg-type]
    with pytest.raises(NotReady) as error, transaction():
        responses.publish_response(issue_id=issue.id, actor=SYSTEM)
    assert len(refused(error)) == 3


def test_a_commitment_in_the_past_is_not_published(published: Make) -> None:
    issue = published()
    end_hearings(issue)
    with transaction():
        responses.write_response(issue_id=issue.id, content=ANSWER, plans=[plan(-1)], actor=SYSTEM)
    with pytest.raises(NotReady), transaction():
        responses.publish_response(issue_id=issue.id, actor=SYSTEM)


def test_a_draft_is_not_answered(draft: Make) -> None:
    issue = draft()
    with pytest.raises(DomainError), transaction():
        responses.write_response(issue_id=issue.id, content=ANSWER, plans=[], actor=SYSTEM)


def test_a_published_answer_is_corrected_in_public(published: Make) -> None:
    issue = published()
    answer(issue, plan(30))
    changed = {**ANSWER, "decided_th": "เพิ่ม 12 ช่อง"}
    with transaction():
        responses.write_response(issue_id=issue.id, content=changed, plans=[plan(9)], actor=SYSTEM)
    assert "issues.response.corrected" in facts_of(issue)
    assert db.session.scalar(select(func.count()).select_from(Commitment)) == 1


@pytest.mark.parametrize("opens_in", [-1, 3], ids=["open", "upcoming"])
def test_an_answer_waits_until_nobody_can_be_heard_any_more(
    published: Make, clock: Clock, opens_in: float
) -> None:
    issue = published(level=3)
    end_hearings(issue)
    with transaction():
        responses.write_response(issue_id=issue.id, content=ANSWER, plans=[], actor=SYSTEM)
    make_activity(issue, CODE, level=2, opens_in=opens_in, closes_in=9)
    make_activity(issue, CODE, level=1, closes_in=None)
    with speaking("en"), pytest.raises(DomainError) as error, transaction():
        responses.publish_response(issue_id=issue.id, actor=SYSTEM)
    with speaking("en"):
        assert "People can be heard until 27 Apr 2026" in refused(error)[0]
    clock.advance(days=9)
    with transaction():
        responses.publish_response(issue_id=issue.id, actor=SYSTEM)


def test_only_information_goes_without_an_end(draft: Make) -> None:
    issue = draft()
    with pytest.raises(DomainError) as error, transaction():
        content = dated(level=2, closes_in=None)
        schedule.add_activity(issue_id=issue.id, kind=CODE, content=content, actor=SYSTEM)
    assert error.value.field == "closes_on"
    with transaction():
        content = dated(level=1, closes_in=None)
        schedule.add_activity(issue_id=issue.id, kind=CODE, content=content, actor=SYSTEM)


def test_an_answer_that_changed_meanwhile_is_neither_overwritten_nor_published(published: Make) -> None:
    issue = published()
    end_hearings(issue)
    with transaction():
        first = responses.answer_digest(
            responses.write_response(
                issue_id=issue.id, content=ANSWER, plans=[plan(9)], actor=SYSTEM, seen=""
            )
        )
    for blind in ("", "0" * 64):
        with pytest.raises(DomainError), transaction():
            responses.write_response(issue_id=issue.id, content=ANSWER, plans=[], actor=SYSTEM, seen=blind)
    with transaction():
        second = responses.answer_digest(
            responses.write_response(
                issue_id=issue.id, content=ANSWER, plans=[plan(8)], actor=SYSTEM, seen=first
            )
        )
    assert second != first, "a commitment's day belongs to what is checked"
    with pytest.raises(DomainError), transaction():
        responses.publish_response(issue_id=issue.id, actor=SYSTEM, seen=first)
    with transaction():
        responses.publish_response(issue_id=issue.id, actor=SYSTEM, seen=second)
    with pytest.raises(DomainError), transaction():
        responses.write_response(issue_id=issue.id, content=ANSWER, plans=[], actor=SYSTEM, seen=second)


def test_a_commitment_is_carried_out_once(published: Make, clock: Clock) -> None:
    issue = published()
    answer(issue, plan(30))
    commitment = db.session.scalars(select(Commitment)).one()
    clock.advance(days=45)
    with transaction():
        responses.mark_commitment_done(commitment_id=commitment.id, actor=SYSTEM)
    body = db.session.scalars(select(Entry.body).where(Entry.fact == "issues.commitment.done")).one()
    assert '"late":true' in body
    with pytest.raises(DomainError), transaction():
        responses.mark_commitment_done(commitment_id=commitment.id, actor=SYSTEM)


def test_closing_waits_for_the_answer(published: Make, clock: Clock, in_request: Any) -> None:
    issue = published()
    clock.advance(days=11)
    with pytest.raises(NotReady), in_request():
        service.close_issue(issue_id=issue.id, actor=SYSTEM)
    answer(issue)
    with in_request():
        service.close_issue(issue_id=issue.id, actor=SYSTEM)
    assert again(issue).closed_at == now()
    assert "issues.issue.closed" in facts_of(issue)


def test_closing_waits_for_the_end_that_was_announced(published: Make, in_request: Any) -> None:
    issue = published()
    answer(issue)
    with transaction():
        content = dated(level=1, opens_in=1, closes_in=9)
        schedule.add_activity(issue_id=issue.id, kind=CODE, content=content, actor=SYSTEM)
    with pytest.raises(NotReady) as error, in_request():
        service.close_issue(issue_id=issue.id, actor=SYSTEM)
    with speaking("en"):
        assert refused(error) == ["Wait until “Give views” has ended"]


def test_who_was_heard_after_the_answer_is_answered_too(
    published: Make, clock: Clock, in_request: Any
) -> None:
    issue = published()
    answer(issue)
    with transaction():
        content = dated(level=2, opens_in=1, closes_in=3)
        schedule.add_activity(issue_id=issue.id, kind=CODE, content=content, actor=SYSTEM)
    clock.advance(days=15)
    with pytest.raises(NotReady) as error, in_request():
        service.close_issue(issue_id=issue.id, actor=SYSTEM)
    with speaking("en"):
        assert [words.partition(":")[0] for words in refused(error)] == [
            "Add to the answer what was heard in “Give views”"
        ]
    with transaction():
        corrected = {**ANSWER, "heard_th": "เพิ่มสิ่งที่ได้ยินในเวทีรอบหลัง"}
        responses.write_response(issue_id=issue.id, content=corrected, plans=[], actor=SYSTEM)
    with in_request():
        service.close_issue(issue_id=issue.id, actor=SYSTEM)
    assert again(issue).closed_at == now()


def test_closing_waits_for_each_kinds_duties(
    published: Make, told: Told, clock: Clock, in_request: Any
) -> None:
    issue = published()
    answer(issue)
    clock.advance(days=11)
    told.duties = (("Publish the minutes", False), ("Count the votes", True))
    with pytest.raises(NotReady) as error, in_request():
        service.close_issue(issue_id=issue.id, actor=SYSTEM)
    assert refused(error) == ["Publish the minutes"]


def test_an_activity_that_was_cancelled_keeps_no_promise(published: Make, in_request: Any) -> None:
    issue = published(level=1)
    with transaction():
        raised(issue, 5)
        vote = schedule.add_activity(
            issue_id=issue.id, kind=CODE, content=dated(level=5, opens_in=2), actor=SYSTEM
        )
        schedule.remove_activity(activity_id=vote.id, actor=SYSTEM)
    answer(issue)
    with pytest.raises(NotReady) as error, in_request():
        service.close_issue(issue_id=issue.id, actor=SYSTEM)
    with speaking("en"):
        assert refused(error) == ["Carry out an activity of level 5: the issue promises it"]


def test_an_activity_that_was_only_announced_keeps_no_promise(
    published: Make, clock: Clock, in_request: Any
) -> None:
    issue = published()
    answer(issue)
    with transaction():
        raised(issue, 3)
        schedule.add_activity(
            issue_id=issue.id,
            kind=CODE,
            content=dated(level=3, opens_in=5, closes_in=9),
            actor=SYSTEM,
        )
    with pytest.raises(NotReady) as error, in_request():
        service.close_issue(issue_id=issue.id, actor=SYSTEM)
    with speaking("en"):
        assert "Carry out an activity of level 3: the issue promises it" in refused(error)
    clock.advance(days=9)
    with transaction():
        added = {**ANSWER, "heard_th": "เพิ่มสิ่งที่ได้ยินในกิจกรรมใหม่"}
        responses.write_response(issue_id=issue.id, content=added, plans=[], actor=SYSTEM)
    with in_request():
        service.close_issue(issue_id=issue.id, actor=SYSTEM)
    assert again(issue).closed_at is not None


def raised(issue: Issue, level: int, **values: Any) -> None:
    content = {"promise_th": "มากขึ้น", "promise_en": None, **values}
    if again(issue).answer_by is None or (again(issue).level or 0) < 2:
        content.setdefault("answer_by", (now() + timedelta(days=50)).date())
    service.raise_level(issue_id=issue.id, level=level, actor=SYSTEM, **content)


def test_information_alone_owes_no_answer(published: Make, clock: Clock, in_request: Any) -> None:
    issue = published(level=1)
    clock.advance(days=11)
    with in_request():
        service.close_issue(issue_id=issue.id, actor=SYSTEM)
    assert again(issue).closed_at is not None


def test_a_draft_is_not_closed(draft: Make, in_request: Any) -> None:
    issue = draft()
    with pytest.raises(DomainError), in_request():
        service.close_issue(issue_id=issue.id, actor=SYSTEM)


def test_annulling_needs_a_known_reason(published: Make) -> None:
    issue = published()
    with pytest.raises(DomainError) as error, transaction():
        service.annul_issue(issue_id=issue.id, reason="bored", actor=SYSTEM)
    assert error.value.field == "reason"
    with transaction():
        service.annul_issue(issue_id=issue.id, reason="law_changed", actor=SYSTEM)
    assert facts_of(issue)[-2:] == ["issues.issue.annulled", "issues.issue.published"]


def test_a_discarded_draft_leaves_no_public_trace(draft: Make) -> None:
    issue = draft()
    with transaction():
        service.annul_issue(issue_id=issue.id, reason="mistake", actor=SYSTEM)
    assert facts_of(issue) == []


@pytest.mark.parametrize("end", ["closed_at", "annulled_at"])
def test_an_ended_issue_stays_as_it_is(published: Make, end: str) -> None:
    issue = published()
    activity_id = activity_of(issue).id
    with transaction():
        service.revise_issue(issue_id=issue.id, content={"title_th": "ก"}, actor=SYSTEM)
        setattr(again(issue), end, now())
    acts: list[Callable[[], Any]] = [
        lambda: service.revise_issue(issue_id=issue.id, content={"title_th": "ข"}, actor=SYSTEM),
        lambda: service.annul_issue(issue_id=issue.id, reason="mistake", actor=SYSTEM),
        lambda: service.close_issue(issue_id=issue.id, actor=SYSTEM),
        lambda: schedule.add_activity(issue_id=issue.id, kind=CODE, content=dated(), actor=SYSTEM),
        lambda: schedule.remove_activity(activity_id=activity_id, actor=SYSTEM),
        lambda: responses.write_response(issue_id=issue.id, content=ANSWER, plans=[], actor=SYSTEM),
    ]
    for act in acts:
        with pytest.raises(DomainError), transaction():
            act()


def test_what_does_not_exist_is_not_found(office: Office) -> None:
    with pytest.raises(NotFound), transaction():
        service.publish_issue(issue_id=12345, actor=SYSTEM)
