"""Reading the ledger: what the timeline, the evidence and the open data show."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, or_, select

from app.core.db import db
from app.ledger.facts import Fact, all_facts, fact_named
from app.ledger.models import Entry


@dataclass(frozen=True)
class EntryView:
    """An entry as a reader needs it; `body` is the parsed JSON."""

    id: str
    log: str
    idx: int | None
    body: dict[str, Any]
    leaf: bytes

    @property
    def fact(self) -> Fact:
        return fact_named(self.body["fact"])

    @property
    def sentence(self) -> str:
        """What happened, in the reader's language."""
        return self.fact.told(self.body["data"])


def entries_after(log: str, idx: int, limit: int = 500) -> Sequence[EntryView]:
    """Numbered entries of a log from place `idx` on, in order: none is ever skipped."""
    return _views(select(Entry).where(Entry.log == log, Entry.idx >= idx).order_by(Entry.idx).limit(limit))


def entries_of_issue(
    issue_id: int, *, before: tuple[str, str] | None = None, limit: int = 50
) -> Sequence[EntryView]:
    """The public entries about an issue, newest first; `before` is the (`at`, id) of the last one seen.

    Facts that tell only the day (ballots, survey answers) are left out: listed one by one as they come in,
    they would tell the time after all, and how many have voted while the vote is open.
    """
    by_day = [fact.name for fact in all_facts() if fact.precision == "day"]
    query = select(Entry).where(Entry.issue == issue_id, Entry.fact.not_in(by_day))
    if before is not None:
        at, entry_id = before
        query = query.where(or_(Entry.at < at, and_(Entry.at == at, Entry.id < entry_id)))
    return _views(query.order_by(Entry.at.desc(), Entry.id.desc()).limit(limit))


def _views(query: Any) -> Sequence[EntryView]:
    columns = query.with_only_columns(Entry.id, Entry.log, Entry.idx, Entry.body, Entry.leaf)
    rows = db.session.execute(columns)
    return [EntryView(row.id, row.log, row.idx, json.loads(row.body), row.leaf) for row in rows]
