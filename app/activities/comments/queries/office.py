"""Comments as the office works through them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, select

from app.activities.comments.models import Comment, Thread
from app.activities.comments.queries.lists import Page, html_column, page_of
from app.core.db import db
from app.issues.models import Activity, Issue

_SHOWN = (Comment.hidden_at.is_(None), Comment.erased_at.is_(None), Comment.withdrawn_at.is_(None))
QUEUES: dict[str, tuple[Any, ...]] = {
    "waiting": (),
    "pending": (Comment.unverified, Comment.admitted_at.is_(None), Comment.refused_at.is_(None)),
    "review": (Comment.verdict == "under_review", *_SHOWN),
    "answered": (Comment.settled_at.is_not(None), *_SHOWN),
    "hidden": (Comment.hidden_at.is_not(None), Comment.withdrawn_at.is_(None)),
    "all": (),
}
"""What the office may look at, in the order of its tabs; `waiting` is a list of its own, see `waiting_in`."""


def queue(activity_id: int, name: str, after: int | None = None) -> Page:
    """Comments as the office works through them, oldest first. `name` is one of `QUEUES`."""
    query = select(
        Comment.id,
        Comment.parent_id,
        Comment.verdict,
        Comment.hidden_at,
        Comment.erased_at,
        Comment.withdrawn_at,
        Comment.unverified,
        Comment.admitted_at,
        Comment.refused_at,
        Comment.hidden_note,
        Comment.edits,
        Comment.body,
        Comment.lang,
        Comment.name,
        html_column().label("html"),
    )
    if name == "waiting":
        query = query.where(Comment.waiting_in == activity_id)
    else:
        query = query.where(Comment.activity_id == activity_id, *QUEUES[name])
    if after is not None:
        query = query.where(Comment.id > after)
    return page_of(query.order_by(Comment.id))


def desk(agency_ids: Sequence[int]) -> Sequence[Row[Activity, Issue, Thread]]:
    """The newest 100 comment activities of these agencies' published issues, with their counts."""
    return db.session.execute(
        select(Activity, Issue, Thread)
        .join(Issue, Issue.id == Activity.issue_id)
        .outerjoin(Thread, Thread.activity_id == Activity.id)
        .where(
            Activity.kind == "comments",
            Issue.agency_id.in_(agency_ids),
            Issue.published_at.is_not(None),
            Activity.annulled_at.is_(None),
        )
        .order_by(Activity.id.desc())
        .limit(100)
    ).all()
