"""What came of a survey: each question's answers with their counts, small ones hidden."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from app.activities.surveys.codes import HUNDRED
from app.activities.surveys.counting import PACE_SECONDS
from app.activities.surveys.hiding import FEWEST_FOR_BREAKDOWN, SMALLEST, mask
from app.activities.surveys.models import Tally
from app.activities.surveys.queries.counts import Tallies
from app.activities.surveys.questionnaire import Questionnaire, QuestionView
from app.activities.surveys.wording import step_label
from app.agencies.reference import provinces
from app.i18n import _l
from app.i18n.bilingual import Bilingual
from app.i18n.dates import MONTHS_LONG, era_year
from app.i18n.digits import format_number

MOST_BINS = 10
MOST_MONTHS = 24


@dataclass(frozen=True)
class Line:
    """One answer: its words, how many people gave it (None: hidden), and their share of all who answered.

    The share is in per cent, rounded to one decimal, so that every page shows the same figure. `choice` is
    the answer as the tallies know it, None for those who left the question out and for several together.
    """

    label: Any
    value: int | None
    percent: Decimal | None
    choice: int | None = None


@dataclass(frozen=True)
class Part:
    """The answers in one row of a table. `few`: too few answered it to break their answers down, so all are hidden."""

    label: Any
    lines: tuple[Line, ...]
    few: bool = False

    @property
    def hidden(self) -> bool:
        return any(line.value is None for line in self.lines)


@dataclass(frozen=True)
class QuestionResult:
    """The answers to one question. For one of own words: who wrote, and who did not.

    `together` is what the hidden lines make up, where the lines are parts of a whole. `top` is the answer
    most people gave, where it can be told and is not a tie. `parts` are a table's rows; `means` the mean
    ranks of a ranking's options, best first, unless a count is hidden that they could tell; `median` that of
    numbers, in hundredths. `few`: too few answered this question to break their answers down.
    """

    question: QuestionView
    lines: tuple[Line, ...]
    together: int | None = None
    top: Line | None = None
    parts: tuple[Part, ...] = ()
    means: tuple[tuple[Any, Decimal], ...] = ()
    median: Fraction | None = None
    few: bool = False

    @property
    def hidden(self) -> bool:
        return any(line.value is None for line in self.lines) or any(part.hidden for part in self.parts)

    @property
    def hidden_singly(self) -> bool:
        """Whether numbers are hidden for being small, beside rows that are hidden whole."""
        alone = any(line.value is None for line in self.lines)
        return alone or any(part.hidden and not part.few for part in self.parts)

    @property
    def all_hidden(self) -> bool:
        return bool(self.lines) and all(line.value is None for line in self.lines)


Counted = Sequence[tuple[Any, int, int | None]]
"""(words, number of people, choice) for every answer there is."""


def results_of(survey: Questionnaire, tallies: Tallies) -> list[QuestionResult] | None:
    """Every question's result; None where so few answered that nothing may be shown."""
    if survey.responses < FEWEST_FOR_BREAKDOWN:
        return None
    return [_result(question, survey.responses, tallies) for question in survey.questions]


def _result(question: QuestionView, people: int, tallies: Tallies) -> QuestionResult:
    answered = answered_by(question, tallies)
    if question.kind == "text":
        counted: Counted = [(_l("Wrote an answer"), answered, None)]
        lines, together = _lines(counted, question, people, answered)
        return QuestionResult(question, lines, together)
    if answered < FEWEST_FOR_BREAKDOWN:
        return QuestionResult(question, (), few=True)
    if question.kind == "matrix":
        parts = [_part(question, row.id, row.name, people, tallies) for row in question.rows]
        return QuestionResult(question, (), parts=tuple(parts))
    counted = _counted(question, tallies)
    lines, together = _lines(counted, question, people, answered)
    if question.kind == "place":
        lines = _together_last(lines, together, people)
    whole = all(line.value is not None for line in lines)
    return QuestionResult(
        question=question,
        lines=lines,
        together=None if question.kind == "multiple" else together,
        top=None if question.kind in ("ranking", "number", "date") else top_of(lines),
        means=_means(question, tallies, answered) if _all_large(question, tallies) else (),
        # Beside hidden counts the middle value would tell how many lie before it.
        median=_median(values_of(question, tallies)) if question.kind == "number" and whole else None,
    )


