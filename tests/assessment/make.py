"""Builders of this room: exhibits as the collector would have made them, self-assessments as they are begun."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.agencies.models import Agency
from app.assessment.service import open_assessment
from app.core.clock import now
from app.core.db import db, transaction
from app.evidence.models import Document, Exhibit
from app.i18n import _l
from app.ledger.facts import SYSTEM, Fact, Place
from app.ledger.record import record
from tests.support.make import saved

SHOWN = Fact("assesstest.thing.shown", _l("Shown."))


def make_exhibits(
    agency: Agency,
    number: int = 1,
    *,
    kind: str = "policy_order",
    level: int | None = 1,
    dated_on: date = date(2026, 2, 3),
    sectors: Sequence[str] = ("people",),
) -> list[int]:
    """Exhibits of documents added by hand; return their ids in the order of their numbers."""
    first = db.session.query(Exhibit).filter_by(agency_id=agency.id).count() + 1
    with transaction():
        entries = [
            record(SHOWN, subject=f"document/{n}", actor=SYSTEM, place=Place.agency(agency.id))
            for n in range(number)
        ]
    ids = []
    for n, entry in enumerate(entries):
        document = Document(
            agency_id=agency.id,
            kind=kind,
            title_th=f"เอกสารที่ {first + n}",
            dated_on=dated_on,
            level=level or 1,
            sectors=list(sectors),
            sha256="ab" * 32,
            size=1,
            media="text/plain",
            file_name="a.txt",
            added_at=now(),
        )
        saved(document)
        exhibit = Exhibit(
            agency_id=agency.id,
            number=first + n,
            form="each",
            entry_id=entry.id,
            document_id=document.id,
            level=level,
            at=entry.at,
            demonstrates=[kind],
            digest="cd" * 32,
        )
        saved(exhibit)
        ids.append(exhibit.id)
    return ids


def make_assessment(agency: Agency, period: tuple[date, date] | None = None) -> int:
    """A self-assessment of B.E. 2569; return its id."""
    with transaction():
        return open_assessment(agency_id=agency.id, year=2569, period=period, actor=SYSTEM).id
