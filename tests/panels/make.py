"""Builders for room panels: a panel with its people, and acts done through the verbs, committed."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from threading import Barrier
from typing import Any

from flask import Flask

from app.activities.panels import decisions, meetings, minutes, preparing, seating, service
from app.activities.panels.models import Application, Decision, Meeting, Member, Minutes, SeatGroup
from app.agencies.models import Agency
from app.core.clock import now
from app.core.db import db, transaction
from app.core.errors import DomainError, NotFound
from app.identity.consents import CURRENT_CONSENT
from app.identity.models import Person, RoleGrant
from app.identity.viewer import Grant, Viewer
from app.issues.models import Activity, Issue
from app.ledger.models import Entry
from tests.support.make import make_activity, make_agency, make_issue, make_person, saved

REASON = "ร้านของดิฉันอยู่ริมน้ำและท่วมทุกปี"
NOTE = "จับสลากได้ต่อหน้าสาธารณะที่ศาลาประชาคม"
MINUTES = "ที่ประชุมเห็นตรงกันว่าต้องมีช่องเปิด\n\nผู้แทนผู้เช่าขอย้ายวันประชุม"


@dataclass(frozen=True)
class Scene:
    """A panel in a published issue, with two groups, and who may have to do with it."""

    agency: Agency
    issue: Issue
    activity: Activity
    citizen: Person
    officer: Person
    traders: int
    tenants: int

    @property
    def id(self) -> int:
        return self.activity.id

    def path(self, rest: str = "", lang: str = "en") -> str:
        return f"/{lang}/panels/{self.id}{rest}"


def panel_content(**values: Any) -> preparing.PanelContent:
    texts: dict[str, Any] = dict.fromkeys(preparing.PanelContent.__annotations__)
    texts |= {"purpose_th": "ช่วยปรับแบบร่างจากความเห็นที่รับไว้", "purpose_en": "Improve the designs."}
    return preparing.PanelContent(**{**texts, **values})  # type: ignore[typeddict-item]


def group(name: str, seats: int, sector: str = "private", **values: Any) -> preparing.GroupContent:
    return preparing.GroupContent(
        **{"id": None, "sector": sector, "th": name, "en": f"{sector} {seats}", "seats": seats, **values}
    )


def make_scene(
    *,
    opens_in: float = -1,
    closes_in: float | None = 10,
    level: int = 3,
    seats: int = 3,
    prepared: bool = True,
    **values: Any,
) -> Scene:
    """The panel is prepared before it opens, as the verb asks; then its window is set."""
    agency = make_agency()
    issue = make_issue(agency, answer_by=date(2026, 5, 15), **values)
    officer = make_person("officer", agency)
    activity = make_activity(issue, "panels", opens_in=1, closes_in=None, level=level)
    groups: list[SeatGroup] = []
    if prepared:
        groups = prepare(activity, officer, [group("ผู้ค้าในตลาด", seats), group("ผู้เช่าบ้าน", 2, "vulnerable")])
    set_window(activity, opens_in, closes_in)
    return Scene(
        agency=agency,
        issue=issue,
        activity=activity,
        citizen=make_person(name="สมหญิง ใจดี"),
        officer=officer,
        traders=groups[0].id if groups else 0,
        tenants=groups[1].id if groups else 0,
    )


def set_window(activity: Activity, opens_in: float, closes_in: float | None) -> None:
    activity.opens_at = now() + timedelta(days=opens_in)
    activity.closes_at = None if closes_in is None else now() + timedelta(days=closes_in)
    saved(activity)


def prepare(activity: Activity, officer: Person, groups: list[Any], **texts: Any) -> list[SeatGroup]:
    with transaction():
        preparing.prepare_panel(
            activity_id=activity.id,
            viewer=viewer_of(officer),
            content=panel_content(**texts),
            groups=groups,
        )
    rows = db.session.query(SeatGroup).filter_by(activity_id=activity.id)
    return rows.order_by(SeatGroup.position).all()


def viewer_of(person: Person) -> Viewer:
    """The person as a verb knows them, with the roles they hold."""
    grants = db.session.query(RoleGrant).filter_by(person_id=person.id).order_by(RoleGrant.id)
    held = tuple(Grant(grant.id, grant.role, grant.agency_id) for grant in grants)
    return Viewer(person.id, person.name, held)


def make_application(scene: Scene, person: Person | None = None, **values: Any) -> Application:
    viewer = viewer_of(person or scene.citizen)
    with transaction():
        return service.apply_for_seat(
            **{
                "activity_id": scene.id,
                "viewer": viewer,
                "group_id": scene.traders,
                "reason": REASON,
                "show_name": True,
                "consent_version": CURRENT_CONSENT,
                **values,
            }
        )


def make_member(scene: Scene, person: Person | None = None, **values: Any) -> Member:
    """A person who applied and was seated."""
    application = make_application(scene, person, **values)
    viewer = viewer_of(scene.officer)
    with transaction():
        return seating.seat_applicant(application_id=application.id, viewer=viewer, note=NOTE)


def make_representative(scene: Scene, **values: Any) -> Member:
    viewer = viewer_of(scene.officer)
    with transaction():
        return seating.name_representative(
            **{
                "activity_id": scene.id,
                "group_id": scene.tenants,
                "viewer": viewer,
                "name": "นายเช่า บ้านริมน้ำ",
                "organisation": "ชมรมผู้เช่า",
                "show_name": True,
                **values,
            }
        )


def meeting_content(days: float = 1, **values: Any) -> meetings.MeetingContent:
    starts_at = now() + timedelta(days=days)
    return meetings.MeetingContent(
        **{
            "starts_at": starts_at,
            "ends_at": starts_at + timedelta(hours=2),
            "place_th": "ศาลาประชาคมหมู่ที่ 4",
            "place_en": "Village 4 hall",
            "agenda": [{"th": "อ่านสรุปความเห็น", "en": "Read the summary"}, {"th": "เลือกเรื่อง", "en": "Choose"}],
            **values,
        }
    )


def make_meeting(scene: Scene, days: float = 1, **values: Any) -> Meeting:
    """A meeting called for so many days from now; a negative number enters one already held."""
    viewer = viewer_of(scene.officer)
    with transaction():
        return meetings.call_meeting(
            activity_id=scene.id, viewer=viewer, content=meeting_content(days, **values)
        )


def make_attendance(scene: Scene, meeting: Meeting, came: list[int], **values: Any) -> Meeting:
    viewer = viewer_of(scene.officer)
    with transaction():
        return meetings.record_attendance(
            **{
                "meeting_id": meeting.id,
                "viewer": viewer,
                "came": came,
                "absences": {},
                "officials": [{"th": "วิศวกรโยธา 2 คน", "en": "Two civil engineers"}],
                **values,
            }
        )


def make_draft(scene: Scene, meeting: Meeting, **values: Any) -> Minutes:
    viewer = viewer_of(scene.officer)
    with transaction():
        return minutes.draft_minutes(
            **{"meeting_id": meeting.id, "viewer": viewer, "text_th": MINUTES, "text_en": None, **values}
        )


def adopt(scene: Scene, draft: Minutes) -> Minutes:
    viewer = viewer_of(scene.officer)
    with transaction():
        digest = minutes.draft_digest(db.session.get_one(Minutes, draft.id))
        return minutes.adopt_minutes(minutes_id=draft.id, viewer=viewer, digest=digest)


def make_minutes(scene: Scene, meeting: Meeting, came: list[int] | None = None, **values: Any) -> Minutes:
    """Adopted minutes, with who came."""
    make_attendance(scene, meeting, came or [])
    return adopt(scene, make_draft(scene, meeting, **values))


def decision_content(verdict: str = "adopted", **values: Any) -> decisions.DecisionContent:
    content: dict[str, Any] = dict.fromkeys(decisions.DecisionContent.__annotations__)
    content |= {
        "text_th": "ทางลาดทุกแห่งชันไม่เกิน 1 ต่อ 12",
        "text_en": "Every ramp is no steeper than 1 in 12",
        "verdict": verdict,
        "due_on": date(2026, 5, 1) if verdict == "under_review" else None,
        "reason_th": "ลองของจริงแล้ว ความชัน 1 ต่อ 10 รถเข็นขึ้นไม่ได้",
        "reason_en": "A wheelchair could not climb the steeper model",
    }
    return decisions.DecisionContent(**{**content, **values})  # type: ignore[typeddict-item]


def make_decision(scene: Scene, meeting: Meeting, verdict: str = "adopted", **values: Any) -> Decision:
    viewer = viewer_of(scene.officer)
    with transaction():
        return decisions.make_decision(
            meeting_id=meeting.id, viewer=viewer, content=decision_content(verdict, **values)
        )


def entries(fact: str = "") -> list[dict[str, Any]]:
    """The ledger's entries of this room, in the order of writing."""
    db.session.rollback()
    rows = db.session.query(Entry).filter(Entry.fact.startswith(f"panels.{fact}"))
    return [json.loads(row.body) for row in rows]


def at_once(app: Flask, acts: list[Callable[[], Any]]) -> list[Any]:
    """What each act returned, or the refusal it met; all begin together, each in a session of its own."""
    together = Barrier(len(acts))

    def one(act: Callable[[], Any]) -> Any:
        with app.app_context():
            together.wait()
            try:
                return act()
            except (DomainError, NotFound) as refusal:
                return refusal
            finally:
                db.session.remove()

    db.session.remove()
    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))
