"""Holding a panel's activity while the office works in it: shared, so that officers need not wait."""

from __future__ import annotations

from app.core.db import lock
from app.core.errors import DomainError, NotFound
from app.i18n import _l
from app.issues.kinds import ActivityView
from app.issues.models import Activity, Issue
from app.issues.queries import activity_view

KIND_CODE = "panels"


def hold_living(activity_id: int) -> ActivityView:
    """For an act of office or of a member: refuse once the issue has ended or the activity was cancelled."""
    activity = lock(Activity, activity_id, share=True)
    if activity.kind != KIND_CODE:
        raise NotFound
    issue = lock(Issue, activity.issue_id, share=True)
    view = activity_view(activity, issue)
    if issue.closed_at is not None or view.state == "annulled":
        raise DomainError(_l("This issue has ended, so it can no longer be changed."))
    return view


def hold_published(activity_id: int) -> ActivityView:
    """The same, refusing a draft: what a panel does is public, and a draft is not."""
    view = hold_living(activity_id)
    if view.state == "draft":
        raise DomainError(_l("Publish the issue first. Until then only the panel's set-up can be changed."))
    return view


def hold_running(activity_id: int) -> ActivityView:
    """The same, refusing once the activity's time is over: no more seats are given then."""
    view = hold_published(activity_id)
    if view.state == "closed":
        raise DomainError(_l("This panel's time is over, so nobody can be given a seat any more."))
    return view
