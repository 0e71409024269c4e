"""Erasing a person from the log: what opens their entries goes, the entries themselves stay.

Without its salt an entry's commitment can be tied to nobody and to no text, whoever holds both.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import CursorResult, delete, select

from app.core.db import db
from app.ledger.models import Entry, Opening


def forget(room: str, subjects: Sequence[str]) -> int:
    """Delete the salts of every entry of a room about these subjects; return how many there were.

    Sealed entries keep theirs: they hold no person, and must stay openable.
    """
    entries = select(Entry.id).where(Entry.subject.in_(subjects), Entry.fact.startswith(f"{room}."))
    result = db.session.execute(
        delete(Opening)
        .where(Opening.entry_id.in_(entries), Opening.sealed.is_(None))
        .execution_options(synchronize_session=False)
    )
    assert isinstance(result, CursorResult)
    return result.rowcount
