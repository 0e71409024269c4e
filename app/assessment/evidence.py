"""The rubric's rules of evidence as far as they can be checked: dated in the period, level and stakeholders named.

That evidence cannot be altered is the ledger's doing; the cap without evidence is `scoring.py`'s.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from app.assessment.rubric import EvidenceRule, Rubric
from app.core.errors import DomainError
from app.evidence.queries import ExhibitView
from app.i18n import _, _l
from app.i18n.dates import BUDDHIST_ERA, format_range

Period = tuple[date, date]

MOST_DAYS = 366
"""Days of the longest period: a self-assessment is of one year, whenever that begins."""


def whole_year(year: int) -> Period:
    """The days of a year of the Buddhist era."""
    return date(year - BUDDHIST_ERA, 1, 1), date(year - BUDDHIST_ERA, 12, 31)


def check_period(year: int, period: Period) -> None:
    """Raises `DomainError` unless the period ends in that year (Buddhist era) and is no longer than a year."""
    first, last = period
    if last < first:
        raise DomainError(_l("The last day lies before the first. Correct one of them."), "period_to")
    if last.year + BUDDHIST_ERA != year:
        raise DomainError(_l("The last day must lie in the year that is assessed."), "period_to")
    if (last - first).days >= MOST_DAYS:
        raise DomainError(_l("The period may be one year long at most."), "period_from")


def broken_rules(rubric: Rubric, period: Period, exhibit: ExhibitView) -> tuple[EvidenceRule, ...]:
    """The rubric's rules that an exhibit does not satisfy; it must not be linked then."""
    return tuple(
        rule
        for rule in rubric.evidence_rules
        if rule.code in CHECKS and not CHECKS[rule.code](exhibit, period)
    )


def refuse_broken(rubric: Rubric, period: Period, exhibits: Sequence[ExhibitView]) -> None:
    """Raises `DomainError` naming the exhibits that break a rule of evidence, and how."""
    for code, refusal in REFUSALS.items():
        broken = [
            exhibit
            for exhibit in exhibits
            if code in {rule.code for rule in broken_rules(rubric, period, exhibit)}
        ]
        if broken:
            names = ", ".join(_("E-%(number)s", number=exhibit.number) for exhibit in broken)
            said = refusal.fill(exhibits=names, period=format_range(*period))
            raise DomainError(said, "exhibits")


def _dated_inside(exhibit: ExhibitView, period: Period) -> bool:
    """An activity may begin before the period or go on after it, as long as some of it lies inside."""
    first, last = period
    return exhibit.begun <= last and exhibit.dated >= first


def _names_level_and_stakeholders(exhibit: ExhibitView, _period: Period) -> bool:
    return exhibit.level is not None and bool(exhibit.sectors)


CHECKS: dict[str, Callable[[ExhibitView, Period], bool]] = {
    "period": _dated_inside,
    "level_and_stakeholders": _names_level_and_stakeholders,
}
REFUSALS = {
    "period": _l("Dated outside the assessed period, %(period)s: %(exhibits)s. Untick them and save again."),
    "level_and_stakeholders": _l(
        "These name no level of participation or no stakeholders: %(exhibits)s. Untick them and save again."
    ),
}
