"""Comparing what rooms have frozen with what their entries say of it: the part of `verify` beyond the logs.

A room offers `check()` in its `checks.py`; `app/rooms.py` collects them. Text is read as bytes throughout: a
changed byte may be no text at all, and must still be named.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, LargeBinary, cast, func, select

from app.core.db import db
from app.ledger.facts import Fact
from app.ledger.models import Entry

ENTRIES = Entry.__table__


@dataclass(frozen=True)
class Comparison:
    """What a room compared: how many frozen rows, and every fault, naming its row (`assessment/3: ...`)."""

    room: str
    compared: int
    faults: tuple[str, ...]


Check = Callable[[], Comparison]


@dataclass(frozen=True)
class FrozenRow:
    """A frozen row as it lies in the database: its subject, its canonical JSON and the digest beside it."""

    subject: str
    content: bytes | None
    digest: bytes | None


def compare_frozen(rows: Iterable[FrozenRow], said: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """Name every row whose content, digest column and entry do not agree, and every entry without a row.

    `said` maps a subject to the data of the entry that froze it, with its `digest`.
    """
    met = set()
    for row in rows:
        met.add(row.subject)
        found = hashlib.sha256(row.content or b"").hexdigest()
        entry = said.get(row.subject)
        if entry is None:
            yield f"{row.subject}: is frozen, but no readable entry says so"
        elif entry.get("digest") != found:
            yield f"{row.subject}: hashes to {found}, its entry says {entry.get('digest')}"
        if (row.digest or b"") != found.encode():
            yield f"{row.subject}: hashes to {found}, the digest beside it is {text_of(row.digest or b'')}"
    for subject in sorted(set(said) - met):
        yield f"{subject}: an entry says that it was frozen, but no frozen row is here"


def data_said(fact: Fact) -> dict[str, dict[str, Any]]:
    """Subject → data of the entry of a fact, read from its body; an unreadable body says nothing.

    Where several speak of one subject the first of the log counts: it was signed before the others. That an
    entry is the one that was written is for the logs' own verification to say.
    """
    bodies = (
        select(raw(ENTRIES.c.body))
        .where(raw(ENTRIES.c.fact) == fact.name.encode())
        .order_by(ENTRIES.c.idx.is_(None), ENTRIES.c.idx, ENTRIES.c.id)
    )
    said: dict[str, dict[str, Any]] = {}
    for entry in map(object_in, db.session.scalars(bodies)):
        if isinstance(entry.get("data"), dict):
            said.setdefault(str(entry.get("subject")), entry["data"])
    return said


def object_in(content: bytes | None) -> dict[str, Any]:
    """The JSON object in these bytes; an empty one where there is none."""
    try:
        value = json.loads(bytes(content or b""))
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def raw(column: ColumnElement[Any]) -> ColumnElement[bytes]:
    """A text column's bytes as they are stored."""
    if db.engine.dialect.name == "sqlite":
        return cast(column, LargeBinary)
    return func.convert_to(column, "UTF8", type_=LargeBinary)


def text_of(content: bytes) -> str:
    """Bytes as text, whatever they are."""
    return bytes(content).decode("utf-8", errors="replace")
