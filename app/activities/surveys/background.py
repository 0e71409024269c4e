"""Background work of surveys, once nobody can send anything any more: what was never sent is thrown away, and
large surveys are counted by pairs of questions."""

from __future__ import annotations

from sqlalchemy import delete, or_, select

from app.activities.surveys.models import Draft
from app.activities.surveys.receipts import forget_unsent
from app.activities.surveys.together import count_next
from app.core.clock import now
from app.core.db import db, transaction
from app.issues.models import Activity, Issue

BATCH = 500


def run() -> int:
    """Throw away a batch of what was never sent, count a pair of questions; return how much was done."""
    return _discard_ended() + count_next()


def _discard_ended() -> int:
    """Throw away a batch of unsent answers to surveys that have ended; return how many there were."""
    moment = now()
    ended = (
        select(Draft.id, Draft.token_id)
        .join(Activity, Activity.id == Draft.activity_id)
        .join(Issue, Issue.id == Activity.issue_id)
        .where(
            or_(
                Activity.closes_at <= moment,
                Activity.annulled_at.is_not(None),
                Issue.closed_at <= moment,
                Issue.annulled_at.is_not(None),
            )
        )
        .limit(BATCH)
    )
    if db.session.execute(ended.limit(1)).first() is None:
        return 0
    with transaction():
        found = db.session.execute(ended).all()
        db.session.execute(
            delete(Draft)
            .where(Draft.id.in_([row.id for row in found]))
            .execution_options(synchronize_session=False)
        )
        forget_unsent([row.token_id for row in found if row.token_id is not None])
        return len(found)
