"""Who supports which comment."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import db, recorded


class Support(db.Model):
    """One person's support of one comment: the key sees to it that nobody counts twice."""

    __tablename__ = "comments_supports"

    comment_id: Mapped[int] = mapped_column(ForeignKey("comments_comments.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("identity_people.id"), primary_key=True)
    given_at: Mapped[datetime]

    __table_args__ = (
        Index("ix_comments_supports_person_id", "person_id", "comment_id"),
        recorded("comments"),
    )
