"""Adding evidence by hand."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from app.agencies.sectors import SECTORS
from app.core.clock import now
from app.core.db import db
from app.core.errors import DomainError
from app.core.files import StoredFile
from app.evidence.facts import DOCUMENT_ADDED
from app.evidence.kinds_of_evidence import evidence_kinds
from app.evidence.models import Document
from app.i18n import _l
from app.i18n.dates import local_day
from app.issues.models import Issue
from app.ledger.facts import Actor, FileDigest, Place
from app.ledger.record import record


def add_document(
    *,
    agency_id: int,
    issue_id: int | None,
    kind: str,
    title_th: str,
    title_en: str | None,
    dated_on: date,
    level: int,
    stage: str | None,
    sectors: Collection[str],
    file: StoredFile,
    actor: Actor,
) -> Document:
    """Keep a document of what happened outside the platform, marked as added by hand.

    Raises `DomainError` for an unknown kind of evidence, another agency's issue, a date to come, or a document
    that names no stakeholders: the rubric counts no such evidence.
    """
    if kind not in evidence_kinds():
        raise DomainError(_l("Choose a kind of evidence from the list."), "kind")
    if dated_on > local_day(now()):
        raise DomainError(
            _l("The document's date is still to come. Give the date on the document."), "dated_on"
        )
    if not sectors or not set(sectors) <= set(SECTORS):
        raise DomainError(_l("Choose at least one group of stakeholders."), "sectors")
    if issue_id is not None and _agency_of(issue_id) != agency_id:
        raise DomainError(_l("Choose one of your agency's issues."), "issue_id")
    document = Document(
        agency_id=agency_id,
        issue_id=issue_id,
        kind=kind,
        title_th=title_th,
        title_en=title_en,
        dated_on=dated_on,
        level=level,
        stage=stage,
        sectors=sorted(set(sectors)),
        sha256=file.sha256,
        size=file.size,
        media=file.media,
        file_name=file.name,
        added_at=now(),
    )
    db.session.add(document)
    db.session.flush()
    record(
        DOCUMENT_ADDED,
        subject=f"document/{document.id}",
        actor=actor,
        place=Place(f"agency/{agency_id}", agency_id, issue_id, None, level, stage),
        data={"evidence_kind": kind, "dated_on": dated_on.isoformat(), "sectors": document.sectors},
        private={"title_th": title_th, "title_en": title_en},
        files=[FileDigest(file.sha256, file.size, file.media)],
    )
    return document


def _agency_of(issue_id: int) -> int | None:
    issue = db.session.get(Issue, issue_id)
    return issue.agency_id if issue is not None else None
