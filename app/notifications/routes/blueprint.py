"""The room's blueprint, and what its doors share."""

from __future__ import annotations

from flask import Blueprint, abort

from app.identity.viewer import current_viewer
from app.issues.queries import IssueView
from app.notifications.queries import public_issue

bp = Blueprint("notifications", __name__, url_prefix="/notifications")

TOO_MANY = 429
GONE = 410


def issue_known(issue_id: int) -> IssueView:
    """An issue the viewer may know of. Raises `NotFound`."""
    return public_issue(issue_id, current_viewer())


def own_id() -> int:
    """The id of who is signed in."""
    person_id = current_viewer().person_id
    if person_id is None:
        abort(403)
    return person_id
