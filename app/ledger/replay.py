"""Replaying: after an older copy of the database was restored, its ledger is led on from the published files.

The copy lacks the newest entries, which everybody may have seen. They are taken from the bundles, under the
checkpoint that was signed, so that the log goes on where it stood and never tells two stories. What the acts
themselves had written in the rooms is not brought back: that is what the copy lost, and the entries say which
acts these were.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, insert, select, update

from app.core.clock import now
from app.core.db import db, transaction
from app.ledger.checkpoint import Checkpoint
from app.ledger.guard import SEQUENCER
from app.ledger.logfiles import LogFiles, OtherHistory
from app.ledger.merkle import Frontier, leaf_hash
from app.ledger.models import CheckpointRow, Entry, Head
from app.ledger.record import COLUMNS
from app.ledger.sequence import Sequencer, held_head
from app.ledger.tiles import WIDTH


@dataclass(frozen=True)
class Replayed:
    """What was done in one log: entries put back, and those that had waited in the copy and got their place."""

    log: str
    put_back: int
    placed: int


def replay(sequencer: Sequencer) -> list[Replayed]:
    """Lead every log on to what is published, each in one transaction; return those that had to be.

    Raises `OtherHistory` where the files do not continue what the database holds.
    """
    return [done for log in sequencer.published_logs() if (done := _replay(sequencer, log)) is not None]


def _replay(sequencer: Sequencer, log: str) -> Replayed | None:
    files = sequencer.files(log)
    with files.held(), transaction():
        stands = sequencer.stands(log)
        head = held_head(log)
        if stands is None or stands.size <= head.size:
            return None
        frontier = Frontier.from_bytes(head.frontier)
        put_back = placed = 0
        for idx, entry in _missing(files, head.size, stands.size):
            frontier.push(leaf_hash(entry))
            if _place(idx, entry):
                placed += 1
            else:
                put_back += 1
        _go_on(head, frontier, stands, files)
        return Replayed(log, put_back, placed)


def _missing(files: LogFiles, size: int, published: int) -> Iterator[tuple[int, bytes]]:
    for number in range(size // WIDTH, -(-published // WIDTH)):
        for idx, entry in enumerate(files.entries(number, published), number * WIDTH):
            if idx >= size:
                yield idx, entry


def _place(idx: int, entry: bytes) -> bool:
    """Give an entry its place: True where the copy held it waiting, False where it had to be written."""
    body: dict[str, Any] = json.loads(entry)
    waiting = db.session.connection().execute(
        update(Entry.__table__)
        .where(
            Entry.__table__.c.id == body["id"],
            Entry.__table__.c.idx.is_(None),
            Entry.__table__.c.leaf == leaf_hash(entry),
        )
        .values(idx=idx),
        execution_options={SEQUENCER: True},
    )
    if waiting.rowcount:
        return True
    if db.session.get(Entry, body["id"]) is not None:
        raise OtherHistory(f"entry {body['id']} was published with another content than the database holds")
    values = {name: body[name] for name in COLUMNS}
    db.session.execute(insert(Entry).values(**values, idx=idx, body=entry.decode(), leaf=leaf_hash(entry)))
    return False


def _go_on(head: Head, frontier: Frontier, stands: Checkpoint, files: LogFiles) -> None:
    if frontier.root() != stands.root:
        raise OtherHistory(
            f"log {head.log}: the published entries do not continue those of the database; "
            "it was restored from the copy of another installation, or changed"
        )
    head.size, head.frontier, head.published = frontier.size, frontier.to_bytes(), frontier.size
    known = select(func.count()).where(CheckpointRow.log == head.log, CheckpointRow.size == stands.size)
    if not db.session.scalar(known):
        note = files.read_checkpoint().decode()
        db.session.add(CheckpointRow(log=head.log, size=stands.size, note=note, made_at=now()))
    db.session.flush()
