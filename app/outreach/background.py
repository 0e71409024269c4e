"""What outreach does by itself: contacts whose time is over are erased."""

from __future__ import annotations

from sqlalchemy import select

from app.core.clock import now
from app.core.db import db, transaction
from app.i18n.dates import local_day
from app.outreach.models import Contact
from app.outreach.service import erase_expired


def run() -> int:
    """Erase what is due; return how many contacts went. Asked without a lock: on most ticks nothing is."""
    over = select(Contact.id).where(Contact.erased_at.is_(None), Contact.keep_until <= local_day(now()))
    due = db.session.scalar(over.limit(1))
    db.session.rollback()
    if due is None:
        return 0
    with transaction():
        return erase_expired()
