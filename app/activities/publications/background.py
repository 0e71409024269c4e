"""Background work of publications: what was prepared becomes public when its activity opens."""

from __future__ import annotations

from sqlalchemy import or_, select

from app.activities.publications.models import Document, Version
from app.activities.publications.service import publish_prepared
from app.core.clock import now
from app.core.db import db, transaction
from app.core.sweep import sweep
from app.issues.models import Activity, Issue

BATCH = 100


def run() -> int:
    """Publish what is due; return how many documents that were. One that fails stops no other."""
    due = db.session.scalars(
        select(Document.id)
        .join(Version, Version.document_id == Document.id)
        .join(Activity, Activity.id == Document.activity_id)
        .join(Issue, Issue.id == Activity.issue_id)
        .where(
            Version.published_at.is_(None),
            or_(Document.form != "draft_law", Version.summary_th.is_not(None)),
            Activity.opens_at <= now(),
            Activity.annulled_at.is_(None),
            Issue.published_at <= now(),
            Issue.annulled_at.is_(None),
            Issue.closed_at.is_(None),
        )
        .order_by(Document.id)
        .limit(BATCH)
    ).all()
    db.session.rollback()
    return sweep(due, _publish)


def _publish(document_id: int) -> int:
    with transaction():
        return int(publish_prepared(document_id))
