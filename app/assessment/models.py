"""Self-assessments: an agency scores itself against a rubric, item by item, with linked evidence."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import db, recorded


class Assessment(db.Model):
    """One agency's self-assessment of one year (Buddhist era) by one rubric version.

    Evidence counts if it is dated from `period_from` to `period_to`, both days of Bangkok and both included.
    Submitting freezes it: `frozen` is the canonical JSON of everything in it, `digest` its SHA-256.
    """

    __tablename__ = "assessment_assessments"

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies_agencies.id"))
    year: Mapped[int]
    rubric_code: Mapped[str] = mapped_column(String(40))
    rubric_version: Mapped[int]
    period_from: Mapped[date]
    period_to: Mapped[date]
    opened_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    frozen: Mapped[str | None] = mapped_column(Text)
    digest: Mapped[str | None] = mapped_column(String(64))

    __table_args__ = (
        UniqueConstraint("agency_id", "year", "rubric_code"),
        CheckConstraint("period_from <= period_to", name="period_in_order"),
        CheckConstraint(
            "(submitted_at IS NULL) = (frozen IS NULL) AND (frozen IS NULL) = (digest IS NULL)",
            name="submitted_means_frozen",
        ),
        recorded("assessment"),
    )

    @property
    def period(self) -> tuple[date, date]:
        return self.period_from, self.period_to


class SelfScore(db.Model):
    """The agency's own score of one item, 0-5, and why."""

    __tablename__ = "assessment_scores"

    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment_assessments.id"), primary_key=True)
    item: Mapped[str] = mapped_column(String(20), primary_key=True)
    score: Mapped[int]
    reason: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime]

    __table_args__ = (CheckConstraint("score BETWEEN 0 AND 5", name="score_on_scale"), recorded("assessment"))


class LinkedExhibit(db.Model):
    """An exhibit the officer chose for an item."""

    __tablename__ = "assessment_exhibits"

    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment_assessments.id"), primary_key=True)
    item: Mapped[str] = mapped_column(String(20), primary_key=True)
    exhibit_id: Mapped[int] = mapped_column(ForeignKey("evidence_exhibits.id"), primary_key=True)

    __table_args__ = (recorded("assessment"),)
