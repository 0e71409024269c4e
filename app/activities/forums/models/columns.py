"""What the tables of this room share: lengths, lines in two languages, constraints."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Index, text

from app.i18n.bilingual import Bilingual

NAME, LINE, REASON, PASSAGE, MINUTES = 100, 300, 500, 1_000, 20_000
"""Characters as readers count them: of a name, a line, a reason, a passage, a session's minutes."""

MOST_SEATS = 5_000
ADDRESS = 500
"""Code points of a web address."""

LIVE = "state <> 'cancelled' AND person_id IS NOT NULL"

Line = dict[str, str | None]
"""A line in two languages, as JSON columns keep it: {"th": text, "en": text or None}."""


def in_two_languages(lines: Iterable[Line]) -> list[Bilingual]:
    """Stored lines as pages show them."""
    return [Bilingual(line["th"] or "", line["en"]) for line in lines]


def one_of(column: str, codes: Iterable[str]) -> str:
    """The condition that a column holds one of the codes."""
    return f"{column} IN ({', '.join(map(repr, codes))})"


def only_where(name: str, *columns: str, condition: str) -> Index:
    """The columns together stand once among the rows that meet the condition."""
    where = text(condition)
    return Index(name, *columns, unique=True, sqlite_where=where, postgresql_where=where)
