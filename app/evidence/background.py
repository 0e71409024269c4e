"""The collector: reads each agency's log in the order of its numbers and makes exhibits of it.

The cursor moves in the transaction that writes the exhibits, so every entry counts once, however often the
collector is stopped. Entries are read by number, so none is skipped.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from app.core.db import db, transaction
from app.core.sweep import sweep
from app.evidence.models import Cursor, Exhibit, ExhibitFile
from app.issues.kinds import kind_of
from app.issues.models import Activity
from app.ledger.models import Head
from app.ledger.read import EntryView, entries_after

BATCH = 500
NOTHING = bytes(32)


def run() -> int:
    """Collect from every agency's log; return how many entries were read. One bad log stops no other."""
    return sweep(_logs_with_news(), _collect)


def _logs_with_news() -> list[str]:
    rows = db.session.scalars(
        select(Head.log)
        .outerjoin(Cursor, Cursor.log == Head.log)
        .where(Head.log.startswith("agency/"), (Cursor.log.is_(None)) | (Cursor.next_idx < Head.size))
        .order_by(Head.log)
    )
    logs = list(rows)
    db.session.rollback()
    return logs


def _collect(log: str) -> int:
    total = 0
    while read := _batch(log):
        total += read
    return total


def _batch(log: str) -> int:
    with transaction():
        cursor = _held_cursor(log)
        entries = entries_after(log, cursor.next_idx, BATCH)
        folded: set[int] = set()
        for entry in entries:
            _take_in(entry, cursor, folded)
        _retell(folded)
        if entries:
            cursor.next_idx = (entries[-1].idx or 0) + 1
        db.session.flush()
        return len(entries)


def _held_cursor(log: str) -> Cursor:
    insert = sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
    db.session.execute(
        insert(Cursor)
        .values(log=log, next_idx=0, next_number=1)
        .on_conflict_do_nothing(index_elements=["log"])
    )
    held = select(Cursor).where(Cursor.log == log).with_for_update()
    return db.session.execute(held.execution_options(populate_existing=True)).scalar_one()


def _take_in(entry: EntryView, cursor: Cursor, folded: set[int]) -> None:
    activity_id = entry.body["activity"]
    if entry.fact.exhibit == "each":
        _add(entry, cursor, "each")
    elif entry.fact.exhibit == "folded" and activity_id is not None:
        folded.add(activity_id)
        exhibit = _folded_exhibit(activity_id)
        if exhibit is None:
            exhibit = _add(entry, cursor, "folded")
        else:
            exhibit.count += 1
            exhibit.at = max(exhibit.at, entry.body["at"])
            exhibit.demonstrates = sorted({*exhibit.demonstrates, *_demonstrates(entry)})
        exhibit.digest = _fold(exhibit.digest if exhibit.count > 1 else NOTHING.hex(), entry)
    db.session.flush()


def _folded_exhibit(activity_id: int) -> Exhibit | None:
    return db.session.scalar(
        select(Exhibit).where(Exhibit.activity_id == activity_id, Exhibit.form == "folded")
    )


def _add(entry: EntryView, cursor: Cursor, form: str) -> Exhibit:
    body = entry.body
    exhibit = Exhibit(
        agency_id=int(entry.log.removeprefix("agency/")),
        number=cursor.next_number,
        form=form,
        entry_id=entry.id,
        issue_id=body["issue"],
        activity_id=body["activity"],
        document_id=_document_id(body["subject"]),
        level=body["level"],
        stage=body["stage"],
        at=body["at"],
        demonstrates=sorted(_demonstrates(entry)),
        count=1,
        digest=entry.leaf.hex(),
    )
    cursor.next_number += 1
    db.session.add(exhibit)
    db.session.flush()
    files: Sequence[dict[str, object]] = body["files"]
    for digest in {str(file["sha256"]): file for file in files}.values():
        db.session.add(ExhibitFile(exhibit_id=exhibit.id, **digest))
    return exhibit


def _demonstrates(entry: EntryView) -> set[str]:
    """The declaration's kinds; a document added by hand carries its own."""
    kind = entry.body["data"].get("evidence_kind")
    return {*entry.fact.demonstrates, *([str(kind)] if kind else [])}


def _document_id(subject: str | None) -> int | None:
    thing, _, number = (subject or "").partition("/")
    return int(number) if thing == "document" else None


def _fold(before: str, entry: EntryView) -> str:
    return hashlib.sha256(bytes.fromhex(before) + entry.leaf).hexdigest()


def _retell(activity_ids: set[int]) -> None:
    """Ask each kind how its folded exhibit now reads."""
    if not activity_ids:
        return
    rows = db.session.execute(
        select(Exhibit, Activity.id, Activity.kind)
        .join(Activity, Activity.id == Exhibit.activity_id)
        .where(Exhibit.activity_id.in_(activity_ids), Exhibit.form == "folded")
    )
    for exhibit, activity_id, kind in rows.all():
        told = kind_of(kind).exhibits(activity_id)
        exhibit.text_th, exhibit.text_en = told.th, told.en
