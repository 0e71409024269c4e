"""Giving seats: the session's row is held while it is done, so that they are never overbooked.

The table's own check would refuse what slipped past.
"""

from __future__ import annotations

from sqlalchemy import select

from app.activities.forums import facts, mails
from app.activities.forums.models import Registration, Session
from app.core.clock import now
from app.core.db import db
from app.issues.kinds import ActivityView
from app.issues.queries import activity_place
from app.ledger.facts import SYSTEM
from app.ledger.record import record


def fill(session: Session, activity: ActivityView) -> list[Registration]:
    """Give free seats to those who wait, in the order in which they came, and tell them.

    The session's row must be held. Once it has begun nobody moves up any more.
    """
    if session.starts_at <= now() or session.cancelled_at is not None:
        return []
    moved = [row for way in session.ways for row in _next(session, way)]
    for row in moved:
        row.state = "seated"
        session.take(row.way)
        entry = record(
            facts.MOVED_UP,
            subject=f"session/{session.id}",
            actor=SYSTEM,
            place=activity_place(activity),
        )
        row.entries = [*row.entries, entry.id]
        mails.tell_person(row, session, activity, "moved_up")
    db.session.flush()
    return moved


def _next(session: Session, way: str) -> list[Registration]:
    """Who moves up this way: as many as there are free seats, the longest waiting first."""
    free = session.free(way)
    if free < 1:
        return []
    waiting = (
        select(Registration)
        .where(
            Registration.session_id == session.id,
            Registration.state == "waiting",
            Registration.way == way,
            Registration.erased_at.is_(None),
        )
        .order_by(Registration.id)
        .limit(free)
        .execution_options(populate_existing=True)
    )
    return list(db.session.scalars(waiting))
