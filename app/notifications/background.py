"""Background work of notifications: what happened becomes occasions, occasions become mails."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import CursorResult, delete, select

from app.core.clock import now
from app.core.db import db, transaction
from app.notifications.collecting import collect, find_openings
from app.notifications.models import FollowRequest, Occasion, Round, Told
from app.notifications.rounds import begin_rounds, tell

PAUSE = timedelta(minutes=10)
"""Nothing of the sweep is in a hurry."""
TOLD_KEPT = timedelta(days=90)
"""So long is known who was told of what; a round that has ended never begins again."""

_next_sweep: datetime | None = None


def run() -> int:
    """Find what is new, tell some of it, and sweep when the pause is over; return how much was done."""
    global _next_sweep
    done = collect() + find_openings() + begin_rounds() + tell()
    if _next_sweep is None or now() >= _next_sweep:
        _next_sweep = now() + PAUSE
        with transaction():
            done += sweep()
    return done


def sweep() -> int:
    """Delete addresses that were never confirmed, and old notes of who was told; return how many rows went."""
    old = select(Occasion.id).join(Round, Round.id == Occasion.round_id)
    over = (
        delete(FollowRequest).where(FollowRequest.expires_at <= now()),
        delete(Told).where(Told.occasion_id.in_(old.where(Round.ended_at <= now() - TOLD_KEPT))),
    )
    results = [db.session.execute(statement) for statement in over]
    return sum(result.rowcount for result in results if isinstance(result, CursorResult))
