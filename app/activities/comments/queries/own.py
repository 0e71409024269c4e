"""What is personal: one's own comments, and which comments of a page one wrote or supports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import and_, select

from app.activities.comments.models import Comment, Edition, Support
from app.activities.comments.queries.lists import Page, html_column, page_of
from app.core.db import db
from app.core.errors import NotFound
from app.issues.models import Activity, Issue


@dataclass(frozen=True)
class Marks:
    """Which comments of a page the viewer wrote, and which they support."""

    own: frozenset[int] = frozenset()
    supported: frozenset[int] = frozenset()


def marks_of(person_id: int | None, comment_ids: Sequence[int]) -> Marks:
    """The viewer's marks on these comments: one statement, none for nobody."""
    if person_id is None or not comment_ids:
        return Marks()
    rows = db.session.execute(
        select(Comment.id, Comment.person_id, Support.person_id)
        .outerjoin(Support, and_(Support.comment_id == Comment.id, Support.person_id == person_id))
        .where(Comment.id.in_(comment_ids))
    ).all()
    return Marks(
        own=frozenset(ident for ident, author, _supporter in rows if author == person_id),
        supported=frozenset(ident for ident, _author, supporter in rows if supporter is not None),
    )


def own_comments(person_id: int, before: int | None = None) -> Page:
    """A person's comments with what became of them, newest first."""
    query = (
        select(
            Comment.id,
            Comment.body,
            Comment.lang,
            Comment.edits,
            Comment.supports,
            Comment.hidden_at,
            Comment.hidden_note,
            Comment.withdrawn_at,
            Comment.settled_at,
            html_column().label("html"),
            Activity,
            Issue,
        )
        .join(Activity, Activity.id == Comment.activity_id)
        .join(Issue, Issue.id == Activity.issue_id)
        .where(Comment.person_id == person_id)
    )
    if before is not None:
        query = query.where(Comment.id < before)
    return page_of(query.order_by(Comment.id.desc()))


def own_comment(comment_id: int, person_id: int | None) -> Comment:
    """A comment the person wrote; anybody else's does not exist. Raises `NotFound`."""
    comment = db.session.get(Comment, comment_id)
    if comment is None or person_id is None or comment.person_id != person_id:
        raise NotFound
    return comment


def editions_of(comment_id: int) -> Sequence[Edition]:
    """What a comment said before, oldest first."""
    return db.session.scalars(
        select(Edition).where(Edition.comment_id == comment_id).order_by(Edition.number)
    ).all()
