"""Breaking answers down by groups, tried against a reader who knows all totals and all that is shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.activities.surveys import comparing
from app.activities.surveys.crosstab import FEWEST_IN_GROUP, REST, crosstab, protected
from app.activities.surveys.hiding import SMALLEST
from app.activities.surveys.models import Tally
from app.activities.surveys.questionnaire import OptionView, Questionnaire, QuestionView
from app.activities.surveys.translation import Translated

Table = tuple[tuple[int, ...], ...]


def tables(rows: tuple[int, ...], columns: tuple[int, ...]) -> Iterator[Table]:
    """Every table with these totals."""
    if len(rows) == 1:
        yield (columns,)
        return
    for first in lines(rows[0], columns):
        rest = tuple(c - f for c, f in zip(columns, first, strict=True))
        for others in tables(rows[1:], rest):
            yield (first, *others)


def lines(total: int, most: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    if len(most) == 1:
        if total <= most[0]:
            yield (total,)
        return
    for n in range(min(total, most[0]) + 1):
        for rest in lines(total - n, most[1:]):
            yield (n, *rest)


def seen(table: Table) -> tuple[tuple[int | None, ...], ...] | None:
    hidden = protected([list(row) for row in table])
    if hidden is None:
        return None
    return tuple(
        tuple(None if (r, c) in hidden else n for c, n in enumerate(row)) for r, row in enumerate(table)
    )


def possible(shown: tuple[tuple[int | None, ...], ...], every: list[Table]) -> list[Table]:
    """The tables a reader must think possible: those with the same totals and the same shown cells."""
    return [
        table
        for table in every
        if all(
            seen_cell is None or seen_cell == n
            for row, seen_row in zip(table, shown, strict=True)
            for n, seen_cell in zip(row, seen_row, strict=True)
        )
    ]


SHAPES = [
    ((20, 20), (30, 10)),
    ((20, 25), (33, 12)),
    ((20, 20), (20, 15, 5)),
    ((20, 20), (26, 7, 7)),
    ((20, 20, 20), (45, 15)),
    ((20, 22, 21), (50, 13)),
]


@pytest.mark.parametrize(("rows", "columns"), SHAPES)
def test_no_hidden_cell_can_be_worked_out(rows: tuple[int, ...], columns: tuple[int, ...]) -> None:
    """By brute force: for every table with these totals, each hidden cell may be another number, and 5 or
    more, as far as totals and shown cells tell.
    """
    every = list(tables(rows, columns))
    candidates: dict[tuple[tuple[int | None, ...], ...], list[Table]] = {}
    for table in every:
        shown = seen(table)
        if shown is None:
            continue
        if shown not in candidates:
            candidates[shown] = possible(shown, every)
        for r, row in enumerate(shown):
            for c, cell in enumerate(row):
                if cell is None:
                    values = {one[r][c] for one in candidates[shown]}
                    assert len(values) > 1, (table, shown)
                    assert max(values) >= SMALLEST, (table, shown)
                else:
                    assert not 0 < cell < SMALLEST, (table, shown)


@pytest.mark.parametrize(("rows", "columns"), SHAPES)
def test_who_knows_the_rule_learns_no_small_number(rows: tuple[int, ...], columns: tuple[int, ...]) -> None:
    """Stronger: the reader also knows how we hide, so only tables shown alike are possible."""
    alike: dict[object, list[Table]] = defaultdict(list)
    for table in tables(rows, columns):
        alike[seen(table)].append(table)
    for shown, found in alike.items():
        if shown is None:
            continue
        for r, row in enumerate(shown):  # type: ignore[arg-type, var-annotated]
            for c, cell in enumerate(row):
                if cell is None:
                    values = {one[r][c] for one in found}
                    assert len(values) > 1 or not 0 < min(values) < SMALLEST, (shown, found)


TABLES = st.lists(
    st.lists(st.one_of(st.integers(0, 8), st.integers(0, 200)), min_size=4, max_size=4),
    min_size=2,
    max_size=6,
)


@settings(max_examples=200, deadline=None)
@given(TABLES)
def test_a_cell_is_shown_as_it_is_or_not_at_all_and_none_is_small(table: list[list[int]]) -> None:
    hidden = protected(table)
    if hidden is None:
        return
    for r, row in enumerate(table):
        for c, n in enumerate(row):
            assert (r, c) in hidden or not 0 < n < SMALLEST
        assert sum((r, c) in hidden for c in range(4)) != 1
    for c in range(4):
        assert sum((r, c) in hidden for r in range(len(table))) != 1
    if not any(0 < n < SMALLEST for row in table for n in row):
        assert not hidden


def test_small_groups_stand_together() -> None:
    groups = [("ก", 1), ("ข", 2), ("ค", 3), ("ง", 4)]
    answers = [("yes", 1), ("no", 2)]
    counts = {(1, 1): 40, (1, 2): 30, (2, 1): 8, (2, 2): 7, (3, 1): 5, (3, 2): 6}
    table = crosstab(groups, answers, counts)
    assert table is not None
    assert table.rows == (("ก", (40, 30), 70), (REST, (13, 13), 26))
    assert all(total >= FEWEST_IN_GROUP for _label, _cells, total in table.rows)


def test_one_group_is_no_comparison() -> None:
    assert (
        crosstab([("ก", 1), ("ข", 2)], [("yes", 1), ("no", 2)], {(1, 1): 40, (1, 2): 30, (2, 1): 3}) is None
    )


def test_more_groups_than_can_be_read_stand_together() -> None:
    groups = [(str(n), n) for n in range(40)]
    counts = {(n, a): 30 + n for n in range(40) for a in (1, 2)}
    table = crosstab(groups, [("yes", 1), ("no", 2)], counts)
    assert table is not None
    assert len(table.rows) == 25
    assert sum(total for _label, _cells, total in table.rows) == sum(counts.values())


# ---------------------------------------------------------------- both ways round

WORDS = Translated("คำ", None, None)


def a_question(ident: int, choices: int, *, kind: str = "single", about: str | None = None) -> QuestionView:
    options = tuple(OptionView(ident * 10 + n, WORDS) for n in range(choices)) if kind == "single" else ()
    return QuestionView(
        id=ident, number=ident, kind=kind, text=WORDS, required=False, options=options, about=about
    )


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(st.integers(0, 30), min_size=4, max_size=4), min_size=4, max_size=4))
def test_a_pair_hides_the_same_cells_whichever_way_it_is_asked_for(cells: list[list[int]]) -> None:
    """All that is published of a pair is one table: what it hides, margins known, the tests above try to work out.

    The last row and column are those who left a question out.
    """
    pair = (a_question(1, 3), a_question(2, 3))
    both = {(10 + r, 20 + c): cells[r][c] for r in range(3) for c in range(3) if cells[r][c]}
    tallies = {(1, 0, 10 + r): sum(cells[r]) for r in range(3)}
    tallies |= {(2, 0, 20 + c): sum(row[c] for row in cells) for c in range(3)}
    for question in pair:
        answered = sum(n for (ident, _part, _choice), n in tallies.items() if ident == question.id)
        tallies[question.id, Tally.WHOLE, Tally.ANYTHING] = answered
    survey = Questionnaire(1, responses=sum(map(sum, cells)), questions=pair)

    def counted(
        _survey: Questionnaire, _question: QuestionView, by: QuestionView
    ) -> dict[None, dict[tuple[int, int], int]]:
        return {None: both if by.id == 1 else {(b, a): n for (a, b), n in both.items()}}

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(comparing, "together", counted)
        found = [comparing.compare(survey, tallies, one, other) for one, other in (pair, pair[::-1])]
    assert found[0] == found[1]
    if found[0] is not None and found[0].tables[0][1] is not None:
        assert all(total >= FEWEST_IN_GROUP for _label, _cells, total in found[0].tables[0][1].rows)


def test_groups_are_those_of_who_answers_then_of_choices_then_of_what_comes_first() -> None:
    sector, choice, scale = a_question(3, 2, about="sector"), a_question(2, 2), a_question(1, 0, kind="scale")
    for one, other in ((sector, choice), (sector, scale), (choice, scale), (a_question(1, 2), choice)):
        assert comparing.one_way_round(one, other) == (other, one)
        assert comparing.one_way_round(other, one) == (other, one)
    place = a_question(4, 0, kind="place")
    assert comparing.one_way_round(choice, place) == (choice, place)
