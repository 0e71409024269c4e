"""What an agency owes before it may close an issue: the duty of the promised level, then each kind's own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from flask import url_for
from sqlalchemy import select

from app.core.db import db
from app.i18n import _l
from app.issues.kinds import ActivityView, Duty, kind_of
from app.issues.models import Response
from app.issues.readiness import ANSWERED_FROM


def duties_of(issue_id: int, level: int | None, activities: Sequence[ActivityView]) -> list[Duty]:
    """Every duty of a published issue, met or not. Needs a request: duties say where they are done."""
    return [*_level_duties(issue_id, level, activities), *_activity_duties(activities)]


def unmet_duties(issue_id: int, level: int | None, activities: Sequence[ActivityView]) -> list[Duty]:
    """The duties that stand in the way of closing."""
    return [duty for duty in duties_of(issue_id, level, activities) if not duty.met]


def _level_duties(issue_id: int, level: int | None, activities: Sequence[ActivityView]) -> Iterator[Duty]:
    """An activity of the very level promised was carried out, and from level 2 on people were answered.

    What was only announced, or was cancelled, keeps no promise: not after the level was raised either.
    """
    yield Duty(
        words=_l("Carry out an activity of level %(level)s: the issue promises it", level=level),
        url=url_for("issues.prepare", issue_id=issue_id),
        met=any(activity.level == level and activity.state in ("open", "closed") for activity in activities),
    )
    if (level or 0) < ANSWERED_FROM:
        return
    answered_at = _answered_at(issue_id)
    yield Duty(
        words=_l("Publish the answer: what was heard, what was decided, what will be done"),
        url=url_for("issues.response", issue_id=issue_id),
        met=answered_at is not None,
    )
    unheard = [] if answered_at is None else [each for each in activities if _ended_after(each, answered_at)]
    for activity in unheard:
        yield Duty(
            words=_l(
                "Add to the answer what was heard in “%(title)s”: it ended after the answer was published",
                title=activity.title,
            ),
            url=url_for("issues.response", issue_id=issue_id),
            met=False,
        )


def _answered_at(issue_id: int) -> datetime | None:
    """When the published answer was last written or corrected; None without one."""
    query = select(Response.published_at, Response.written_at).where(Response.issue_id == issue_id)
    answer = db.session.execute(query).one_or_none()
    if answer is None or answer.published_at is None:
        return None
    return max(answer.published_at, answer.written_at)


def _ended_after(activity: ActivityView, moment: datetime) -> bool:
    """Whether people were still heard then: it was added, or the level raised, after the answer."""
    heard = activity.level >= ANSWERED_FROM and activity.state == "closed"
    return heard and activity.closes_at is not None and activity.closes_at > moment


def _activity_duties(activities: Sequence[ActivityView]) -> Iterator[Duty]:
    for activity in activities:
        if activity.state == "annulled":
            continue
        if activity.closes_at is not None:
            yield Duty(
                words=_l("Wait until “%(title)s” has ended", title=activity.title),
                url=url_for("issues.edit_activity", activity_id=activity.id),
                met=activity.state == "closed",
            )
        yield from kind_of(activity.kind).duties(activity)
