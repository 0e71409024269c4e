"""Which rows of which file have been taken over, so that a file read again adds nothing."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import db, recorded


class ImportedRow(db.Model):
    """A row of an imported file, by the file's digest and the row's number (the first is 1)."""

    __tablename__ = "comments_imported_rows"

    activity_id: Mapped[int] = mapped_column(ForeignKey("issues_activities.id"), primary_key=True)
    file_sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    row: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comments_comments.id"), index=True)

    __table_args__ = (recorded("comments"),)
