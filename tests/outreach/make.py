"""Builders for room outreach: an issue with its people, contacts, sendings; acts go through the verbs, committed."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import literal, select

from app.agencies.models import Agency
from app.core.clock import now
from app.core.db import db, transaction
from app.i18n.dates import local_day
from app.identity.models import Person, RoleGrant
from app.identity.viewer import Grant, Viewer
from app.issues.contracts import Heard
from app.issues.kinds import ExhibitText, Kind, Summary
from app.issues.models import Activity, Issue
from app.ledger.models import Entry
from app.outreach import service
from app.outreach.models import Contact, Group
from tests.support.make import make_activity, make_agency, make_issue, make_person

CODE = "fakes"
PAGE = "issues.edit_activity"
"""The fake has no pages; any that takes an `activity_id` will do."""

GROUPS = [
    {"sector": "people", "th": "ผู้ค้าในตลาด", "en": "Market traders"},
    {"sector": "vulnerable", "th": "ผู้เช่าบ้าน", "en": "Tenants"},
    {"sector": "academic", "th": "นักวิชาการน้ำ", "en": None},
]
NAME, EMAIL, ADDRESS = "สมหญิง ใจดี", "somying@example.com", "12 หมู่ 4 ตำบลท่าช้าง\nอ่างทอง 14000"


@dataclass
class HeardKind:
    """What the fake has heard, by activity; it counts how often it was asked."""

    heard: dict[int, Heard] = field(default_factory=dict)
    asked: int = 0

    def kind(self) -> Kind:
        def tell(activity_ids: Sequence[int]) -> Mapping[int, Heard]:
            self.asked += 1
            db.session.execute(select(literal(len(activity_ids))))
            return {ident: self.heard[ident] for ident in activity_ids if ident in self.heard}

        return Kind(
            code=CODE,
            name="Fakes",
            description="For tests",
            levels=frozenset({1, 2, 3}),
            stages=("views",),
            setup=PAGE,
            manage=PAGE,
            page=PAGE,
            summary=lambda activities, viewer: {one.id: Summary("fakes.html") for one in activities},
            ready=lambda _activity_id: (),
            duties=lambda _activity: (),
            exhibits=lambda _activity_id: ExhibitText("", ""),
            erase=lambda _person_id: 0,
            heard=tell,
        )


@dataclass(frozen=True)
class Scene:
    """A public issue with an open activity of the fake kind, and its officer."""

    agency: Agency
    issue: Issue
    activity: Activity
    officer: Person

    @property
    def id(self) -> int:
        return self.issue.id

    @property
    def viewer(self) -> Viewer:
        return viewer_of(self.officer)

    def path(self, rest: str = "", lang: str = "en") -> str:
        return f"/{lang}/outreach/issue/{self.id}{rest}"


def make_scene(*, opens_in: float = -1, closes_in: float | None = 10, **values: Any) -> Scene:
    agency = make_agency()
    issue = make_issue(agency, **{"groups": GROUPS, "level": 3, **values})
    activity = make_activity(issue, CODE, opens_in=opens_in, closes_in=closes_in)
    return Scene(agency, issue, activity, make_person("officer", agency))


def viewer_of(person: Person) -> Viewer:
    """The person as a verb knows them, with the roles they hold."""
    grants = db.session.query(RoleGrant).filter_by(person_id=person.id).order_by(RoleGrant.id)
    return Viewer(person.id, person.name, tuple(Grant(one.id, one.role, one.agency_id) for one in grants))


def told(**values: Any) -> service.Told:
    return service.Told(
        **{  # type: ignore[typeddict-item]
            "channel": "loudspeaker",
            "what_th": "ผู้ใหญ่บ้านประกาศทุกเช้า",
            "what_en": "Read out every morning",
            "place_th": "หมู่ 4",
            "place_en": "Village 4",
            "from_on": local_day(now()) - timedelta(days=3),
            "until_on": local_day(now()),
            "reached": 850,
            "known_by": "estimated",
            **values,
        }
    )


def make_channel(scene: Scene, **values: Any) -> int:
    viewer = scene.viewer
    with transaction():
        made = service.record_channel(issue_id=scene.id, viewer=viewer, told=told(**values), file=None)
    return made.id


def contact_content(**values: Any) -> service.ContactContent:
    return service.ContactContent(
        **{  # type: ignore[typeddict-item]
            "name": NAME,
            "organisation": None,
            "sector": "people",
            "group": None,
            "email": EMAIL,
            "address": None,
            "phone": None,
            "lang": "th",
            "source": "รายชื่อกลุ่มผู้ใช้น้ำ",
            "ground": "consent",
            "given": "spoken",
            "given_on": local_day(now()),
            "keep_until": date(2027, 1, 1),
            **values,
        }
    )


def make_contact(scene: Scene, **values: Any) -> Contact:
    viewer = scene.viewer
    with transaction():
        return service.add_contact(issue_id=scene.id, viewer=viewer, content=contact_content(**values))


def make_contacts(scene: Scene, number: int, sector: str = "people", **values: Any) -> list[Contact]:
    start = db.session.query(Contact).count()
    db.session.rollback()
    return [
        make_contact(
            scene, name=f"คนที่ {start + n}", email=f"c{start + n}@example.com", sector=sector, **values
        )
        for n in range(number)
    ]


def choice(**values: Any) -> service.Choice:
    return service.Choice(
        **{  # type: ignore[typeddict-item]
            "way": "email",
            "group_ids": [],
            "contact_ids": [],
            "subject_th": "เชิญร่วมเวที",
            "subject_en": "An invitation",
            "text_th": "จังหวัดเชิญท่านร่วมให้ความเห็น",
            "text_en": "The province invites you.",
            **values,
        }
    )


def make_sending(scene: Scene, contacts: Sequence[Contact], **values: Any) -> service.Sent:
    viewer, ids = scene.viewer, [contact.id for contact in contacts]
    with transaction():
        return service.invite(
            activity_id=scene.activity.id, viewer=viewer, choice=choice(contact_ids=ids, **values)
        )


def make_reply(token: str, answer: str = "coming") -> None:
    with transaction():
        service.reply(token=token, answer=answer)


def make_group(scene: Scene, name: str, sector: str, people: int | None) -> Group:
    viewer = scene.viewer
    content = service.GroupContent(sector=sector, name_th=name, name_en=None, people=people)
    with transaction():
        service.state_groups(issue_id=scene.id, viewer=viewer, groups=[content])
    return db.session.query(Group).filter_by(issue_id=scene.id, name_th=name).one()


def entries(fact: str = "") -> list[dict[str, Any]]:
    db.session.rollback()
    rows = db.session.query(Entry).order_by(Entry.at, Entry.id)
    return [json.loads(row.body) for row in rows if row.fact.startswith(f"outreach.{fact}")]
