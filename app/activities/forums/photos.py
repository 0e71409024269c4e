"""The verbs of pictures: shown when everyone who can be recognised agreed, gone when somebody no longer does."""

from __future__ import annotations

from sqlalchemy import func, select

from app.activities.forums import facts
from app.activities.forums.holds import activity_of, hold_begun
from app.activities.forums.models import Photo
from app.activities.forums.pictures import Picture
from app.core.clock import now
from app.core.db import db, lock
from app.core.errors import DomainError, NotFound
from app.core.files import path_of
from app.i18n import _l
from app.i18n.dates import local_day
from app.identity.viewer import Viewer
from app.issues.content import content_digest
from app.issues.queries import activity_place, activity_with_issue
from app.ledger.facts import Fact
from app.ledger.record import record

MOST_PHOTOS = 30


def show_photo(
    *, session_id: int, viewer: Viewer, picture: Picture, alt_th: str, alt_en: str | None, agreed: bool
) -> Photo:
    """Show a picture with a session. Raises `DomainError` without words for who cannot see it, and without the
    officer's word that everyone who can be recognised has agreed."""
    session, activity = hold_begun(session_id)
    if not alt_th:
        raise DomainError(_l("Say in Thai what the picture shows."), "alt_th")
    if not agreed:
        raise DomainError(_l("A picture may only be shown once everyone in it has agreed."), "agreed")
    shown = select(func.count()).where(Photo.session_id == session_id, Photo.withdrawn_at.is_(None))
    if (db.session.scalar(shown) or 0) >= MOST_PHOTOS:
        raise DomainError(_l("At most %(most)s pictures can be shown.", most=MOST_PHOTOS), "file")
    grant = viewer.acting("forums.minute", activity.agency_id)
    photo = Photo(
        session_id=session.id,
        sha256=picture.file.sha256,
        size=picture.file.size,
        width=picture.width,
        height=picture.height,
        alt_th=alt_th,
        alt_en=alt_en,
        agreed_on=local_day(now()),
        agreed_by=grant.grant_id,
        added_at=now(),
    )
    db.session.add(photo)
    db.session.flush()
    _record(facts.PHOTO_SHOWN, photo, viewer)
    return photo


def withdraw_photo(*, photo_id: int, viewer: Viewer) -> Photo:
    """Take a picture from view at once, for good. Consent can always be taken back, so this is never too late."""
    photo = lock(Photo, photo_id)
    if photo.withdrawn_at is not None:
        raise NotFound
    photo.withdrawn_at = now()
    db.session.flush()
    _record(facts.PHOTO_WITHDRAWN, photo, viewer)
    return photo


def remove_withdrawn(photo_id: int) -> bool:
    """Delete the file of a withdrawn picture from the disk; return whether that was done now."""
    photo = lock(Photo, photo_id)
    if photo.withdrawn_at is None or photo.removed_at is not None:
        return False
    path_of(photo.sha256).unlink(missing_ok=True)
    photo.removed_at = now()
    db.session.flush()
    return True


def _record(fact: Fact, photo: Photo, viewer: Viewer) -> None:
    activity, _issue = activity_with_issue(activity_of(photo.session_id), "forums")
    content = {"sha256": photo.sha256, "alt_th": photo.alt_th, "alt_en": photo.alt_en}
    record(
        fact,
        subject=f"session/{photo.session_id}",
        actor=viewer.acting("forums.minute", activity.agency_id),
        place=activity_place(activity),
        data={"content": content_digest(content)},
    )
