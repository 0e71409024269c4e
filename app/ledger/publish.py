"""The publisher: background work that writes what was numbered and signed into the logs' files.

Tiles first, then the checkpoint, then `published` in the database: cut off anywhere, it writes the same again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select, update

from app.config import Settings
from app.core.db import db, transaction
from app.core.files import write_whole
from app.core.sweep import sweep
from app.ledger.logfiles import Row
from app.ledger.models import CheckpointRow, Entry, Head
from app.ledger.sequence import Sequencer

LIST = "logs.json"


@dataclass(frozen=True)
class Publisher:
    """Publishes what its sequencer has numbered."""

    sequencer: Sequencer

    @classmethod
    def for_settings(cls, settings: Settings) -> Publisher:
        return cls(Sequencer.for_settings(settings))

    def run(self) -> int:
        """Publish every log that has grown; return how many entries became public."""
        behind = _behind()
        done = sweep(behind, self.run_log)
        if behind and (0 in behind.values() or not (self.sequencer.folder / LIST).exists()):
            self.write_list()
        return done

    def run_log(self, log: str) -> int:
        """Publish one log up to its newest checkpoint. Raises `OtherHistory` where the files say otherwise."""
        files = self.sequencer.files(log)
        with files.held():
            newest = _newest(log)
            if newest is None:
                return 0
            stood = self.sequencer.published(log, newest.size)
            files.write_tiles(stood, newest.size, lambda first, end: _rows(log, first, end))
            files.write_checkpoint(newest.note.encode())
            files.drop_partial_tiles(stood, newest.size)
            db.session.rollback()
        _note_published(log, newest.size)
        return newest.size - stood

    def write_list(self) -> None:
        """Write which logs there are and with which keys they sign: `logs.json` beside them.

        One whose files were lost is written anew, since the list promises it.
        """
        names = db.session.scalars(select(Head.log).where(Head.published > 0).order_by(Head.log)).all()
        db.session.rollback()
        sweep([log for log in names if not self.sequencer.files(log).begun], self.run_log)
        logs = [
            {
                "log": log,
                "path": f"{log}/",
                "origin": self.sequencer.origin(log),
                "vkey": self.sequencer.vkey(log),
            }
            for log in names
        ]
        db.session.rollback()
        write_whole(self.sequencer.folder / LIST, json.dumps({"logs": logs}, indent=1).encode())


@dataclass(frozen=True)
class _Newest:
    size: int
    note: str


def _behind() -> dict[str, int]:
    """The logs with numbered entries that are not published, and how many of each are."""
    rows = db.session.execute(
        select(Head.log, Head.published).where(Head.published < Head.size).order_by(Head.log)
    ).all()
    db.session.rollback()
    return {row.log: row.published for row in rows}


def _note_published(log: str, size: int) -> None:
    with transaction():
        db.session.execute(update(Head).where(Head.log == log, Head.published < size).values(published=size))


def _newest(log: str) -> _Newest | None:
    row = db.session.execute(
        select(CheckpointRow.size, CheckpointRow.note)
        .where(CheckpointRow.log == log)
        .order_by(CheckpointRow.size.desc())
        .limit(1)
    ).one_or_none()
    db.session.rollback()
    return _Newest(row.size, row.note) if row is not None else None


def _rows(log: str, first: int, end: int) -> Iterable[Row]:
    found = db.session.execute(
        select(Entry.body, Entry.leaf)
        .where(Entry.log == log, Entry.idx >= first, Entry.idx < end)
        .order_by(Entry.idx)
    )
    return [(row.body.encode(), row.leaf) for row in found]
