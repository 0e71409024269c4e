"""Hiding small numbers, tried against a reader who knows the rule and can add up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.activities.surveys.hiding import SMALLEST, mask, mean_tells, shown_total

COUNTS = st.lists(st.one_of(st.integers(0, 12), st.integers(0, 500)), min_size=1, max_size=12).filter(
    lambda counts: sum(counts) >= SMALLEST
)

Shown = tuple[int | None, ...]


@given(COUNTS)
def test_a_number_is_shown_as_it_is_or_not_at_all(counts: list[int]) -> None:
    for count, shown in zip(counts, mask(counts), strict=True):
        assert shown in (count, None)


@given(COUNTS)
def test_no_number_from_1_to_4_is_shown(counts: list[int]) -> None:
    assert not any(0 < shown < SMALLEST for shown in mask(counts) if shown is not None)


@given(COUNTS)
def test_subtracting_gives_no_small_number(counts: list[int]) -> None:
    """What the total leaves for the hidden answers together is not small, and not one answer's alone."""
    shown = mask(counts)
    if None in shown:
        hidden = sum(counts) - sum(count or 0 for count in shown)
        assert hidden >= SMALLEST
        assert shown.count(None) > 1 or len(counts) == 1


@given(COUNTS)
def test_nothing_is_hidden_without_need(counts: list[int]) -> None:
    if not any(0 < count < SMALLEST for count in counts):
        assert mask(counts) == counts


@given(COUNTS)
def test_the_larger_answers_are_hidden_last(counts: list[int]) -> None:
    pairs = list(zip(counts, mask(counts), strict=True))
    hidden = [count for count, shown in pairs if shown is None]
    assert not hidden or all(count > max(hidden) for count, shown in pairs if shown is not None)


@given(COUNTS, st.randoms())
def test_the_order_of_the_answers_does_not_matter(counts: list[int], random: object) -> None:
    places = list(range(len(counts)))
    random.shuffle(places)  # type: ignore[attr-defined]
    shown = mask(counts)
    assert mask([counts[place] for place in places]) == [shown[place] for place in places]


def outwitted(possible: Iterator[tuple[int, ...]]) -> list[tuple[Shown, int]]:
    """Where a reader who knows the rule, and everything that could have been counted, learns a small number.

    All counts that would have been shown alike are what the reader has to choose from; they learn a hidden
    number if all of them agree on it.
    """
    alike: dict[Shown, list[tuple[int, ...]]] = defaultdict(list)
    for counts in possible:
        alike[tuple(mask(counts))].append(counts)
    return [
        (shown, place)
        for shown, candidates in alike.items()
        for place, count in enumerate(shown)
        if count is None
        for values in [{candidate[place] for candidate in candidates}]
        if len(values) == 1 and 0 < min(values) < SMALLEST
    ]


def parts(total: int, answers: int) -> Iterator[tuple[int, ...]]:
    """Every way in which people who choose one answer each can have chosen."""
    if answers == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in parts(total - first, answers - 1):
            yield (first, *rest)


@pytest.mark.parametrize(("answers", "most"), [(2, 40), (3, 30), (4, 22), (5, 16)])
def test_one_answer_each_cannot_be_worked_out(answers: int, most: int) -> None:
    for total in range(SMALLEST, most + 1):
        assert not outwitted(parts(total, answers)), f"of {total} people"


@pytest.mark.parametrize(("answers", "most"), [(2, 20), (3, 14), (4, 9)])
def test_several_answers_each_cannot_be_worked_out(answers: int, most: int) -> None:
    """The reader knows that everyone picked at least one and at most so many."""
    for total in range(SMALLEST, most + 1):
        for picks in range(2, answers + 1):
            possible = (
                counts
                for counts in product(range(total + 1), repeat=answers)
                if total <= sum(counts) <= total * picks
            )
            assert not outwitted(possible), f"of {total} people with up to {picks} answers each"


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ([23, 15, 6, 3, 1], [23, 15, None, None, None]),
        ([20, 14, 8, 6], [20, 14, 8, 6]),
        ([20, 3, 3, 0], [20, None, None, None]),
        ([40, 8, 1], [40, None, None]),
        ([19, 1], [None, None]),
        ([12, 0], [12, 0]),
        ([10, 6, 6, 4], [10, None, None, None]),
        ([12, 5, 4, 4], [12, None, None, None]),
    ],
)
def test_examples(counts: list[int], shown: list[int | None]) -> None:
    assert mask(counts) == shown


def test_totals_under_five_are_not_told() -> None:
    assert [shown_total(n) for n in (0, 1, 4, 5, 1000)] == [None, None, None, 5, 1000]


# ---------------------------------------------------------------- means


def alike_with_mean(counts: tuple[int, ...], left_out: int) -> list[tuple[int, ...]]:
    """All counts of the steps that leave what is shown, and both sums, as they are."""
    shown = mask([*counts, left_out] if left_out else counts)
    hidden = [place for place in range(len(counts)) if shown[place] is None]
    together = sum(counts[place] for place in hidden)
    weighed = sum(place * counts[place] for place in hidden)
    return [
        found
        for found in product(range(together + 1), repeat=len(hidden))
        if sum(found) == together
        and sum(place * n for place, n in zip(hidden, found, strict=True)) == weighed
    ]


@given(st.lists(st.integers(0, 9), min_size=5, max_size=5).map(tuple), st.integers(0, 9))
def test_a_mean_that_is_shown_gives_no_small_number_away(counts: tuple[int, ...], left_out: int) -> None:
    if sum(counts) < SMALLEST or mean_tells(counts, left_out):
        return
    shown = mask([*counts, left_out] if left_out else counts)
    hidden = [place for place in range(len(counts)) if shown[place] is None]
    if sum(counts[place] for place in hidden) > 16:
        return  # Too many to try out.
    possible = alike_with_mean(counts, left_out)
    for at, place in enumerate(hidden):
        if counts[place] < SMALLEST:
            assert max(found[at] for found in possible) >= SMALLEST
            assert len({found[at] for found in possible}) > 1


def test_a_mean_is_hidden_only_where_it_tells() -> None:
    assert not mean_tells((10, 20, 30, 20, 10), 0), "nothing is hidden"
    assert mean_tells((3, 6, 30, 20, 10), 0), "two hidden numbers, two sums"
    assert mean_tells((1, 2, 10, 30, 40), 0), (
        "with the two sums, step 2 can be 5 or more only where another is below 0"
    )
    assert not mean_tells((3, 9, 4, 30, 3), 0), "steps 1, 3 and 5 may take from each other"
