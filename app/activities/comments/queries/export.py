"""What anyone may take out of a thread: the comments shown, a piece at a time, however many there are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import case, func, or_, select

from app.activities.comments.models import Comment, Theme
from app.core.db import db

PIECE = 1_000
FEED = 50
COLUMNS = (
    "id",
    "reply_to",
    "sent_at",
    "edited_at",
    "lang",
    "channel",
    "verified",
    "name",
    "relation",
    "stance",
    "about",
    "section",
    "quote",
    "text",
    "supports",
    "verdict",
    "reason_th",
    "reason_en",
    "answered_at",
    "theme",
    "outcome",
)
"""The columns of open data, in their order. Sector and area are left out: with few people they tell who wrote."""


def shown_comments(activity_id: int) -> Iterator[dict[str, Any]]:
    """Every comment shown, oldest first, as plain values; one statement for each thousand."""
    last = 0
    while rows := _piece(activity_id, last):
        for row in rows:
            yield _values(row)
        last = rows[-1].id


def newest_shown(activity_id: int) -> Sequence[Comment]:
    """The newest comments shown, for a feed: one statement."""
    return db.session.scalars(
        select(Comment)
        .where(Comment.listed_in == activity_id, *_shown())
        .order_by(Comment.id.desc())
        .limit(FEED)
    ).all()


def _piece(activity_id: int, after: int) -> Sequence[Any]:
    return db.session.execute(
        select(
            Comment.id,
            Comment.parent_id,
            Comment.sent_at,
            Comment.edited_at,
            Comment.lang,
            Comment.channel,
            Comment.unverified,
            Comment.name,
            Comment.relation,
            Comment.stance,
            Comment.about,
            Comment.section,
            Comment.quote,
            Comment.body,
            Comment.supports,
            func.coalesce(Comment.verdict, Theme.verdict).label("verdict"),
            _own_or_theme("reason_th"),
            _own_or_theme("reason_en"),
            Comment.settled_at.label("answered_at"),
            Theme.title_th.label("theme"),
            _own_or_theme("outcome"),
        )
        .outerjoin(Theme, Theme.id == Comment.theme_id)
        .where(Comment.activity_id == activity_id, Comment.id > after, *_shown())
        .order_by(Comment.id)
        .limit(PIECE)
    ).all()


def _own_or_theme(name: str) -> Any:
    """That part of the comment's own answer, or, where it has none, of its theme's."""
    own, theme = getattr(Comment, name), getattr(Theme, name)
    return case((Comment.verdict.is_not(None), own), else_=theme).label(name)


def _shown() -> tuple[Any, ...]:
    return (
        Comment.hidden_at.is_(None),
        Comment.erased_at.is_(None),
        Comment.withdrawn_at.is_(None),
        or_(~Comment.unverified, Comment.admitted_at.is_not(None)),
    )


def _values(row: Any) -> dict[str, Any]:
    other = {
        "reply_to": row.parent_id,
        "verified": row.channel == "web" and not row.unverified,
        "text": row.body,
    }
    values = {name: other[name] if name in other else getattr(row, name) for name in COLUMNS}
    return {key: value.isoformat() if isinstance(value, datetime) else value for key, value in values.items()}
