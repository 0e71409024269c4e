"""The verbs of minutes: drafted with their files, then adopted for good; a correction is a new version.

What is adopted is what its officer has checked: the check page carries a digest of the draft, and another
draft than that is not adopted.
"""

from __future__ import annotations

from sqlalchemy import select

from app.activities.panels import facts
from app.activities.panels.holds import hold_living
from app.activities.panels.meetings import held_begun
from app.activities.panels.models import Attachment, Meeting, Minutes
from app.activities.panels.queries import attendance_of, files_of
from app.core.clock import now
from app.core.db import db, lock
from app.core.errors import DomainError
from app.core.files import StoredFile
from app.core.html import to_html
from app.i18n import _l
from app.identity.viewer import Viewer
from app.issues.content import content_digest
from app.issues.kinds import ActivityView
from app.issues.queries import activity_place
from app.ledger.facts import FileDigest
from app.ledger.record import record

MOST_FILES = 10


def draft_minutes(
    *,
    meeting_id: int,
    viewer: Viewer,
    text_th: str,
    text_en: str | None,
    reason_th: str | None = None,
    reason_en: str | None = None,
    seen: str | None = None,
) -> Minutes:
    """Write the draft of a meeting's minutes, or of a correction of adopted ones.

    A correction needs its reason and takes over the files of the version before. `seen` is the digest of
    the draft the officer began from, so that two do not overwrite each other unawares.
    """
    meeting, activity = held_begun(meeting_id)
    last = newest_version(meeting_id)
    if last is not None and last.adopted_at is None and seen not in (None, draft_digest(last)):
        raise DomainError(_l("Someone has changed this draft meanwhile. Read theirs before you save yours."))
    draft = _draft_after(last, meeting)
    if draft.version > 1 and not reason_th:
        raise DomainError(_l("Say in Thai why the adopted minutes are corrected."), "reason_th")
    draft.text_th, draft.text_en = text_th, text_en
    draft.html_th, draft.html_en = to_html(text_th), to_html(text_en) if text_en else None
    if draft.version > 1:
        draft.reason_th, draft.reason_en = reason_th, reason_en
    draft.drafted_at = now()
    db.session.add(draft)
    db.session.flush()
    if last is not None and draft is not last:
        _take_over_files(last, draft)
    _record_draft(draft, activity, viewer)
    return draft


def attach_file(
    *, minutes_id: int, viewer: Viewer, file: StoredFile, title_th: str, title_en: str | None
) -> Attachment:
    """Add a stored file to a draft. Raises `DomainError` for one that is already there, and for too many."""
    draft, activity = _held_draft(minutes_id)
    present = files_of(draft.id)
    if any(other.sha256 == file.sha256 for other in present):
        raise DomainError(_l("This file is already attached."), "file")
    if len(present) >= MOST_FILES:
        raise DomainError(_l("At most %(most)s files can be attached.", most=MOST_FILES), "file")
    attachment = Attachment(
        minutes_id=draft.id,
        title_th=title_th,
        title_en=title_en,
        sha256=file.sha256,
        size=file.size,
        media=file.media,
        file_name=file.name,
    )
    db.session.add(attachment)
    db.session.flush()
    _record_draft(draft, activity, viewer)
    return attachment


def remove_file(*, attachment_id: int, viewer: Viewer) -> Minutes:
    """Take a file from a draft; what was adopted keeps its own."""
    attachment = lock(Attachment, attachment_id)
    draft, activity = _held_draft(attachment.minutes_id)
    db.session.delete(attachment)
    db.session.flush()
    _record_draft(draft, activity, viewer)
    return draft


def adopt_minutes(*, minutes_id: int, viewer: Viewer, digest: str) -> Minutes:
    """Adopt a draft for good, with who came as it is noted now. `digest` is that of what was checked.

    Raises `DomainError` while nobody has noted who came, and when the draft is not the one that was
    checked.
    """
    draft, activity = _held_draft(minutes_id)
    meeting = lock(Meeting, draft.meeting_id)
    if meeting.attended_at is None:
        raise DomainError(_l("Note who came first: minutes are adopted with the attendance."))
    content = draft_digest(draft)
    if digest != content:
        raise DomainError(_l("The draft was changed after you checked it. Read it again, then adopt it."))
    grant = viewer.acting("panels.minute", activity.agency_id)
    draft.attendance, draft.officials = attendance_of(meeting.id), meeting.officials
    draft.adopted_at, draft.adopted_by = now(), grant.grant_id
    db.session.flush()
    record(
        facts.MINUTES_ADOPTED,
        subject=f"meeting/{meeting.id}",
        actor=grant,
        place=activity_place(activity),
        data={
            "version": draft.version,
            "came": sum(row["came"] for row in draft.attendance),
            "members": sum(row["of"] for row in draft.attendance),
            "content": content,
        },
        files=[FileDigest(file.sha256, file.size, file.media) for file in files_of(draft.id)],
    )
    return draft


def draft_digest(draft: Minutes) -> str:
    """The digest of everything that adopting the draft now would publish."""
    meeting = db.session.get_one(Meeting, draft.meeting_id)
    return content_digest(
        {
            "version": draft.version,
            "text_th": draft.text_th,
            "text_en": draft.text_en,
            "reason_th": draft.reason_th,
            "reason_en": draft.reason_en,
            "attendance": attendance_of(meeting.id),
            "officials": meeting.officials,
            "files": [[file.sha256, file.title_th, file.title_en] for file in files_of(draft.id)],
        }
    )


def newest_version(meeting_id: int) -> Minutes | None:
    """The newest version of a meeting's minutes, draft or adopted."""
    query = select(Minutes).where(Minutes.meeting_id == meeting_id).order_by(Minutes.version.desc())
    return db.session.scalar(query.limit(1).execution_options(populate_existing=True))


def _draft_after(last: Minutes | None, meeting: Meeting) -> Minutes:
    """The draft to write in: the one there is, or the version after the last adopted one."""
    if last is not None and last.adopted_at is None:
        return last
    return Minutes(meeting_id=meeting.id, version=last.version + 1 if last else 1)


def _take_over_files(before: Minutes, draft: Minutes) -> None:
    columns = ("title_th", "title_en", "sha256", "size", "media", "file_name")
    for file in files_of(before.id):
        taken = {column: getattr(file, column) for column in columns}
        db.session.add(Attachment(minutes_id=draft.id, **taken))
    db.session.flush()


def _held_draft(minutes_id: int) -> tuple[Minutes, ActivityView]:
    """Hold a draft, and its meeting before it: whoever writes in the same minutes waits there."""
    meeting_id = db.session.scalar(select(Minutes.meeting_id).where(Minutes.id == minutes_id))
    meeting = lock(Meeting, meeting_id or 0)
    draft = lock(Minutes, minutes_id)
    if draft.adopted_at is not None:
        raise DomainError(_l("These minutes are adopted and no longer change. Begin a correction instead."))
    return draft, hold_living(meeting.activity_id)


def _record_draft(draft: Minutes, activity: ActivityView, viewer: Viewer) -> None:
    record(
        facts.MINUTES_DRAFTED,
        subject=f"meeting/{draft.meeting_id}",
        actor=viewer.acting("panels.minute", activity.agency_id),
        place=activity_place(activity),
        data={"version": draft.version, "content": draft_digest(draft)},
    )
