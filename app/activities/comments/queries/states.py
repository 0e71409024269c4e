"""The states of a comment as conditions of a query (`Comment.state` says the same of one row)."""

from __future__ import annotations

from sqlalchemy import and_, or_

from app.activities.comments.models import Comment

SHOWN = and_(
    Comment.hidden_at.is_(None),
    Comment.erased_at.is_(None),
    Comment.withdrawn_at.is_(None),
    or_(~Comment.unverified, Comment.admitted_at.is_not(None)),
)
