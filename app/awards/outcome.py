"""A released outcome as plain data, and back: what was frozen is what is shown, whatever lies beside it today.

Fractions are written as text, so that anyone can work everything out again.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from app.assessment.rubric import Criterion, Rubric
from app.assessment.scoring import BandCheck, CriterionPoints, ItemPoints, Outcome, Sheet

Plain = Mapping[str, Any]


def told_outcome(outcome: Outcome) -> dict[str, Any]:
    """The whole arithmetic: every evaluator's lines, sums and averages, and each band's check."""
    return {
        "total": str(outcome.total),
        "averages": {code: str(value) for code, value in outcome.averages.items()},
        "band": outcome.band.code if outcome.band else None,
        "bands": [
            {"code": check.band.code, "enough_points": check.enough_points, "shut_by": list(check.shut_by)}
            for check in outcome.checks
        ],
        "sheets": [
            {"total": str(sheet.total), "criteria": {c.criterion.code: _told(c) for c in sheet.criteria}}
            for sheet in outcome.sheets
        ],
    }


def read_outcome(rubric: Rubric, told: Plain) -> Outcome:
    """The outcome as it was frozen; the rubric gives only names and weights."""
    bands = {band.code: band for band in rubric.bands}
    return Outcome(
        sheets=tuple(
            Sheet(
                tuple(_read(criterion, sheet["criteria"][criterion.code]) for criterion in rubric.criteria),
                Fraction(sheet["total"]),
            )
            for sheet in told["sheets"]
        ),
        total=Fraction(told["total"]),
        averages={code: Fraction(value) for code, value in told["averages"].items()},
        checks=tuple(
            BandCheck(bands[check["code"]], check["enough_points"], tuple(check["shut_by"]))
            for check in told["bands"]
        ),
    )


def _told(points: CriterionPoints) -> dict[str, Any]:
    return {
        "points": str(points.points),
        "average": str(points.average),
        "items": {
            line.item.code: {"given": line.given, "counted": line.counted, "points": str(line.points)}
            for line in points.lines
        },
    }


def _read(criterion: Criterion, told: Plain) -> CriterionPoints:
    lines = tuple(
        ItemPoints(item, line["given"], line["counted"], Fraction(line["points"]))
        for item in criterion.items
        for line in [told["items"][item.code]]
    )
    return CriterionPoints(criterion, lines, Fraction(told["points"]), Fraction(told["average"]))
