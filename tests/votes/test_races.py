"""Real races, with threads on both engines: one ballot a person, and what was acknowledged is counted."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from flask import Flask
from sqlalchemy import func, select

from app.activities.votes import service
from app.activities.votes.models import Ballot, Mark, Result
from app.activities.votes.queries import roll_size
from app.core.db import db, transaction
from app.core.errors import DomainError
from app.core.ids import new_key
from app.identity.consents import CURRENT_CONSENT
from app.ledger.models import Entry
from tests.support.browser import PageBrowser
from tests.support.clock import Clock
from tests.votes.make import Vote, declared, opened, prepared, viewer_of
from tests.votes.make import make_vote as new_vote

THREADS = 40
LONG_ENOUGH = 0.3
"""Seconds for the other thread to come as far as it can without the lock."""


def at_once(app: Flask, acts: Sequence[Callable[[], Any]]) -> list[Any]:
    """Let all begin at the same moment, each in a context of its own; gives their answers or errors."""
    gate = threading.Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        with app.app_context():
            gate.wait()
            try:
                return act()
            except DomainError as error:
                return error

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def number(of: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(of)) or 0


def sender(browser: PageBrowser, vote: Vote, person: Any, option_id: int) -> Callable[[], str]:
    """A browser with the ballot checked and the finger on the button; gives the address it is led to."""
    own = browser.as_(person)
    token = own.get(f"/th/votes/{vote.id}/ballot").field_values()["csrf_token"]
    values = {"option": str(option_id), "consent": CURRENT_CONSENT, "csrf_token": token}

    def send() -> str:
        fresh = {**values, "key": new_key(), "blind": new_key()}
        answer = own.client.post(f"/th/votes/{vote.id}/cast", data=fresh)
        return answer.headers.get("Location") or str(answer.status_code)

    return send


def test_forty_threads_of_ten_voters_leave_ten_ballots(
    app: Flask, browser: PageBrowser, clock: Clock
) -> None:
    vote = opened(clock, people=10)
    options = [option.id for option in vote.options]
    acts = [sender(browser, vote, vote.voters[n % 10], options[n % 3]) for n in range(THREADS)]
    db.session.remove()
    answers = Counter(at_once(app, acts))
    assert answers == {f"/th/votes/{vote.id}/sent": 10, f"/th/votes/{vote.id}/voted": THREADS - 10}
    assert (number(Ballot), number(Mark)) == (10, 10)
    cast = select(func.count()).select_from(Entry).where(Entry.fact == "votes.ballot.cast")
    assert db.session.scalar(cast) == 10


def test_one_person_in_forty_windows_votes_once(app: Flask, browser: PageBrowser, clock: Clock) -> None:
    vote = opened(clock, people=1)
    options = [option.id for option in vote.options]
    acts = [sender(browser, vote, vote.voters[0], options[n % 3]) for n in range(THREADS)]
    db.session.remove()
    answers = Counter(at_once(app, acts))
    assert answers[f"/th/votes/{vote.id}/sent"] == 1
    assert (number(Ballot), number(Mark)) == (1, 1)


def test_ballots_about_the_close_are_counted_if_they_were_acknowledged(
    app: Flask, browser: PageBrowser, clock: Clock
) -> None:
    """The clock passes the end and the result is declared while people still send."""
    vote = opened(clock, people=24)
    option = vote.options[0].id
    end = vote.activity.closes_at
    assert end is not None
    acts: list[Callable[[], Any]] = [sender(browser, vote, person, option) for person in vote.voters]
    counted: list[int] = []

    def close() -> str:
        clock.set(end)
        with transaction():
            result = service.declare_result(activity_id=vote.id, viewer=vote.by_officer)
            counted.append(result.ballots)
        return "closed"

    db.session.remove()
    answers = Counter(at_once(app, [*acts[:12], close, *acts[12:]]))
    acknowledged = answers[f"/th/votes/{vote.id}/sent"]
    assert answers == Counter(
        {f"/th/votes/{vote.id}/sent": acknowledged, "422": 24 - acknowledged, "closed": 1}
    )
    assert counted == [acknowledged]
    assert (number(Ballot), number(Mark)) == (acknowledged, acknowledged)
    assert db.session.scalars(select(Result.ballots)).one() == acknowledged


def test_two_who_declare_at_once_declare_once(app: Flask, clock: Clock) -> None:
    vote = opened(clock)

    def declare() -> int:
        with transaction():
            return service.declare_result(activity_id=vote.id, viewer=vote.by_officer).ballots

    clock.set(vote.activity.closes_at or clock())
    db.session.remove()
    answers = at_once(app, [declare] * 8)
    assert sum(isinstance(answer, int) for answer in answers) == 1
    assert number(Result) == 1


def test_a_list_that_comes_with_the_freezing_is_in_it_or_refused(app: Flask, clock: Clock) -> None:
    vote = prepared(new_vote(8))

    def freeze() -> int:
        with transaction():
            return service.freeze_roll(activity_id=vote.id, viewer=vote.by_officer).roll_size or 0

    def load(people: int) -> Callable[[], int]:
        addresses = "\n".join(person.email for person in vote.voters[:people])

        def act() -> int:
            with transaction():
                service.load_roll(activity_id=vote.id, viewer=vote.by_officer, addresses=addresses)
            return -people

        return act

    db.session.remove()
    answers = at_once(app, [load(2), load(3), freeze, load(5)])
    size = next(answer for answer in answers if isinstance(answer, int) and answer > 0)
    assert roll_size(vote.id) == size
    clock.advance(days=2)
    with transaction():
        service.cast_ballot(
            activity_id=vote.id, viewer=viewer_of(vote.voters[0]), option_id=None, consent_version="x"
        )
    assert declared(vote, clock).roll == size


def test_declaring_waits_for_a_ballot_on_its_way(app: Flask, clock: Clock) -> None:
    """It was accepted while the vote was open; that it commits after the end takes nothing from it."""
    vote = opened(clock)
    option, end = vote.options[0].id, vote.activity.closes_at
    assert end is not None
    accepted, waiting = threading.Event(), threading.Event()

    def cast() -> bool:
        with transaction():
            counted = service.cast_ballot(
                activity_id=vote.id,
                viewer=viewer_of(vote.voters[0]),
                option_id=option,
                consent_version=CURRENT_CONSENT,
            )
            accepted.set()
            assert waiting.wait(120)
            time.sleep(LONG_ENOUGH)
        return counted

    def declare() -> int:
        assert accepted.wait(120)
        clock.set(end)
        waiting.set()
        with transaction():
            return service.declare_result(activity_id=vote.id, viewer=vote.by_officer).ballots

    db.session.remove()
    assert at_once(app, [cast, declare]) == [True, 1]


def test_a_ballot_waits_for_the_declaring_and_is_refused(app: Flask, clock: Clock) -> None:
    """Also where the clock of the ballot's machine is behind and still shows the vote as open."""
    vote = opened(clock)
    option, before, end = vote.options[0].id, clock(), vote.activity.closes_at
    assert end is not None
    counted, waiting = threading.Event(), threading.Event()

    def declare() -> int:
        clock.set(end)
        with transaction():
            result = service.declare_result(activity_id=vote.id, viewer=vote.by_officer)
            clock.set(before)
            counted.set()
            assert waiting.wait(120)
            time.sleep(LONG_ENOUGH)
        return result.ballots

    def cast() -> bool:
        assert counted.wait(120)
        waiting.set()
        with transaction():
            return service.cast_ballot(
                activity_id=vote.id,
                viewer=viewer_of(vote.voters[0]),
                option_id=option,
                consent_version=CURRENT_CONSENT,
            )

    db.session.remove()
    ballots, refusal = at_once(app, [declare, cast])
    assert ballots == 0
    assert isinstance(refusal, DomainError)
    assert number(Ballot) == 0
