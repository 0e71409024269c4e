"""Background work of votes: a roll frozen in a draft is announced when its issue becomes public."""

from __future__ import annotations

from sqlalchemy import select

from app.activities.votes.models import Poll
from app.activities.votes.service import announce_frozen
from app.core.clock import now
from app.core.db import db, transaction
from app.core.sweep import sweep
from app.issues.models import Activity, Issue


def run() -> int:
    """Announce what waits; return how many rolls that were. One that fails stops no other."""
    waiting = db.session.scalars(
        select(Poll.activity_id)
        .join(Activity, Activity.id == Poll.activity_id)
        .join(Issue, Issue.id == Activity.issue_id)
        .where(
            Poll.frozen_at.is_not(None),
            Poll.announced_at.is_(None),
            Activity.annulled_at.is_(None),
            Issue.annulled_at.is_(None),
            Issue.published_at <= now(),
        )
    ).all()
    db.session.rollback()
    return sweep(waiting, _announce)


def _announce(activity_id: int) -> int:
    with transaction():
        return int(announce_frozen(activity_id))
