"""A question broken down by another: reading the counts for `crosstab`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.activities.surveys.codes import COMPARED
from app.activities.surveys.crosstab import CrossTab, crosstab
from app.activities.surveys.queries.counts import Tallies
from app.activities.surveys.queries.together import together
from app.activities.surveys.questionnaire import OptionView, Questionnaire, QuestionView
from app.activities.surveys.results import (
    FEWEST_FOR_BREAKDOWN,
    answered_by,
    by_province,
    labels,
    values_of,
)
from app.agencies.reference import provinces
from app.i18n import _l

Named = list[tuple[Any, int | None]]

NOT_ANSWERED = _l("Did not answer")
PICKED, NOT_PICKED = _l("Chose it"), _l("Did not choose it")


@dataclass(frozen=True)
class Comparison:
    """A question's answers by groups; one table, or one for each row or option. `table` None: hidden."""

    question: QuestionView
    by: QuestionView
    tables: tuple[tuple[Any, CrossTab | None], ...]


def groupings(survey: Questionnaire) -> list[QuestionView]:
    """The questions by whose answers others may be broken down."""
    return [question for question in survey.questions if question.kind in COMPARED]


def comparables(survey: Questionnaire, by: QuestionView) -> list[QuestionView]:
    """The questions that may be broken down by this one."""
    kinds = ("single", "multiple", "scale", "matrix")
    return [question for question in survey.questions if question.kind in kinds and question.id != by.id]


def one_way_round(question: QuestionView, by: QuestionView) -> tuple[QuestionView, QuestionView]:
    """A pair as it is always shown, whichever of the two is asked for by the other.

    Groups and answers are put together by different rules, and cells hidden accordingly: the two tables of a pair laid
    side by side would give away what each hides. Groups are those of who answers first, then of a choice before a
    scale, then of the earlier question.
    """
    if question.kind not in ("single", "scale") or by.kind not in ("single", "scale"):
        return question, by
    first, second = sorted(
        (question, by), key=lambda one: (one.about is None, one.kind == "scale", one.number)
    )
    return second, first


def compare(
    survey: Questionnaire, tallies: Tallies, question: QuestionView, by: QuestionView
) -> Comparison | None:
    """The answers to `question` by those to `by`, or the other way round; None where too few gave both."""
    question, by = one_way_round(question, by)
    fewest = min(answered_by(question, tallies), answered_by(by, tallies))
    if survey.responses < FEWEST_FOR_BREAKDOWN or fewest < FEWEST_FOR_BREAKDOWN:
        return None
    groups = _groups(by, tallies)
    people = survey.responses
    totals = _totals(by, tallies, people)
    alone = values_of(question, tallies)
    both = together(survey, question, by)
    tables: list[tuple[Any, CrossTab | None]]
    if question.kind == "multiple":
        tables = [
            (option.name, _split(groups, totals, both[None], option, alone.get(option.id, 0)))
            for option in question.options
        ]
    elif question.kind == "matrix":
        tables = [
            (
                row.name,
                _row_table(groups, totals, question, both[row.id], row, tallies),
            )
            for row in question.rows
        ]
    else:
        tables = [(None, _table(groups, totals, question, both[None], alone))]
    return Comparison(question, by, tuple(tables))


def _groups(by: QuestionView, tallies: Tallies) -> Named:
    if by.kind == "place":
        names = provinces()
        return [(names[code], int(code)) for code in sorted(by_province(values_of(by, tallies)))]
    return [(label, choice) for label, choice in labels(by)]


def _totals(by: QuestionView, tallies: Tallies, people: int) -> dict[int | None, int]:
    values = values_of(by, tallies)
    if by.kind == "place":
        values = {int(code): n for code, n in by_province(values).items()}
    return {None: people - sum(values.values()), **dict(values.items())}


def _row(question: QuestionView, row: OptionView, tallies: Tallies) -> dict[int, int]:
    return {choice: tallies.get((question.id, row.id, choice), 0) for choice in question.choices}


def _row_table(
    groups: Named,
    totals: Mapping[int | None, int],
    question: QuestionView,
    both: Mapping[tuple[int, int], int],
    row: OptionView,
    tallies: Tallies,
) -> CrossTab | None:
    """A table's row; None where too few answered it, as in the results."""
    alone = _row(question, row, tallies)
    if sum(alone.values()) < FEWEST_FOR_BREAKDOWN:
        return None
    return _table(groups, totals, question, both, alone)


def _table(
    groups: Named,
    totals: Mapping[int | None, int],
    question: QuestionView,
    both: Mapping[tuple[int, int], int],
    alone: Mapping[int, int],
) -> CrossTab | None:
    """Everyone in one cell: who answered both, one, or none of the two questions."""
    answers: Named = [(label, choice) for label, choice in labels(question)]
    counts: dict[tuple[int | None, int | None], int] = dict(both.items())
    for _label, group in groups:
        counts[group, None] = totals.get(group, 0) - sum(
            both.get((group or 0, a or 0), 0) for _l_, a in answers
        )
    for _label, answer in answers:
        counts[None, answer] = alone.get(answer or 0, 0) - sum(
            both.get((g or 0, answer or 0), 0) for _l_, g in groups
        )
    counts[None, None] = totals[None] - sum(counts[None, answer] for _label, answer in answers)
    return _crosstab(groups, answers, counts)


def _crosstab(
    groups: Named, answers: Named, counts: Mapping[tuple[int | None, int | None], int]
) -> CrossTab | None:
    """The table with those who did not answer, where there are any: the results count them in the same way."""
    silent = sum(counts.get((None, answer), 0) for answer in (*(a for _label, a in answers), None))
    unheard = sum(counts.get((group, None), 0) for group in (*(g for _label, g in groups), None))
    return crosstab(
        [*groups, *([(NOT_ANSWERED, None)] if silent else [])],
        [*answers, *([(NOT_ANSWERED, None)] if unheard else [])],
        counts,
    )


def _split(
    groups: Named,
    totals: Mapping[int | None, int],
    both: Mapping[tuple[int, int], int],
    option: OptionView,
    chosen: int,
) -> CrossTab | None:
    """Of several answers each is a table of its own: who chose it, and who did not."""
    counts: dict[tuple[int | None, int | None], int] = {}
    for _label, group in groups:
        n = both.get((group or 0, option.id), 0)
        counts[group, 1] = n
        counts[group, None] = totals.get(group, 0) - n
    counts[None, 1] = chosen - sum(counts[group, 1] for _label, group in groups)
    counts[None, None] = totals[None] - counts[None, 1]
    answers: Sequence[tuple[Any, int | None]] = [(PICKED, 1), (NOT_PICKED, None)]
    return crosstab([*groups, (NOT_ANSWERED, None)], answers, counts)
