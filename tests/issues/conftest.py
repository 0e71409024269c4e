"""Fixtures of room issues: a fake kind of activity, an agency with its people."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from jinja2 import ChoiceLoader, DictLoader

from app.agencies.models import Agency
from app.core.clock import now
from app.core.db import transaction
from app.identity.models import Person
from app.issues import kinds, schedule, service
from app.issues.models import Issue
from app.issues.schedule import ActivityContent
from app.ledger.facts import SYSTEM
from tests.issues import fake_kind
from tests.support.make import make_agency, make_person

ALL_LEVELS = frozenset({1, 2, 3, 4, 5})


@pytest.fixture
def told(app: Flask) -> Iterator[fake_kind.Told]:
    """The fake kind is registered; what it answers may be changed."""
    answers = fake_kind.Told()
    kinds.register(fake_kind.make_kind(answers, levels=ALL_LEVELS))
    loader = app.jinja_env.loader
    app.jinja_env.loader = ChoiceLoader([loader, DictLoader({fake_kind.TEMPLATE: fake_kind.TEMPLATE_TEXT})])
    yield answers
    app.jinja_env.loader = loader
    kinds._kinds.pop(fake_kind.CODE)


@dataclass(frozen=True)
class Office:
    """An agency with one person of each role, and an officer of another agency."""

    agency: Agency
    officer: Person
    executive: Person
    moderator: Person
    stranger: Person
    citizen: Person


@pytest.fixture
def office(told: fake_kind.Told) -> Office:
    agency = make_agency(short="อท", name_en="Ang Thong province")
    return Office(
        agency=agency,
        officer=make_person("officer", agency),
        executive=make_person("executive", agency),
        moderator=make_person("moderator", agency),
        stranger=make_person("officer", make_agency()),
        citizen=make_person(),
    )


@pytest.fixture
def in_request(app: Flask) -> Callable[[], Any]:
    """A context in which verbs that name addresses (duties) can run."""

    @contextmanager
    def context() -> Iterator[None]:
        with app.test_request_context("/th/"), transaction():
            yield

    return context


@pytest.fixture
def draft(office: Office) -> Callable[..., Issue]:
    """Make a draft through its verbs, ready to be published unless a part is overridden."""

    def make(*, level: int = 2, activity: bool = True, **content: Any) -> Issue:
        with transaction():
            issue = service.draft_issue(
                agency_id=office.agency.id,
                actor=SYSTEM,
                content={
                    "title_th": "กำแพงกันน้ำควรสร้างแบบไหน",
                    "title_en": "Which flood wall?",
                    "summary_th": "น้ำท่วมตลาดเก่าทุกปี",
                    "summary_en": "The market floods every year.",
                    "level": level,
                    "area_code": "1501",
                    "groups": [{"sector": "people", "th": "ผู้ค้า", "en": "Traders"}],
                    "legal_basis": "agency_own",
                    "answer_by": (now() + timedelta(days=40)).date(),
                    **content,
                },
            )
            if activity:
                schedule.add_activity(
                    issue_id=issue.id, kind=fake_kind.CODE, content=dated(level=level), actor=SYSTEM
                )
        return issue

    return make


@pytest.fixture
def published(draft: Callable[..., Issue]) -> Callable[..., Issue]:
    """Make a published issue through its verbs."""

    def make(**values: Any) -> Issue:
        issue = draft(**values)
        with transaction():
            service.publish_issue(issue_id=issue.id, actor=SYSTEM)
        return issue

    return make


def dated(
    *, level: int = 2, opens_in: float = -1, closes_in: float | None = 10, **values: Any
) -> ActivityContent:
    """An activity's content with a window in days from now."""
    return ActivityContent(
        level=level,
        stage="views",
        title_th="ให้ความเห็น",
        title_en="Give views",
        opens_at=now() + timedelta(days=opens_in),
        closes_at=None if closes_in is None else now() + timedelta(days=closes_in),
        **values,
    )
