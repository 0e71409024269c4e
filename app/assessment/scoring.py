"""Scores: exact arithmetic, with every step kept so that it can be shown.

An item's points are weight × score ÷ 5; a criterion and the total are sums; an item without evidence is capped.
Several evaluators: the total is the mean of their totals, a criterion's average the mean of theirs. A band asks
for its minimum and passes its gate (no seed criterion averaging below the gate's value).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from app.assessment.rubric import Band, Criterion, Item, Rubric

TOP = 5


class IncompleteScores(ValueError):
    """An item has no score, or one outside 0-5, or one that the rubric does not know."""


@dataclass(frozen=True)
class ItemPoints:
    """One line of the arithmetic: the score given, the score that counts, the points it makes."""

    item: Item
    given: int
    counted: int
    points: Fraction

    @property
    def capped(self) -> bool:
        return self.counted < self.given


@dataclass(frozen=True)
class CriterionPoints:
    """A criterion's sum, and its average on the scale of 0-5 (weighted by its items)."""

    criterion: Criterion
    lines: tuple[ItemPoints, ...]
    points: Fraction
    average: Fraction


@dataclass(frozen=True)
class Sheet:
    """One person's scores worked out."""

    criteria: tuple[CriterionPoints, ...]
    total: Fraction


@dataclass(frozen=True)
class BandCheck:
    """Whether a band is reached, and the seed criteria that keep it shut."""

    band: Band
    enough_points: bool
    shut_by: tuple[str, ...]

    @property
    def reached(self) -> bool:
        return self.enough_points and not self.shut_by


@dataclass(frozen=True)
class Outcome:
    """The evaluators' result: sheets, mean, criterion averages, each band's check, the band reached or None."""

    sheets: tuple[Sheet, ...]
    total: Fraction
    averages: Mapping[str, Fraction]
    checks: tuple[BandCheck, ...]

    @property
    def band(self) -> Band | None:
        return next((check.band for check in self.checks if check.reached), None)


def work_out(rubric: Rubric, scores: Mapping[str, int], with_evidence: Collection[str]) -> Sheet:
    """Work out one person's scores (item code → 0-5); `with_evidence` names the items that have any.

    Raises `IncompleteScores` unless exactly the rubric's items are scored.
    """
    expected = {item.code for item in rubric.items}
    if set(scores) != expected:
        raise IncompleteScores(", ".join(sorted(expected ^ set(scores))))
    criteria = tuple(_criterion(rubric, criterion, scores, with_evidence) for criterion in rubric.criteria)
    return Sheet(criteria, sum((c.points for c in criteria), Fraction()))


def decide(rubric: Rubric, sheets: Sequence[Sheet]) -> Outcome:
    """The outcome of several evaluators' sheets; raises `IncompleteScores` when there are none."""
    if not sheets:
        raise IncompleteScores("no evaluator has scored")
    total = sum((sheet.total for sheet in sheets), Fraction()) / len(sheets)
    averages = {
        criterion.code: sum((sheet.criteria[n].average for sheet in sheets), Fraction()) / len(sheets)
        for n, criterion in enumerate(rubric.criteria)
    }
    checks = tuple(_check(rubric, band, total, averages) for band in rubric.bands)
    return Outcome(tuple(sheets), total, averages, checks)


def decimal_text(value: Fraction, places: int = 2) -> str:
    """A fraction as a decimal, rounded half up at the last place: for showing, never for comparing."""
    scaled = value * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    sign, digits = ("-" if whole < 0 else ""), str(abs(whole)).rjust(places + 1, "0")
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else f"{sign}{digits}"


def _criterion(
    rubric: Rubric, criterion: Criterion, scores: Mapping[str, int], with_evidence: Collection[str]
) -> CriterionPoints:
    lines = tuple(
        _line(rubric, item, scores[item.code], item.code in with_evidence) for item in criterion.items
    )
    points = sum((line.points for line in lines), Fraction())
    weight = sum(item.weight for item in criterion.items)
    return CriterionPoints(criterion, lines, points, points * TOP / weight)


def _line(rubric: Rubric, item: Item, given: int, has_evidence: bool) -> ItemPoints:
    if not 0 <= given <= TOP:
        raise IncompleteScores(f"{item.code}: {given}")
    counted = given if has_evidence else min(given, rubric.cap_without_evidence)
    return ItemPoints(item, given, counted, Fraction(item.weight * counted, TOP))


def _check(rubric: Rubric, band: Band, total: Fraction, averages: Mapping[str, Fraction]) -> BandCheck:
    shut_by = tuple(
        criterion.code
        for criterion in rubric.criteria
        if band.gate is not None and criterion.seed and averages[criterion.code] < band.gate
    )
    return BandCheck(band, total >= band.minimum, shut_by)
