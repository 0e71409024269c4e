"""Small numbers are not shown: who of a sector of few was asked, or stayed away, could be guessed from them.

The rule (architecture.md, "Numbers hidden"): fewer than 5 people are not counted in public. Hiding one number is not
enough where the others and the total give it away; so the next in size are hidden with it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

SMALLEST = 5
"""The least number of people that is shown."""

FEWEST_TO_BREAK_DOWN = 20
"""The fewest people whose parts are shown."""

K = TypeVar("K")


def shown(counts: Mapping[K, int]) -> dict[K, int | None]:
    """The numbers as they may be shown beside their sum, None for a hidden one; that there was nobody may be said.

    Where one is from 1 to 4, it is hidden, and then the smallest of the rest, equal ones together, until what is hidden
    is at least two numbers which make 5 or more, and not all 4 or all 1: who knows this rule, and sees a 5 shown, knows
    that all hidden ones are smaller. Where nothing is left to show, it is not said either who was nobody.
    `tests/issues/test_hiding.py` tries to outwit it.
    """
    hidden = {key for key, number in counts.items() if 0 < number < SMALLEST}
    if hidden:
        for size in sorted({number for number in counts.values() if number >= SMALLEST}):
            if _safe([counts[key] for key in hidden]):
                break
            hidden |= {key for key, number in counts.items() if number == size}
        if all(key in hidden for key, number in counts.items() if number):
            hidden = set(counts)
    return {key: None if key in hidden else number for key, number in counts.items()}


def _safe(hidden: Sequence[int]) -> bool:
    return len(hidden) > 1 and sum(hidden) >= SMALLEST and set(hidden) not in ({1}, {SMALLEST - 1})


def shown_total(number: int) -> int | None:
    """One number by itself, or None where it is too small to show."""
    return number if number == 0 or number >= SMALLEST else None
