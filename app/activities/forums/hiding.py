"""Small numbers are not shown: who came from a sector of few could be guessed from them.

The rule (architecture.md, "Numbers hidden"): fewer than 5 people are not counted in public. Hiding one number is not
enough, because the others and the total give it away; so the next in size are hidden with it.
"""

from __future__ import annotations

from collections.abc import Mapping

SMALLEST = 5
"""The least number of people that is shown."""


def shown_total(people: int) -> int | None:
    """A number of people, or None where it is too small to show; that nobody came may be said."""
    return people if people == 0 or people >= SMALLEST else None


def shown_by(counts: Mapping[str, int]) -> dict[str, int | None]:
    """The numbers by sector as they may be shown, None for a hidden one.

    Where one is from 1 to 4, it is hidden, and then the smallest of the rest, equal ones together, until at least two
    are hidden which make 5 or more; of a total under 5 nothing is shown.
    """
    hidden = {code for code, number in counts.items() if 0 < number < SMALLEST}
    if hidden:
        for size in sorted({number for number in counts.values() if number >= SMALLEST}):
            if len(hidden) > 1 and sum(counts[code] for code in hidden) >= SMALLEST:
                break
            hidden |= {code for code, number in counts.items() if number == size}
    return {code: None if code in hidden else number for code, number in counts.items()}
