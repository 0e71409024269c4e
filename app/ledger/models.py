"""The ledger's tables. Entries and checkpoints are written once: the guard refuses to change or delete them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import db

LARGEST_ENTRY = 65_535
"""Bytes: an entry bundle of C2SP tlog-tiles writes lengths as 16-bit numbers."""


class Entry(db.Model):
    """One fact of one log. `body` is the entry itself (RFC 8785 JSON); the other columns repeat it for finding.

    `idx` is the place in the log, given by the sequencer; until then the entry waits unnumbered.
    """

    __tablename__ = "ledger_entries"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    log: Mapped[str] = mapped_column(String(64))
    idx: Mapped[int | None]
    fact: Mapped[str] = mapped_column(String(80))
    at: Mapped[str] = mapped_column(String(20))
    actor: Mapped[str] = mapped_column(String(80))
    issue: Mapped[int | None]
    activity: Mapped[int | None]
    subject: Mapped[str | None] = mapped_column(String(80))
    level: Mapped[int | None]
    stage: Mapped[str | None] = mapped_column(String(20))
    body: Mapped[str] = mapped_column(Text)
    leaf: Mapped[bytes] = mapped_column(LargeBinary(32))

    __table_args__ = (
        UniqueConstraint("log", "idx"),
        CheckConstraint("idx IS NULL OR idx >= 0", name="idx_not_negative"),
        CheckConstraint(f"length(body) <= {LARGEST_ENTRY}", name="body_fits_a_bundle"),
        Index(
            "ix_ledger_entries_waiting",
            "log",
            sqlite_where=text("idx IS NULL"),
            postgresql_where=text("idx IS NULL"),
        ),
        Index("ix_ledger_entries_issue_at", "issue", "at"),
    )


class Opening(db.Model):
    """What opens an entry's commitments. Erasing the salts erases the person from the log."""

    __tablename__ = "ledger_openings"

    entry_id: Mapped[str] = mapped_column(ForeignKey("ledger_entries.id"), primary_key=True)
    actor_salt: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    commit_salt: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    sealed: Mapped[str | None] = mapped_column(Text)
    released_at: Mapped[datetime | None]


class Head(db.Model):
    """How far a log has been numbered, with the hashes of its complete subtrees; how far its files are written.

    `published` says where there is work. What stands published is what the files say (`publish.py`).
    """

    __tablename__ = "ledger_heads"

    log: Mapped[str] = mapped_column(String(64), primary_key=True)
    size: Mapped[int] = mapped_column(default=0)
    frontier: Mapped[bytes] = mapped_column(LargeBinary)
    published: Mapped[int] = mapped_column(default=0, server_default="0")

    __table_args__ = (
        CheckConstraint("size >= 0", name="size_not_negative"),
        CheckConstraint("published BETWEEN 0 AND size", name="published_is_numbered"),
    )


class CheckpointRow(db.Model):
    """A signed checkpoint (C2SP tlog-checkpoint) of a log at one size."""

    __tablename__ = "ledger_checkpoints"

    log: Mapped[str] = mapped_column(String(64), primary_key=True)
    size: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    note: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime]
