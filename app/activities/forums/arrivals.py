"""Who came: the office's verbs on the day of a session, and afterwards from the paper list.

Single arrivals are sealed facts with a count; what everyone reads is the attendance by sector, once counted.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TypedDict

from sqlalchemy import func, select

from app.activities.forums import facts
from app.activities.forums.holds import hold_session
from app.activities.forums.models import Registration, Session
from app.agencies.sectors import SECTORS
from app.core.clock import now
from app.core.db import db, lock
from app.core.errors import DomainError, NotFound
from app.i18n import _l
from app.i18n.dates import local_day
from app.identity.viewer import Viewer
from app.issues.hiding import SMALLEST, shown
from app.issues.kinds import ActivityView
from app.issues.queries import activity_place
from app.ledger.facts import Fact
from app.ledger.record import record

COMING = ("seated", "waiting", "walk_in")
"""The states of those who may have come; who waited and came all the same was there too."""


class WalkIn(TypedDict):
    """Somebody who came without registering."""

    name: str
    sector: str
    way: str


def confirm_arrival(*, registration_id: int, viewer: Viewer) -> Registration:
    """Note that a person came; noting it twice changes nothing. Raises `DomainError` before the session's day."""
    registration, session, activity = _held(registration_id)
    if registration.arrived_at is not None:
        return registration
    registration.arrived_at = now()
    _changed(facts.ARRIVED, session, activity, viewer)
    return registration


def undo_arrival(*, registration_id: int, viewer: Viewer) -> Session:
    """Take back what was noted by mistake; somebody added without registering leaves the list altogether."""
    registration, session, activity = _held(registration_id)
    if registration.arrived_at is None:
        return session
    if registration.state == "walk_in":
        db.session.delete(registration)
    else:
        registration.arrived_at = None
    _changed(facts.UNDONE, session, activity, viewer)
    return session


def add_walk_in(*, session_id: int, viewer: Viewer, person: WalkIn) -> Registration:
    """Put somebody who came without registering on the list of those who came."""
    session, activity = _hold_day(session_id)
    row = _walk_in(session, person)
    _changed(facts.ARRIVED, session, activity, viewer)
    return row


def key_in(
    *,
    session_id: int,
    viewer: Viewer,
    came: Collection[int],
    before: Collection[int],
    walk_ins: Sequence[WalkIn] = (),
) -> Session:
    """Take over the paper list: of those registered `came` (ids) were there, and these besides.

    `before` are those ticked when the list was opened. Only what was changed in it is taken over: who was let in at the
    door meanwhile stays.
    """
    session, activity = _hold_day(session_id)
    rows = db.session.scalars(
        select(Registration).where(Registration.session_id == session_id, Registration.state.in_(COMING))
    ).all()
    if set(came) - {row.id for row in rows}:
        raise DomainError(_l("Choose among the people on the page."), "came")
    for row in rows:
        if row.id in came and row.arrived_at is None:
            row.arrived_at = now()
        elif row.id in before and row.id not in came and row.arrived_at is not None:
            if row.state == "walk_in":
                db.session.delete(row)
            else:
                row.arrived_at = None
    for person in walk_ins:
        _walk_in(session, person)
    _changed(facts.ARRIVED, session, activity, viewer)
    return session


def count_attendance(*, session_id: int, viewer: Viewer) -> Session:
    """Declare the list of who came complete: from now on everyone reads how many came, by sector."""
    session, activity = _hold_day(session_id)
    if session.starts_at > now():
        raise DomainError(_l("This session has not begun yet. Come back when it has been held."))
    counts = attendance_of(session_id)
    came = sum(counts.values())
    session.counted_at = now()
    db.session.flush()
    record(
        facts.COUNTED,
        subject=f"session/{session.id}",
        actor=viewer.acting("forums.check_in", activity.agency_id),
        place=activity_place(activity),
        data={
            "came": came if came == 0 or came >= SMALLEST else None,
            "sectors": [f"{code}:{number}" for code, number in shown(counts).items() if number is not None],
        },
    )
    return session


def attendance_of(session_id: int) -> dict[str, int]:
    """How many came, by sector, in the order of the sectors: one statement."""
    rows = db.session.execute(
        select(Registration.sector, func.count().label("people"))
        .where(Registration.session_id == session_id, Registration.arrived_at.is_not(None))
        .group_by(Registration.sector)
    ).all()
    found = {row.sector: row.people for row in rows}
    return {code: found[code] for code in SECTORS if code in found}


def _walk_in(session: Session, person: WalkIn) -> Registration:
    if not person["name"]:
        raise DomainError(_l("Enter the name."), "name")
    if person["sector"] not in SECTORS:
        raise DomainError(_l("Choose one of the answers on the page."), "sector")
    if person["way"] not in session.ways:
        raise DomainError(_l("Choose one of the answers on the page."), "way")
    row = Registration(
        session_id=session.id,
        state="walk_in",
        sent_at=now(),
        arrived_at=now(),
        needs=[],
        entries=[],
        **person,
    )
    db.session.add(row)
    db.session.flush()
    return row


def _held(registration_id: int) -> tuple[Registration, Session, ActivityView]:
    found = db.session.get(Registration, registration_id)
    if found is None:
        raise NotFound
    session, activity = _hold_day(found.session_id)
    registration = lock(Registration, registration_id)
    if registration.state == "cancelled" or registration.erased_at is not None:
        raise DomainError(_l("This registration was cancelled."))
    return registration, session, activity


def _hold_day(session_id: int) -> tuple[Session, ActivityView]:
    """The session, held, from the beginning of its day on."""
    session, activity = hold_session(session_id)
    if activity.state == "draft":
        raise DomainError(_l("Publish the issue first. Until then sessions can only be prepared."))
    if local_day(now()) < local_day(session.starts_at):
        raise DomainError(_l("Who came can be noted from the day of the session on."))
    return session, activity


def _changed(fact: Fact, session: Session, activity: ActivityView, viewer: Viewer) -> None:
    """Record it; a list already counted must be counted again."""
    session.counted_at = None
    db.session.flush()
    came = select(func.count()).where(
        Registration.session_id == session.id, Registration.arrived_at.is_not(None)
    )
    record(
        fact,
        subject=f"session/{session.id}",
        actor=viewer.acting("forums.check_in", activity.agency_id),
        place=activity_place(activity),
        data={"came": db.session.scalar(came) or 0},
    )
