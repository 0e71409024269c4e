"""Background work of comments: HTML made by an older version of the house is made anew, a few at a time."""

from __future__ import annotations

from sqlalchemy import or_, select

from app.activities.comments.models import Comment
from app.activities.comments.render import dress, version
from app.core.db import db, transaction

BATCH = 200


def run() -> int:
    """Make a batch of stale articles anew; return how many there were."""
    current = version()
    with transaction():
        stale = db.session.scalars(
            select(Comment)
            # Two ranges, where "not equal" would read the whole table at every tick.
            .where(or_(Comment.html_version < current, Comment.html_version > current))
            .limit(BATCH)
            .with_for_update(skip_locked=True)
        ).all()
        for comment in stale:
            dress(comment)
        return len(stale)
