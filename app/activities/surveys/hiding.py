"""Small numbers are not shown: who among a few people said what could be guessed from them.

The rule (architecture.md, "Numbers hidden"): fewer than 5 people are not counted in public, and what fewer
than 20 think is not broken down. Hiding a
small number alone is not enough, because the others and the total give it away; so numbers next in size
are hidden with it, until what is hidden can no longer be worked out.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

SMALLEST = 5
"""The least number of people that is shown."""

FEWEST_FOR_BREAKDOWN = 20
"""The least number of people whose opinions are shown by answer (the same rule)."""


def shown_total(people: int) -> int | None:
    """A number of people, or None where it is too small to show."""
    return people if people >= SMALLEST else None


def mask(counts: Sequence[int]) -> list[int | None]:
    """The counts of one question's answers as they may be shown, None for a hidden one.

    Together the counts must tell everything the reader could add up: with a question that may be left
    out, those who did so are one of them. Where any count is from 1 to 4, every count under 5 is hidden
    (so that a hidden one may also be nothing), then the smallest of the rest, equal ones together, until
    at least two are hidden which make 5 or more, and not all of them are 4 (the reader, knowing this
    rule, would see that from their sum). `tests/surveys/test_hiding.py` tries to outwit it.
    """
    if not any(0 < count < SMALLEST for count in counts):
        return list(counts)
    hidden = {place for place, count in enumerate(counts) if count < SMALLEST}
    for size in sorted({count for count in counts if count >= SMALLEST}):
        if _safe([counts[place] for place in hidden]):
            break
        hidden |= {place for place, count in enumerate(counts) if count == size}
    return [None if place in hidden else count for place, count in enumerate(counts)]


def _safe(hidden: Sequence[int]) -> bool:
    return len(hidden) > 1 and sum(hidden) >= SMALLEST and any(count != SMALLEST - 1 for count in hidden)


def mean_tells(counts: Sequence[int], left_out: int) -> bool:
    """Whether the mean of a scale, shown beside the masked counts of its steps, would give a hidden one away.

    The mean adds a second sum to that of the hidden counts, so two of them are told by it. Of three the steps leave one
    open: one more at each end and two less between change neither sum. `tests/surveys/test_hiding.py` tries it out.
    """
    shown = mask([*counts, left_out] if left_out else counts)
    hidden = [step for step in range(len(counts)) if shown[step] is None]
    return not all(_may_be_large(counts, hidden, step) for step in hidden if counts[step] < SMALLEST)


def _may_be_large(counts: Sequence[int], hidden: Sequence[int], step: int) -> bool:
    """Whether the count of a step may be 5 or more, with two other hidden ones changing so that both sums stay."""
    others = [other for other in hidden if other != step]
    for one, two in combinations(others, 2):
        times = -(-(SMALLEST - counts[step]) // (two - one))
        if counts[one] >= times * (two - step) and counts[two] >= times * (step - one):
            return True
    return False
