"""Exhibits: what the ledger's entries prove, numbered for each agency, and documents added by hand."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import db, recorded
from app.i18n.bilingual import Bilingual
from app.issues.levels import STAGES


class Exhibit(db.Model):
    """One exhibit of an agency, made from the ledger: `each` entry its own, or an activity's entries `folded`.

    `demonstrates` lists evidence kinds of the rubric. For a folded exhibit `count` and `digest` cover its
    entries in the order of the log: digest = SHA-256(digest before ‖ leaf hash), beginning with 32 zero bytes.
    """

    __tablename__ = "evidence_exhibits"

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies_agencies.id"))
    number: Mapped[int]
    form: Mapped[str] = mapped_column(String(6))
    entry_id: Mapped[str] = mapped_column(ForeignKey("ledger_entries.id"), unique=True)
    issue_id: Mapped[int | None] = mapped_column(ForeignKey("issues_issues.id"))
    activity_id: Mapped[int | None] = mapped_column(ForeignKey("issues_activities.id"))
    document_id: Mapped[int | None] = mapped_column(ForeignKey("evidence_documents.id"), unique=True)
    level: Mapped[int | None]
    stage: Mapped[str | None] = mapped_column(String(12))
    at: Mapped[str] = mapped_column(String(20))
    demonstrates: Mapped[list[str]] = mapped_column(JSON)
    count: Mapped[int] = mapped_column(default=1)
    digest: Mapped[str] = mapped_column(String(64))
    text_th: Mapped[str | None] = mapped_column(Text)
    text_en: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (
        UniqueConstraint("agency_id", "number"),
        CheckConstraint("form IN ('each', 'folded')", name="form_known"),
        CheckConstraint("number > 0 AND count > 0", name="counted_from_one"),
        Index(
            "uq_evidence_exhibits_folded",
            "activity_id",
            unique=True,
            sqlite_where=text("form = 'folded'"),
            postgresql_where=text("form = 'folded'"),
        ),
        Index("ix_evidence_exhibits_issue_id", "issue_id", "number"),
        Index("ix_evidence_exhibits_agency_level", "agency_id", "level", "number"),
    )

    @property
    def by_hand(self) -> bool:
        return self.document_id is not None


class ExhibitFile(db.Model):
    """A file an exhibit's entry names."""

    __tablename__ = "evidence_files"

    exhibit_id: Mapped[int] = mapped_column(ForeignKey("evidence_exhibits.id"), primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), primary_key=True, index=True)
    size: Mapped[int]
    media: Mapped[str] = mapped_column(String(100))


class Document(db.Model):
    """A document an officer added by hand: an order, a plan, a photo of what happened outside the platform.

    `sectors` are the codes of the stakeholders it names.
    """

    __tablename__ = "evidence_documents"

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies_agencies.id"), index=True)
    issue_id: Mapped[int | None] = mapped_column(ForeignKey("issues_issues.id"), index=True)
    kind: Mapped[str] = mapped_column(String(40))
    title_th: Mapped[str] = mapped_column(Text)
    title_en: Mapped[str | None] = mapped_column(Text)
    dated_on: Mapped[date]
    level: Mapped[int]
    stage: Mapped[str | None] = mapped_column(String(12))
    sectors: Mapped[list[str]] = mapped_column(JSON)
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    media: Mapped[str] = mapped_column(String(100))
    file_name: Mapped[str] = mapped_column(String(120))
    added_at: Mapped[datetime]

    __table_args__ = (
        CheckConstraint("level BETWEEN 1 AND 5", name="level_known"),
        CheckConstraint(f"stage IN ({', '.join(map(repr, STAGES))})", name="stage_known"),
        recorded("evidence"),
    )

    @property
    def title(self) -> Bilingual:
        return Bilingual(self.title_th, self.title_en)


class Cursor(db.Model):
    """How far the collector has read a log, and the next exhibit number of its agency."""

    __tablename__ = "evidence_cursors"

    log: Mapped[str] = mapped_column(String(64), primary_key=True)
    next_idx: Mapped[int] = mapped_column(default=0)
    next_number: Mapped[int] = mapped_column(default=1)
