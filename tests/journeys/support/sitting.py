"""A panel for the stage: people who apply and sit in it, a meeting held and minuted, one to come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from app.activities.panels import decisions, meetings, minutes, preparing, seating
from app.activities.panels import service as panels
from app.core import clock
from app.core.clock import now
from app.core.db import db, transaction
from app.identity.consents import CURRENT_CONSENT
from app.identity.viewer import Viewer
from tests.panels.make import decision_content, meeting_content
from tests.publications.make import stored_file


def meet(activity_id: int, people: Mapping[str, Viewer]) -> None:
    """A waiting application, a member, a representative; a meeting held and minuted, one to come."""
    officer = people["officer"]
    with transaction():
        [riverside, tenants] = [row.id for row in _groups(activity_id)]
        for key, group_id in (("citizen", riverside), ("citizen2", riverside)):
            application = panels.apply_for_seat(
                activity_id=activity_id,
                viewer=people[key],
                group_id=group_id,
                reason="อยากช่วยดูแบบก่อนสร้าง",
                show_name=True,
                consent_version=CURRENT_CONSENT,
            )
        seating.seat_applicant(application_id=application.id, viewer=officer, note="จับสลากได้ต่อหน้าสาธารณะ")
        seating.name_representative(
            activity_id=activity_id,
            group_id=tenants,
            viewer=officer,
            name="นางเช่า ริมน้ำ",
            organisation="ชมรมผู้เช่า",
            show_name=True,
        )
    with clock.standing_at(now() - timedelta(days=5)), transaction():
        held = meetings.call_meeting(activity_id=activity_id, viewer=officer, content=meeting_content(2))
    with transaction():
        meetings.call_meeting(activity_id=activity_id, viewer=officer, content=meeting_content(5))
        meetings.record_attendance(
            meeting_id=held.id, viewer=officer, came=(), absences={}, officials=[{"th": "วิศวกร", "en": None}]
        )
    with transaction():
        draft = minutes.draft_minutes(
            meeting_id=held.id, viewer=officer, text_th="ที่ประชุมเห็นตรงกัน", text_en=None
        )
        minutes.adopt_minutes(minutes_id=draft.id, viewer=officer, digest=minutes.draft_digest(draft))
        decisions.make_decision(meeting_id=held.id, viewer=officer, content=decision_content())
    with transaction():
        correction = minutes.draft_minutes(
            meeting_id=held.id,
            viewer=officer,
            text_th="ที่ประชุมเห็นตรงกันทุกกลุ่ม",
            text_en=None,
            reason_th="แก้ให้ตรงกับที่ประชุม",
        )
        minutes.attach_file(
            minutes_id=correction.id, viewer=officer, file=stored_file(), title_th="ภาพถ่าย", title_en=None
        )


def _groups(activity_id: int) -> Sequence[Any]:
    model = preparing.SeatGroup
    rows = db.session.query(model).filter_by(activity_id=activity_id)
    return rows.order_by(model.position).all()
