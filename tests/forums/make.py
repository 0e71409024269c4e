"""Builders for room forums: a forum with its people, and acts done through the verbs, committed."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from threading import Barrier
from typing import Any

from flask import Flask
from PIL import Image

from app.activities.forums import arrivals, minutes, photos, service, sessions
from app.activities.forums.content import SessionContent
from app.activities.forums.models import Minutes, Photo, Registration, Session
from app.activities.forums.pictures import store_picture
from app.agencies.models import Agency
from app.core.clock import now
from app.core.db import db, transaction
from app.core.errors import DomainError, NotFound
from app.core.mail import OutgoingMail
from app.identity.consents import CURRENT_CONSENT
from app.identity.models import Person, RoleGrant
from app.identity.viewer import Grant, Viewer
from app.issues.models import Activity, Issue
from app.ledger.models import Entry
from tests.support.make import make_activity, make_agency, make_issue, make_person, saved

REASON = "น้ำท่วมทางเข้าศาลา จึงจัดไม่ได้"
MINUTES = "วิทยากรถามว่าตลาดต้องการอะไร\n\nผู้ค้าขอทางลาดเข้าร้านทุกจุด"
POINTS = [
    {"th": "ผู้ค้าขอทางลาดทุกจุด", "en": "Traders ask for ramps everywhere"},
    {"th": "ชาวนาขอประตูน้ำ", "en": "Farmers ask for a gate"},
]


@dataclass(frozen=True)
class Scene:
    """A forum in a published issue with one session three days from now, and who may have to do with it."""

    agency: Agency
    issue: Issue
    activity: Activity
    citizen: Person
    officer: Person
    session: Session | None

    @property
    def id(self) -> int:
        return self.activity.id

    @property
    def session_id(self) -> int:
        assert self.session is not None
        return self.session.id

    def path(self, rest: str = "", lang: str = "en") -> str:
        return f"/{lang}/forums/{self.id}{rest}"

    def at(self, rest: str = "", lang: str = "en") -> str:
        return self.path(f"/sessions/{self.session_id}{rest}", lang)


def make_scene(
    *,
    opens_in: float = -1,
    closes_in: float | None = 10,
    prepared: bool = True,
    session: bool = True,
    seats: int = 3,
    **values: Any,
) -> Scene:
    """The forum is prepared before it opens, as the verb asks; then its window is set."""
    agency = make_agency()
    issue = make_issue(agency, answer_by=date(2026, 6, 15), **values)
    officer = make_person("officer", agency)
    activity = make_activity(issue, "forums", opens_in=1, closes_in=None)
    if prepared:
        with transaction():
            sessions.prepare_forum(
                activity_id=activity.id,
                viewer=viewer_of(officer),
                content={
                    "form": "forum",
                    "purpose_th": "ฟังว่าผู้ค้าและผู้อยู่อาศัยต้องการกำแพงแบบใด",
                    "purpose_en": "Hear which wall people want.",
                },
            )
    set_window(activity, opens_in, closes_in)
    scene = Scene(agency, issue, activity, make_person(name="สมหญิง ใจดี"), officer, None)
    if not (prepared and session):
        return scene
    made = make_session(scene, seats=seats)
    return Scene(agency, issue, activity, scene.citizen, officer, made)


def set_window(activity: Activity, opens_in: float, closes_in: float | None) -> None:
    activity.opens_at = now() + timedelta(days=opens_in)
    activity.closes_at = None if closes_in is None else now() + timedelta(days=closes_in)
    saved(activity)


def viewer_of(person: Person) -> Viewer:
    """The person as a verb knows them, with the roles they hold."""
    grants = db.session.query(RoleGrant).filter_by(person_id=person.id).order_by(RoleGrant.id)
    held = tuple(Grant(grant.id, grant.role, grant.agency_id) for grant in grants)
    return Viewer(person.id, person.name, held)


def session_content(days: float = 3, **values: Any) -> SessionContent:
    """A session of two hours at noon (10.00 in Bangkok when every test begins)."""
    starts_at = now() + timedelta(days=days)
    content: dict[str, Any] = dict.fromkeys(SessionContent.__annotations__)
    content |= {
        "title_th": "เวทีรับฟังที่ศาลาประชาคม",
        "title_en": "Forum at the village hall",
        "mode": "person",
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=2),
        "register_until": starts_at,
        "place_th": "ศาลาประชาคมหมู่ที่ 4",
        "place_en": "Village 4 hall",
        "seats": 3,
        "online_seats": 0,
        "access": ["ramp", "sign_language"],
    }
    return SessionContent(**{**content, **values})  # type: ignore[typeddict-item]


BOTH = {"mode": "both", "online_seats": 2, "online_url": "https://meet.example.go.th/wall-7Kq"}
ONLINE = {**BOTH, "mode": "online", "seats": 0, "place_th": None, "place_en": None}


def make_session(scene: Scene, days: float = 3, **values: Any) -> Session:
    viewer = viewer_of(scene.officer)
    with transaction():
        made = sessions.add_session(
            activity_id=scene.id, viewer=viewer, content=session_content(days, **values)
        )
    db.session.expunge(made)
    return made


def change(scene: Scene, session_id: int, **values: Any) -> None:
    viewer = viewer_of(scene.officer)
    with transaction():
        stored = db.session.get_one(Session, session_id, populate_existing=True)
        names = SessionContent.__annotations__
        content = {name: getattr(stored, name) for name in names} | values
        sessions.change_session(session_id=session_id, viewer=viewer, content=content)


def cancel(scene: Scene, session_id: int) -> None:
    viewer = viewer_of(scene.officer)
    with transaction():
        sessions.cancel_session(session_id=session_id, viewer=viewer, reason_th=REASON, reason_en=None)


def register_now(session_id: int, viewer: Viewer, **values: Any) -> Registration:
    with transaction():
        return service.register_for_session(
            **{
                "session_id": session_id,
                "viewer": viewer,
                "name": viewer.name,
                "sector": "people",
                "way": "person",
                "needs": service.NO_NEEDS,
                "needs_agreed": False,
                "consent_version": CURRENT_CONSENT,
                **values,
            }
        )


def make_registration(
    scene: Scene, person: Person | None = None, session_id: int | None = None, **values: Any
) -> Registration:
    return register_now(session_id or scene.session_id, viewer_of(person or scene.citizen), **values)


def make_arrival(scene: Scene, registration: Registration) -> None:
    viewer = viewer_of(scene.officer)
    with transaction():
        arrivals.confirm_arrival(registration_id=registration.id, viewer=viewer)


def make_walk_in(scene: Scene, session_id: int | None = None, **values: Any) -> Registration:
    viewer = viewer_of(scene.officer)
    person = arrivals.WalkIn(**{"name": "คนเดินเข้ามา", "sector": "people", "way": "person", **values})
    with transaction():
        return arrivals.add_walk_in(session_id=session_id or scene.session_id, viewer=viewer, person=person)


def make_counted(scene: Scene, session_id: int | None = None) -> None:
    viewer = viewer_of(scene.officer)
    with transaction():
        arrivals.count_attendance(session_id=session_id or scene.session_id, viewer=viewer)


def make_draft(scene: Scene, session_id: int | None = None, **values: Any) -> Minutes:
    viewer = viewer_of(scene.officer)
    with transaction():
        return minutes.draft_minutes(
            **{
                "session_id": session_id or scene.session_id,
                "viewer": viewer,
                "text_th": MINUTES,
                "text_en": None,
                "points": POINTS,
                **values,
            }
        )


def make_minutes(scene: Scene, session_id: int | None = None, **values: Any) -> Minutes:
    """Published minutes of a session already counted."""
    draft = make_draft(scene, session_id, **values)
    viewer = viewer_of(scene.officer)
    with transaction():
        digest = minutes.draft_digest(db.session.get_one(Minutes, draft.id))
        return minutes.publish_minutes(minutes_id=draft.id, viewer=viewer, digest=digest)


def camera_picture(place: bool = True, size: tuple[int, int] = (640, 480)) -> io.BytesIO:
    """A JPEG as a telephone writes it: with its position, its maker and a remark."""
    image = Image.new("RGB", size, (180, 60, 40))
    exif = Image.Exif()
    if place:
        exif[0x010F] = "MakerOfPhones"
        exif[0x0112] = 6  # To be shown turned by a quarter.
        gps = exif.get_ifd(0x8825)
        gps[1], gps[2] = "N", (14.0, 35.0, 22.5)
        gps[3], gps[4] = "E", (100.0, 27.0, 18.0)
    written = io.BytesIO()
    image.save(written, "JPEG", exif=exif, comment="ถ่ายที่บ้านของสมหญิง".encode())
    written.seek(0)
    return written


def make_photo(scene: Scene, session_id: int | None = None, **values: Any) -> Photo:
    viewer, picture = viewer_of(scene.officer), store_picture(camera_picture())
    with transaction():
        return photos.show_photo(
            **{
                "session_id": session_id or scene.session_id,
                "viewer": viewer,
                "picture": picture,
                "alt_th": "ผู้ค้าสิบคนยกมือในศาลาประชาคม",
                "alt_en": "Ten traders raise their hands in the hall",
                "agreed": True,
                **values,
            }
        )


def mails(subject: str = "") -> list[str]:
    """To whom mails went, in the order of their making, whose subject holds these words."""
    db.session.rollback()
    rows = db.session.query(OutgoingMail).filter(OutgoingMail.subject.contains(subject))
    return [row.recipient for row in rows.order_by(OutgoingMail.id)]


def entries(fact: str = "") -> list[dict[str, Any]]:
    """The ledger's entries of this room, in the order of writing."""
    db.session.rollback()
    rows = db.session.query(Entry).filter(Entry.fact.startswith(f"forums.{fact}"))
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
