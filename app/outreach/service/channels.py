"""Recording how people were told, and correcting what was recorded; nothing is ever deleted."""

from __future__ import annotations

from datetime import date
from typing import TypedDict

from app.core.clock import now
from app.core.db import db, lock
from app.core.errors import DomainError
from app.core.files import StoredFile
from app.i18n import _l
from app.i18n.dates import local_day
from app.identity.viewer import Viewer
from app.issues.content import content_digest
from app.issues.models import Issue
from app.issues.queries import issue_place
from app.ledger.facts import Fact, FileDigest
from app.ledger.record import record
from app.outreach import facts
from app.outreach.codes import CHANNELS, KNOWN_BY, MOST_REACHED
from app.outreach.models import Announcement, AnnouncementVersion

PERMISSION = "outreach.record"


class Told(TypedDict):
    """What an officer records of one use of a channel; `reached` is None where the number is not known."""

    channel: str
    what_th: str
    what_en: str | None
    place_th: str | None
    place_en: str | None
    from_on: date
    until_on: date | None
    reached: int | None
    known_by: str


def record_channel(*, issue_id: int, viewer: Viewer, told: Told, file: StoredFile | None) -> Announcement:
    """Record that people were told through a channel; public at once, so the issue must be."""
    issue = _public(issue_id)
    _check(told)
    announcement = Announcement(issue_id=issue_id, current=1)
    db.session.add(announcement)
    db.session.flush()
    _write(facts.TOLD, issue, viewer, _version(announcement, told, file))
    return announcement


def correct_channel(
    *,
    announcement_id: int,
    viewer: Viewer,
    told: Told,
    file: StoredFile | None,
    note_th: str,
    note_en: str | None,
) -> Announcement:
    """Write a new version and say what was wrong; without a `file` the earlier one stays."""
    announcement, before, issue = _standing(announcement_id)
    if not note_th:
        raise DomainError(_l("Say in Thai what was wrong before."), "note_th")
    _check(told)
    announcement.current += 1
    version = _version(announcement, told, file or _file_of(before))
    version.note_th, version.note_en = note_th, note_en
    _write(facts.CORRECTED, issue, viewer, version)
    return announcement


def take_back_channel(
    *, announcement_id: int, viewer: Viewer, note_th: str, note_en: str | None
) -> Announcement:
    """Say that what was recorded did not happen, and why it stands there; the record stays readable."""
    announcement, before, issue = _standing(announcement_id)
    if not note_th:
        raise DomainError(_l("Say in Thai why it is taken back."), "note_th")
    announcement.current += 1
    version = _version(announcement, _told(before), _file_of(before))
    version.note_th, version.note_en, version.taken_back = note_th, note_en, True
    _write(facts.TAKEN_BACK, issue, viewer, version)
    return announcement


def _public(issue_id: int) -> Issue:
    issue = lock(Issue, issue_id, share=True)
    if issue.published_at is None or issue.annulled_at is not None:
        raise DomainError(_l("This can be recorded once the issue is public, and until it is ended."))
    return issue


def _standing(announcement_id: int) -> tuple[Announcement, AnnouncementVersion, Issue]:
    announcement = lock(Announcement, announcement_id)
    before = db.session.get_one(AnnouncementVersion, (announcement_id, announcement.current))
    if before.taken_back:
        raise DomainError(_l("This has been taken back and can no longer be changed."))
    return announcement, before, _public(announcement.issue_id)


def _check(told: Told) -> None:
    if told["channel"] not in CHANNELS:
        raise DomainError(_l("Choose a channel from the list."), "channel")
    if not told["what_th"]:
        raise DomainError(_l("Say in Thai what people were told, and how."), "what_th")
    if told["from_on"] > local_day(now()):
        raise DomainError(
            _l("This day is still to come. Record a channel once people have been told."), "from_on"
        )
    if told["until_on"] is not None and told["until_on"] < told["from_on"]:
        raise DomainError(_l("The last day is before the first."), "until_on")
    _check_reach(told)


def _check_reach(told: Told) -> None:
    reached = told["reached"]
    if told["known_by"] not in KNOWN_BY:
        raise DomainError(_l("Say how the number is known."), "known_by")
    if told["known_by"] == "unknown" and reached is not None:
        raise DomainError(_l("Leave the number empty, or say how it is known."), "reached")
    if told["known_by"] != "unknown" and reached is None:
        raise DomainError(_l("Write the number of people, or choose “not known”."), "reached")
    if reached is not None and not 0 <= reached <= MOST_REACHED:
        raise DomainError(_l("This number of people cannot be right."), "reached")


def _version(announcement: Announcement, told: Told, file: StoredFile | None) -> AnnouncementVersion:
    return AnnouncementVersion(
        announcement_id=announcement.id,
        number=announcement.current,
        written_at=now(),
        taken_back=False,
        sha256=file.sha256 if file else None,
        size=file.size if file else None,
        media=file.media if file else None,
        file_name=file.name if file else None,
        **told,
    )


def _told(version: AnnouncementVersion) -> Told:
    return Told(**{name: getattr(version, name) for name in Told.__annotations__})  # type: ignore[typeddict-item]


def _file_of(version: AnnouncementVersion) -> StoredFile | None:
    if version.sha256 is None:
        return None
    return StoredFile(version.sha256, version.size or 0, version.media or "", version.file_name or "")


def _write(fact: Fact, issue: Issue, viewer: Viewer, version: AnnouncementVersion) -> None:
    db.session.add(version)
    db.session.flush()
    told = _told(version)
    content = content_digest({**told, "note_th": version.note_th, "note_en": version.note_en})
    data = {
        "channel": version.channel,
        "from_on": version.from_on.isoformat(),
        "until_on": version.until_on.isoformat() if version.until_on else None,
        "reached": version.reached,
        "known_by": version.known_by,
        "version": version.number,
        "content": content,
    }
    file = _file_of(version)
    record(
        fact,
        subject=f"announcement/{version.announcement_id}",
        actor=viewer.acting(PERMISSION, issue.agency_id),
        place=issue_place(issue),
        data={key: value for key, value in data.items() if key in fact.data},
        files=[FileDigest(file.sha256, file.size, file.media)] if file and not version.taken_back else [],
    )
