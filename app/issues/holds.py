"""Holding an activity while a verb works in it: the window is judged on what the transaction has read."""

from __future__ import annotations

from sqlalchemy import select

from app.core.db import db, lock
from app.core.errors import DomainError, NotFound
from app.i18n import _l
from app.issues.kinds import ActivityView
from app.issues.models import Activity, Issue
from app.issues.queries import activity_view


def hold(activity_id: int) -> ActivityView:
    """Lock an activity's row until the transaction ends and return its present view. Raises `NotFound`."""
    activity = lock(Activity, activity_id)
    return activity_view(activity, lock(Issue, activity.issue_id, share=True))


def hold_open(activity_id: int) -> ActivityView:
    """For a citizen's act: refuse with a message unless the activity is open at this moment.

    The rows are held shared: people do not wait for each other, only for who would change the window. The
    verb must not update the activity's or the issue's row itself.
    """
    view = _shared(activity_id)
    refuse_unless_open(view)
    return view


def refuse_unless_open(view: ActivityView) -> None:
    """Refuse with a message a citizen's act in an activity that is not open; for a room that holds it itself."""
    if view.state == "upcoming":
        raise DomainError(_l("This has not opened yet. The page says when it opens."))
    if view.state != "open":
        message = _l("This has closed, so nothing can be sent any more. What you wrote was not stored.")
        raise DomainError(message)


def hold_unopened(activity_id: int) -> ActivityView:
    """The same, refusing once people may have acted on it: what they saw must not change under them."""
    view = hold(activity_id)
    if view.state not in ("draft", "upcoming"):
        raise DomainError(_l("This is already open to people, so it can no longer be changed."))
    return view


def _shared(activity_id: int) -> ActivityView:
    """Both rows in one statement: this stands on the way of every comment, answer and ballot."""
    row = db.session.execute(
        select(Activity, Issue)
        .join(Issue, Issue.id == Activity.issue_id)
        .where(Activity.id == activity_id)
        .with_for_update(read=True)
        .execution_options(populate_existing=True)
    ).one_or_none()
    if row is None:
        raise NotFound
    return activity_view(row.Activity, row.Issue)
