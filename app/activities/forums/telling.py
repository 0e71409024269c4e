"""What room forums tells the hearing report: its sessions, how many came, whether the minutes can be read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func, select

from app.activities.forums.models import Registration, Session
from app.activities.forums.queries.sessions import published
from app.core.db import db
from app.i18n import _l
from app.i18n.bilingual import Bilingual
from app.issues.contracts import Table
from app.issues.hiding import shown

HEADS = (_l("Session"), _l("Day"), _l("Place"), _l("People who came"), _l("Minutes"))
CANCELLED, ONLINE = _l("Cancelled"), _l("Online")
PUBLISHED, NOT_PUBLISHED = _l("Published"), _l("Not published")


def tables_of(activity_ids: Sequence[int]) -> Mapping[int, Sequence[Table]]:
    """The sessions of each forum by time, small numbers hidden, and those not yet counted: one statement."""
    came = select(func.count()).where(
        Registration.session_id == Session.id, Registration.arrived_at.is_not(None)
    )
    found = db.session.execute(
        select(Session, came.scalar_subquery().label("came"), published(Session.id).label("versions"))
        .where(Session.activity_id.in_(activity_ids))
        .order_by(Session.starts_at, Session.id)
    ).all()
    by_forum: dict[int, list[Any]] = {}
    for row in found:
        by_forum.setdefault(row.Session.activity_id, []).append(row)
    return {activity_id: [_table(rows)] for activity_id, rows in by_forum.items()}


def _table(rows: Sequence[Any]) -> Table:
    came = {str(row.Session.id): row.came for row in rows if row.Session.counted_at is not None}
    numbers = shown(came)
    return Table(
        _l("Sessions"),
        HEADS,
        [_line(row.Session, numbers.get(str(row.Session.id)), row.versions) for row in rows],
    )


def _line(session: Session, came: int | None, versions: int) -> Sequence[Any]:
    place = Bilingual(session.place_th, session.place_en) if session.place_th else ONLINE
    if session.cancelled_at is not None:
        return session.title, session.starts_at, place, 0, CANCELLED
    return session.title, session.starts_at, place, came, PUBLISHED if versions else NOT_PUBLISHED
