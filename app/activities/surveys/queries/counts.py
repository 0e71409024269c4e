"""Reading counts: kept ones for results, aggregates of an index for what is compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Integer, cast, func, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from app.activities.surveys.models import Answer, Population, PopulationPart, Question, Tally, Time
from app.activities.surveys.questionnaire import QuestionView
from app.core.db import db

Tallies = Mapping[tuple[int, int, int], int]
"""(question id, part, choice) → number of people; see `models.Tally`."""


def tallies(activity_id: int) -> Tallies:
    """The counts of all answers of a survey."""
    rows = db.session.execute(
        select(Tally.question_id, Tally.part, Tally.choice, Tally.n)
        .join(Question, Question.id == Tally.question_id)
        .where(Question.activity_id == activity_id, Tally.n > 0)
    )
    return {(row.question_id, row.part, row.choice): row.n for row in rows}


def paces(activity_id: int) -> Mapping[int, int]:
    """How many people took how many tens of seconds."""
    rows = db.session.execute(select(Time.pace, Time.n).where(Time.activity_id == activity_id, Time.n > 0))
    return {row.pace: row.n for row in rows}


def compared(
    question: QuestionView, by: QuestionView, row_id: int | None = None
) -> Mapping[tuple[int, int], int]:
    """(choice of `by`, choice of `question`) → number of people who gave both; one statement over an index.

    `row_id` is the row of a table. An area counts as its province's number.
    """
    one, other = aliased(Answer), aliased(Answer)
    first, second = _choice(by, one), _choice(question, other)
    query = (
        select(first, second, func.count())
        .join(other, other.response_id == one.response_id)
        .where(one.question_id == by.id, other.question_id == question.id)
        .group_by(first, second)
    )
    if row_id is not None:
        query = query.where(other.row_id == row_id)
    rows: Sequence[Any] = db.session.execute(query).all()
    return {(row[0], row[1]): row[2] for row in rows}


def _choice(question: QuestionView, answer: type[Answer]) -> InstrumentedAttribute[int | None]:
    if question.kind == "place":
        return cast(func.substr(answer.area_code, 1, 2), Integer)  # type: ignore[return-value]
    return answer.step if question.on_scale else answer.option_id


def populations(activity_id: int) -> Mapping[int, tuple[Population, Mapping[int, PopulationPart]]]:
    """Whom the answers are compared with, by question: one statement."""
    rows = db.session.execute(
        select(Population, PopulationPart)
        .outerjoin(PopulationPart, PopulationPart.question_id == Population.question_id)
        .where(Population.activity_id == activity_id)
        .order_by(Population.question_id, PopulationPart.choice)
    )
    found: dict[int, tuple[Population, dict[int, PopulationPart]]] = {}
    for population, part in rows:
        parts = found.setdefault(population.question_id, (population, {}))[1]
        if part is not None:
            parts[part.choice] = part
    return found
