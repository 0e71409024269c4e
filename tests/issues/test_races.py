"""Two at once: numbers stay unique, an issue is published once, an act and the closing do not pass each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.core.db import db, transaction
from app.core.errors import DomainError
from app.issues import service
from app.issues.holds import hold_open
from app.issues.models import Issue
from app.ledger.facts import SYSTEM
from app.ledger.models import Entry
from tests.issues.conftest import Office
from tests.issues.test_service import activity_of

Make = Callable[..., Issue]
AT_ONCE = 8


def race(app: Flask, *acts: Callable[[], Any]) -> list[Any]:
    """Run the acts at the same moment, each in its own transaction; what they return, or their refusal."""
    start = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        with app.test_request_context("/th/"):
            start.wait()
            try:
                with transaction():
                    return act()
            except DomainError as error:
                return error
            finally:
                db.session.remove()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_numbers_given_at_once_are_all_different(app: Flask, office: Office) -> None:
    agency_id = office.agency.id
    db.session.remove()

    def begin() -> str:
        content: Any = {"title_th": "ก", "summary_th": "ข", "level": 1}
        return service.draft_issue(agency_id=agency_id, content=content, actor=SYSTEM).number

    numbers = race(app, *[begin] * AT_ONCE)
    assert sorted(numbers) == [f"อท-2569-{n:03}" for n in range(1, AT_ONCE + 1)]


def test_an_issue_is_published_once(app: Flask, draft: Make) -> None:
    issue_id = draft().id
    db.session.remove()
    done = race(app, *[lambda: service.publish_issue(issue_id=issue_id, actor=SYSTEM)] * AT_ONCE)
    assert Counter(isinstance(result, DomainError) for result in done) == {False: 1, True: AT_ONCE - 1}
    published = select(func.count()).where(Entry.fact == "issues.issue.published")
    assert db.session.scalar(published) == 1


def test_nobody_acts_in_an_issue_that_is_being_ended(app: Flask, published: Make) -> None:
    """Whoever comes second knows of the first: an act is refused, or the end waits for it."""
    issue = published()
    issue_id, activity_id = issue.id, activity_of(issue).id
    db.session.remove()

    def act() -> str:
        return hold_open(activity_id).state

    def end() -> Issue:
        return service.annul_issue(issue_id=issue_id, reason="mistake", actor=SYSTEM)

    *acts, _ended = race(app, *[act] * 4, end)
    assert all(result == "open" or isinstance(result, DomainError) for result in acts)
    with pytest.raises(DomainError), transaction():
        act()
