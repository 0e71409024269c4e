"""A survey beside those it repeats: the mean of each scale, closed survey by closed survey."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from sqlalchemy import or_, select

from app.activities.surveys.codes import STEPS
from app.activities.surveys.hiding import FEWEST_FOR_BREAKDOWN, mean_tells
from app.activities.surveys.models import Option, Question, Survey, Tally
from app.activities.surveys.questionnaire import Questionnaire
from app.core.clock import now
from app.core.db import db
from app.i18n.bilingual import Bilingual
from app.issues.models import Activity, Issue
from app.issues.windows import activity_state

Scale = tuple[str, str]
"""The code of a question, and of a table's row or empty."""


@dataclass(frozen=True)
class Round:
    """One survey of a series, and the mean of each of its scales, where enough people answered and the mean gives
    away none of the small numbers its results hide.
    """

    activity_id: int
    title: Bilingual
    closed_at: datetime | None
    people: int
    means: Mapping[Scale, Decimal]


@dataclass(frozen=True)
class Series:
    """One scale over time: a value for each round, None where it was not asked, or may not be shown."""

    name: Bilingual
    values: tuple[Decimal | None, ...]

    def points(self, gap: float) -> list[tuple[float, Decimal]]:
        """The values there are, each with its place on the line; rounds stand `gap` apart."""
        return [(place * gap, value) for place, value in enumerate(self.values) if value is not None]


def series_of(survey: Questionnaire) -> tuple[list[Round], list[Series]]:
    """The closed rounds of a survey's series with enough answers, oldest first, and its scales over them.

    Two statements, however many rounds there are.
    """
    root = survey.repeats_id or survey.activity_id
    rounds = _rounds(root)
    return rounds, [
        Series(name, tuple(found.means.get(scale) for found in rounds))
        for scale, name in _scales(survey).items()
    ]


def _scales(survey: Questionnaire) -> dict[Scale, Bilingual]:
    found: dict[Scale, Bilingual] = {}
    for question in survey.questions:
        if question.kind == "scale":
            found[question.code or "", ""] = question.text
        elif question.kind == "matrix" and question.on_scale:
            found |= {(question.code or "", row.code or ""): row.name for row in question.rows}
    return found


def _rounds(root: int) -> list[Round]:
    rows = db.session.execute(
        select(Survey, Activity, Issue)
        .join(Activity, Activity.id == Survey.activity_id)
        .join(Issue, Issue.id == Activity.issue_id)
        .where(or_(Survey.activity_id == root, Survey.repeats_id == root))
        .order_by(Activity.closes_at, Activity.id)
    ).all()
    shown = [
        (survey, activity, issue)
        for survey, activity, issue in rows
        if survey.responses >= FEWEST_FOR_BREAKDOWN and activity_state(activity, issue, now()) == "closed"
    ]
    means = _means({survey.activity_id: survey.responses for survey, _activity, _issue in shown})
    return [
        Round(
            activity_id=activity.id,
            title=Bilingual(activity.title_th, activity.title_en),
            closed_at=activity.closes_at or issue.closed_at,
            people=survey.responses,
            means=means.get(activity.id, {}),
        )
        for survey, activity, issue in shown
    ]


def _means(people: Mapping[int, int]) -> dict[int, dict[Scale, Decimal]]:
    """The means that may be shown, of surveys with so many responses."""
    if not people:
        return {}
    rows = db.session.execute(
        select(Question.activity_id, Question.code, Option.code, Tally.choice, Tally.n)
        .join(Tally, Tally.question_id == Question.id)
        .outerjoin(Option, Option.id == Tally.part)
        .where(
            Question.activity_id.in_(people),
            Question.low_th.is_not(None),
            Tally.part != Tally.WHOLE,
            Tally.choice.in_(list(STEPS)),
        )
    )
    counts: dict[int, dict[Scale, dict[int, int]]] = {}
    for activity_id, code, row_code, step, n in rows:
        counts.setdefault(activity_id, {}).setdefault((code or "", row_code or ""), {})[step] = n
    return {
        activity_id: {
            scale: _mean(steps)
            for scale, steps in scales.items()
            if _may_be_shown(steps, people[activity_id])
        }
        for activity_id, scales in counts.items()
    }


def _may_be_shown(steps: Mapping[int, int], people: int) -> bool:
    counts = [steps.get(step, 0) for step in STEPS]
    return sum(counts) >= FEWEST_FOR_BREAKDOWN and not mean_tells(counts, people - sum(counts))


def _mean(steps: Mapping[int, int]) -> Decimal:
    total = sum(step * n for step, n in steps.items())
    return (Decimal(total) / sum(steps.values())).quantize(Decimal("0.01"), ROUND_HALF_UP)
