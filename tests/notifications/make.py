"""Builders for room notifications: a public issue, its followers, what happens in it, and the worker."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import event, insert, select

from app.activities.forums.facts import CANCELLED, MINUTES_PUBLISHED, MOVED
from app.activities.panels.facts import DECISION_MADE, MINUTES_ADOPTED
from app.activities.publications.facts import VERSION_PUBLISHED
from app.activities.votes.facts import DECLARED
from app.agencies.models import Agency
from app.config import current_settings
from app.core.clock import now
from app.core.db import db, transaction
from app.core.ids import new_key
from app.core.mail import OutgoingMail
from app.i18n import Language
from app.identity.models import Person
from app.issues import schedule
from app.issues import service as issues
from app.issues.facts import RESPONSE_PUBLISHED
from app.issues.models import Activity, Issue
from app.issues.queries import activity_place, activity_view
from app.issues.schedule import ActivityContent
from app.ledger.facts import SYSTEM, Fact
from app.ledger.record import record
from app.ledger.sequence import Sequencer
from app.notifications import background, service
from app.notifications.models import Follow
from tests.support.make import make_activity, make_agency, make_issue, make_person


@dataclass(frozen=True)
class Scene:
    """A public issue whose comments open in three days and close twelve days from now."""

    agency: Agency
    issue: Issue
    activity: Activity

    @property
    def id(self) -> int:
        return self.issue.id


def make_scene(opens_in: float = 3, closes_in: float | None = 12, kind: str = "comments") -> Scene:
    agency = make_agency(name_th="จังหวัดอ่างทอง", name_en="Ang Thong province")
    issue = make_issue(agency, title_th="กำแพงกันน้ำควรสร้างแบบไหน", title_en="Which flood wall?")
    activity = make_activity(
        issue, kind, opens_in=opens_in, closes_in=closes_in, title_th="ให้ความเห็น", title_en="Give your view"
    )
    return Scene(agency, issue, activity)


def make_follower(scene: Scene, lang: Language = "th", **values: Any) -> Person:
    """A person who follows the issue."""
    person = make_person(lang=lang, **values)
    with transaction():
        service.follow(person_id=person.id, issue_id=scene.id, lang=lang)
    return person


def follow_by_address(scene: Scene, email: str, lang: Language = "th") -> None:
    """An address whose owner has confirmed it."""
    follow_by_addresses(scene, [email], lang)


def follow_by_addresses(scene: Scene, emails: list[str], lang: Language = "th") -> None:
    rows = [
        {"issue_id": scene.id, "email": email, "lang": lang, "key": new_key(), "created_at": now()}
        for email in emails
    ]
    with transaction():
        db.session.execute(insert(Follow), rows)


def key_of(scene: Scene) -> str:
    """The key of the issue's only following."""
    return db.session.scalars(select(Follow.key).where(Follow.issue_id == scene.id)).one()


# ---------------------------------------------------------------- what happens


def answer(scene: Scene) -> None:
    """That the agency has answered; the verb itself would wait until nobody can be heard any more."""
    _record(scene, RESPONSE_PUBLISHED, {"content": "0" * 64, "commitments": 0})


def move(scene: Scene, *, opens_in: float = 3, closes_in: float | None = 12, **values: Any) -> None:
    """Announce another window (days from now), or other words."""
    content: dict[str, Any] = {
        "level": 2,
        "stage": scene.activity.stage,
        "title_th": scene.activity.title_th,
        "title_en": scene.activity.title_en,
        "opens_at": now() + timedelta(days=opens_in),
        "closes_at": None if closes_in is None else now() + timedelta(days=closes_in),
        **values,
    }
    with transaction():
        schedule.revise_activity(
            activity_id=scene.activity.id, content=ActivityContent(**content), actor=SYSTEM
        )


def announce(scene: Scene, opens_in: float = 4) -> None:
    with transaction():
        schedule.add_activity(
            issue_id=scene.id,
            kind="comments",
            content=ActivityContent(
                level=2,
                stage="views",
                title_th="ฟังความเห็นรอบสอง",
                title_en="Second round",
                opens_at=now() + timedelta(days=opens_in),
                closes_at=now() + timedelta(days=opens_in + 20),
            ),
            actor=SYSTEM,
        )


def cancel(scene: Scene) -> None:
    with transaction():
        schedule.remove_activity(activity_id=scene.activity.id, actor=SYSTEM)


def annul(scene: Scene) -> None:
    with transaction():
        issues.annul_issue(issue_id=scene.id, reason="project_stopped", actor=SYSTEM)


def declare(scene: Scene) -> None:
    _record(scene, DECLARED, {"ballots": 60, "roll": 100})


def publish_version(scene: Scene) -> None:
    _record(scene, VERSION_PUBLISHED, {"form": "text", "number": 2})


def move_session(scene: Scene, day: str = "2026-04-22") -> None:
    _record(scene, MOVED, {"day": day, "changed": ["starts_at"]})


def call_off_session(scene: Scene) -> None:
    _record(scene, CANCELLED, {"day": "2026-04-22"})


def publish_minutes(scene: Scene) -> None:
    _record(scene, MINUTES_PUBLISHED, {"version": 1, "points": 3})


def adopt_minutes(scene: Scene) -> None:
    _record(scene, MINUTES_ADOPTED, {"version": 1, "came": 5, "members": 8})


def decide(scene: Scene) -> None:
    _record(scene, DECISION_MADE, {"verdict": "adopted", "revision": 0})


def _record(scene: Scene, fact: Fact, data: dict[str, Any]) -> None:
    with transaction():
        view = activity_view(
            db.session.get_one(Activity, scene.activity.id), db.session.get_one(Issue, scene.id)
        )
        place = activity_place(view)
        record(fact, subject=f"activity/{view.id}", actor=SYSTEM, place=place, data=data)


# ---------------------------------------------------------------- the worker


def work() -> None:
    """Tick as the worker does, until nothing of the ledger and of this room waits."""
    while tick():
        pass


def tick() -> int:
    numbered = Sequencer.for_settings(current_settings()).run()
    done = numbered + background.run()
    db.session.remove()
    return done


def mails() -> list[OutgoingMail]:
    """Everything in the queue, in the order in which it was written."""
    db.session.rollback()
    return list(db.session.scalars(select(OutgoingMail).order_by(OutgoingMail.id)))


def mail() -> OutgoingMail:
    """The only mail in the queue."""
    (only,) = mails()
    return only


class Died(BaseException):
    """The process ended here."""


@contextmanager
def dying_at(step: int) -> Iterator[list[int]]:
    """End before the `step`-th statement or commit; gives how many there were."""
    steps = [0]

    def count(*_given: object) -> None:
        steps[0] += 1
        if steps[0] == step:
            raise Died

    for name in ("before_cursor_execute", "commit"):
        event.listen(db.engine, name, count)
    try:
        yield steps
    finally:
        for name in ("before_cursor_execute", "commit"):
            event.remove(db.engine, name, count)
