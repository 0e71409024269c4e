"""Conditions several tables set on their columns."""

from __future__ import annotations

from collections.abc import Iterable


def one_of(column: str, codes: Iterable[str]) -> str:
    """The condition that a column holds one of these codes (or nothing)."""
    return f"{column} IN ({', '.join(map(repr, codes))})"
