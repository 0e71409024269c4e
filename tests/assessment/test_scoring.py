"""Scores: exact, capped, gated; the arithmetic is what is shown."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.assessment.rubric import DEFAULT, rubric
from app.assessment.scoring import IncompleteScores, decide, decimal_text, work_out

RUBRIC = rubric(*DEFAULT)
CODES = [item.code for item in RUBRIC.items]
ALL = frozenset(CODES)


def sheet(score: int, **other: int):
    scores = dict.fromkeys(CODES, score) | {code.replace("_", "-"): value for code, value in other.items()}
    return work_out(RUBRIC, scores, ALL)


def test_full_marks_are_a_hundred() -> None:
    outcome = decide(RUBRIC, [sheet(5)])
    assert outcome.total == 100
    assert outcome.band is not None
    assert outcome.band.code == "excellent"


@pytest.mark.parametrize(("score", "band"), [(3, "commended"), (4, "excellent"), (2, None)])
def test_bands_by_points(score: int, band: str | None) -> None:
    outcome = decide(RUBRIC, [sheet(score)])
    assert (outcome.band.code if outcome.band else None) == band


def test_the_gate_shuts_the_highest_band() -> None:
    """86 points, but a core criterion below 3.0: good, and the reason is named."""
    outcome = decide(RUBRIC, [sheet(5, ISSUE_1=2, ISSUE_2=2)])
    assert outcome.total == 91
    assert outcome.band is not None
    assert outcome.band.code == "good"
    assert outcome.checks[0].shut_by == ("ISSUE",)


def test_a_gate_looks_only_at_the_programmes_own_criteria() -> None:
    outcome = decide(RUBRIC, [sheet(5, RES_1=0, RES_2=0)])
    assert outcome.total == 90
    assert outcome.band is not None
    assert outcome.band.code == "excellent"


def test_text_without_evidence_is_capped() -> None:
    worked = work_out(RUBRIC, dict.fromkeys(CODES, 5), ALL - {"LEAD-1"})
    line = worked.criteria[0].lines[0]
    assert (line.given, line.counted, line.capped) == (5, 1, True)
    assert worked.total == 100 - Fraction(7 * 4, 5)


def test_the_total_is_the_mean_of_the_evaluators() -> None:
    outcome = decide(RUBRIC, [sheet(4), sheet(5), sheet(5)])
    assert outcome.total == Fraction(280, 3)
    assert decimal_text(outcome.total) == "93.33"


def test_every_item_must_be_scored_once() -> None:
    scores = dict.fromkeys(CODES, 3)
    for wrong in (
        {**scores, "X-1": 3},
        {k: v for k, v in scores.items() if k != "LEAD-1"},
        scores | {"LEAD-1": 6},
    ):
        with pytest.raises(IncompleteScores):
            work_out(RUBRIC, wrong, ALL)
    with pytest.raises(IncompleteScores):
        decide(RUBRIC, [])


@given(
    st.lists(st.lists(st.integers(0, 5), min_size=len(CODES), max_size=len(CODES)), min_size=1, max_size=4)
)
def test_totals_are_sums_of_what_is_shown(rows: list[list[int]]) -> None:
    sheets = [work_out(RUBRIC, dict(zip(CODES, row, strict=True)), ALL) for row in rows]
    for row, worked in zip(rows, sheets, strict=True):
        assert worked.total == sum(Fraction(i.weight * s, 5) for i, s in zip(RUBRIC.items, row, strict=True))
        assert 0 <= worked.total <= 100
    outcome = decide(RUBRIC, sheets)
    assert outcome.total * len(rows) == sum(s.total for s in sheets)
    reached = [check.band.minimum for check in outcome.checks if check.reached]
    assert (outcome.band.minimum if outcome.band else None) == (max(reached) if reached else None)


@pytest.mark.parametrize(
    ("value", "text"), [(Fraction(1, 3), "0.33"), (Fraction(1, 8), "0.13"), (Fraction(7), "7.00")]
)
def test_decimals_round_half_up(value: Fraction, text: str) -> None:
    assert decimal_text(value) == text
