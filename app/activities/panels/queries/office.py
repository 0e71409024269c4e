"""Reading for the office: the queue of applications, what was done and is owed, the desk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, func, select

from app.activities.panels.models import Application, Decision, Meeting, Minutes, SeatGroup
from app.activities.panels.queries.shared import PAGE, Page
from app.core.db import db
from app.identity.models import Person
from app.issues.models import Activity, Issue


@dataclass(frozen=True)
class Counts:
    """What the office has done and still owes in one panel."""

    meetings: int
    minuted: int
    decisions: int
    reviewing: int
    waiting: int


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
            _number(Decision, Decision.activity_id == activity_id, Decision.verdict == "under_review").label(
                "reviewing"
            ),
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
            _number(Meeting, Meeting.activity_id == Activity.id, Meeting.cancelled_at.is_(None)).label(
                "meetings"
            ),
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
