"""Reading a panel, who sits on it, and who applied."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Row, and_, select

from app.activities.panels.models import Application, Member, Panel, SeatGroup
from app.activities.panels.queries.shared import PAGE, Page, one
from app.core.db import db
from app.identity.models import Person
from app.issues.models import Activity


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
        select(Member).where(Member.activity_id == activity_id, Member.left_at.is_(None)).order_by(Member.id)
    )
    by_group: dict[int, list[Member]] = {}
    for member in members:
        by_group.setdefault(member.group_id, []).append(member)
    return by_group


def former_representatives(activity_id: int) -> Sequence[Member]:
    """Those the agency named who have left, whose names it still knows, in the order of their seats."""
    left = (Member.left_at.is_not(None), Member.erased_at.is_(None), Member.application_id.is_(None))
    return db.session.scalars(
        select(Member).where(Member.activity_id == activity_id, *left).order_by(Member.id)
    ).all()


def sits_on(activity_id: int, person_id: int) -> bool:
    """Whether a person holds a seat on a panel now."""
    live = (Member.activity_id == activity_id, Member.person_id == person_id, Member.left_at.is_(None))
    return db.session.scalar(select(Member.id).where(*live)) is not None


def member_in(activity_id: int, member_id: int) -> Row[Member, SeatGroup]:
    """A member of this panel, with the group. Raises `NotFound`."""
    return one(
        select(Member, SeatGroup)
        .join(SeatGroup, SeatGroup.id == Member.group_id)
        .where(Member.id == member_id, Member.activity_id == activity_id)
    )


def application_in(activity_id: int, application_id: int) -> Row[Application, SeatGroup, str]:
    """An application to this panel, with the group and the applicant's name. Raises `NotFound`."""
    return one(
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
