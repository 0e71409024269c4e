"""Two at once: numbers stay unique, an issue is published once, an act and the closing do not pass each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event
from time import sleep
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.core.db import begin_write, db, transaction
from app.core.errors import DomainError
from app.issues import responses, service
from app.issues.holds import hold_open
from app.issues.models import Issue, Response
from app.issues.queries import answer_of
from app.ledger.facts import SYSTEM
from app.ledger.models import Entry
from tests.issues.conftest import Office
from tests.issues.test_service import ANSWER, activity_of, end_hearings

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


def answered(issue: Issue) -> int:
    """The issue's number, once its hearings are over and a first answer is written."""
    end_hearings(issue)
    with transaction():
        responses.write_response(issue_id=issue.id, content=ANSWER, plans=[], actor=SYSTEM)
    issue_id = issue.id
    db.session.remove()
    return issue_id


def test_who_waited_for_a_publication_writes_a_correction(app: Flask, published: Make) -> None:
    """What was read before waiting for the lock is read again: nothing public is rewritten as a draft."""
    issue_id = answered(published())
    loaded, publishing = Event(), Event()

    def publish() -> None:
        assert loaded.wait(120)
        responses.publish_response(issue_id=issue_id, actor=SYSTEM)
        publishing.set()
        sleep(0.5)

    def write() -> None:
        db.session.rollback()
        kept = answer_of(issue_id)
        loaded.set()
        assert publishing.wait(120)
        begin_write()
        content = {**ANSWER, "decided_th": "ไม่เพิ่มช่อง"}
        responses.write_response(issue_id=issue_id, content=content, plans=[], actor=SYSTEM)
        assert kept

    def in_a_request(act: Callable[[], Any], before: Callable[[], Any] | None = None) -> None:
        with app.test_request_context("/th/"):
            try:
                if before:
                    before()
                act()
                db.session.commit()
            finally:
                db.session.remove()

    with ThreadPoolExecutor(2) as pool:
        runs = [pool.submit(in_a_request, publish, begin_after(loaded)), pool.submit(in_a_request, write)]
        for run in runs:
            run.result(120)
    answer = db.session.get_one(Response, issue_id)
    assert answer.published_at is not None
    assert answer.decided_th == "ไม่เพิ่มช่อง"
    drafted = select(func.count()).where(Entry.fact == "issues.response.drafted")
    corrected = select(func.count()).where(Entry.fact == "issues.response.corrected")
    assert (db.session.scalar(drafted), db.session.scalar(corrected)) == (1, 1)


def begin_after(moment: Event) -> Callable[[], None]:
    def begin() -> None:
        assert moment.wait(120)
        begin_write()

    return begin


@pytest.mark.parametrize("_round", range(4))
def test_what_is_published_is_what_was_checked(app: Flask, published: Make, _round: int) -> None:
    """A colleague saves while another publishes: whoever comes second is refused and looks again."""
    issue_id = answered(published())
    seen = responses.answer_digest(db.session.get(Response, issue_id))
    db.session.remove()
    content = {**ANSWER, "decided_th": "ไม่เพิ่มช่อง"}

    def write() -> str:
        responses.write_response(issue_id=issue_id, content=content, plans=[], actor=SYSTEM, seen=seen)
        return "written"

    def publish() -> str:
        responses.publish_response(issue_id=issue_id, actor=SYSTEM, seen=seen)
        return "published"

    done = race(app, write, publish, write, publish)
    assert sum(isinstance(result, DomainError) for result in done) == 3
    answer = db.session.get_one(Response, issue_id)
    assert (answer.published_at is None) == ("written" in done)
    assert (answer.decided_th == "ไม่เพิ่มช่อง") == ("written" in done)


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
