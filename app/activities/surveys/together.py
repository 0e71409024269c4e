"""Counting beforehand, once a large survey has closed, who gave which answers to two questions.

A comparison reads every answer to both. With hundreds of thousands that is no work for each look at a page.
The worker counts pair after pair; until it has come to one, the page counts that itself.
"""

from __future__ import annotations

from sqlalchemy import Select, delete, or_, select, update

from app.activities.surveys.comparing import comparables, groupings
from app.activities.surveys.counting import upsert
from app.activities.surveys.models import Survey, Together
from app.activities.surveys.queries import questionnaire
from app.activities.surveys.queries.together import MANY, together_now
from app.activities.surveys.questionnaire import Questionnaire, QuestionView
from app.core.clock import now
from app.core.db import db, transaction
from app.issues.models import Activity, Issue


def count_next() -> int:
    """Count the next pair of a closed survey that has some to count; return how many were counted."""
    activity_id = db.session.scalar(_uncounted())
    if activity_id is None:
        return 0
    survey = questionnaire(activity_id)
    pair = _next_pair(survey)
    if pair is None:
        _finish(survey)
        return 0
    counts = [
        [row or 0, first, second, number]
        for row, cells in together_now(*pair).items()
        for (first, second), number in cells.items()
    ]
    db.session.rollback()  # Counted before the writing: it takes its time.
    _keep(survey, *pair, counts)
    return 1


def forget_together(activity_id: int) -> None:
    """What was counted does not hold any more: somebody has corrected their answers."""
    quiet = {"synchronize_session": False}
    db.session.execute(delete(Together).where(Together.activity_id == activity_id), execution_options=quiet)
    survey = update(Survey).where(Survey.activity_id == activity_id, Survey.compared > 0)
    db.session.execute(survey.values(compared=0), execution_options=quiet)


def _uncounted() -> Select[int]:
    """Closed surveys with many responses, of which not all pairs are counted as they stand now."""
    moment = now()
    return (
        select(Survey.activity_id)
        .join(Activity, Activity.id == Survey.activity_id)
        .join(Issue, Issue.id == Activity.issue_id)
        .where(
            Survey.responses >= MANY,
            Survey.compared != Survey.responses,
            or_(Activity.closes_at <= moment, Issue.closed_at <= moment),
            Activity.annulled_at.is_(None),
            Issue.annulled_at.is_(None),
        )
        .order_by(Survey.activity_id)
        .limit(1)
    )


def _next_pair(survey: Questionnaire) -> tuple[QuestionView, QuestionView] | None:
    rows = db.session.execute(
        select(Together.question_id, Together.by_id).where(
            Together.activity_id == survey.activity_id, Together.responses == survey.responses
        )
    )
    counted = {(row.question_id, row.by_id) for row in rows}
    pairs = ((question, by) for by in groupings(survey) for question in comparables(survey, by))
    return next((pair for pair in pairs if (pair[0].id, pair[1].id) not in counted), None)


def _keep(survey: Questionnaire, question: QuestionView, by: QuestionView, counts: list[list[int]]) -> None:
    new = upsert()(Together).values(
        question_id=question.id,
        by_id=by.id,
        activity_id=survey.activity_id,
        responses=survey.responses,
        counts=counts,
    )
    kept = {"responses": new.excluded.responses, "counts": new.excluded.counts}
    with transaction():
        db.session.execute(
            new.on_conflict_do_update(index_elements=["question_id", "by_id"], set_=kept),
            execution_options={"synchronize_session": False},
        )


def _finish(survey: Questionnaire) -> None:
    with transaction():
        db.session.execute(
            update(Survey).where(Survey.activity_id == survey.activity_id).values(compared=survey.responses),
            execution_options={"synchronize_session": False},
        )
