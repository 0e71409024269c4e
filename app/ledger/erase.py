"""Erasing a person from the log: what opens their entries goes, the entries themselves stay.

Without its salt an entry's commitment can be tied to nobody and to no text, whoever holds both.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import CursorResult, Select, delete, select

from app.core.db import db
from app.ledger.facts import Fact
from app.ledger.models import Entry, Opening


def forget(room: str, subjects: Sequence[str], *, only: Sequence[Fact] = ()) -> int:
    """Delete the salts of a room's entries about these subjects; return how many there were.

    `only` names the facts that hold something of the person, where others about the same subject hold
    an official's words. Sealed entries keep theirs: they hold no person, and must stay openable.
    """
    entries = select(Entry.id).where(Entry.subject.in_(subjects), Entry.fact.startswith(f"{room}."))
    if only:
        entries = entries.where(Entry.fact.in_([fact.name for fact in only]))
    return _forget(entries)


def forget_entries(entry_ids: Sequence[str]) -> int:
    """The same for single entries: where the subject is no person's alone, a room keeps the ids itself."""
    return _forget(select(Entry.id).where(Entry.id.in_(entry_ids)))


def _forget(entries: Select[str]) -> int:
    result = db.session.execute(
        delete(Opening)
        .where(Opening.entry_id.in_(entries), Opening.sealed.is_(None))
        .execution_options(synchronize_session=False)
    )
    assert isinstance(result, CursorResult)
    return result.rowcount
