"""Reading exhibits: one statement a page, told in the reader's language."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, not_, select

from app.core.clock import now
from app.core.db import db
from app.core.errors import NotFound
from app.evidence.kinds_of_evidence import EvidenceAsked
from app.evidence.matching import day_of, speaking_for, touching, within
from app.evidence.models import Document, Exhibit, ExhibitFile
from app.i18n.bilingual import Bilingual
from app.issues.models import Activity, Issue
from app.issues.windows import activity_state
from app.ledger.facts import fact_named
from app.ledger.models import CheckpointRow, Entry

PAGE = 50


@dataclass(frozen=True)
class ExhibitView:
    """An exhibit as pages show it; `told` is its plain sentence.

    `count` and `digest` of a folded exhibit are None while its activity is open: they change with every act,
    and would tell how many have voted and when. `digest_now` is for freezing, not for showing.
    `begun` and `dated` are the days of its first and its last act in Bangkok; a document's are the day that is
    written on it. `sectors` are the stakeholders it names: a document's own, else those of its issue.
    """

    id: int
    agency_id: int
    number: int
    form: str
    level: int | None
    stage: str | None
    at: str
    begun: date
    dated: date
    sectors: Sequence[str]
    told: Bilingual | str
    issue_id: int | None
    issue: Bilingual | None
    activity: Bilingual | None
    by_hand: bool
    document_kind: str | None
    demonstrates: Sequence[str]
    count: int | None
    digest: str | None
    digest_now: str
    entry_id: str
    log: str
    idx: int | None
    body: str


def exhibits(
    *,
    agency_id: int | None = None,
    issue_id: int | None = None,
    level: int | None = None,
    stage: str | None = None,
    sector: str | None = None,
    after: int = 0,
    limit: int = PAGE,
    period: tuple[date, date] | None = None,
    asked: Sequence[EvidenceAsked] | None = None,
    unasked: Sequence[EvidenceAsked] | None = None,
    besides: Collection[int] = (),
) -> list[ExhibitView]:
    """Exhibits of published issues and of the agency itself, by number, from `after` on: one statement.

    Up to `limit` + 1 are returned, so that the caller sees whether another page follows. `period` (both days
    belong to it) leaves out what happened before or after it; `asked` keeps what speaks for evidence asked
    for, `unasked` what speaks for none of it; `sector` keeps what names this sector of stakeholders; `besides`
    leaves out single exhibits.
    """
    query = _visible(_joined()).where(Exhibit.number > after).order_by(Exhibit.number).limit(limit + 1)
    filters = {
        Exhibit.agency_id: agency_id,
        Exhibit.issue_id: issue_id,
        Exhibit.level: level,
        Exhibit.stage: stage,
    }
    for column, value in filters.items():
        if value is not None:
            query = query.where(column == value)
    if sector is not None:
        query = query.where(touching(sector))
    if period is not None:
        query = query.where(within(*period))
    if asked is not None:
        query = query.where(speaking_for(asked))
    if unasked is not None:
        query = query.where(not_(speaking_for(unasked)))
    if besides:
        query = query.where(Exhibit.id.not_in(besides))
    return [_view(row) for row in db.session.execute(query)]


def exhibits_by_id(ids: Collection[int]) -> list[ExhibitView]:
    """These exhibits by number, as far as they may be seen: one statement, however many the agency has."""
    query = _visible(_joined()).where(Exhibit.id.in_(ids)).order_by(Exhibit.agency_id, Exhibit.number)
    return [_view(row) for row in db.session.execute(query)]


def exhibits_numbered(agency_id: int, numbers: Collection[int]) -> list[ExhibitView]:
    """An agency's exhibits with these numbers, as far as they may be seen: one statement."""
    query = _visible(_joined()).where(Exhibit.agency_id == agency_id, Exhibit.number.in_(numbers))
    return [_view(row) for row in db.session.execute(query.order_by(Exhibit.number))]


