"""Background work of forums: sessions become known with their issue; what people no longer need kept is erased."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from app.activities.forums import facts
from app.activities.forums.models import Photo, Registration, Session
from app.activities.forums.photos import remove_withdrawn
from app.activities.forums.service import forget_needs
from app.activities.forums.sessions import announce_session
from app.core.clock import now
from app.core.db import db, lock, transaction
from app.issues.models import Activity, Issue
from app.issues.queries import activity_place, activity_with_issue
from app.ledger.facts import SYSTEM
from app.ledger.record import record

BATCH = 100
NEEDS_KEPT = timedelta(days=30)
"""How long after a session what people said they need is kept: until claims for it can be settled."""

PAUSE = timedelta(minutes=10)
"""Nothing of the sweep is in a hurry."""

_next_sweep: datetime | None = None


def run() -> int:
    """Announce what is due, and sweep when the pause is over; return how much was done."""
    global _next_sweep
    done = sum(_announce(session_id) for session_id in _unannounced())
    if _next_sweep is None or now() >= _next_sweep:
        _next_sweep = now() + PAUSE
        done += sweep()
    return done


def sweep() -> int:
    """Erase needs whose time is over and delete withdrawn pictures; return how many rows that were."""
    erased = sum(_erase_needs(session_id) for session_id in _with_old_needs())
    return erased + sum(_remove(photo_id) for photo_id in _withdrawn())


def _unannounced() -> list[int]:
    due = db.session.scalars(
        select(Session.id)
        .join(Activity, Activity.id == Session.activity_id)
        .join(Issue, Issue.id == Activity.issue_id)
        .where(
            Session.announced_at.is_(None),
            Activity.annulled_at.is_(None),
            Issue.published_at <= now(),
            Issue.annulled_at.is_(None),
            Issue.closed_at.is_(None),
        )
        .order_by(Session.id)
        .limit(BATCH)
    ).all()
    db.session.rollback()
    return list(due)


def _announce(session_id: int) -> int:
    with transaction():
        return int(announce_session(session_id))


def _with_old_needs() -> list[int]:
    over = db.session.scalars(
        select(Session.id)
        .join(Registration, Registration.session_id == Session.id)
        .where(Registration.needs_agreed_at.is_not(None), Session.ends_at <= now() - NEEDS_KEPT)
        .distinct()
        .order_by(Session.id)
        .limit(BATCH)
    ).all()
    db.session.rollback()
    return list(over)


def _erase_needs(session_id: int) -> int:
    with transaction():
        session = lock(Session, session_id)
        rows = db.session.scalars(
            select(Registration).where(
                Registration.session_id == session_id, Registration.needs_agreed_at.is_not(None)
            )
        ).all()
        for row in rows:
            forget_needs(row)
        if rows:
            db.session.flush()
            activity, _issue = activity_with_issue(session.activity_id, "forums")
            record(
                facts.NEEDS_ERASED,
                subject=f"session/{session_id}",
                actor=SYSTEM,
                place=activity_place(activity),
                data={"people": len(rows)},
            )
        return len(rows)


def _withdrawn() -> list[int]:
    query = select(Photo.id).where(Photo.withdrawn_at.is_not(None), Photo.removed_at.is_(None))
    found = db.session.scalars(query.order_by(Photo.id).limit(BATCH)).all()
    db.session.rollback()
    return list(found)


def _remove(photo_id: int) -> int:
    with transaction():
        return int(remove_withdrawn(photo_id))
