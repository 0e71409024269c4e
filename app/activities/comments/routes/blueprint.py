"""The room's blueprint, and what its doors share."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from app.activities.comments import queries
from app.activities.comments.service import KIND_CODE
from app.identity.viewer import current_viewer
from app.issues.queries import own_activity

bp = Blueprint("comments", __name__, url_prefix="/comments")


def at_work(activity_id: int, comment_id: int, permission: str) -> dict[str, Any]:
    """A comment with its activity and issue, for an office page; another agency's does not exist."""
    activity, issue = own_activity(activity_id, KIND_CODE, permission, current_viewer())
    comment = queries.comment_in(activity_id, comment_id)
    return {"activity": activity, "issue": issue, "comment": comment}
