"""The sequencer: gives waiting entries their place in a log and signs a checkpoint over the result.

One transaction a batch. The head row is held while it runs, so two sequencers never number the same log at
once; the unique (log, idx) and (log, size) would refuse the second. It refuses to sign a history shorter
than one it has signed before, or other than the one that is published.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from app.config import Settings
from app.core.clock import now
from app.core.db import db, transaction
from app.core.sweep import sweep
from app.ledger.checkpoint import Checkpoint, open_checkpoint, sign_checkpoint, signed_origin, text_of_note
from app.ledger.guard import SEQUENCER
from app.ledger.keys import KeyStore, KeyStoreError
from app.ledger.logfiles import CHECKPOINT, LogFiles, refuse_other_history
from app.ledger.merkle import Frontier
from app.ledger.models import CheckpointRow, Entry, Head

BATCH = 5_000


class ShorterHistory(RuntimeError):
    """The database holds less than what was signed: it was restored or cut; nothing may be signed."""


@dataclass(frozen=True)
class Sequencer:
    """Numbers entries and signs checkpoints with the keys of this installation.

    `folder` holds the published logs.
    """

    keys: KeyStore
    host: str
    folder: Path

    @classmethod
    def for_settings(cls, settings: Settings) -> Sequencer:
        keys = KeyStore(settings.var_dir / "keys", settings.secret_key)
        return cls(keys, settings.log_host, settings.var_dir / "ledger")

    def files(self, log: str) -> LogFiles:
        """The published files of a log."""
        return LogFiles(self.folder / log)

    def vkey(self, log: str) -> str:
        """The verifier key of a log that has signed; `KeyStoreError` where its key is missing."""
        return self.keys.vkey(log, self.origin(log))

    def stands(self, log: str) -> Checkpoint | None:
        """The published checkpoint of a log, None before the first. Raises `NoteError` unless its key signed it."""
        files = self.files(log)
        if not files.begun:
            return None
        note = files.read_checkpoint()
        # A database that lost its checkpoints cannot tell the origin; what is published can.
        return open_checkpoint(note, self.keys.vkey(log, self.origin_in([note], log)))

    def published(self, log: str, size: int) -> int:
        """How many entries stand published of a log with `size` numbered. Raises `OtherHistory`."""
        stands = self.stands(log)
        return (
            0 if stands is None else refuse_other_history(log, stands, size, lambda at: _signed_root(log, at))
        )

    def published_logs(self) -> list[str]:
        """The logs of which something stands published, whatever the database knows."""
        checkpoints = self.folder.glob(f"**/{CHECKPOINT}")
        return sorted(path.parent.relative_to(self.folder).as_posix() for path in checkpoints)

    def origin(self, log: str) -> str:
        """The log's name in its checkpoints: fixed by the first one, whatever address the site has now."""
        notes = db.session.scalars(
            select(CheckpointRow.note).where(CheckpointRow.log == log).order_by(CheckpointRow.size).limit(10)
        )
        return self.origin_in([note.encode() for note in notes], log)

    def origin_in(self, notes: Iterable[bytes], log: str) -> str:
        """The same, from checkpoints already read; only what this log's own key has signed is believed."""
        with suppress(KeyStoreError):
            signed = signed_origin(notes, f"/{_path(log)}", self.keys.public_key(log))
            if signed is not None:
                return signed
        return log_origin(self.host, log)

    def run(self) -> int:
        """Number everything that waits, log by log; return how many entries were numbered.

        A log that cannot be signed waits; the others are numbered, then its fault is raised.
        """
        return sweep(waiting_logs(), self.run_log)

    def run_log(self, log: str) -> int:
        """Number what waits in one log, in batches."""
        total = 0
        while numbered := self._batch(log):
            total += numbered
        return total

    def _batch(self, log: str) -> int:
        with transaction():
            head = held_head(log)
            rows = db.session.execute(
                select(Entry.id, Entry.leaf)
                .where(Entry.log == log, Entry.idx.is_(None))
                .order_by(Entry.at, Entry.id)
                .limit(BATCH)
            ).all()
            if not rows:
                return 0
            self._number(head, [(row.id, row.leaf) for row in rows])
            return len(rows)

    def _number(self, head: Head, rows: list[tuple[str, bytes]]) -> None:
        _refuse_shorter_history(head)
        self.published(head.log, head.size)
        first = head.size == 0  # A log that has signed before must sign with the same key, or not at all.
        frontier = Frontier.from_bytes(head.frontier)
        for _, leaf in rows:
            frontier.push(leaf)
        db.session.connection().execute(
            update(Entry.__table__)
            .where(Entry.__table__.c.id == bindparam("entry"), Entry.__table__.c.idx.is_(None))
            .values(idx=bindparam("place")),
            [{"entry": ident, "place": head.size + n} for n, (ident, _) in enumerate(rows)],
            execution_options={SEQUENCER: True},
        )
        head.size, head.frontier = head.size + len(rows), frontier.to_bytes()
        checkpoint = Checkpoint(self.origin(head.log), head.size, frontier.root())
        key = self.keys.signing_key(head.log, create=first)
        note = sign_checkpoint(checkpoint, key).decode()
        db.session.add(CheckpointRow(log=head.log, size=head.size, note=note, made_at=now()))
        db.session.flush()


def log_origin(host: str, log: str) -> str:
    """The origin line of a log: its public address without a scheme."""
    return f"{host}/{_path(log)}"


def _path(log: str) -> str:
    return f"ledger/{log}"


def waiting_logs() -> list[str]:
    """The logs in which entries wait for a number."""
    rows = db.session.scalars(select(Entry.log).where(Entry.idx.is_(None)).distinct().order_by(Entry.log))
    logs = list(rows)
    db.session.rollback()
    return logs


def held_head(log: str) -> Head:
    """The head of a log, held; made at its first use."""
    insert = sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
    empty = Frontier().to_bytes()
    db.session.execute(
        insert(Head).values(log=log, size=0, frontier=empty).on_conflict_do_nothing(index_elements=["log"])
    )
    return db.session.execute(
        select(Head).where(Head.log == log).with_for_update().execution_options(populate_existing=True)
    ).scalar_one()


def _signed_root(log: str, size: int) -> bytes | None:
    note = db.session.scalar(
        select(CheckpointRow.note).where(CheckpointRow.log == log, CheckpointRow.size == size)
    )
    return Checkpoint.parse(text_of_note(note.encode())).root if note is not None else None


def _refuse_shorter_history(head: Head) -> None:
    signed = db.session.scalar(select(func.max(CheckpointRow.size)).where(CheckpointRow.log == head.log))
    if signed is not None and signed != head.size:
        raise ShorterHistory(f"log {head.log}: {signed} entries were signed, the head says {head.size}")
