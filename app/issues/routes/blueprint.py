"""The room's blueprint, and what its doors share."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from app.agencies import service as agencies
from app.identity.viewer import current_viewer
from app.issues.kinds import ActivityView
from app.issues.queries import IssueView, has_living_issues, own_issue
from app.ledger.facts import RoleHolder
from app.web.forms import Form
from app.web.once import once

T = TypeVar("T")

agencies.contact_relied_on("issues", has_living_issues)

bp = Blueprint("issues", __name__, url_prefix="/issues")


def own(issue_id: int, permission: str) -> tuple[IssueView, list[ActivityView], RoleHolder]:
    """An issue of the viewer's agency, its activities, and the viewer as the actor. Raises `NotFound`."""
    viewer = current_viewer()
    issue, activities = own_issue(issue_id, permission, viewer)
    return issue, activities, viewer.acting(permission, issue.agency_id)


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
