"""Reading publications: one statement a question; lists carry titles, not texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, func, or_, select

from app.activities.publications.codes import file_words
from app.activities.publications.models import Document, File, Version
from app.core.clock import now
from app.core.db import db
from app.core.errors import NotFound
from app.core.files import StoredFile
from app.i18n.bilingual import Bilingual
from app.issues.models import Activity, Issue

_DESK = 100


@dataclass(frozen=True)
class Attachment:
    """A file of a version."""

    sha256: str
    name: str
    size: int
    media: str

    @property
    def words(self) -> str:
        """Kind and size: "PDF 0.6 MB"."""
        return file_words(self.media, self.size)

    @property
    def stored(self) -> StoredFile:
        """The same as the verbs take it."""
        return StoredFile(self.sha256, self.size, self.media, self.name)


@dataclass(frozen=True)
class Item:
    """A document or update by its latest version; `published_at` is None while that is only prepared."""

    id: int
    activity_id: int
    form: str
    number: int
    title: Bilingual
    written_at: datetime
    published_at: datetime | None
    files: tuple[Attachment, ...]
    complete: bool
    """Whether it may be published: a draft law needs its summary."""

    @property
    def details(self) -> str:
        """What is attached: "PDF 0.6 MB, CSV 1 KB"; empty for nothing."""
        return ", ".join(file.words for file in self.files)


@dataclass(frozen=True)
class Shelf:
    """What an activity tells people: documents in the order they were begun, updates newest first.

    A draft law stands among the documents.
    """

    documents: Sequence[Item] = ()
    updates: Sequence[Item] = ()

    @property
    def newest(self) -> Item | None:
        """What was published last."""
        public = [item for item in (*self.documents, *self.updates) if item.published_at]
        return max(public, key=lambda item: (item.published_at, item.id), default=None)


@dataclass(frozen=True)
class Edition:
    """One version of a document in the list of all of them, without its text."""

    number: int
    title: Bilingual
    note: Bilingual | None
    published_at: datetime | None


def shelf_of(activity_id: int, *, prepared: bool = False) -> Shelf:
    """What an activity tells people; with `prepared` also what is not public yet."""
    return shelves_of([activity_id], [activity_id] if prepared else []).get(activity_id) or Shelf()


def shelves_of(activity_ids: Sequence[int], prepared_in: Sequence[int] = ()) -> Mapping[int, Shelf]:
    """The same for several activities, what is prepared only in those of `prepared_in`: one statement."""
    rows = db.session.execute(
        _items()
        .where(Document.activity_id.in_(activity_ids), _shown(prepared_in))
        .order_by(Document.id, File.name, File.sha256)
    ).all()
    items = _gathered(rows)
    return {
        activity_id: Shelf(
            [item for item in items if item.activity_id == activity_id and item.form != "update"],
            [item for item in reversed(items) if item.activity_id == activity_id and item.form == "update"],
        )
        for activity_id in activity_ids
    }


def document(document_id: int) -> Document:
    """A document's own row. Raises `NotFound`."""
    found = db.session.get(Document, document_id)
    if found is None:
        raise NotFound
    return found


def document_with_issue(document_id: int) -> tuple[Document, int]:
    """A document's own row and the issue it belongs to: one statement. Raises `NotFound`."""
    row = db.session.execute(
        select(Document, Activity.issue_id)
        .join(Activity, Activity.id == Document.activity_id)
        .where(Document.id == document_id)
    ).one_or_none()
    if row is None:
        raise NotFound
    return row.Document, row.issue_id


def document_in(activity_id: int, document_id: int) -> Document:
    """A document of this activity. Raises `NotFound`."""
    found = document(document_id)
    if found.activity_id != activity_id:
        raise NotFound
    return found


def editions_of(document_id: int, *, prepared: bool = False) -> Sequence[Edition]:
    """All versions of a document, newest first, without their texts: one statement."""
    columns = (Version.number, Version.title_th, Version.title_en, Version.note_th, Version.note_en)
    query = select(*columns, Version.published_at).where(Version.document_id == document_id)
    if not prepared:
        query = query.where(Version.published_at.is_not(None))
    return [
        Edition(
            number=row.number,
            title=Bilingual(row.title_th, row.title_en),
            note=Bilingual(row.note_th, row.note_en) if row.note_th else None,
            published_at=row.published_at,
        )
        for row in db.session.execute(query.order_by(Version.number.desc()))
    ]


def version_with_files(document_id: int, number: int) -> tuple[Version, Sequence[Attachment]]:
    """One version whole, with what is attached to it: one statement. Raises `NotFound`."""
    rows = db.session.execute(
        select(Version, File.sha256, File.name, File.size, File.media)
        .outerjoin(File, File.version_id == Version.id)
        .where(Version.document_id == document_id, Version.number == number)
        .order_by(File.name, File.sha256)
    ).all()
    if not rows:
        raise NotFound
    return rows[0].Version, _attached(rows)


def two_versions(document_id: int, older: int, newer: int) -> tuple[Version, Version]:
    """Two versions that people may read, to be compared: one statement. Raises `NotFound`."""
    query = select(Version).where(
        Version.document_id == document_id,
        Version.number.in_((older, newer)),
        Version.published_at.is_not(None),
    )
    found = {version.number: version for version in db.session.scalars(query)}
    if len(found) != 2:
        raise NotFound
    return found[older], found[newer]


