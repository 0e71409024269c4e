"""Who comes to work for the agency scores it no more: seen at the submission and at the release."""

from __future__ import annotations

from sqlalchemy import func, select

from app.awards.models import Assignment, Review
from app.awards.queries import evaluators
from app.core.clock import now
from app.core.db import db, transaction
from app.identity.models import RoleGrant
from app.ledger.guard import note_recorded
from tests.awards.test_evaluation import Cast, assess, open_and_assign, score_everything, tasks
from tests.awards.test_evaluation import cast as cast
from tests.support.browser import PageBrowser
from tests.support.clock import Clock
from tests.support.make import give_role, make_person


def under_review(cast: Cast) -> int:
    assessment_id = assess(cast)
    cast.executive.submit(f"/th/assessment/{assessment_id}/submit", {})
    return open_and_assign(cast, assessment_id)


def test_who_has_come_to_work_for_the_agency_submits_nothing(cast: Cast, clock: Clock) -> None:
    review_id = under_review(cast)
    first, _second = tasks()
    evaluator = cast.evaluators[0]
    page = evaluator.get(f"/en/awards/tasks/{first}/submit")
    clock.advance(days=1)
    grant = give_role(cast.evaluator_people[0], "officer", cast.agency)
    for item in evaluator.get(f"/en/awards/tasks/{first}").links():
        if "/items/" in item:
            evaluator.submit(item, {"score": "5", "reason": "x"})
    refused = evaluator.fill(page, {}, action=f"/en/awards/tasks/{first}/submit", status=422)
    assert "cannot evaluate it" in refused.text
    clock.advance(days=1)
    with transaction():
        db.session.get_one(RoleGrant, grant.id).ended_at = now()
        note_recorded(db.session.connection(), "identity")
    evaluator.submit(f"/en/awards/tasks/{first}/submit", {}, status=422)
    assert db.session.scalar(select(func.count()).where(Assignment.submitted_at.is_not(None))) == 0
    assert "Works for the agency" in cast.admin.get(f"/en/awards/manage/{review_id}").text


def test_a_result_with_a_conflict_is_not_released_until_the_task_is_taken_back(cast: Cast) -> None:
    review_id = under_review(cast)
    first, second = tasks()
    for evaluator, task, score in zip(cast.evaluators, (first, second), (5, 3), strict=True):
        score_everything(evaluator, task, score)
    give_role(cast.evaluator_people[0], "moderator", cast.agency)
    path = f"/en/awards/committee/{review_id}"
    assert "An evaluator works for the agency" in cast.committee.get(path).text
    cast.committee.submit(path, {}, status=422)
    assert db.session.get_one(Review, review_id).released_at is None
    cast.admin.submit(f"/en/awards/manage/{review_id}/relieve/{second}", {}, status=422)
    cast.admin.submit(f"/en/awards/manage/{review_id}/relieve/{first}", {})
    assert "An evaluator works for the agency" not in cast.committee.get(path).text
    cast.committee.submit(path, {})
    assert "60.00 of 100 points, by 1 evaluators" in cast.committee.get(f"/en/awards/{review_id}").text


def test_evaluators_are_listed_as_a_thai_dictionary_lists_them(browser: PageBrowser) -> None:
    """A vowel written before its consonant is read after it."""
    for name in ("แก้ว", "ขวัญ", "เกษม", "กมล"):
        make_person("evaluator", name=name)
    assert [name for _id, name in evaluators()] == ["กมล", "เกษม", "แก้ว", "ขวัญ"]
