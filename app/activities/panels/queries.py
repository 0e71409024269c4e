"""Reading panels: one statement a question, however many members, meetings or decisions there are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, case, func, or_, select

from app.activities.panels.models import (
    Application,
    Attachment,
    Attendance,
    Decision,
    Meeting,
    Member,
    Minutes,
    Panel,
    SeatGroup,
)
from app.core.db import db
from app.core.errors import NotFound
from app.identity.models import Person
from app.issues.models import Activity, Issue

PAGE = 50


@dataclass(frozen=True)
class PanelView:
    """A panel with its groups in their order."""

    panel: Panel
    groups: Sequence[SeatGroup]

    @property
    def seats(self) -> int:
        return sum(group.seats for group in self.groups)

    @property
    def taken(self) -> int:
        return sum(group.taken for group in self.groups)


@dataclass(frozen=True)
class Page:
    """One page of a list; `next` is the id the following page begins after, None on the last."""

    rows: Sequence[Row[Any]]
    next: int | None


@dataclass(frozen=True)
class Counts:
    """What the office has done and still owes in one panel."""

    meetings: int
    minuted: int
    decisions: int
    reviewing: int
    waiting: int


# ---------------------------------------------------------------- the panel and its seats


def panel_of(activity_id: int) -> PanelView | None:
    """The panel of an activity with its groups, or None while nobody has prepared it."""
    rows = db.session.execute(
        select(Panel, SeatGroup)
        .outerjoin(SeatGroup, SeatGroup.activity_id == Panel.activity_id)
        .where(Panel.activity_id == activity_id)
        .order_by(SeatGroup.position, SeatGroup.id)
    ).all()
    if not rows:
        return None
    return PanelView(rows[0].Panel, [row.SeatGroup for row in rows if row.SeatGroup is not None])


def roster(activity_id: int) -> Mapping[int, Sequence[Member]]:
    """The members who sit now, by group, in the order in which they were seated."""
    members = db.session.scalars(
        select(Member)
        .where(Member.activity_id == activity_id, Member.left_at.is_(None))
        .order_by(Member.id)
    )
    by_group: dict[int, list[Member]] = {}
    for member in members:
        by_group.setdefault(member.group_id, []).append(member)
    return by_group


def sits_on(activity_id: int, person_id: int) -> bool:
    """Whether a person holds a seat on a panel now."""
    live = (Member.activity_id == activity_id, Member.person_id == person_id, Member.left_at.is_(None))
    return db.session.scalar(select(Member.id).where(*live)) is not None


def member_in(activity_id: int, member_id: int) -> Row[tuple[Member, SeatGroup]]:
    """A member of this panel, with the group. Raises `NotFound`."""
    return _one(
        select(Member, SeatGroup)
        .join(SeatGroup, SeatGroup.id == Member.group_id)
        .where(Member.id == member_id, Member.activity_id == activity_id)
    )


# ---------------------------------------------------------------- applications


def applications(activity_id: int, *, waiting: bool, after: int | None = None) -> Page:
    """Applications as the office works through them, oldest first: those waiting, or the answered ones."""
    of_state = Application.state == "waiting" if waiting else Application.state.in_(("seated", "declined"))
    query = (
        select(Application, Person.name, SeatGroup)
        .join(SeatGroup, SeatGroup.id == Application.group_id)
        .outerjoin(Person, Person.id == Application.person_id)
        .where(Application.activity_id == activity_id, of_state)
        .order_by(Application.id)
    )
    if after is not None:
        query = query.where(Application.id > after)
    rows = db.session.execute(query.limit(PAGE + 1)).all()
    return Page(rows[:PAGE], rows[PAGE - 1].Application.id if len(rows) > PAGE else None)


def application_in(activity_id: int, application_id: int) -> Row[tuple[Application, SeatGroup, str]]:
    """An application to this panel, with the group and the applicant's name. Raises `NotFound`."""
    return _one(
        select(Application, SeatGroup, Person.name)
        .join(SeatGroup, SeatGroup.id == Application.group_id)
        .outerjoin(Person, Person.id == Application.person_id)
        .where(Application.id == application_id, Application.activity_id == activity_id)
    )


def own_applications(person_id: int, before: int | None = None) -> Page:
    """A person's applications with what became of them and the seat they led to, newest first."""
    query = (
        select(Application, SeatGroup, Activity, Member)
        .join(SeatGroup, SeatGroup.id == Application.group_id)
        .join(Activity, Activity.id == Application.activity_id)
        .outerjoin(Member, Member.application_id == Application.id)
        .where(Application.person_id == person_id)
        .order_by(Application.id.desc())
    )
    if before is not None:
        query = query.where(Application.id < before)
    rows = db.session.execute(query.limit(PAGE + 1)).all()
    return Page(rows[:PAGE], rows[PAGE - 1].Application.id if len(rows) > PAGE else None)


def own_standing(activity_id: int, person_id: int) -> tuple[Application | None, Member | None]:
    """A person's waiting application and live membership in one panel: one statement."""
    rows = db.session.execute(
        select(Application, Member)
        .select_from(Panel)
        .outerjoin(
            Application,
            and_(
                Application.activity_id == Panel.activity_id,
                Application.person_id == person_id,
                Application.state == "waiting",
            ),
        )
        .outerjoin(
            Member,
            and_(
                Member.activity_id == Panel.activity_id,
                Member.person_id == person_id,
                Member.left_at.is_(None),
            ),
        )
        .where(Panel.activity_id == activity_id)
    ).all()
    return (rows[0].Application, rows[0].Member) if rows else (None, None)


# ---------------------------------------------------------------- meetings and their minutes


