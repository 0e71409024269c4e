"""How easily a text reads: advice to whoever writes it, never a reason to refuse.

There is no settled formula for Thai (domain.md §4). Thai marks clauses by blanks, so what stands between two
blanks of Thai letters is taken for a clause, and its words are counted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.core.text import cut, segment
from app.i18n import _l

LONG_CLAUSE = 25
"""Words of a clause from which a reader loses the thread."""

MANY_WORDS = 12
"""Words of a clause on average from which a text is heavy."""

_SHOWN = 3
_PAUSE = re.compile(r"(?<=[ก-๎]) (?=[ก-๎])|\n+|[.!?;] ")


@dataclass(frozen=True)
class Ease:
    """Words of a clause on average, and the beginnings of the longest ones with their words."""

    average: int
    longest: Sequence[tuple[str, int]]

    @property
    def advice(self) -> list[Any]:
        """Sentences for the writer; none where the text reads easily."""
        words = []
        if self.average > MANY_WORDS:
            words.append(
                _l(
                    "A clause has %(num)s words on average. Up to %(good)s read easily.",
                    num=self.average,
                    good=MANY_WORDS,
                )
            )
        return words + [
            _l("%(num)s words without a pause: “%(start)s”. Say it in two.", num=count, start=start)
            for start, count in self.longest
        ]


def ease_of(text: str) -> Ease:
    """How easily `text` reads."""
    counted = [(clause, len(segment(clause))) for clause in _PAUSE.split(text) if clause]
    counted = [(clause, count) for clause, count in counted if count]
    average = round(sum(count for _clause, count in counted) / len(counted)) if counted else 0
    long = sorted((row for row in counted if row[1] > LONG_CLAUSE), key=lambda row: -row[1])[:_SHOWN]
    return Ease(average, [(cut(clause, 40), count) for clause, count in long])
