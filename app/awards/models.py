"""Reviews of submitted self-assessments: who evaluates, how they score, what was decided."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import db, recorded


class Review(db.Model):
    """The evaluation of one submitted self-assessment.

    Releasing freezes the outcome: `outcome` is the canonical JSON of the whole arithmetic, `digest` its SHA-256,
    `band` the award band's code or None.
    """

    __tablename__ = "awards_reviews"

    id: Mapped[int] = mapped_column(primary_key=True)
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment_assessments.id"), unique=True)
    opened_at: Mapped[datetime]
    released_at: Mapped[datetime | None]
    outcome: Mapped[str | None] = mapped_column(Text)
    digest: Mapped[str | None] = mapped_column(String(64))
    band: Mapped[str | None] = mapped_column(String(20))

    __table_args__ = (
        CheckConstraint(
            "(released_at IS NULL) = (outcome IS NULL) AND (outcome IS NULL) = (digest IS NULL)",
            name="released_means_frozen",
        ),
        recorded("awards"),
    )


class Assignment(db.Model):
    """An evaluator's task in a review; `grant_id` is the role under which the ledger names them."""

    __tablename__ = "awards_assignments"

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("awards_reviews.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("identity_people.id"), index=True)
    grant_id: Mapped[int] = mapped_column(ForeignKey("identity_grants.id"))
    assigned_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]

    __table_args__ = (UniqueConstraint("review_id", "person_id"), recorded("awards"))


class Score(db.Model):
    """An evaluator's score of one item, 0-5, and why."""

    __tablename__ = "awards_scores"

    assignment_id: Mapped[int] = mapped_column(ForeignKey("awards_assignments.id"), primary_key=True)
    item: Mapped[str] = mapped_column(String(20), primary_key=True)
    score: Mapped[int]
    reason: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime]

    __table_args__ = (CheckConstraint("score BETWEEN 0 AND 5", name="score_on_scale"), recorded("awards"))