def exhibit(exhibit_id: int) -> ExhibitView:
    """One exhibit; raises `NotFound`, also while its issue is not published."""
    row = db.session.execute(_visible(_joined()).where(Exhibit.id == exhibit_id)).one_or_none()
    if row is None:
        raise NotFound
    return _view(row)


def files_of(exhibit_id: int) -> list[ExhibitFile]:
    """The files an exhibit's entry names."""
    return list(db.session.scalars(select(ExhibitFile).where(ExhibitFile.exhibit_id == exhibit_id)))


def public_file(exhibit_id: int, sha256: str) -> ExhibitFile:
    """A file of a visible exhibit; raises `NotFound` for any other, so that no digest opens a door."""
    exhibit(exhibit_id)
    file = db.session.get(ExhibitFile, (exhibit_id, sha256))
    if file is None:
        raise NotFound
    return file


def checkpoint_covering(log: str, idx: int) -> CheckpointRow | None:
    """The first signed checkpoint that covers an entry."""
    return db.session.scalar(
        select(CheckpointRow)
        .where(CheckpointRow.log == log, CheckpointRow.size > idx)
        .order_by(CheckpointRow.size)
        .limit(1)
    )


def _joined() -> Select[Any]:
    columns: Any = (
        Exhibit,
        Issue,
        Activity,
        Document,
        Entry.fact,
        Entry.at,
        Entry.log,
        Entry.idx,
        Entry.body,
    )
    joined: Select[Any] = (
        select(*columns)
        .join(Entry, Entry.id == Exhibit.entry_id)
        .outerjoin(Issue, Issue.id == Exhibit.issue_id)
        .outerjoin(Activity, Activity.id == Exhibit.activity_id)
        .outerjoin(Document, Document.id == Exhibit.document_id)
    )
    return joined


def _visible(query: Select[Any]) -> Select[Any]:
    """What belongs to an unpublished issue is nobody's to see yet."""
    return query.where((Exhibit.issue_id.is_(None)) | (Issue.published_at <= now()))


def _view(row: Row[Any]) -> ExhibitView:
    exhibit: Exhibit = row.Exhibit
    document: Document | None = row.Document
    growing = exhibit.form == "folded" and activity_state(row.Activity, row.Issue, now()) == "open"
    return ExhibitView(
        id=exhibit.id,
        agency_id=exhibit.agency_id,
        number=exhibit.number,
        form=exhibit.form,
        level=exhibit.level,
        stage=exhibit.stage,
        at=exhibit.at,
        begun=document.dated_on if document else day_of(row.at),
        dated=document.dated_on if document else day_of(exhibit.at),
        sectors=tuple(document.sectors) if document else _sectors_of(row.Issue),
        told=_told(row),
        issue_id=exhibit.issue_id,
        issue=row.Issue.title if row.Issue is not None else None,
        activity=row.Activity.title if row.Activity is not None else None,
        by_hand=exhibit.by_hand,
        document_kind=document.kind if document else None,
        demonstrates=exhibit.demonstrates,
        count=None if growing else exhibit.count,
        digest=None if growing else exhibit.digest,
        digest_now=exhibit.digest,
        entry_id=exhibit.entry_id,
        log=row.log,
        idx=row.idx,
        body=row.body,
    )


def _sectors_of(issue: Issue | None) -> tuple[str, ...]:
    return tuple(sorted({group["sector"] for group in issue.groups})) if issue else ()


def _told(row: Row[Any]) -> Bilingual | str:
    """A document by its title, a folded exhibit by its kind's words, any other by its fact's sentence."""
    if row.Document is not None:
        return Bilingual(row.Document.title_th, row.Document.title_en)
    if row.Exhibit.text_th:
        return Bilingual(row.Exhibit.text_th, row.Exhibit.text_en)
    return fact_named(row.fact).told(json.loads(row.body)["data"])
