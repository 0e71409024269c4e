"""The indexer: reads each log in the order of its numbers and keeps the index of what people may find.

Reading and cutting words come before the transaction that writes and moves the cursor; if the cursor was
moved meanwhile, what was prepared is out of date and is thrown away.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite

from app.core.db import db, transaction
from app.core.ids import LARGEST_ID
from app.ledger.models import Head
from app.ledger.read import entries_after
from app.search.mentions import everything, mentions_in
from app.search.models import Cursor, Document, postgresql_words, sqlite_words
from app.search.service import Mention, prepare, write

BATCH = 500
"""Entries read, and things asked for, at a time."""


def run() -> int:
    """Read every log's news; return how many entries were read."""
    return sum(_read(log) for log in _logs_with_news())


def reindex(mentions: Sequence[Mention]) -> Iterator[int]:
    """Write the index of these things anew, yielding how many are done at each step.

    Each step is a transaction of its own: it can be stopped at any moment and begun again, and the
    indexer may be at work beside it.
    """
    for part in _parts(mentions):
        while not _rewrite(part):
            pass
        yield len(part)
    with transaction():
        _forget_strays()


def all_mentions() -> list[Mention]:
    """What there is for `reindex` to do."""
    mentions = everything()
    db.session.rollback()
    return mentions


def _logs_with_news() -> list[str]:
    rows = db.session.scalars(
        select(Head.log)
        .outerjoin(Cursor, Cursor.log == Head.log)
        .where((Cursor.log.is_(None) & (Head.size > 0)) | (Cursor.next_idx < Head.size))
        .order_by(Head.log)
    )
    logs = list(rows)
    db.session.rollback()
    return logs


def _read(log: str) -> int:
    total = 0
    while read := _batch(log):
        total += read
    return total


def _batch(log: str) -> int:
    begun = _standing().get(log, 0)
    entries = entries_after(log, begun, BATCH)
    if not entries:
        db.session.rollback()
        return 0
    prepared = [prepare(part) for part in _parts(mentions_in(entries))]
    db.session.rollback()
    with transaction():
        cursor = _held_cursor(log)
        if cursor.next_idx != begun:
            return 0
        for part in prepared:
            write(part)
        cursor.next_idx = (entries[-1].idx or 0) + 1
        db.session.flush()
    return len(entries)


def _parts(mentions: Sequence[Mention]) -> Iterator[Sequence[Mention]]:
    return (mentions[start : start + BATCH] for start in range(0, len(mentions), BATCH))


def _rewrite(mentions: Sequence[Mention]) -> bool:
    """Write these anew; False, with nothing written, if the indexer has moved on meanwhile."""
    before = _standing()
    prepared = prepare(mentions)
    db.session.rollback()
    with transaction():
        if _standing(held=True) != before:
            return False
        write(prepared, anew=True)
    return True


def _standing(*, held: bool = False) -> Mapping[str, int]:
    """Where the index stands in each log; `held` until the end of the transaction."""
    query = select(Cursor.log, Cursor.next_idx).order_by(Cursor.log)
    rows = db.session.execute(query.with_for_update() if held else query)
    return {row.log: row.next_idx for row in rows}


def _held_cursor(log: str) -> Cursor:
    insert = sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
    db.session.execute(
        insert(Cursor).values(log=log, next_idx=0).on_conflict_do_nothing(index_elements=["log"])
    )
    held = select(Cursor).where(Cursor.log == log).with_for_update()
    return db.session.execute(held.execution_options(populate_existing=True)).scalar_one()


def _forget_strays() -> None:
    """Words that belong to nothing any more: a database put together from parts may hold some."""
    is_sqlite = db.engine.dialect.name == "sqlite"
    place = sqlite_words.c.rowid if is_sqlite else postgresql_words.c.place
    known = select(Document.id)
    stray = (place % (LARGEST_ID + 1)).not_in(known)
    db.session.execute(delete(sqlite_words if is_sqlite else postgresql_words).where(stray))
