"""What the tables of this room share: lengths, lines in two languages, constraints."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ForeignKeyConstraint, Index, text

from app.i18n.bilingual import Bilingual

NAME, LINE, REASON, PASSAGE, MINUTES = 100, 300, 500, 1_000, 20_000
"""Characters as readers count them: of a name, a line, a reason, a passage, a meeting's minutes."""

MOST_SEATS = 500

WAITING = "state = 'waiting'"
LIVE = "left_at IS NULL"

Line = dict[str, str | None]
"""A line in two languages, as JSON columns keep it: {"th": text, "en": text or None}."""


def in_two_languages(lines: Iterable[Line]) -> list[Bilingual]:
    """Stored lines as pages show them."""
    return [Bilingual(line["th"] or "", line["en"]) for line in lines]


def one_of(column: str, codes: Iterable[str]) -> str:
    """The condition that a column holds one of the codes."""
    return f"{column} IN ({', '.join(map(repr, codes))})"


def in_panel(column: str, table: str, name: str) -> ForeignKeyConstraint:
    """`column` points to a row of the same panel."""
    target = [f"{table}.id", f"{table}.activity_id"]
    return ForeignKeyConstraint([column, "activity_id"], target, name=name)


def only_where(name: str, column: str, other: str, condition: str) -> Index:
    """`column` and `other` together stand once among the rows that meet the condition."""
    where = text(condition)
    return Index(name, column, other, unique=True, sqlite_where=where, postgresql_where=where)