def answered_by(question: QuestionView, tallies: Tallies) -> int:
    """How many people answered a question at all."""
    return tallies.get((question.id, Tally.WHOLE, Tally.ANYTHING), 0)


def values_of(question: QuestionView, tallies: Tallies) -> dict[int, int]:
    """The counts of a question by what was chosen or typed."""
    return {choice: n for (ident, part, choice), n in tallies.items() if ident == question.id and part == 0}


def _lines(
    counted: Counted, question: QuestionView, people: int, answered: int
) -> tuple[tuple[Line, ...], int | None]:
    """The lines as they may be shown, and what the hidden ones make up."""
    if answered < people:
        left_out = (
            _l("Did not answer, or was not asked") if question.sometimes else _l("Left this question out")
        )
        counted = [*counted, (left_out, people - answered, None)]
    shown = mask([n for _label, n, _choice in counted])
    lines = tuple(
        Line(label, n, None if n is None else percent(n, people), choice)
        for (label, _n, choice), n in zip(counted, shown, strict=True)
    )
    return lines, people - sum(n or 0 for n in shown) if None in shown else None


def percent(count: int, people: int) -> Decimal:
    """A share in per cent, as every page shows it."""
    return (100 * Decimal(count) / people).quantize(Decimal("0.1"), ROUND_HALF_UP)


def _part(question: QuestionView, row: int, label: Any, people: int, tallies: Tallies) -> Part:
    counts = [(name, tallies.get((question.id, row, choice), 0), choice) for name, choice in labels(question)]
    if sum(n for _name, n, _choice in counts) < FEWEST_FOR_BREAKDOWN:
        return Part(label, tuple(Line(name, None, None, choice) for name, _n, choice in counts), few=True)
    lines, _together = _lines(counts, question, people, sum(n for _name, n, _choice in counts))
    return Part(label, lines)


def _counted(question: QuestionView, tallies: Tallies) -> Counted:
    values = values_of(question, tallies)
    if question.kind == "number":
        return _binned(question, values)
    if question.kind == "date":
        return _dated(values)
    if question.kind == "place":
        return _placed(values)
    if question.kind == "ranking":
        return [(o.name, tallies.get((question.id, o.id, 1), 0), o.id) for o in question.options]
    return [(name, values.get(choice, 0), choice) for name, choice in labels(question)]


def labels(question: QuestionView) -> list[tuple[Any, int]]:
    """What may be chosen, with its words."""
    if question.on_scale:
        return [(step_label(question, step), step) for step in question.choices]
    return [(option.name, option.id) for option in question.options]