def meetings_of(activity_id: int) -> Sequence[Row[tuple[Meeting, int, int]]]:
    """The panel's meetings by their time, each with how many versions of its minutes are adopted, and how
    many decisions it made."""
    adopted = select(func.count()).where(
        Minutes.meeting_id == Meeting.id, Minutes.adopted_at.is_not(None)
    )
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
    meeting: Meeting = _one(wanted)[0]
    return meeting


def members_at(meeting: Meeting) -> Sequence[Member]:
    """Who could have come to a meeting: who sat when it began, or was seated later and still sits."""
    return db.session.scalars(
        select(Member)
        .join(SeatGroup, SeatGroup.id == Member.group_id)
        .where(
            Member.activity_id == meeting.activity_id,
            or_(Member.left_at.is_(None), Member.left_at > meeting.starts_at),
        )
        .order_by(SeatGroup.position, Member.id)
    ).all()


def ticks_of(meeting_id: int) -> Mapping[int, Attendance]:
    """What is noted of each member's coming, by member id."""
    rows = db.session.scalars(select(Attendance).where(Attendance.meeting_id == meeting_id))
    return {row.member_id: row for row in rows}


def attendance_of(meeting_id: int) -> list[dict[str, int]]:
    """How many members of each group came, as adopted minutes keep it: group id, came, of how many."""
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


def minutes_in(meeting_id: int, version: int) -> Minutes:
    """One version of a meeting's minutes. Raises `NotFound`."""
    wanted = select(Minutes).where(Minutes.meeting_id == meeting_id, Minutes.version == version)
    minutes: Minutes = _one(wanted)[0]
    return minutes


def files_of(minutes_id: int) -> Sequence[Attachment]:
    """The files of one version of minutes, in the order in which they were added."""
    query = select(Attachment).where(Attachment.minutes_id == minutes_id).order_by(Attachment.id)
    return db.session.scalars(query).all()


def file_in(activity_id: int, attachment_id: int) -> Row[tuple[Attachment, Minutes]]:
    """A file of this panel's minutes, with the version it belongs to. Raises `NotFound`."""
    return _one(
        select(Attachment, Minutes)
        .join(Minutes, Minutes.id == Attachment.minutes_id)
        .join(Meeting, Meeting.id == Minutes.meeting_id)
        .where(Attachment.id == attachment_id, Meeting.activity_id == activity_id)
    )


# ---------------------------------------------------------------- decisions


def decisions_of(
    activity_id: int, meeting_id: int | None = None
) -> Sequence[Row[tuple[Decision, Meeting, Activity]]]:
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


def decision_in(activity_id: int, decision_id: int) -> Row[tuple[Decision, Meeting]]:
    """A decision of this panel, with its meeting. Raises `NotFound`."""
    return _one(
        select(Decision, Meeting)
        .join(Meeting, Meeting.id == Decision.meeting_id)
        .where(Decision.id == decision_id, Decision.activity_id == activity_id)
    )


def sources_for(activity_id: int, issue_id: int) -> Sequence[Activity]:
    """The issue's other activities, in which people may have said what a decision answers."""
    return db.session.scalars(
        select(Activity)
        .where(
            Activity.issue_id == issue_id, Activity.id != activity_id, Activity.annulled_at.is_(None)
        )
        .order_by(Activity.opens_at, Activity.id)
    ).all()


# ---------------------------------------------------------------- the office


def counts_of(activity_id: int) -> Counts:
    """What was done and is owed in a panel: one statement."""
    meetings = (Meeting.activity_id == activity_id, Meeting.cancelled_at.is_(None))
    minuted = select(func.count(Minutes.meeting_id.distinct())).join(
        Meeting, Meeting.id == Minutes.meeting_id
    )
    row = db.session.execute(
        select(
            _number(Meeting, *meetings).label("meetings"),
            minuted.where(*meetings, Minutes.adopted_at.is_not(None)).scalar_subquery().label("minuted"),
            _number(Decision, Decision.activity_id == activity_id).label("decisions"),
            _number(
                Decision, Decision.activity_id == activity_id, Decision.verdict == "under_review"
            ).label("reviewing"),
            _number(
                Application, Application.activity_id == activity_id, Application.state == "waiting"
            ).label("waiting"),
        )
    ).one()
    return Counts(*row)


def desk(agency_ids: Sequence[int]) -> Sequence[Row[Any]]:
    """The newest 100 panels of these agencies' issues: seats, taken ones, applications waiting, meetings."""
    seats = select(func.coalesce(func.sum(SeatGroup.seats), 0)).where(SeatGroup.activity_id == Activity.id)
    taken = select(func.coalesce(func.sum(SeatGroup.taken), 0)).where(SeatGroup.activity_id == Activity.id)
    return db.session.execute(
        select(
            Activity,
            Issue,
            seats.scalar_subquery().label("seats"),
            taken.scalar_subquery().label("taken"),
            _number(
                Application, Application.activity_id == Activity.id, Application.state == "waiting"
            ).label("waiting"),
            _number(
                Meeting, Meeting.activity_id == Activity.id, Meeting.cancelled_at.is_(None)
            ).label("meetings"),
        )
        .join(Issue, Issue.id == Activity.issue_id)
        .where(
            Activity.kind == "panels",
            Issue.agency_id.in_(agency_ids),
            Issue.annulled_at.is_(None),
            Activity.annulled_at.is_(None),
        )
        .order_by(Activity.id.desc())
        .limit(100)
    ).all()


def _number(model: type[Any], *conditions: ColumnElement[bool]) -> Any:
    return select(func.count()).select_from(model).where(*conditions).scalar_subquery()


def _one(query: Select[Any]) -> Any:
    row = db.session.execute(query).one_or_none()
    if row is None:
        raise NotFound
    return row
