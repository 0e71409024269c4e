"""The room's blueprint, and what its doors share."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from app.activities.panels.holds import KIND_CODE
from app.activities.panels.queries import PanelView, panel_of
from app.core.errors import NotFound
from app.identity.viewer import current_viewer
from app.issues.kinds import ActivityView, kind_of
from app.issues.models import Activity
from app.issues.queries import IssueView, own_activity
from app.web.forms import Form
from app.web.once import once

T = TypeVar("T")

bp = Blueprint("panels", __name__, url_prefix="/panels")


def own(activity_id: int, permission: str) -> tuple[ActivityView, IssueView]:
    """A panel's activity and issue for an office page; another agency's does not exist. Raises `NotFound`."""
    return own_activity(activity_id, KIND_CODE, permission, current_viewer())


def own_panel(activity_id: int, permission: str) -> tuple[ActivityView, IssueView, PanelView]:
    """The same with the panel, which must have been prepared."""
    activity, issue = own(activity_id, permission)
    panel = panel_of(activity_id)
    if panel is None:
        raise NotFound
    return activity, issue, panel


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


def source_url(source: Activity | None) -> str | None:
    """Where people can read what was said in the activity a decision answers."""
    return url_for(kind_of(source.kind).page, activity_id=source.id) if source is not None else None
