"""What identity throws away: old tries, links nobody opened, ended sessions, what came after a farewell."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import CursorResult, delete, or_

from app.core.clock import now
from app.core.db import db, transaction
from app.core.pauses import Pause
from app.identity.leaving import erase_latecomers
from app.identity.models import Attempt, PasswordReset, Registration, SignInSession
from app.identity.throttle import LONGEST_WINDOW

pause = Pause(timedelta(minutes=10))
"""There is no hurry, and each sweep is four deletions."""
KEPT_AFTER_END = timedelta(days=7)
"""An ended link or session stays this long, so that an incident can be looked into."""


def run() -> int:
    """Sweep when the pause is over; return how many rows went."""
    if not pause.over():
        return 0
    with transaction():
        return sweep() + erase_latecomers()


def sweep() -> int:
    """Delete what is over; return how many rows went."""
    long_ago = now() - KEPT_AFTER_END
    over = (
        delete(Attempt).where(Attempt.at <= now() - LONGEST_WINDOW),
        # A registration holds somebody's address without their word: it goes as soon as it is over.
        delete(Registration).where(or_(Registration.expires_at <= now(), Registration.used_at.is_not(None))),
        delete(PasswordReset).where(PasswordReset.expires_at <= long_ago),
        delete(SignInSession).where(
            or_(SignInSession.expires_at <= long_ago, SignInSession.revoked_at <= long_ago)
        ),
    )
    return sum(_count(db.session.execute(statement)) for statement in over)


def _count(result: object) -> int:
    return result.rowcount if isinstance(result, CursorResult) else 0
