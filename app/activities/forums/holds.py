"""Holding a forum while the office or a citizen works in it, in one order: activity, then forum, then session."""

from __future__ import annotations

from sqlalchemy import select

from app.activities.forums.models import Forum, Session
from app.core.clock import now
from app.core.db import db, lock
from app.core.errors import DomainError, NotFound
from app.i18n import _l
from app.issues.kinds import ActivityView
from app.issues.models import Activity, Issue
from app.issues.queries import activity_view

KIND_CODE = "forums"


def hold_living(activity_id: int) -> ActivityView:
    """For an act of office: refuse once the issue has ended or the activity was cancelled."""
    activity = lock(Activity, activity_id, share=True)
    if activity.kind != KIND_CODE:
        raise NotFound
    issue = lock(Issue, activity.issue_id, share=True)
    view = activity_view(activity, issue)
    if issue.closed_at is not None or view.state == "annulled":
        raise DomainError(_l("This issue has ended, so it can no longer be changed."))
    return view


def hold_forum(activity_id: int) -> tuple[Forum, ActivityView]:
    """The same with the forum, which must have been prepared."""
    activity = hold_living(activity_id)
    return lock(Forum, activity_id), activity


def hold_session(session_id: int) -> tuple[Session, ActivityView]:
    """A session that was not cancelled, with its activity."""
    activity = hold_living(activity_of(session_id))
    session = lock(Session, session_id)
    if session.cancelled_at is not None:
        raise DomainError(_l("This session was cancelled."))
    return session, activity


def hold_begun(session_id: int) -> tuple[Session, ActivityView]:
    """The same, refusing before it has begun: only of such a one can something be written down."""
    session, activity = hold_session(session_id)
    if activity.state == "draft":
        raise DomainError(_l("Publish the issue first. Until then sessions can only be prepared."))
    if session.starts_at > now():
        raise DomainError(_l("This session has not begun yet. Come back when it has been held."))
    return session, activity


def activity_of(session_id: int) -> int:
    """The activity a session belongs to; it never changes. Raises `NotFound`."""
    activity_id = db.session.scalar(select(Session.activity_id).where(Session.id == session_id))
    if activity_id is None:
        raise NotFound
    return activity_id
