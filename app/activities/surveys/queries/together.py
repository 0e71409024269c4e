"""Reading how many gave which answers to two questions: counted beforehand for large surveys, at once for others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import select

from app.activities.surveys.models import Together
from app.activities.surveys.queries.counts import compared
from app.activities.surveys.questionnaire import Questionnaire, QuestionView
from app.core.db import db

MANY = 2_000
"""With so many responses two questions are counted once, by the worker, and not at every look."""

Both = Mapping[int | None, Mapping[tuple[int, int], int]]
"""A table's row, or None for a question without rows → (choice of `by`, choice) → number of people."""


def together(survey: Questionnaire, question: QuestionView, by: QuestionView) -> Both:
    """Who gave which answers to both; see `compared`."""
    if survey.responses >= MANY:
        kept = db.session.scalar(
            select(Together.counts).where(
                Together.question_id == question.id,
                Together.by_id == by.id,
                Together.responses == survey.responses,
            )
        )
        if kept is not None:
            return _both(question, kept)
    return together_now(question, by)


def together_now(question: QuestionView, by: QuestionView) -> Both:
    """The same from the answers themselves: one statement for each row."""
    return {row: compared(question, by, row) for row in _rows(question)}


def _rows(question: QuestionView) -> list[int | None]:
    return [row.id for row in question.rows] if question.kind == "matrix" else [None]


def _both(question: QuestionView, counts: Iterable[tuple[int, int, int, int]]) -> Both:
    found: dict[int | None, dict[tuple[int, int], int]] = {row: {} for row in _rows(question)}
    for row, first, second, number in counts:
        found[row or None][first, second] = number
    return found
