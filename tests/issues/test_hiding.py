"""Numbers by sector, tried against a reader who knows the rule, their sum and what is shown."""

from __future__ import annotations

from collections import defaultdict
from itertools import product

import pytest

from app.issues.hiding import SMALLEST, shown


@pytest.mark.parametrize(("sectors", "most"), [(2, 13), (3, 12), (4, 10), (5, 7), (6, 5)])
def test_no_small_number_can_be_worked_out(sectors: int, most: int) -> None:
    """Whatever is shown, and their sum: each hidden small number may be another one."""
    alike: dict[object, list[tuple[int, ...]]] = defaultdict(list)
    for counts in product(range(most + 1), repeat=sectors):
        if sum(counts) >= SMALLEST:
            alike[tuple(shown(dict(enumerate(counts))).values()), sum(counts)].append(counts)
    for (seen, total), possible in alike.items():  # type: ignore[misc]
        for place, number in enumerate(seen):
            assert number is None or not 0 < number < SMALLEST
            values = {counts[place] for counts in possible}
            assert number is not None or len(values) > 1 or not 0 < min(values) < SMALLEST, (seen, total)


def test_two_small_sectors_of_four() -> None:
    """4 and 4 beside a 5 that is shown make 8, which nothing but 4 and 4 can make below 5."""
    assert shown({"a": 4, "b": 4, "c": 5, "d": 30}) == {"a": None, "b": None, "c": None, "d": 30}
    assert shown({"a": 2, "b": 4, "c": 5, "d": 30}) == {"a": None, "b": None, "c": 5, "d": 30}
    assert shown({"a": 0, "b": 1, "c": 12, "d": 30}) == {"a": 0, "b": None, "c": None, "d": 30}
