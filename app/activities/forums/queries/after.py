"""Reading what remains of a session: minutes in their versions, pictures."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from app.activities.forums.models import Minutes, Photo, Session
from app.activities.forums.queries.shared import one
from app.core.db import db


def minutes_of(session_id: int) -> Sequence[Minutes]:
    """Every published version of a session's minutes, the newest first."""
    query = select(Minutes).where(Minutes.session_id == session_id, Minutes.published_at.is_not(None))
    return db.session.scalars(query.order_by(Minutes.version.desc())).all()


def newest_version(session_id: int) -> Minutes | None:
    """The newest version of a session's minutes, draft or published."""
    query = select(Minutes).where(Minutes.session_id == session_id).order_by(Minutes.version.desc())
    return db.session.scalar(query.limit(1).execution_options(populate_existing=True))


def photos_of(session_id: int) -> Sequence[Photo]:
    """The pictures of a session that are shown, in the order in which they were added."""
    query = select(Photo).where(Photo.session_id == session_id, Photo.withdrawn_at.is_(None))
    return db.session.scalars(query.order_by(Photo.id)).all()


def photo_in(activity_id: int, photo_id: int) -> Photo:
    """A picture of this forum that is shown. Raises `NotFound`, also for a withdrawn one."""
    photo: Photo = one(
        select(Photo)
        .join(Session, Session.id == Photo.session_id)
        .where(Photo.id == photo_id, Session.activity_id == activity_id, Photo.withdrawn_at.is_(None))
    )[0]
    return photo
