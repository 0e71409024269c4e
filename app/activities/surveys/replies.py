"""Somebody's answers as plain values: one shape for pages, drafts, paper sheets, tables and exports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

Cell = tuple[int, int]
"""A table's row and what was chosen in it: an option, or a step."""


@dataclass(frozen=True)
class Reply:
    """Somebody's answer to one question; empty where it was left out.

    `picks` are options (of a ranking in their order, the first is the best), or a step; `words` the text, or
    what "other" stands for; `cells` the rows of a table; `amount` a number in hundredths; `area` a code.
    """

    question_id: int
    picks: tuple[int, ...] = ()
    words: str = ""
    cells: tuple[Cell, ...] = ()
    amount: int | None = None
    day: date | None = None
    area: str = ""

    @property
    def given(self) -> bool:
        return bool(
            self.picks or self.words or self.cells or self.area or self.day or self.amount is not None
        )

    def as_data(self) -> dict[str, Any]:
        """The reply as JSON holds it, without what is empty."""
        data: dict[str, Any] = {
            "question": self.question_id,
            "picks": list(self.picks),
            "words": self.words,
            "cells": [list(cell) for cell in self.cells],
            "amount": self.amount,
            "day": self.day.isoformat() if self.day else None,
            "area": self.area,
        }
        return {key: value for key, value in data.items() if value not in (None, "", [])}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Reply:
        """What `as_data` wrote."""
        return cls(
            question_id=data["question"],
            picks=tuple(data.get("picks", ())),
            words=data.get("words", ""),
            cells=tuple((row, pick) for row, pick in data.get("cells", ())),
            amount=data.get("amount"),
            day=date.fromisoformat(data["day"]) if "day" in data else None,
            area=data.get("area", ""),
        )

    def committed(self) -> list[Any]:
        """The reply as an entry of the ledger commits to it."""
        more: list[Any] = [
            *(list(cell) for cell in self.cells),
            self.amount,
            self.day.isoformat() if self.day else None,
            self.area or None,
        ]
        return [*self.picks, self.words, *(value for value in more if value is not None)]


Replies = Mapping[int, Reply]
"""What somebody answered, by question; only replies that are given."""


def by_question(replies: Iterable[Reply]) -> dict[int, Reply]:
    """The replies that are given, by question. The later one stands."""
    return {reply.question_id: reply for reply in replies if reply.given}


def as_list(replies: Replies) -> list[dict[str, Any]]:
    """All replies as JSON holds them, in one order, so that equal answers give equal data."""
    return [replies[ident].as_data() for ident in sorted(replies)]


def from_list(data: Sequence[Mapping[str, Any]]) -> dict[int, Reply]:
    """What `as_list` wrote."""
    return by_question(map(Reply.from_data, data))
