"""Open or closed: computed from stored acts and the clock, never stored.

Windows are half-open: an activity is open from `opens_at` until just before `closes_at`. "By 30 April" means
the end of that day in Bangkok; the forms turn it into the first moment after it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal, Protocol

State = Literal["draft", "upcoming", "open", "closed", "annulled"]


class ActivityWindow(Protocol):
    """What the state of an activity depends on."""

    opens_at: datetime
    closes_at: datetime | None
    annulled_at: datetime | None


class IssueActs(Protocol):
    """What the state of an issue depends on."""

    published_at: datetime | None
    closed_at: datetime | None
    annulled_at: datetime | None
    opens_at: datetime | None
    closes_at: datetime | None


def activity_state(activity: ActivityWindow, issue: IssueActs, moment: datetime) -> State:
    """The state of an activity at a moment: an unpublished or ended issue opens nothing."""
    if activity.annulled_at is not None or issue.annulled_at is not None:
        return "annulled"
    if issue.published_at is None or issue.published_at > moment:
        return "draft"
    if issue.closed_at is not None and issue.closed_at <= moment:
        return "closed"
    if moment < activity.opens_at:
        return "upcoming"
    if activity.closes_at is not None and moment >= activity.closes_at:
        return "closed"
    return "open"


def issue_state(issue: IssueActs, moment: datetime) -> State:
    """The state of an issue: open from its first opening until its last closing, or until it was closed.

    `opens_at` and `closes_at` of an issue are its activities' first opening and last closing. An issue whose
    windows are over is closed to people although the agency may still owe its answer (`closed_at` is unset).
    """
    if issue.annulled_at is not None:
        return "annulled"
    if issue.published_at is None or issue.published_at > moment:
        return "draft"
    if issue.closed_at is not None and issue.closed_at <= moment:
        return "closed"
    if issue.opens_at is not None and moment < issue.opens_at:
        return "upcoming"
    if issue.closes_at is not None and moment >= issue.closes_at:
        return "closed"
    return "open"
