"""The room's blueprint, and what its doors share."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from app.identity.viewer import current_viewer
from app.issues.kinds import ActivityView
from app.issues.queries import IssueView, own_issue
from app.web.forms import Form
from app.web.once import once

T = TypeVar("T")

bp = Blueprint("outreach", __name__, url_prefix="/outreach")


def own(issue_id: int, permission: str) -> tuple[IssueView, list[ActivityView]]:
    """An issue of the viewer's agency. Raises `NotFound` for another's."""
    return own_issue(issue_id, permission, current_viewer())


def handle(
    form: Form,
    verb: str,
    *,
    act: Callable[[], T],
    to: Callable[[T], str],
    page: Callable[[], str],
) -> ResponseReturnValue:
    """Show a form's page, or act on what was sent with it."""
    if request.method == "GET":
        return page()
    return once(form, verb, act=act, to=to, again=page)
