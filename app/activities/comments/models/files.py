"""Files people attach to a comment."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import db, recorded


class Attachment(db.Model):
    """A file of a comment: its digest, its name for display, its size in bytes, its media type."""

    __tablename__ = "comments_files"

    comment_id: Mapped[int] = mapped_column(ForeignKey("comments_comments.id"), primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    size: Mapped[int]
    media: Mapped[str] = mapped_column(String(100))

    __table_args__ = (recorded("comments"),)
