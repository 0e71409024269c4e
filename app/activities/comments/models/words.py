"""The words of comments, by which similar ones are found."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import db


class Word(db.Model):
    """A telling word of a comment; the key is the index that finds the newest comments with a word."""

    __tablename__ = "comments_words"

    activity_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    word: Mapped[str] = mapped_column(String(40), primary_key=True)
    comment_id: Mapped[int] = mapped_column(
        ForeignKey("comments_comments.id"), primary_key=True, autoincrement=False, index=True
    )
