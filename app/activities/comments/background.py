"""Background work of comments: HTML made by an older version of the house is made anew, a few at a time."""

from __future__ import annotations

from sqlalchemy import ColumnElement, or_, select

from app.activities.comments.models import Comment
from app.activities.comments.render import dress, version
from app.core.db import db, transaction

BATCH = 200


def run() -> int:
    """Make a batch of stale articles anew; return how many there were."""
    if db.session.scalar(select(Comment.id).where(_stale()).limit(1)) is None:
        return 0  # Asked without a lock: at nearly every tick there is nothing to do.
    with transaction():
        comments = db.session.scalars(
            select(Comment).where(_stale()).limit(BATCH).with_for_update(skip_locked=True)
        ).all()
        for comment in comments:
            dress(comment)
        return len(comments)


def _stale() -> ColumnElement[bool]:
    """Two ranges of the index, where "not equal" would read the whole table at every tick."""
    current = version()
    return or_(Comment.html_version < current, Comment.html_version > current)
