"""Builders of votes: prepared through the verbs, as an officer would."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from flask import Flask

from app.activities.votes import service
from app.activities.votes.content import OptionContent, PollContent
from app.activities.votes.models import Option
from app.activities.votes.queries import poll_of
from app.agencies.models import Agency
from app.core.clock import now
from app.core.db import db, transaction
from app.i18n.dates import local_day
from app.identity.consents import CURRENT_CONSENT
from app.identity.models import Person
from app.identity.viewer import Grant, Viewer
from app.issues.models import Activity, Issue
from app.ledger.guard import note_recorded
from tests.support.clock import Clock
from tests.support.make import give_role, make_activity, make_agency, make_issue, make_person


def option(name_th: str, name_en: str | None = None, detail_th: str | None = None) -> OptionContent:
    return OptionContent(name_th=name_th, name_en=name_en, detail_th=detail_th, detail_en=None)


OPTIONS = [
    option("แบบ ก กำแพงคอนกรีต", "Design A, concrete", "142 ล้านบาท"),
    option("แบบ ข แผงถอดประกอบ", "Design B, panels"),
    option("แบบ ค ยกถนน"),
]


@dataclass
class Vote:
    """A vote with the people around it."""

    agency: Agency
    issue: Issue
    activity: Activity
    officer: Person
    voters: list[Person] = field(default_factory=list)

    @property
    def id(self) -> int:
        return self.activity.id

    @property
    def by_officer(self) -> Viewer:
        return viewer_of(self.officer, "officer", self.agency)

    @property
    def options(self) -> list[Option]:
        return poll_of(self.id).options


def viewer_of(person: Person, role: str | None = None, agency: Agency | None = None) -> Viewer:
    """The viewer a person is at the door, without a session."""
    grants = (Grant(person.id, role, agency.id if agency else None),) if role else ()
    return Viewer(person.id, person.name, grants)


def content(**parts: Any) -> PollContent:
    """A whole preparation; parts may be given."""
    return {  # type: ignore[return-value]
        "question_th": "ท่านเลือกให้สร้างกำแพงกันน้ำแบบใด",
        "question_en": "Which flood wall should be built?",
        "options": OPTIONS,
        "quorum_percent": 30,
        "threshold": "majority",
        "threshold_percent": None,
        "base": "valid",
        "legal_basis": "agency_own",
        "binding": True,
        "commitment_th": "เริ่มก่อสร้างตามแบบที่ประชาชนเลือก",
        "commitment_en": "Building of the chosen design begins",
        "owner_th": "สำนักงานจังหวัด",
        "owner_en": "Provincial office",
        "due_on": local_day(now() + timedelta(days=60)),
        **parts,
    }


def make_vote(
    people: int = 3, *, opens_in: float = 1, closes_in: float | None = 10, published: bool = True
) -> Vote:
    """An activity with its officer and people, nothing prepared; it opens tomorrow unless said otherwise."""
    agency = make_agency()
    issue = make_issue(agency, published=published)
    activity = make_activity(issue, "votes", opens_in=opens_in, closes_in=closes_in)
    officer = make_person()
    grant = give_role(officer, "officer", agency)
    assert grant.id
    return Vote(agency, issue, activity, officer, [make_person() for _ in range(people)])


def prepared(vote: Vote, *, roll: Sequence[Person] | None = None, **parts: Any) -> Vote:
    """The same with all parts set and the roll loaded."""
    people = vote.voters if roll is None else roll
    with transaction():
        service.prepare_poll(activity_id=vote.id, viewer=vote.by_officer, content=content(**parts))
        addresses = "\n".join(person.email for person in people)
        service.load_roll(activity_id=vote.id, viewer=vote.by_officer, addresses=addresses)
    return vote


def frozen(vote: Vote, **parts: Any) -> Vote:
    """The same, fixed."""
    prepared(vote, **parts)
    with transaction():
        service.freeze_roll(activity_id=vote.id, viewer=vote.by_officer)
    return vote


def opened(clock: Clock, people: int = 3, **parts: Any) -> Vote:
    """A vote that is open now; the clock has moved to its second day."""
    vote = frozen(make_vote(people), **parts)
    clock.advance(days=2)
    return vote


def cast(vote: Vote, person: Person, place: int | None) -> bool:
    """Put a ballot in: `place` is an option's place on the ballot, or None for no option."""
    option_id = None if place is None else vote.options[place - 1].id
    with transaction():
        return service.cast_ballot(
            activity_id=vote.id,
            viewer=viewer_of(person),
            option_id=option_id,
            consent_version=CURRENT_CONSENT,
        )


def cast_all(vote: Vote, choices: Sequence[int | None]) -> None:
    """The voters' ballots, in order."""
    for person, choice in zip(vote.voters, choices, strict=False):
        assert cast(vote, person, choice)


def declared(vote: Vote, clock: Clock) -> Any:
    """The result, after the vote has ended."""
    clock.set(max(clock(), vote.activity.closes_at or clock()))
    with transaction():
        return service.declare_result(activity_id=vote.id, viewer=vote.by_officer)


def change(row: Any, **values: Any) -> None:
    """Change a stored row past the verbs; the guard is told that this is a test's doing."""
    with transaction():
        stored = db.session.get_one(type(row), row.id, populate_existing=True)
        for name, value in values.items():
            setattr(stored, name, value)
        db.session.flush()
        note_recorded(db.session.connection(), stored.__table__.info["recorded"])


@contextmanager
def production(app: Flask) -> Iterator[None]:
    """Within, the settings say production."""
    before = app.config["SETTINGS"]
    app.config["SETTINGS"] = replace(before, env="production")
    try:
        yield
    finally:
        app.config["SETTINGS"] = before
        db.session.rollback()
