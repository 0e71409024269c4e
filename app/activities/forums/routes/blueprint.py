"""The room's blueprint, and what its doors share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Row

from app.activities.forums.holds import KIND_CODE
from app.activities.forums.queries import registration_of, session_in
from app.core.errors import NotFound
from app.identity.viewer import current_viewer
from app.issues.kinds import ActivityView
from app.issues.queries import IssueView, own_activity, visible_activity
from app.web.forms import Form
from app.web.once import once

T = TypeVar("T")

bp = Blueprint("forums", __name__, url_prefix="/forums")


def own(activity_id: int, permission: str) -> tuple[ActivityView, IssueView]:
    """A forum's activity and issue for an office page; another agency's does not exist. Raises `NotFound`."""
    return own_activity(activity_id, KIND_CODE, permission, current_viewer())


def own_session(
    activity_id: int, session_id: int, permission: str
) -> tuple[ActivityView, IssueView, Row[Any]]:
    """The same with a session of it, as a row of Session and Area."""
    activity, issue = own(activity_id, permission)
    return activity, issue, session_in(activity_id, session_id)


def own_registration(registration_id: int) -> tuple[Row[Any], ActivityView, IssueView]:
    """The viewer's own registration (a row of Registration, Session, Activity); others' do not exist."""
    viewer, row = current_viewer(), registration_of(registration_id)
    if row.Registration.person_id is None or row.Registration.person_id != viewer.person_id:
        raise NotFound
    activity, issue = visible_activity(row.Activity.id, KIND_CODE, viewer)
    return row, activity, issue


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
