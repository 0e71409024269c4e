"""Evaluating: open, assign, score blind, submit, release."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import rfc8785
from sqlalchemy import delete, or_, select
from sqlalchemy.exc import IntegrityError

from app.assessment.models import Assessment
from app.assessment.rubric import Rubric, rubric
from app.assessment.scoring import Outcome, Sheet, decide, decimal_text, work_out
from app.awards.facts import (
    EVALUATOR_ASSIGNED,
    EVALUATOR_RELIEVED,
    ITEM_SCORED,
    RESULT_RELEASED,
    REVIEW_OPENED,
    SCORES_SUBMITTED,
)
from app.awards.models import Assignment, Review, Score
from app.awards.outcome import read_outcome, told_outcome
from app.core.clock import now
from app.core.db import db, lock
from app.core.errors import DomainError, NotFound
from app.i18n import _l
from app.identity.models import RoleGrant
from app.ledger.facts import Actor, Fact, Place
from app.ledger.record import record


def open_review(*, assessment_id: int, actor: Actor) -> Review:
    """Open the evaluation of a submitted self-assessment."""
    assessment = lock(Assessment, assessment_id)
    if assessment.submitted_at is None:
        raise DomainError(_l("The agency has not submitted this self-assessment yet."))
    review = Review(assessment_id=assessment_id, opened_at=now())
    db.session.add(review)
    try:
        db.session.flush()
    except IntegrityError as error:
        raise DomainError(_l("The evaluation of this self-assessment is already open.")) from error
    data = {"assessment": assessment_id, "digest": assessment.digest}
    _record(REVIEW_OPENED, review.id, actor, data)
    return review


def assign_evaluator(*, review_id: int, person_id: int, actor: Actor) -> Assignment:
    """Give an evaluator the task; raises `DomainError` for who works for the agency."""
    review = _held_open_review(review_id)
    evaluating = db.session.scalar(
        select(RoleGrant)
        .where(RoleGrant.person_id == person_id, RoleGrant.role == "evaluator", RoleGrant.ended_at.is_(None))
        .limit(1)
    )
    if evaluating is None:
        raise DomainError(_l("Choose one of the evaluators."), "person_id")
    if works_for(person_id, assessment_of(review).agency_id, since=now()):
        raise DomainError(_l("This evaluator works for the agency. Choose another."), "person_id")
    assignment = Assignment(
        review_id=review_id, person_id=person_id, grant_id=evaluating.id, assigned_at=now()
    )
    db.session.add(assignment)
    try:
        db.session.flush()
    except IntegrityError as error:
        raise DomainError(_l("This evaluator already has the task."), "person_id") from error
    _record(EVALUATOR_ASSIGNED, review_id, actor, {"evaluator": evaluating.id})
    return assignment


def relieve_evaluator(*, assignment_id: int, actor: Actor) -> None:
    """Take the task back while nothing has been submitted; scores begun are deleted with it.

    Submitted scores stay, unless the evaluator has come to work for the agency: those must not count.
    """
    assignment = lock(Assignment, assignment_id)
    review = _held_open_review(assignment.review_id)
    if assignment.submitted_at is not None and not in_conflict(review, assignment):
        raise DomainError(_l("These scores have been submitted and stay."))
    db.session.execute(delete(Score).where(Score.assignment_id == assignment_id))
    db.session.delete(assignment)
    db.session.flush()
    _record(EVALUATOR_RELIEVED, assignment.review_id, actor, {"evaluator": assignment.grant_id})


def score_item(*, assignment_id: int, item: str, score: int, reason: str, actor: Actor) -> Score:
    """Score one item with a reason; may be changed until the scores are submitted."""
    assignment = _held_task(assignment_id)
    review = _held_open_review(assignment.review_id)
    if item not in {known.code for known in rubric_of(assessment_of(review)).items}:
        raise NotFound
    written = db.session.merge(
        Score(assignment_id=assignment_id, item=item, score=score, reason=reason, written_at=now())
    )
    db.session.flush()
    _record(ITEM_SCORED, review.id, actor, {"item": item, "score": score}, {"reason": reason})
    return written


def submit_scores(*, assignment_id: int, actor: Actor) -> Assignment:
    """Lock an evaluator's scores; raises `DomainError` while an item is unscored, or for who works for the agency."""
    assignment = _held_task(assignment_id)
    review = _held_open_review(assignment.review_id)
    if in_conflict(review, assignment):
        raise DomainError(
            _l("You have worked for this agency since you were given the task, so you cannot evaluate it.")
        )
    scored = scores_of(assignment_id)
    missing = [i.code for i in rubric_of(assessment_of(review)).items if i.code not in scored]
    if missing:
        raise DomainError(_l("Score these items first: %(items)s", items=", ".join(missing)))
    assignment.submitted_at = now()
    db.session.flush()
    _record(SCORES_SUBMITTED, review.id, actor)
    return assignment


