"""The verbs of publications, the only writers of its tables.

What is written before the activity opens is prepared and may still be replaced or removed; what is written
afterwards is public at once and stays. A correction is a new version that says what changed. A draft law
may be prepared without its summary in plain language, but is not published without one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import delete, select

from app.activities.publications import facts
from app.activities.publications.codes import FORMS
from app.activities.publications.content import Content, digest_of
from app.activities.publications.models import Document, File, Version
from app.activities.publications.sections import UNDIVIDED
from app.core.clock import now
from app.core.db import db, lock
from app.core.errors import DomainError, NotFound
from app.i18n import _l
from app.identity.viewer import Viewer
from app.issues.holds import hold
from app.issues.kinds import ActivityView
from app.issues.models import Issue
from app.issues.queries import activity_place
from app.ledger.facts import SYSTEM, Actor, Fact, FileDigest
from app.ledger.record import record

KIND_CODE = "publications"
PERMISSION = "publications.write"
SUMMARY_MISSING = _l("Write the summary in plain language, in Thai: a draft law is not published without.")


def add_document(*, activity_id: int, viewer: Viewer, form: str, content: Content) -> Document:
    """Publish a document or an update, or prepare it where the activity has not opened.

    Raises `DomainError` once the issue is over, and for a draft law without its summary.
    """
    activity = _held(activity_id)
    if form not in FORMS:
        raise DomainError(_l("Choose one of the answers shown."), "form")
    document = Document(activity_id=activity.id, form=form, current=1, sections=0, created_at=now())
    db.session.add(document)
    db.session.flush()
    _add_version(document, activity, viewer.acting(PERMISSION, activity.agency_id), content)
    return document


def revise_document(
    *, document_id: int, viewer: Viewer, content: Content, seen: int | None = None
) -> Version:
    """Publish a new version with a note on what changed; before the opening, replace the prepared one.

    `seen` is the number of the version the officer started from, so that two do not undo each other's
    work unawares; without it the new version follows whatever is there. Raises `DomainError`.
    """
    document, activity = _held_document(document_id)
    actor = viewer.acting(PERMISSION, activity.agency_id)
    latest = _latest(document)
    if latest.published_at is None and (_is_unopened(activity) or not may_publish(document, latest)):
        return _replace_prepared(document, latest, activity, actor, content)
    _publish(document, latest, activity, SYSTEM)  # The opening may be so fresh that nobody has done it.
    if seen is not None and seen != document.current:
        raise DomainError(
            _l(
                "Someone has published version %(number)s meanwhile. Read it before you replace it.",
                number=document.current,
            )
        )
    if content.note is None or not content.note.th:
        raise DomainError(_l("Say in Thai what changed."), "note_th")
    document.current += 1
    return _add_version(document, activity, actor, content, latest.headings or UNDIVIDED)


def remove_document(*, document_id: int, viewer: Viewer) -> None:
    """Take out what was prepared and never shown. Raises `DomainError` once it is, or may be, public."""
    document, activity = _held_document(document_id)
    latest = _latest(document)
    if latest.published_at is not None or not _is_unopened(activity):
        raise DomainError(_l("What people have been able to read stays. Publish a new version instead."))
    actor = viewer.acting(PERMISSION, activity.agency_id)
    _record(facts.REMOVED, document, latest, activity, actor, ())
    db.session.execute(delete(File).where(File.version_id == latest.id))
    db.session.delete(latest)
    db.session.flush()  # The version goes before the document it points to.
    db.session.delete(document)
    db.session.flush()


def publish_prepared(document_id: int) -> bool:
    """Make a prepared document public if its activity has opened; return whether it was done now."""
    document, activity = _held_document(document_id)
    latest = _latest(document)
    if _is_unopened(activity) or not may_publish(document, latest):
        return False
    return _publish(document, latest, activity, SYSTEM)


def may_publish(document: Document, version: Version) -> bool:
    """Whether what is prepared is complete: a draft law with its summary."""
    return document.form != "draft_law" or bool(version.summary_th)


def erase(person_id: int) -> int:
    """Nothing: what an agency publishes names no person of ours."""
    return 0


def _held(activity_id: int) -> ActivityView:
    """The activity, held; refused where its issue is over, so that nothing more can be published."""
    activity = hold(activity_id)
    if activity.kind != KIND_CODE:
        raise NotFound
    issue = db.session.get_one(Issue, activity.issue_id)  # Read by `hold` just now.
    if activity.state == "annulled":
        raise DomainError(_l("This was cancelled, so nothing can be published in it any more."))
    if issue.closed_at is not None:
        raise DomainError(_l("The issue is closed, so nothing can be published in it any more."))
    return activity


def _held_document(document_id: int) -> tuple[Document, ActivityView]:
    """A document and its activity, held in the order in which every verb of the room takes them."""
    found = db.session.get(Document, document_id)
    if found is None:
        raise NotFound
    activity = _held(found.activity_id)
    return lock(Document, document_id), activity


def _is_unopened(activity: ActivityView) -> bool:
    return activity.state in ("draft", "upcoming")


def _latest(document: Document) -> Version:
    return db.session.execute(
        select(Version)
        .where(Version.document_id == document.id, Version.number == document.current)
        .execution_options(populate_existing=True)
    ).scalar_one()


def _add_version(
    document: Document,
    activity: ActivityView,
    actor: Actor,
    content: Content,
    earlier: Sequence[Mapping[str, Any]] = (),
) -> Version:
    """Store the version with the document's current number: prepared, or public at once.

    `earlier` are the headings of the version before.
    """
    prepared = _is_unopened(activity)
    if not prepared:
        _check_summary(document, content)
    moment = now()
    headings, document.sections = content.headings(earlier, document.sections)
    version = Version(
        document_id=document.id,
        number=document.current,
        written_at=moment,
        published_at=None if prepared else moment,
        headings=headings,
        **content.columns(),
    )
    db.session.add(version)
    db.session.flush()
    files = _attach(version, content)
    _record(facts.PREPARED if prepared else _public_fact(version), document, version, activity, actor, files)
    return version


def _replace_prepared(
    document: Document, version: Version, activity: ActivityView, actor: Actor, content: Content
) -> Version:
    """Put another text in its place; where the activity has opened meanwhile, that is public at once."""
    opened = not _is_unopened(activity)
    if opened:
        _check_summary(document, content)
    for name, value in content.columns().items():
        setattr(version, name, value)
    earlier = version.headings or UNDIVIDED
    version.headings, document.sections = content.headings(earlier, document.sections)
    version.written_at = now()
    version.published_at = now() if opened else None
    db.session.execute(delete(File).where(File.version_id == version.id))
    db.session.flush()
    files = _attach(version, content)
    _record(_public_fact(version) if opened else facts.PREPARED, document, version, activity, actor, files)
    return version


def _check_summary(document: Document, content: Content) -> None:
    if document.form == "draft_law" and (content.summary is None or not content.summary.th):
        raise DomainError(SUMMARY_MISSING, "summary_th")


def _publish(document: Document, version: Version, activity: ActivityView, actor: Actor) -> bool:
    """Make a prepared version public; return whether it was still prepared."""
    if version.published_at is not None:
        return False
    version.published_at = now()
    db.session.flush()
    files = db.session.scalars(select(File).where(File.version_id == version.id).order_by(File.sha256)).all()
    _record(_public_fact(version), document, version, activity, actor, files)
    return True


def _attach(version: Version, content: Content) -> list[File]:
    files = [
        File(version_id=version.id, sha256=file.sha256, name=file.name, size=file.size, media=file.media)
        for file in content.files
    ]
    db.session.add_all(files)
    db.session.flush()
    return files


def _public_fact(version: Version) -> Fact:
    return facts.PUBLISHED if version.number == 1 else facts.VERSION_PUBLISHED


def _record(
    fact: Fact,
    document: Document,
    version: Version,
    activity: ActivityView,
    actor: Actor,
    files: Sequence[File],
) -> None:
    record(
        fact,
        subject=f"publication/{document.id}",
        actor=actor,
        place=activity_place(activity),
        data={"form": document.form, "number": version.number},
        private={
            "title_th": version.title_th,
            "title_en": version.title_en,
            "body_th": digest_of(version.body_th),
            "body_en": digest_of(version.body_en),
            "note_th": version.note_th,
            "note_en": version.note_en,
            "summary_th": digest_of(version.summary_th),
            "summary_en": digest_of(version.summary_en),
        },
        files=[FileDigest(file.sha256, file.size, file.media) for file in files],
    )
