"""38 real consultations as published elsewhere (archive.README.md): nothing is added to them."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from sqlalchemy import select

from app.agencies.models import Agency
from app.agencies.service import AgencyDetails, create_agency
from app.core.db import db
from app.issues.archive import ArchiveRow, import_archive
from app.issues.models import Issue
from app.ledger.facts import SYSTEM

FILE = Path(__file__).parent / "archive.csv"
SOURCE = "law.go.th"


def archive_present() -> bool:
    """Whether the archive was imported."""
    return db.session.scalar(select(Issue.id).where(Issue.source == SOURCE).limit(1)) is not None


def write_archive() -> None:
    """Import every row, with its agency where that is not in the register yet."""
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    agencies = dict(_agencies(rows))
    import_archive(
        source=SOURCE,
        rows=[_archive_row(row, agencies[row["agency"]]) for row in rows],
        sha256=hashlib.sha256(FILE.read_bytes()).hexdigest(),
        actor=SYSTEM,
    )


def _archive_row(row: dict[str, str], agency_id: int) -> ArchiveRow:
    return ArchiveRow(
        ref=row["source_id"],
        agency_id=agency_id,
        title_th=row["title"],
        opened_on=date.fromisoformat(row["start"]),
        closed_on=date.fromisoformat(row["end"]),
        replies=int(row["answer_count"]),
    )


def _agencies(rows: list[dict[str, str]]) -> Iterator[tuple[str, int]]:
    """Each agency by its published name. What the source does not say stays unsaid.

    The register wants an abbreviation and a first day: the former names the source and counts, the
    latter is the first day of the agency's earliest consultation, when it was surely there.
    """
    for number, name in enumerate(sorted({row["agency"] for row in rows}), 1):
        known = db.session.scalar(select(Agency.id).where(Agency.name_th == name))
        first = min(row["start"] for row in rows if row["agency"] == name)
        details = AgencyDetails(
            short=f"{SOURCE}-{number}", name_th=name, kind="other", valid_from=date.fromisoformat(first)
        )
        yield name, known or create_agency(details=details, actor=SYSTEM).id
