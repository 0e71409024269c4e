"""Reading meetings: who came, their minutes with files, and what they decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Row, and_, case, func, or_, select

from app.activities.panels.models import (
    Attachment,
    Attendance,
    Decision,
    Meeting,
    Member,
    Minutes,
    SeatGroup,
)
from app.activities.panels.queries.shared import one
from app.core.db import db
from app.issues.models import Activity


def meetings_of(activity_id: int) -> Sequence[Row[Meeting, int, int]]:
    """The panel's meetings by their time, each with how many versions of its minutes are adopted, and how
    many decisions it made."""
    adopted = select(func.count()).where(Minutes.meeting_id == Meeting.id, Minutes.adopted_at.is_not(None))
    decided = select(func.count()).where(Decision.meeting_id == Meeting.id)
    return db.session.execute(
        select(
            Meeting,
            adopted.scalar_subquery().label("versions"),
            decided.scalar_subquery().label("decisions"),
        )
        .where(Meeting.activity_id == activity_id)
        .order_by(Meeting.starts_at, Meeting.id)
    ).all()


def meeting_in(activity_id: int, meeting_id: int) -> Meeting:
    """A meeting of this panel. Raises `NotFound`."""
    wanted = select(Meeting).where(Meeting.id == meeting_id, Meeting.activity_id == activity_id)
    meeting: Meeting = one(wanted)[0]
    return meeting


def members_at(meeting: Meeting) -> Sequence[Member]:
    """Who could have come to a meeting: who sat when it began, or was seated later and still sits."""
    sat_then = Member.seated_at <= meeting.starts_at
    return db.session.scalars(
        select(Member)
        .join(SeatGroup, SeatGroup.id == Member.group_id)
        .where(
            Member.activity_id == meeting.activity_id,
            or_(Member.left_at.is_(None), and_(sat_then, Member.left_at > meeting.starts_at)),
        )
        .order_by(SeatGroup.position, Member.id)
    ).all()


def ticks_of(meeting_id: int) -> Mapping[int, Attendance]:
    """What is noted of each member's coming, by member id."""
    rows = db.session.scalars(select(Attendance).where(Attendance.meeting_id == meeting_id))
    return {row.member_id: row for row in rows}


def attendance_of(meeting_id: int) -> list[dict[str, int]]:
    """How many members of each group came, as adopted minutes keep it: group id, came, of how many.

    Shown however small the group: who sits for one holds a public seat, and no opinion is counted.
    """
    rows = db.session.execute(
        select(
            Member.group_id,
            func.sum(case((Attendance.came, 1), else_=0)).label("came"),
            func.count().label("of"),
        )
        .join(Attendance, Attendance.member_id == Member.id)
        .where(Attendance.meeting_id == meeting_id)
        .group_by(Member.group_id)
        .order_by(Member.group_id)
    )
    return [{"group": row.group_id, "came": int(row.came), "of": row.of} for row in rows]


def minutes_of(meeting_id: int) -> Sequence[Minutes]:
    """Every version of a meeting's minutes, the newest first."""
    query = select(Minutes).where(Minutes.meeting_id == meeting_id)
    return db.session.scalars(query.order_by(Minutes.version.desc())).all()


def files_of(minutes_id: int) -> Sequence[Attachment]:
    """The files of one version of minutes, in the order in which they were added."""
    query = select(Attachment).where(Attachment.minutes_id == minutes_id).order_by(Attachment.id)
    return db.session.scalars(query).all()


def file_in(activity_id: int, attachment_id: int) -> Row[Attachment, Minutes]:
    """A file of this panel's minutes, with the version it belongs to. Raises `NotFound`."""
    return one(
        select(Attachment, Minutes)
        .join(Minutes, Minutes.id == Attachment.minutes_id)
        .join(Meeting, Meeting.id == Minutes.meeting_id)
        .where(Attachment.id == attachment_id, Meeting.activity_id == activity_id)
    )


def decisions_of(
    activity_id: int, meeting_id: int | None = None
) -> Sequence[Row[Decision, Meeting, Activity]]:
    """The decision log of a panel, or of one meeting, in its order: with the meeting, and with the activity
    in which people had said it."""
    query = (
        select(Decision, Meeting, Activity)
        .join(Meeting, Meeting.id == Decision.meeting_id)
        .outerjoin(Activity, Activity.id == Decision.source_id)
        .where(Decision.activity_id == activity_id)
        .order_by(Meeting.starts_at, Decision.id)
    )
    if meeting_id is not None:
        query = query.where(Decision.meeting_id == meeting_id)
    return db.session.execute(query).all()


def decision_in(activity_id: int, decision_id: int) -> Row[Decision, Meeting]:
    """A decision of this panel, with its meeting. Raises `NotFound`."""
    return one(
        select(Decision, Meeting)
        .join(Meeting, Meeting.id == Decision.meeting_id)
        .where(Decision.id == decision_id, Decision.activity_id == activity_id)
    )


def sources_for(activity_id: int, issue_id: int) -> Sequence[Activity]:
    """The issue's other activities, in which people may have said what a decision answers."""
    return db.session.scalars(
        select(Activity)
        .where(Activity.issue_id == issue_id, Activity.id != activity_id, Activity.annulled_at.is_(None))
        .order_by(Activity.opens_at, Activity.id)
    ).all()