def file_of(document_id: int, number: int, sha256: str, *, prepared: bool = False) -> Attachment:
    """A file of a version people may read. Raises `NotFound`."""
    version, files = version_with_files(document_id, number)
    found = [file for file in files if file.sha256 == sha256]
    if not found or (version.published_at is None and not prepared):
        raise NotFound
    return found[0]


def published_counts(activity_id: int) -> tuple[int, int]:
    """How many documents and updates people may read, and how many versions of them there are."""
    rows = db.session.execute(
        select(Version.document_id)
        .join(Document, Document.id == Version.document_id)
        .where(Document.activity_id == activity_id, Version.published_at.is_not(None))
    ).all()
    return len({row.document_id for row in rows}), len(rows)


def public_counts(activity_ids: Sequence[int]) -> Mapping[int, Mapping[str, int]]:
    """For each activity how many documents, updates and versions people may read: one statement."""
    rows = db.session.execute(
        select(Document.activity_id, Document.form, Document.id, func.count(Version.id).label("versions"))
        .join(Version, Version.document_id == Document.id)
        .where(Document.activity_id.in_(activity_ids), Version.published_at.is_not(None))
        .group_by(Document.activity_id, Document.form, Document.id)
    ).all()
    counts = {ident: {"documents": 0, "updates": 0, "versions": 0} for ident in activity_ids}
    for row in rows:
        counted = counts[row.activity_id]
        counted["updates" if row.form == "update" else "documents"] += 1
        counted["versions"] += row.versions
    return counts


def published_versions(activity_ids: Sequence[int]) -> Sequence[Any]:
    """Every version people may read in these activities, without its text: one statement."""
    return db.session.execute(
        select(Version.document_id, Version.number, Version.title_th, Version.title_en, Version.published_at)
        .join(Document, Document.id == Version.document_id)
        .where(Document.activity_id.in_(activity_ids), Version.published_at.is_not(None))
        .order_by(Version.document_id, Version.number)
    ).all()


def to_be_found(document_ids: Sequence[int], activity_ids: Sequence[int]) -> Sequence[Any]:
    """These documents with their latest public version, and these activities, if public: one statement."""
    latest = and_(
        Version.document_id == Document.id,
        Version.number == Document.current,
        Version.published_at.is_not(None),
    )
    return db.session.execute(
        select(Activity.id, Activity.title_th, Activity.title_en, Version)
        .join(Issue, Issue.id == Activity.issue_id)
        .outerjoin(Document, and_(Document.activity_id == Activity.id, Document.id.in_(document_ids)))
        .outerjoin(Version, latest)
        .where(
            Activity.kind == "publications",
            or_(Activity.id.in_(activity_ids), Document.id.is_not(None)),
            Issue.published_at <= now(),
            or_(Activity.annulled_at.is_(None), Activity.annulled_at > Issue.published_at),
        )
    ).all()


def desk(agency_ids: Sequence[int]) -> Sequence[Row[Activity, Issue]]:
    """The newest 100 activities of this kind in these agencies' issues that are not over."""
    return db.session.execute(
        select(Activity, Issue)
        .join(Issue, Issue.id == Activity.issue_id)
        .where(
            Activity.kind == "publications",
            Activity.annulled_at.is_(None),
            Issue.agency_id.in_(agency_ids),
            Issue.closed_at.is_(None),
            Issue.annulled_at.is_(None),
        )
        .order_by(Activity.id.desc())
        .limit(_DESK)
    ).all()


def _items() -> Any:
    """The latest versions of documents, a row for each file."""
    return (
        select(
            Document.id,
            Document.activity_id,
            Document.form,
            Version.number,
            Version.title_th,
            Version.title_en,
            Version.written_at,
            Version.published_at,
            Version.summary_th.is_not(None).label("summed_up"),
            File.sha256,
            File.name,
            File.size,
            File.media,
        )
        .join(Version, and_(Version.document_id == Document.id, Version.number == Document.current))
        .outerjoin(File, File.version_id == Version.id)
    )


def _shown(prepared_in: Sequence[int]) -> ColumnElement[bool]:
    public = Version.published_at.is_not(None)
    return or_(public, Document.activity_id.in_(prepared_in)) if prepared_in else public


def _gathered(rows: Sequence[Row[Any]]) -> list[Item]:
    """One item for the rows of each document."""
    by_document: dict[int, list[Row[Any]]] = {}
    for row in rows:
        by_document.setdefault(row.id, []).append(row)
    return [
        Item(
            id=first.id,
            activity_id=first.activity_id,
            form=first.form,
            number=first.number,
            title=Bilingual(first.title_th, first.title_en),
            written_at=first.written_at,
            published_at=first.published_at,
            files=_attached(group),
            complete=first.form != "draft_law" or bool(first.summed_up),
        )
        for group in by_document.values()
        for first in group[:1]
    ]


def _attached(rows: Sequence[Any]) -> tuple[Attachment, ...]:
    return tuple(
        Attachment(row.sha256, row.name, row.size, row.media) for row in rows if row.sha256 is not None
    )
