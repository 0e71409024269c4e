"""What a comment said before its author changed it: for the author and the moderator."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import db, recorded


class Edition(db.Model):
    """An earlier text of a comment, 1 the first; `written_at` is when it was sent, not when it was replaced."""

    __tablename__ = "comments_editions"

    comment_id: Mapped[int] = mapped_column(ForeignKey("comments_comments.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    body: Mapped[str] = mapped_column(Text)
    lang: Mapped[str] = mapped_column(String(2))
    stance: Mapped[str | None] = mapped_column(String(8))
    written_at: Mapped[datetime]

    __table_args__ = (CheckConstraint("number >= 1", name="numbered"), recorded("comments"))
