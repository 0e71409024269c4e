"""The verbs of files people read before or after a session."""

from __future__ import annotations

from sqlalchemy import select

from app.activities.forums import facts
from app.activities.forums.holds import hold_session
from app.activities.forums.models import Material, Session
from app.core.clock import now
from app.core.db import db, lock
from app.core.errors import DomainError
from app.core.files import StoredFile
from app.i18n import _l
from app.identity.viewer import Viewer
from app.issues.content import content_digest
from app.issues.kinds import ActivityView
from app.issues.queries import activity_place
from app.ledger.facts import Fact, FileDigest
from app.ledger.record import record

MOST_MATERIALS = 20


def add_material(
    *, session_id: int, viewer: Viewer, file: StoredFile, title_th: str, title_en: str | None
) -> Material:
    """Put a stored file with a session. Raises `DomainError` for one already there, and for too many."""
    session, activity = hold_session(session_id)
    present = db.session.scalars(select(Material.sha256).where(Material.session_id == session_id)).all()
    if file.sha256 in present:
        raise DomainError(_l("This file is already there."), "file")
    if len(present) >= MOST_MATERIALS:
        raise DomainError(_l("At most %(most)s files can be put here.", most=MOST_MATERIALS), "file")
    material = Material(
        session_id=session_id,
        title_th=title_th,
        title_en=title_en,
        sha256=file.sha256,
        size=file.size,
        media=file.media,
        file_name=file.name,
        added_at=now(),
    )
    db.session.add(material)
    db.session.flush()
    _record(facts.MATERIAL_ADDED, material, session, activity, viewer)
    return material


def remove_material(*, material_id: int, viewer: Viewer) -> Material:
    """Take a file away from a session."""
    material = lock(Material, material_id)
    session, activity = hold_session(material.session_id)
    db.session.delete(material)
    db.session.flush()
    _record(facts.MATERIAL_REMOVED, material, session, activity, viewer)
    return material


def _record(fact: Fact, material: Material, session: Session, activity: ActivityView, viewer: Viewer) -> None:
    public = activity.state != "draft"
    digest = FileDigest(material.sha256, material.size, material.media)
    record(
        fact if public else facts.MATERIAL_PREPARED,
        subject=f"session/{session.id}",
        actor=viewer.acting("forums.prepare", activity.agency_id),
        place=activity_place(activity),
        data={
            "session": session.id,
            "content": content_digest({"sha256": material.sha256, "title_th": material.title_th}),
        },
        files=[digest] if fact is facts.MATERIAL_ADDED else [],
    )