def _binned(question: QuestionView, values: Mapping[int, int]) -> Counted:
    """Numbers in at most ten ranges of one width between the limits, whatever was typed."""
    least, most = question.least or 0, question.most or 0
    unit = 10 ** (2 - (question.places or 0))
    possible = (most - least) // unit + 1
    width = -(-possible // min(MOST_BINS, possible)) * unit
    found: list[tuple[Any, int, int | None]] = []
    for first in range(least, most + 1, width):
        last = min(first + width - unit, most)
        n = sum(count for value, count in values.items() if first <= value <= last)
        low, high = format_number(Decimal(first) / HUNDRED), format_number(Decimal(last) / HUNDRED)
        found.append((low if first == last else f"{low} – {high}", n, None))
    return found


def _dated(values: Mapping[int, int]) -> Counted:
    """Days by month, or by year where they lie far apart."""
    days = {date.fromordinal(choice): n for choice, n in values.items()}
    first, last = min(days), max(days)
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    found = []
    if months <= MOST_MONTHS:
        for place in range(months):
            year, month = divmod(first.year * 12 + first.month - 1 + place, 12)
            n = sum(n for day, n in days.items() if (day.year, day.month) == (year, month + 1))
            found.append((_month(year, month), n, None))
    else:
        for year in range(first.year, last.year + 1):
            found.append((_year(year), sum(n for day, n in days.items() if day.year == year), None))
    return found


def _month(year: int, month: int) -> Bilingual:
    return Bilingual(
        f"{MONTHS_LONG['th'][month]} {era_year(year, 'th')}", f"{MONTHS_LONG['en'][month]} {year}"
    )


def _year(year: int) -> Bilingual:
    return Bilingual(str(era_year(year, "th")), str(year))


def by_province(values: Mapping[int, int]) -> dict[str, int]:
    """Places counted by their province's code."""
    found: dict[str, int] = {}
    for choice, n in values.items():
        code = f"{choice:02d}" if choice < 100 else str(choice)[:2]
        found[code] = found.get(code, 0) + n
    return found


def _placed(values: Mapping[int, int]) -> Counted:
    found = by_province(values)
    names = provinces()
    return [(names[code], found[code], int(code)) for code in sorted(found, key=lambda c: (-found[c], c))]


def _together_last(lines: Sequence[Line], together: int | None, people: int) -> tuple[Line, ...]:
    """Places that are hidden are not even named: that somebody lives there would show."""
    shown = tuple(line for line in lines if line.value is not None)
    if together is None:
        return shown
    return (*shown, Line(_l("Other provinces, or not answered"), together, percent(together, people)))


def _all_large(question: QuestionView, tallies: Tallies) -> bool:
    """Whether each place of a ranking was given to an option by 5 people or more, or by nobody.

    Otherwise the means and the first places, side by side, could tell the others.
    """
    if question.kind != "ranking":
        return False
    places = range(1, len(question.options) + 1)
    counts = (
        tallies.get((question.id, option.id, place), 0) for option in question.options for place in places
    )
    return not any(0 < count < SMALLEST for count in counts)


def _means(question: QuestionView, tallies: Tallies, answered: int) -> tuple[tuple[Any, Decimal], ...]:
    """The mean rank of each option among those who put them in order, the best first."""
    found = []
    for option in question.options:
        total = sum(
            rank * tallies.get((question.id, option.id, rank), 0)
            for rank in range(1, len(question.options) + 1)
        )
        mean = (Decimal(total) / answered).quantize(Decimal("0.01"), ROUND_HALF_UP)
        found.append((option.name, mean))
    return tuple(sorted(found, key=lambda pair: pair[1]))


def _median(values: Mapping[int, int]) -> Fraction | None:
    """The middle of all values; between the two middle ones of an even number."""
    total = sum(values.values())
    if not total:
        return None
    low, high = (total + 1) // 2, total // 2 + 1
    found, passed = [], 0
    for value in sorted(values):
        before, passed = passed, passed + values[value]
        found += [value for place in (low, high) if before < place <= passed]
    return Fraction(found[0] + found[-1], 2)


def median_minutes(paces: Mapping[int, int]) -> Decimal | None:
    """The median time to answer in minutes; None where too few answered to tell."""
    if sum(paces.values()) < SMALLEST:
        return None
    middle = _median(paces)
    if middle is None:
        return None
    seconds = middle * PACE_SECONDS + PACE_SECONDS // 2
    return (Decimal(seconds.numerator) / seconds.denominator / 60).quantize(Decimal("0.1"), ROUND_HALF_UP)


def top_of(lines: Sequence[Line]) -> Line | None:
    """The answer most people gave, where one is."""
    found = [line for line in lines if line.choice is not None]
    counts = sorted((line.value for line in found if line.value), reverse=True)
    if not counts or counts[:2] == counts[:1] * 2:
        return None
    return next(line for line in found if line.value == counts[0])
