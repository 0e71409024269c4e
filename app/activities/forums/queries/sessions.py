"""Reading a forum, its sessions and their files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, func, select

from app.activities.forums.models import Forum, Material, Minutes, Registration, Session
from app.activities.forums.queries.shared import one
from app.agencies.models import Area
from app.core.clock import now
from app.core.db import db
from app.issues.models import Activity, Issue


@dataclass(frozen=True)
class Counts:
    """What was done in one forum: sessions that stand, held, minuted; people registered, and who came, None while
    no session is counted.
    """

    sessions: int
    held: int
    minuted: int
    registered: int
    came: int | None


def forum_of(activity_id: int) -> Forum | None:
    """The forum of an activity, or None while nobody has prepared it."""
    return db.session.scalar(select(Forum).where(Forum.activity_id == activity_id))


def sessions_of(activity_id: int) -> Sequence[Row[Any]]:
    """A forum's sessions by their time: Session, and how many `versions` of minutes are published, how many are
    `waiting`, and how many `came`."""
    return db.session.execute(
        select(
            Session,
            published(Session.id).label("versions"),
            _people(Registration.state == "waiting").label("waiting"),
            _people(Registration.arrived_at.is_not(None)).label("came"),
        )
        .where(Session.activity_id == activity_id)
        .order_by(Session.starts_at, Session.id)
    ).all()


def session_in(activity_id: int, session_id: int) -> Row[Any]:
    """A session of this forum, with the Area it lies in or None. Raises `NotFound`."""
    row: Row[Any] = one(
        select(Session, Area)
        .outerjoin(Area, Area.code == Session.area_code)
        .where(Session.id == session_id, Session.activity_id == activity_id)
    )
    return row


def materials_of(session_id: int) -> Sequence[Material]:
    """The files put with a session, in the order in which they were."""
    query = select(Material).where(Material.session_id == session_id).order_by(Material.id)
    return db.session.scalars(query).all()


def material_in(activity_id: int, material_id: int) -> Material:
    """A file of this forum. Raises `NotFound`."""
    material: Material = one(
        select(Material)
        .join(Session, Session.id == Material.session_id)
        .where(Material.id == material_id, Session.activity_id == activity_id)
    )[0]
    return material


def counts_of(activity_id: int) -> Counts:
    """What was done in a forum: one statement."""
    of_forum = (Session.activity_id == activity_id, Session.cancelled_at.is_(None))
    held = (*of_forum, Session.ends_at <= now())
    people = (
        select(func.count()).select_from(Registration).join(Session, Session.id == Registration.session_id)
    )
    minuted = select(func.count(Minutes.session_id.distinct())).join(
        Session, Session.id == Minutes.session_id
    )
    row = db.session.execute(
        select(
            select(func.count()).select_from(Session).where(*of_forum).scalar_subquery(),
            select(func.count()).select_from(Session).where(*held).scalar_subquery(),
            minuted.where(*of_forum, Minutes.published_at.is_not(None)).scalar_subquery(),
            people.where(*of_forum, Registration.state.in_(("seated", "waiting"))).scalar_subquery(),
            people.where(
                *of_forum, Registration.arrived_at.is_not(None), Session.counted_at.is_not(None)
            ).scalar_subquery(),
            select(func.count(Session.counted_at)).where(*of_forum).scalar_subquery(),
        )
    ).one()
    sessions, held, minuted, registered, came, counted = row
    return Counts(sessions, held, minuted, registered, came if counted else None)


def desk(agency_ids: Sequence[int]) -> Sequence[Row[Any]]:
    """The newest 100 forums of these agencies' issues: Activity, Issue, Forum or None, and how many `sessions` are
    still `coming`, and how many were held without published minutes (`owing`)."""
    standing = (Session.activity_id == Activity.id, Session.cancelled_at.is_(None))
    return db.session.execute(
        select(
            Activity,
            Issue,
            Forum,
            _sessions(*standing).label("sessions"),
            _sessions(*standing, Session.ends_at > now()).label("coming"),
            _sessions(*standing, Session.ends_at <= now(), published(Session.id) == 0).label("owing"),
        )
        .join(Issue, Issue.id == Activity.issue_id)
        .outerjoin(Forum, Forum.activity_id == Activity.id)
        .where(
            Activity.kind == "forums",
            Issue.agency_id.in_(agency_ids),
            Issue.annulled_at.is_(None),
            Activity.annulled_at.is_(None),
        )
        .order_by(Activity.id.desc())
        .limit(100)
    ).all()


def published(session_id: Any) -> Any:
    """How many versions of a session's minutes everyone can read."""
    query: Select[Any] = select(func.count()).where(
        Minutes.session_id == session_id, Minutes.published_at.is_not(None)
    )
    return query.scalar_subquery()


def _people(*conditions: Any) -> Any:
    query = select(func.count()).select_from(Registration)
    return query.where(Registration.session_id == Session.id, *conditions).scalar_subquery()


def _sessions(*conditions: Any) -> Any:
    return select(func.count()).select_from(Session).where(*conditions).scalar_subquery()
