"""The verbs of meetings: called, changed or cancelled before anything is recorded of them; then who came."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import TypedDict

from sqlalchemy import delete, func, select

from app.activities.panels import facts, mails
from app.activities.panels.holds import hold_living, hold_published
from app.activities.panels.models import (
    Attendance,
    Decision,
    Line,
    Meeting,
    Member,
    Minutes,
    Panel,
)
from app.activities.panels.queries import members_at
from app.core.clock import now
from app.core.db import db, lock
from app.core.errors import DomainError
from app.i18n import _l
from app.i18n.dates import local_day
from app.identity.viewer import Viewer
from app.issues.content import content_digest
from app.issues.kinds import ActivityView
from app.issues.queries import activity_place
from app.ledger.facts import Fact
from app.ledger.record import record


class MeetingContent(TypedDict):
    """What an officer says about a meeting. The moments are aware; `agenda` is a list of lines."""

    starts_at: datetime
    ends_at: datetime
    place_th: str
    place_en: str | None
    agenda: list[Line]


def call_meeting(*, activity_id: int, viewer: Viewer, content: MeetingContent) -> Meeting:
    """Call a meeting, give it the panel's next number and invite the members by mail.

    One that has already been held may be entered too; its page says that it was entered late. Raises
    `DomainError` for a draft's panel and for a time outside the activity's own.
    """
    activity = hold_published(activity_id)
    _check(content, activity)
    panel = lock(Panel, activity_id)
    panel.last_number += 1
    meeting = Meeting(
        activity_id=activity_id, number=panel.last_number, called_at=now(), officials=[], **content
    )
    db.session.add(meeting)
    db.session.flush()
    _record(facts.CALLED, meeting, activity, viewer, told=True)
    if not meeting.entered_late:
        mails.tell_members(meeting, activity, "called")
    return meeting


def change_meeting(*, meeting_id: int, viewer: Viewer, content: MeetingContent) -> Meeting:
    """Change what a meeting was called for, while nothing is recorded of it; the members are told."""
    meeting, activity = _held_unheld(meeting_id)
    _check(content, activity)
    if all(getattr(meeting, name) == value for name, value in content.items()):
        return meeting
    for name, value in content.items():
        setattr(meeting, name, value)
    meeting.changed_at = now()
    db.session.flush()
    _record(facts.CHANGED, meeting, activity, viewer, told=True)
    if meeting.starts_at > now():
        mails.tell_members(meeting, activity, "changed")
    return meeting


def cancel_meeting(*, meeting_id: int, viewer: Viewer, reason_th: str, reason_en: str | None) -> Meeting:
    """Cancel a meeting of which nothing is recorded yet; everyone reads why, the members are told."""
    meeting, activity = _held_unheld(meeting_id)
    meeting.cancelled_at, meeting.cancel_th, meeting.cancel_en = now(), reason_th, reason_en
    db.session.flush()
    _record(facts.CANCELLED, meeting, activity, viewer)
    if meeting.starts_at > now():
        mails.tell_members(meeting, activity, "cancelled")
    return meeting


def record_attendance(
    *,
    meeting_id: int,
    viewer: Viewer,
    came: Collection[int],
    absences: Mapping[int, str],
    officials: Sequence[Line],
) -> Meeting:
    """Note which members came, why others did not, and who came for the agency.

    `came` holds member ids, `absences` reasons by member id, for the office alone. May be noted again
    until the minutes are adopted, and while a correction of them is being drafted.
    """
    meeting, activity = held_begun(meeting_id)
    if _adopted_last(meeting_id):
        raise DomainError(_l("The minutes are adopted. Begin a correction of them to change who came."))
    members = members_at(meeting)
    unknown = set(came) - {member.id for member in members}
    if unknown:
        raise DomainError(_l("Choose among the members on the page."), "came")
    db.session.execute(delete(Attendance).where(Attendance.meeting_id == meeting_id))
    db.session.add_all(_ticks(meeting, members, came, absences))
    meeting.officials, meeting.attended_at = list(officials), now()
    db.session.flush()
    record(
        facts.ATTENDED,
        subject=f"meeting/{meeting.id}",
        actor=viewer.acting("panels.meet", activity.agency_id),
        place=activity_place(activity),
        data={"came": len(set(came)), "members": len(members)},
    )
    return meeting


def held_begun(meeting_id: int) -> tuple[Meeting, ActivityView]:
    """Hold a meeting that has begun and was not cancelled: only of such a one can something be recorded."""
    meeting = lock(Meeting, meeting_id)
    activity = hold_living(meeting.activity_id)
    if meeting.cancelled_at is not None:
        raise DomainError(_l("This meeting was cancelled."))
    if meeting.starts_at > now():
        raise DomainError(_l("This meeting has not begun yet. Come back when it has been held."))
    return meeting, activity


def _held_unheld(meeting_id: int) -> tuple[Meeting, ActivityView]:
    """Hold a meeting of which neither attendance nor minutes nor a decision is recorded."""
    meeting = lock(Meeting, meeting_id)
    activity = hold_living(meeting.activity_id)
    if meeting.cancelled_at is not None:
        raise DomainError(_l("This meeting was cancelled."))
    recorded = (
        meeting.attended_at is not None
        or db.session.scalar(select(Minutes.id).where(Minutes.meeting_id == meeting_id).limit(1))
        or db.session.scalar(select(Decision.id).where(Decision.meeting_id == meeting_id).limit(1))
    )
    if recorded:
        raise DomainError(
            _l("This meeting was held: what it was called for can no longer be changed or cancelled.")
        )
    return meeting, activity


def _check(content: MeetingContent, activity: ActivityView) -> None:
    if not content["place_th"]:
        raise DomainError(_l("Say in Thai where the panel meets."), "place_th")
    if not content["agenda"]:
        raise DomainError(_l("Write at least one item of the agenda."), "agenda_th")
    if content["ends_at"] <= content["starts_at"]:
        raise DomainError(_l("The meeting must end after it begins."), "ends_at")
    if content["starts_at"] < activity.opens_at:
        raise DomainError(_l("The panel's activity has not begun by then. Choose a later day."), "starts_at")
    if activity.closes_at is not None and content["ends_at"] > activity.closes_at:
        raise DomainError(
            _l("The panel's activity is over by then. Choose an earlier day, or extend the activity."),
            "starts_at",
        )


def _adopted_last(meeting_id: int) -> bool:
    """Whether the newest version of the minutes is adopted."""
    newest = select(func.max(Minutes.version)).where(Minutes.meeting_id == meeting_id).scalar_subquery()
    adopted = select(Minutes.adopted_at).where(Minutes.meeting_id == meeting_id, Minutes.version == newest)
    return db.session.scalar(adopted) is not None


def _ticks(
    meeting: Meeting,
    members: Sequence[Member],
    came: Collection[int],
    absences: Mapping[int, str],
) -> list[Attendance]:
    return [
        Attendance(
            meeting_id=meeting.id,
            member_id=member.id,
            activity_id=meeting.activity_id,
            came=member.id in came,
            absence=None if member.id in came or member.erased_at else absences.get(member.id) or None,
        )
        for member in members
    ]


def _record(
    fact: Fact, meeting: Meeting, activity: ActivityView, viewer: Viewer, *, told: bool = False
) -> None:
    content = {
        "starts_at": meeting.starts_at.isoformat(),
        "ends_at": meeting.ends_at.isoformat(),
        "place_th": meeting.place_th,
        "place_en": meeting.place_en,
        "agenda": meeting.agenda,
    }
    data = {"day": local_day(meeting.starts_at).isoformat(), "content": content_digest(content)}
    record(
        fact,
        subject=f"meeting/{meeting.id}",
        actor=viewer.acting("panels.meet", activity.agency_id),
        place=activity_place(activity),
        data=data if told else None,
    )
