"""Comments that say much the same: found by their telling words, at a cost that is capped."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, or_, select, union_all

from app.activities.comments.models import Comment, Word
from app.activities.comments.queries.lists import columns, html_column
from app.activities.comments.service.content import digest_of
from app.activities.comments.words import telling_words
from app.core.db import db

MOST = 3
LOOKED_UP = 12
"""Words of the new text that are looked up: its longest."""
NEWEST_WITH = 200
"""Comments read for each word: the newest. A word in half of all comments costs what a rare one does."""


def similar_to(activity_id: int, text: str, *, author_id: int | None = None) -> Sequence[Any]:
    """Up to three shown comments that share most telling words with a text: one statement, or none.

    They share at least two words and a third of those looked up. Those of the author themselves are left out:
    nobody supports their own. What nobody has indexed yet is not found.
    """
    words = telling_words(text)[:LOOKED_UP]
    if len(words) < 2:
        return ()
    parts = [
        select(Word.comment_id)
        .where(Word.activity_id == activity_id, Word.word == word)
        .order_by(Word.comment_id.desc())
        .limit(NEWEST_WITH)
        .subquery()
        for word in words
    ]
    hits = union_all(*(select(part) for part in parts)).subquery()
    shared = (
        select(hits.c.comment_id, func.count().label("words"))
        .group_by(hits.c.comment_id)
        .having(func.count() >= max(2, -(-len(words) // 3)))
        .subquery()
    )
    return db.session.execute(
        select(*columns())
        .join(shared, shared.c.comment_id == Comment.id)
        .where(
            Comment.listed_in == activity_id,
            Comment.hidden_at.is_(None),
            Comment.erased_at.is_(None),
            Comment.withdrawn_at.is_(None),
            or_(Comment.person_id.is_(None), Comment.person_id != (author_id or 0)),
        )
        .order_by(shared.c.words.desc(), Comment.supports.desc(), Comment.id)
        .limit(MOST)
    ).all()


def same_text(activity_id: int, text: str) -> Sequence[Any]:
    """Up to three comments of the activity with the very same words, whatever became of them."""
    return db.session.execute(
        select(Comment.id, Comment.channel, Comment.received_on, Comment.sent_at, html_column().label("html"))
        .where(Comment.activity_id == activity_id, Comment.digest == digest_of(text))
        .order_by(Comment.id)
        .limit(MOST)
    ).all()
