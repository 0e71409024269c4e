"""What came of a survey: each question's answers with their counts, small ones hidden."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from app.activities.surveys.hiding import FEWEST_FOR_BREAKDOWN, mask
from app.activities.surveys.models import Tally
from app.activities.surveys.questionnaire import Questionnaire, QuestionView
from app.i18n import _l
from app.i18n.bilingual import Bilingual

Tallies = Mapping[tuple[int, int], int]
"""(question id, choice) → number of people; see `models.Tally`."""


@dataclass(frozen=True)
class Line:
    """One answer: its words, how many people gave it (None: hidden), and their share of all who answered.

    The share is in per cent, rounded to one decimal, so that every page shows the same figure.
    """

    label: Any
    value: int | None
    percent: Decimal | None


@dataclass(frozen=True)
class QuestionResult:
    """The answers to one question. For one of own words: who wrote, and who did not.

    A question that fewer than 20 people answered has no lines: they were few enough to be guessed.
    `together` is what the hidden lines make up, where the lines are parts of a whole. `top` is the answer
    most people gave, where it can be told and is not a tie.
    """

    question: QuestionView
    lines: tuple[Line, ...]
    together: int | None
    top: Line | None

    @property
    def hidden(self) -> bool:
        return any(line.value is None for line in self.lines)

    @property
    def all_hidden(self) -> bool:
        return all(line.value is None for line in self.lines)


def results_of(survey: Questionnaire, tallies: Tallies) -> list[QuestionResult] | None:
    """Every question's result; None where fewer than 20 answered, so that nothing may be broken down."""
    if survey.responses < FEWEST_FOR_BREAKDOWN:
        return None
    return [_result(question, survey.responses, tallies) for question in survey.questions]


def _result(question: QuestionView, people: int, tallies: Tallies) -> QuestionResult:
    answered = tallies.get((question.id, Tally.ANYTHING), 0)
    if question.kind != "text" and answered < FEWEST_FOR_BREAKDOWN:
        return QuestionResult(question, lines=(), together=None, top=None)
    labels, counts = _counted(question, tallies, answered)
    answers = len(labels)
    if answered < people:
        labels, counts = [*labels, _l("Left this question out")], [*counts, people - answered]
    shown = mask(counts)
    lines = tuple(
        Line(label, count, None if count is None else _percent(count, people))
        for label, count in zip(labels, shown, strict=True)
    )
    together = people - sum(count or 0 for count in shown) if None in shown else None
    return QuestionResult(
        question=question,
        lines=lines,
        together=None if question.kind == "multiple" else together,
        top=None if question.kind == "text" else _top(lines[:answers]),
    )


def _percent(count: int, people: int) -> Decimal:
    return (100 * Decimal(count) / people).quantize(Decimal("0.1"), ROUND_HALF_UP)


def _counted(question: QuestionView, tallies: Tallies, answered: int) -> tuple[list[Any], list[int]]:
    if question.kind == "text":
        return [_l("Wrote an answer")], [answered]
    counts = [tallies.get((question.id, choice), 0) for choice in question.choices]
    if question.kind == "scale":
        return [_step_label(question, step) for step in question.choices], counts
    return [option.name for option in question.options], counts


def _step_label(question: QuestionView, step: int) -> Any:
    """ "5 Strongly agree": the ends of a scale have words, the steps between them have none."""
    end = {question.choices[0]: question.low, question.choices[-1]: question.high}.get(step)
    if end is None:
        return str(step)
    return Bilingual(f"{step} {end.th}", f"{step} {end.en}" if end.en else None)


def _top(lines: tuple[Line, ...]) -> Line | None:
    counts = sorted((line.value for line in lines if line.value), reverse=True)
    if not counts or counts[:2] == counts[:1] * 2:
        return None
    return next(line for line in lines if line.value == counts[0])