def release_result(*, review_id: int, actor: Actor) -> Review:
    """Freeze the outcome and make it public.

    Raises `DomainError` while an evaluator has not submitted, or where one has come to work for the agency.
    """
    review = _held_open_review(review_id)
    if conflicts(review):
        raise DomainError(
            _l(
                "An evaluator works for the agency. The programme must take that task back before the release."
            )
        )
    if waiting_for(review_id):
        raise DomainError(_l("Not every evaluator has submitted yet."))
    outcome = outcome_of(review)
    told = {"review": review.id, "assessment": review.assessment_id, **told_outcome(outcome)}
    frozen = rfc8785.dumps(told)
    review.outcome, review.digest = frozen.decode(), hashlib.sha256(frozen).hexdigest()
    review.band = outcome.band.code if outcome.band else None
    review.released_at = now()
    db.session.flush()
    data = {
        "assessment": review.assessment_id,
        "band": review.band or "none",
        "digest": review.digest,
        "total_hundredths": int(decimal_text(outcome.total).replace(".", "")),
        "evaluators": len(outcome.sheets),
    }
    _record(RESULT_RELEASED, review_id, actor, data)
    return review


def outcome_of(review: Review) -> Outcome:
    """The arithmetic of all submitted scores, or of what was frozen; raises `DomainError` when there are none."""
    assessment = assessment_of(review)
    if review.outcome is not None:
        return read_outcome(rubric_of(assessment), json.loads(review.outcome))
    submitted = db.session.scalars(
        select(Assignment)
        .where(Assignment.review_id == review.id, Assignment.submitted_at.is_not(None))
        .order_by(Assignment.id)
    ).all()
    if not submitted:
        raise DomainError(_l("No evaluator has submitted scores yet."))
    return decide(rubric_of(assessment), [_sheet(assessment, assignment.id) for assignment in submitted])


def works_for(person_id: int, agency_id: int, *, since: datetime) -> bool:
    """Whether a person holds a role in the agency or has held one since a moment.

    An adviser must not score what they advise (domain notes, 1.5).
    """
    held = or_(RoleGrant.ended_at.is_(None), RoleGrant.ended_at > since)
    where = (RoleGrant.person_id == person_id, RoleGrant.agency_id == agency_id, held)
    return db.session.scalar(select(RoleGrant.id).where(*where).limit(1)) is not None


def in_conflict(review: Review, assignment: Assignment) -> bool:
    """Whether an evaluator has worked for the assessed agency since the task was given."""
    return works_for(assignment.person_id, assessment_of(review).agency_id, since=assignment.assigned_at)


def conflicts(review: Review) -> list[int]:
    """The ids of the tasks whose evaluators have come to work for the assessed agency."""
    tasks = db.session.scalars(select(Assignment).where(Assignment.review_id == review.id)).all()
    return [task.id for task in tasks if in_conflict(review, task)]


def waiting_for(review_id: int) -> int:
    """How many evaluators still have to submit; at least 1 while nobody is assigned."""
    tasks = db.session.scalars(select(Assignment.submitted_at).where(Assignment.review_id == review_id)).all()
    return sum(submitted is None for submitted in tasks) if tasks else 1


def scores_of(assignment_id: int) -> dict[str, Score]:
    """Item code → an evaluator's score."""
    rows = db.session.scalars(select(Score).where(Score.assignment_id == assignment_id))
    return {row.item: row for row in rows}


def assessment_of(review: Review) -> Assessment:
    """The self-assessment under review."""
    return db.session.get_one(Assessment, review.assessment_id)


def rubric_of(assessment: Assessment) -> Rubric:
    """The rubric it was written against."""
    return rubric(assessment.rubric_code, assessment.rubric_version)


def frozen_content(assessment: Assessment) -> dict[str, Any]:
    """What the agency submitted, as it was frozen."""
    return dict(json.loads(assessment.frozen or "{}"))


def _sheet(assessment: Assessment, assignment_id: int) -> Sheet:
    scores = {code: row.score for code, row in scores_of(assignment_id).items()}
    items = frozen_content(assessment)["items"]
    with_evidence = {code for code, item in items.items() if item["exhibits"]}
    return work_out(rubric_of(assessment), scores, with_evidence)


def _held_open_review(review_id: int) -> Review:
    review = lock(Review, review_id)
    if review.released_at is not None:
        raise DomainError(_l("The result has been released; nothing can be changed any more."))
    return review


def _held_task(assignment_id: int) -> Assignment:
    assignment = lock(Assignment, assignment_id)
    if assignment.submitted_at is not None:
        raise DomainError(_l("You have submitted these scores; they can no longer be changed."))
    return assignment


def _record(
    fact: Fact, review_id: int, actor: Actor, data: Mapping[str, object] | None = None, private: Any = None
) -> None:
    record(
        fact, subject=f"review/{review_id}", actor=actor, place=Place.programme(), data=data, private=private
    )
