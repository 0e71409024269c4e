"""Consultations published elsewhere, taken into the archive as they stand: nothing is added to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.core.clock import now
from app.core.db import db
from app.i18n import _l
from app.i18n.dates import end_of_day, start_of_day
from app.issues import facts
from app.issues.models import Issue
from app.ledger.facts import Actor, Place
from app.ledger.record import record

SOURCES = {"law.go.th": _l("Central Law Portal (law.go.th)")}
"""Sites whose consultations are in the archive, by the code stored with them."""


@dataclass(frozen=True)
class ArchiveRow:
    """A consultation published elsewhere, as its source tells it: nothing is added to it.

    `opened_on` and `closed_on` are its first and last day; `replies` the count its source published.
    """

    ref: str
    agency_id: int
    title_th: str
    opened_on: date
    closed_on: date
    replies: int


def import_archive(*, source: str, rows: Sequence[ArchiveRow], sha256: str, actor: Actor) -> list[Issue]:
    """Take consultations of another site into the archive, without promise or level: none was recorded.

    `sha256` is the digest of the file they came from. Rows already there are left as they are.
    """
    known = set(db.session.scalars(select(Issue.source_ref).where(Issue.source == source)))
    issues = [_archived(source, row) for row in rows if row.ref not in known]
    if not issues:
        return []
    db.session.add_all(issues)
    db.session.flush()
    data = {"source": source, "count": len(issues), "content": sha256}
    subject = f"archive/{source}"
    record(facts.ARCHIVE_IMPORTED, subject=subject, actor=actor, place=Place.programme(), data=data)
    return issues


def _archived(source: str, row: ArchiveRow) -> Issue:
    opened, closed = start_of_day(row.opened_on), end_of_day(row.closed_on)
    return Issue(
        agency_id=row.agency_id,
        number=f"{source}-{row.ref}",
        title_th=row.title_th,
        summary_th="",
        groups=[],
        legal_basis="",
        level=None,
        created_at=now(),
        published_at=opened,
        opens_at=opened,
        closes_at=closed,
        closed_at=closed,
        source=source,
        source_ref=row.ref,
        source_replies=row.replies,
    )
