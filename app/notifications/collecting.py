"""Finding what followers are to be told: in the ledger by its numbers, openings by the clock.

The cursor of a log moves in the transaction that writes its occasions, and every occasion has one source, so
none is found twice, however often the worker is stopped.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import exists, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from app.core.clock import now
from app.core.db import db, transaction
from app.issues.models import Activity, Issue
from app.ledger.models import Head
from app.ledger.read import EntryView, entries_after
from app.notifications.models import Cursor, Follow, Occasion

BATCH = 500
WHOLE_SECOND = timedelta(seconds=1)
"""An entry tells the second, a following the microsecond: who followed within that second is told."""


def collect() -> int:
    """Read a batch of each agency's log that has grown; return how many entries were read."""
    return sum(_read_batch(log) for log in _logs_with_news())


def find_openings() -> int:
    """Note the activities that have opened, and are open, for those who followed before; return how many.

    One that has closed meanwhile, while no worker ran, is no news any more.
    """
    if not (found := _opened()):
        return 0
    with transaction():
        return _note([_opening(activity) for activity in found])


def _logs_with_news() -> list[str]:
    rows = db.session.scalars(
        select(Head.log)
        .outerjoin(Cursor, Cursor.log == Head.log)
        .where(Head.log.startswith("agency/"), (Cursor.log.is_(None)) | (Cursor.next_idx < Head.size))
        .order_by(Head.log)
    )
    logs = list(rows)
    db.session.rollback()
    return logs


def _read_batch(log: str) -> int:
    with transaction():
        cursor = _held_cursor(log)
        entries = entries_after(log, cursor.next_idx, BATCH)
        telling = [entry for entry in entries if _is_news(entry)]
        heard = _with_followers({entry.body["issue"] for entry in telling})
        _note([_from_entry(entry) for entry in telling if entry.body["issue"] in heard])
        if entries:
            cursor.next_idx = (entries[-1].idx or 0) + 1
        db.session.flush()
        return len(entries)


def _held_cursor(log: str) -> Cursor:
    insert = sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
    begun = insert(Cursor).values(log=log, next_idx=0).on_conflict_do_nothing(index_elements=["log"])
    db.session.execute(begun)
    held = select(Cursor).where(Cursor.log == log).with_for_update()
    return db.session.execute(held.execution_options(populate_existing=True)).scalar_one()


def _is_news(entry: EntryView) -> bool:
    """Whether followers hear of an entry: of a changed activity only where its dates are others now."""
    if entry.fact.tells is None or entry.body["issue"] is None:
        return False
    return entry.fact.tells != "date_change" or "opens_before" in entry.body["data"]


def _with_followers(issue_ids: set[int]) -> set[int]:
    if not issue_ids:
        return set()
    followed = select(Follow.issue_id).where(Follow.issue_id.in_(sorted(issue_ids))).distinct()
    return set(db.session.scalars(followed))


def _from_entry(entry: EntryView) -> dict[str, Any]:
    body = entry.body
    return {
        "source": f"entry/{entry.id}",
        "issue_id": body["issue"],
        "activity_id": body["activity"],
        "what": entry.fact.tells,
        "data": body["data"] | {"subject": body["subject"]},
        "before": datetime.fromisoformat(body["at"]) + WHOLE_SECOND,
    }


def _opened() -> Sequence[Activity]:
    """Activities that are open now, whose opening somebody waited for and nobody has noted."""
    waited = exists().where(Follow.issue_id == Activity.issue_id, Follow.created_at < Activity.opens_at)
    noted = exists().where(Occasion.activity_id == Activity.id, Occasion.what == "opening")
    moment = now()
    found = db.session.scalars(
        select(Activity)
        .join(Issue, Issue.id == Activity.issue_id)
        .where(
            Activity.opens_at <= moment,
            or_(Activity.closes_at.is_(None), Activity.closes_at > moment),
            Activity.annulled_at.is_(None),
            Issue.published_at <= moment,
            Issue.annulled_at.is_(None),
            Issue.closed_at.is_(None),
            waited,
            ~noted,
        )
        .order_by(Activity.id)
        .limit(BATCH)
    ).all()
    db.session.rollback()
    return found


def _opening(activity: Activity) -> dict[str, Any]:
    return {
        "source": f"opening/{activity.id}",
        "issue_id": activity.issue_id,
        "activity_id": activity.id,
        "what": "opening",
        "data": {},
        "before": activity.opens_at,
    }


def _note(occasions: list[dict[str, Any]]) -> int:
    """Write occasions with one statement; one whose source is known already stays as it is."""
    if occasions:
        insert = sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
        noted = insert(Occasion).values(occasions).on_conflict_do_nothing(index_elements=["source"])
        db.session.execute(noted)
    return len(occasions)
