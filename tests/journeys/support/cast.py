"""Who walks the whole loop, in which language, on which screen; and what they have made so far."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from flask import Flask
from playwright.sync_api import Page

from app.agencies.models import Agency
from app.core.db import db
from app.i18n import Language
from app.i18n.dates import local_day
from app.identity.models import Person
from app.issues.models import Activity
from app.work import tick
from tests.journeys.support.visitor import Visitor
from tests.support.chromium import PHONE
from tests.support.clock import Clock
from tests.support.make import make_agency, make_person

NO_SCRIPT: dict[str, Any] = {"java_script_enabled": False, "viewport": PHONE}


@dataclass
class Loop:
    """The people of the loop, each with a browser, and the numbers of what they made."""

    app: Flask
    clock: Clock
    agency: Agency
    people: dict[str, Person]
    officer: Visitor
    executive: Visitor
    citizen: Visitor
    citizen2: Visitor
    citizen3: Visitor
    admin: Visitor
    committee: Visitor
    evaluators: list[Visitor]
    nobody: dict[Language, Visitor]
    issue_id: int = 0
    activities: dict[str, int] = field(default_factory=dict)
    assessment_id: int = 0
    review_id: int = 0

    @property
    def issue_path(self) -> str:
        return f"/issues/{self.issue_id}"

    def day(self, days: int) -> date:
        """The day so many days from now, in Bangkok."""
        return local_day(self.clock.moment) + (date.resolution * days)

    def on(self, days: int, hour: int) -> datetime:
        """A moment on such a day, told by its hour in Bangkok."""
        midnight = datetime.combine(self.day(days), datetime.min.time(), self.clock.moment.tzinfo)
        return midnight.replace(hour=hour - 7)

    def wait(self, **delta: float) -> None:
        """Let time pass, and the worker do what has come due."""
        self.clock.advance(**delta)
        self.work()

    def work(self) -> None:
        """Let the worker do everything that waits."""
        while tick():
            pass

    def activity_ids(self) -> list[int]:
        db.session.rollback()
        rows = db.session.query(Activity.id).filter_by(issue_id=self.issue_id).order_by(Activity.id)
        return [row.id for row in rows]


def assemble(app: Flask, clock: Clock, new_page: Callable[..., Page], base: str, office: Language) -> Loop:
    """An agency, its people and everybody else; the offices work in the language `office`.

    One citizen reads Thai, one English and without any script, one Thai without any script.
    """
    agency = make_agency(short="อย")
    roles = {"officer": agency, "executive": agency, "admin": None, "committee": None}
    people = {role: make_person(role, own) for role, own in roles.items()}
    people |= {name: make_person("evaluator") for name in ("evaluator", "evaluator2")}
    people |= {name: make_person() for name in ("citizen", "citizen2", "citizen3")}

    def visitor(key: str | None, lang: Language, **options: Any) -> Visitor:
        person = people[key] if key else None
        return Visitor.who(app, new_page, base, lang=lang, person=person, **options)

    return Loop(
        app=app,
        clock=clock,
        agency=agency,
        people=people,
        officer=visitor("officer", office),
        executive=visitor("executive", office),
        citizen=visitor("citizen", "th", viewport=PHONE),
        citizen2=visitor("citizen2", "en", **NO_SCRIPT),
        citizen3=visitor("citizen3", "th", **NO_SCRIPT),
        admin=visitor("admin", office),
        committee=visitor("committee", office),
        evaluators=[visitor("evaluator", office), visitor("evaluator2", "en" if office == "th" else "th")],
        nobody={"th": visitor(None, "th", **NO_SCRIPT), "en": visitor(None, "en")},
    )
