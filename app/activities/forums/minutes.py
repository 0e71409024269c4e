"""The verbs of minutes: drafted with the points made, then published for good; a correction is a new version.

What is published is what its officer has checked: the check page carries a digest of the draft, and another draft than
that is not published.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.activities.forums import facts
from app.activities.forums.arrivals import attendance_of
from app.activities.forums.holds import hold_begun
from app.activities.forums.models import Line, Minutes, Session
from app.activities.forums.queries import newest_version
from app.core.clock import now
from app.core.db import db, lock
from app.core.errors import DomainError, NotFound
from app.core.html import to_html
from app.i18n import _l
from app.identity.viewer import Viewer
from app.issues.content import content_digest
from app.issues.kinds import ActivityView
from app.issues.queries import activity_place
from app.ledger.record import record


def draft_minutes(
    *,
    session_id: int,
    viewer: Viewer,
    text_th: str,
    text_en: str | None,
    points: Sequence[Line],
    reason_th: str | None = None,
    reason_en: str | None = None,
    seen: str | None = None,
) -> Minutes:
    """Write the draft of a session's minutes, or of a correction of published ones, which needs its reason.

    `seen` is the digest of the draft the officer began from, so that two do not overwrite each other unawares.
    """
    session, activity = hold_begun(session_id)
    last = newest_version(session_id)
    if last is not None and last.published_at is None and seen not in (None, draft_digest(last)):
        raise DomainError(_l("Someone has changed this draft meanwhile. Read theirs before you save yours."))
    draft = _draft_after(last, session)
    if draft.version > 1 and not reason_th:
        raise DomainError(_l("Say in Thai why the published minutes are corrected."), "reason_th")
    draft.text_th, draft.text_en, draft.points = text_th, text_en, list(points)
    draft.html_th, draft.html_en = to_html(text_th), to_html(text_en) if text_en else None
    if draft.version > 1:
        draft.reason_th, draft.reason_en = reason_th, reason_en
    draft.drafted_at = now()
    db.session.add(draft)
    db.session.flush()
    record(
        facts.MINUTES_DRAFTED,
        subject=f"session/{session.id}",
        actor=viewer.acting("forums.minute", activity.agency_id),
        place=activity_place(activity),
        data={"version": draft.version, "content": draft_digest(draft)},
    )
    return draft


def publish_minutes(*, minutes_id: int, viewer: Viewer, digest: str) -> Minutes:
    """Publish a draft for good, with the attendance as it is counted. `digest` is that of what was checked.

    Raises `DomainError` while the list of who came is not complete, and when the draft is not the one checked.
    """
    draft, session, activity = _held_draft(minutes_id)
    if session.counted_at is None:
        raise DomainError(
            _l("Complete the list of who came first: minutes are published with the attendance.")
        )
    if digest != draft_digest(draft):
        raise DomainError(_l("The draft was changed after you checked it. Read it again, then publish it."))
    grant = viewer.acting("forums.minute", activity.agency_id)
    draft.attendance = attendance_of(session.id)
    draft.published_at, draft.published_by = now(), grant.grant_id
    db.session.flush()
    record(
        facts.MINUTES_PUBLISHED,
        subject=f"session/{session.id}",
        actor=grant,
        place=activity_place(activity),
        data={"version": draft.version, "points": len(draft.points), "content": digest},
    )
    return draft


def draft_digest(draft: Minutes) -> str:
    """The digest of everything that publishing the draft now would show."""
    return content_digest(
        {
            "version": draft.version,
            "text_th": draft.text_th,
            "text_en": draft.text_en,
            "points": draft.points,
            "reason_th": draft.reason_th,
            "reason_en": draft.reason_en,
        }
    )


def _draft_after(last: Minutes | None, session: Session) -> Minutes:
    """The draft to write in: the one there is, or the version after the last published one."""
    if last is not None and last.published_at is None:
        return last
    return Minutes(session_id=session.id, version=last.version + 1 if last else 1)


def _held_draft(minutes_id: int) -> tuple[Minutes, Session, ActivityView]:
    found = db.session.get(Minutes, minutes_id)
    if found is None:
        raise NotFound
    session, activity = hold_begun(found.session_id)
    draft = lock(Minutes, minutes_id)
    if draft.published_at is not None:
        raise DomainError(_l("These minutes are published and no longer change. Begin a correction instead."))
    return draft, session, activity
