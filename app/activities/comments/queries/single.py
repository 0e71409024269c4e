"""One comment, and the files on comments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from app.activities.comments.models import Attachment, Comment
from app.core.db import db
from app.core.errors import NotFound


def comment_in(activity_id: int, comment_id: int) -> Comment:
    """A comment of this activity. Raises `NotFound`."""
    comment = db.session.scalar(
        select(Comment).where(Comment.id == comment_id, Comment.activity_id == activity_id)
    )
    if comment is None:
        raise NotFound
    return comment


def files_of(comment_id: int) -> Sequence[Attachment]:
    """The files of one comment."""
    return files_on([comment_id]).get(comment_id, [])


def files_on(comment_ids: Sequence[int]) -> Mapping[int, Sequence[Attachment]]:
    """The files of several comments, by comment: one statement."""
    found: dict[int, list[Attachment]] = {}
    if comment_ids:
        query = select(Attachment).where(Attachment.comment_id.in_(comment_ids))
        for file in db.session.scalars(query.order_by(Attachment.comment_id, Attachment.name)):
            found.setdefault(file.comment_id, []).append(file)
    return found


def file_in(comment_id: int, sha256: str) -> Attachment:
    """One file of a comment. Raises `NotFound`."""
    file = db.session.get(Attachment, (comment_id, sha256))
    if file is None:
        raise NotFound
    return file
