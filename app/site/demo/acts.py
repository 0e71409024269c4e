"""Acts of the demonstration's past, and doing them in the order in which they happened."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import select

from app.agencies.models import Agency
from app.core import clock
from app.core.db import db
from app.identity.models import Person, RoleGrant
from app.identity.viewer import Grant, Viewer
from app.issues.models import Activity, Issue
from app.site.demo.content import Calendar, Part, issue_keys, read


@dataclass(frozen=True)
class Act:
    """Somebody's call of a room's verb at a moment."""

    at: datetime
    do: Callable[[], object]


def perform(acts: Iterable[Act]) -> None:
    """Do all acts in the order of their moments, each with the clock standing at its own."""
    for act in sorted(acts, key=lambda act: act.at):
        with clock.standing_at(act.at):
            act.do()


@dataclass
class Scene:
    """Who and what the content's keys stand for in the database, by id.

    `issues` and `activities` fill while the acts that draft them are done.
    """

    calendar: Calendar
    agencies: Mapping[str, int]
    people: Mapping[str, Viewer]
    emails: Mapping[str, str]
    issues: dict[str, int] = field(default_factory=dict)
    activities: dict[str, int] = field(default_factory=dict)

    def holder(self, role: str, agency: str) -> Viewer:
        """Who holds a role in an agency."""
        held = (role, self.agencies[agency])
        return next(
            person
            for person in self.people.values()
            if any((grant.role, grant.agency_id) == held for grant in person.grants)
        )


@dataclass(frozen=True)
class Plan:
    """An activity of the content, with its file's content, for the module of its kind.

    `groups` are the issue's stakeholder groups by key.
    """

    scene: Scene
    key: str
    agency: str
    content: dict[str, Any]
    groups: Mapping[str, Part]

    @property
    def activity_id(self) -> int:
        """Known once the issue has been drafted."""
        return self.scene.activities[self.key]

    @property
    def officer(self) -> Viewer:
        return self.scene.holder("officer", self.agency)

    def act(self, at: Part, do: Callable[..., object], *given: object) -> Act:
        """An act at a moment of the content; `do` is called with the plan and what is given."""
        return Act(self.scene.calendar.moment(at), partial(do, self, *given))


def scene(calendar: Calendar) -> Scene:
    """What is there: people by the key before the @ of their address or by demo key, the rest by title."""
    shorts = {agency["short"]: agency["key"] for agency in read("agencies.json")["agencies"]}
    agencies = db.session.execute(select(Agency.short, Agency.id).where(Agency.short.in_(shorts)))
    people, emails = _people()
    found = Scene(calendar, {shorts[short]: ident for short, ident in agencies}, people, emails)
    for key in issue_keys():
        _find_issue(found, key)
    return found


def _people() -> tuple[dict[str, Viewer], dict[str, str]]:
    rows = db.session.execute(
        select(Person, RoleGrant)
        .outerjoin(RoleGrant, (RoleGrant.person_id == Person.id) & RoleGrant.ended_at.is_(None))
        .where(Person.email.endswith("@demo.invalid"))
        .order_by(Person.id, RoleGrant.id)
    )
    people: dict[str, Viewer] = {}
    emails: dict[str, str] = {}
    for person, held in rows:
        key = person.demo_key or person.email.partition("@")[0]
        before = people[key].grants if key in people else ()
        grants = (Grant(held.id, held.role, held.agency_id),) if held is not None else ()
        people[key] = Viewer(person.id, person.name, before + grants)
        emails[key] = person.email
    return people, emails


def _find_issue(found: Scene, key: str) -> None:
    content = read(f"{key}.issue.json")
    own = Issue.agency_id == found.agencies.get(content["agency"])
    issue_id = db.session.scalar(select(Issue.id).where(own, Issue.title_th == content["title"]["th"]))
    if issue_id is None:
        return
    found.issues[key] = issue_id
    titles = {part["title"]["th"]: part["key"] for part in content["activities"]}
    rows = db.session.execute(select(Activity.title_th, Activity.id).where(Activity.issue_id == issue_id))
    found.activities |= {titles[title]: ident for title, ident in rows if title in titles}
