"""`ruamkhit verify`: reads every log from the database and has it recomputed from nothing.

Then each room compares what it has frozen with what its entries say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select, union

from app.config import Settings
from app.core.db import db
from app.ledger.compare import Check, Comparison, raw, text_of
from app.ledger.keys import KeyStoreError
from app.ledger.models import CheckpointRow, Entry, Head
from app.ledger.sequence import Sequencer
from app.ledger.verify import Fault, LogReport, StoredEntry, verify_log

ENTRIES, CHECKPOINTS, HEADS = Entry.__table__, CheckpointRow.__table__, Head.__table__
TEXTS = ("id", "log", "fact", "at", "actor", "subject", "stage", "body")
NUMBERS = ("issue", "activity", "level")


@dataclass(frozen=True)
class Report:
    """What verification found in all logs, and in what rooms have frozen."""

    logs: list[LogReport]
    rooms: list[Comparison]

    @property
    def sound(self) -> bool:
        return not any(log.faults for log in self.logs) and not any(room.faults for room in self.rooms)

    def lines(self) -> Iterator[str]:
        """One line a log, then its faults, the first bad entry first; the same for each room."""
        for log in self.logs:
            yield f"{'ok  ' if not log.faults else 'FAIL'} {log.log}: {log.numbered} numbered, {log.waiting} waiting"
            for fault in log.faults:
                yield f"     {fault}"
        for room in self.rooms:
            yield f"{'ok  ' if not room.faults else 'FAIL'} {room.room}: {room.compared} compared with their entries"
            for told in room.faults:
                yield f"     {told}"
        yield "The deletion of an entry that still waits for its number cannot be seen yet."


def verify_everything(settings: Settings, checks: Sequence[Check] = ()) -> Report:
    """Verify every log the database knows, from entries, heads or checkpoints, then ask the rooms' `checks`.

    Reads text as bytes: a changed byte may be no text at all, and must still be named.
    """
    sequencer = Sequencer.for_settings(settings)
    names = union(*(select(raw(table.c.log)) for table in (ENTRIES, CHECKPOINTS, HEADS)))
    logs = sorted({text_of(name) for name in db.session.scalars(names)})
    return Report([_verify(sequencer, log) for log in logs], [check() for check in checks])


def _verify(sequencer: Sequencer, log: str) -> LogReport:
    checkpoints = db.session.execute(
        select(CHECKPOINTS.c.size, raw(CHECKPOINTS.c.note))
        .where(raw(CHECKPOINTS.c.log) == log.encode())
        .order_by(CHECKPOINTS.c.size)
    )
    notes = [(size, bytes(note)) for size, note in checkpoints]
    origin = sequencer.origin_in((note for _size, note in notes), log)
    try:
        vkey = sequencer.keys.vkey(log, origin)
    except KeyStoreError:
        vkey = None  # Nothing of this log was ever signed here; any checkpoint of it is a fault.
    report = verify_log(log, origin, vkey, _entries(log), notes)
    return replace(report, faults=(*report.faults, *_head_faults(report)))


def _entries(log: str) -> Iterator[StoredEntry]:
    texts = [raw(ENTRIES.c[name]).label(name) for name in TEXTS]
    query = (
        select(*texts, *(ENTRIES.c[name] for name in NUMBERS), ENTRIES.c.idx, ENTRIES.c.leaf)
        .where(raw(ENTRIES.c.log) == log.encode())
        .order_by(ENTRIES.c.idx.is_(None), ENTRIES.c.idx, ENTRIES.c.id)
        .execution_options(yield_per=2_000)
    )
    for row in db.session.execute(query):
        found = {name: getattr(row, name) for name in TEXTS if name != "body"}
        values = {name: None if raw is None else text_of(raw) for name, raw in found.items()}
        yield StoredEntry(
            id=values["id"] or "",
            idx=row.idx,
            body=bytes(row.body),
            leaf=bytes(row.leaf),
            columns={**values, **{name: getattr(row, name) for name in NUMBERS}},
        )


def _head_faults(report: LogReport) -> Iterator[Fault]:
    """The head must stand where the numbered entries end, or the next checkpoint would be wrong."""
    head = db.session.execute(select(HEADS).where(HEADS.c.log == report.log)).one_or_none()
    size = head.size if head is not None else 0
    if size != report.numbered:
        detail = f"the head says {size} entries, {report.numbered} are numbered"
        yield Fault("missing", report.log, None, size, detail)
