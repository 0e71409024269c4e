"""A forum for the stage: a session held, with its list, minutes and pictures, and one to come."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from app.activities.forums import arrivals, materials, minutes, photos, service, sessions
from app.activities.forums.models import Session
from app.activities.forums.pictures import store_picture
from app.core import clock
from app.core.clock import now
from app.core.db import db, transaction
from app.identity.consents import CURRENT_CONSENT
from app.identity.viewer import Viewer
from tests.forums.make import BOTH, MINUTES, POINTS, camera_picture, session_content
from tests.publications.make import stored_file

HELD, TO_COME = 6, 15
"""Days from the drafting."""


def call(activity_id: int, officer: Viewer, *days: int) -> None:
    """Say what the forum is for and add a session on each of the days; the last one is online as well."""
    sessions.prepare_forum(
        activity_id=activity_id,
        viewer=officer,
        content={
            "form": "forum",
            "purpose_th": "ฟังว่าผู้ค้าและผู้อยู่อาศัยต้องการกำแพงแบบใด",
            "purpose_en": "Hear which wall people want.",
        },
    )
    for day in days:
        more = BOTH if day == days[-1] else {}
        sessions.add_session(
            activity_id=activity_id, viewer=officer, content=session_content(day, area_code="1501", **more)
        )


def gather(activity_id: int, people: Mapping[str, Viewer]) -> dict[str, int]:
    """People register and come; the office keeps what remains. Rows by their names."""
    officer = people["officer"]
    rows = db.session.query(Session.id).filter_by(activity_id=activity_id).order_by(Session.starts_at)
    held, to_come = (row.id for row in rows)
    db.session.rollback()
    with clock.standing_at(now() - timedelta(days=7)):
        arrived = _register(held, people["citizen"])
        _register(held, people["p01"], service.Needs(codes=("sign_language",), note="นั่งแถวหน้า"))
    tickets = [_register(to_come, people[key]) for key in ("citizen", "p01", "p02", "p03", "citizen2")]
    with transaction():
        arrivals.confirm_arrival(registration_id=arrived, viewer=officer)
        for number in range(12):
            walk_in = arrivals.WalkIn(name=f"คนเดินเข้ามา {number}", sector="people", way="person")
            arrivals.add_walk_in(session_id=held, viewer=officer, person=walk_in)
        arrivals.count_attendance(session_id=held, viewer=officer)
    return {
        "held": held,
        "to_come": to_come,
        "arrived": arrived,
        "ticket": tickets[0],
        "waiting": tickets[-1],
        "material": _keep_file(to_come, officer),
        "photo": _show_photo(held, officer),
        "minutes": _write_minutes(held, officer),
    }


def _register(session_id: int, viewer: Viewer, needs: service.Needs = service.NO_NEEDS) -> int:
    with transaction():
        return service.register_for_session(
            session_id=session_id,
            viewer=viewer,
            name=viewer.name,
            sector="people",
            way="person",
            needs=needs,
            needs_agreed=needs is not service.NO_NEEDS,
            consent_version=CURRENT_CONSENT,
        ).id


def _keep_file(session_id: int, officer: Viewer) -> int:
    with transaction():
        return materials.add_material(
            session_id=session_id, viewer=officer, file=stored_file(), title_th="กำหนดการ", title_en=None
        ).id


def _show_photo(session_id: int, officer: Viewer) -> int:
    picture = store_picture(camera_picture())
    with transaction():
        return photos.show_photo(
            session_id=session_id,
            viewer=officer,
            picture=picture,
            alt_th="ผู้ค้าสิบคนยกมือในศาลาประชาคม",
            alt_en="Ten traders raise their hands in the hall",
            agreed=True,
        ).id


def _write_minutes(session_id: int, officer: Viewer) -> int:
    """Published once, and a correction that is not."""
    given: dict[str, Any] = {"session_id": session_id, "viewer": officer, "text_en": None, "points": POINTS}
    with transaction():
        draft = minutes.draft_minutes(text_th=MINUTES, **given)
        minutes.publish_minutes(minutes_id=draft.id, viewer=officer, digest=minutes.draft_digest(draft))
    with transaction():
        return minutes.draft_minutes(
            text_th=f"{MINUTES}\n\nและขอไฟส่องทาง", reason_th="เติมที่ตกไป", seen=None, **given
        ).id
