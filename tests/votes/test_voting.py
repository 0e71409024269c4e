"""The vote: one ballot a person on the roll, while it is open; nothing that joins a ballot to anyone."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, insert, inspect, select, text
from sqlalchemy.exc import IntegrityError

from app.activities.votes import service
from app.activities.votes.models import Ballot, Mark, RollEntry
from app.activities.votes.queries import right_of, roll_addresses, roll_leaves, turnout
from app.core.clock import now
from app.core.db import db, transaction
from app.core.errors import DomainError, NotFound
from app.identity.consents import CURRENT_CONSENT
from app.ledger.models import Entry, Opening
from tests.support.clock import Clock
from tests.support.make import make_activity, make_person
from tests.votes.make import (
    Vote,
    cast,
    cast_all,
    change,
    declared,
    frozen,
    make_vote,
    opened,
    prepared,
    viewer_of,
)


def number(of: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(of)) or 0


def send(vote: Vote, person: Any, option_id: int | None) -> bool:
    with transaction():
        return service.cast_ballot(
            activity_id=vote.id,
            viewer=viewer_of(person),
            option_id=option_id,
            consent_version=CURRENT_CONSENT,
        )


def test_a_ballot_goes_in_once(app: Flask, clock: Clock) -> None:
    vote = opened(clock)
    first, second, _third = vote.voters
    assert cast(vote, first, 2)
    assert not cast(vote, first, 1)
    assert not cast(vote, first, None)
    assert cast(vote, second, None)
    assert sorted((b.option_id or 0) for b in db.session.scalars(select(Ballot))) == [0, vote.options[1].id]
    assert (number(Mark), number(Ballot)) == (2, 2)
    assert right_of(vote.id, first.id).voted
    assert not right_of(vote.id, vote.voters[2].id).voted


def test_only_the_roll_may_vote(app: Flask, clock: Clock) -> None:
    vote = opened(clock)
    with pytest.raises(DomainError):
        cast(vote, make_person(), 1)
    with pytest.raises(DomainError):
        cast(vote, vote.officer, 1)
    assert (number(Mark), number(Ballot)) == (0, 0)


def test_an_option_of_another_vote_is_refused(app: Flask, clock: Clock) -> None:
    vote, other = frozen(make_vote()), frozen(make_vote())
    clock.advance(days=2)
    foreign = other.options[0].id
    for option_id in (foreign, 10**6, 0, -1):
        with pytest.raises(DomainError) as error:
            send(vote, vote.voters[0], option_id)
        assert error.value.field == "option"
    assert (number(Mark), number(Ballot)) == (0, 0)
    with pytest.raises(IntegrityError), transaction():
        db.session.execute(insert(Ballot).values(id="0" * 32, poll_id=vote.id, option_id=foreign))


def test_the_window_is_the_clocks(app: Flask, clock: Clock) -> None:
    vote = frozen(make_vote())
    voter = vote.voters[0]
    for days, works in ((0, False), (1, True), (9, False)):
        clock.advance(days=days)
        if works:
            assert cast(vote, voter, 1)
        else:
            with pytest.raises(DomainError):
                cast(vote, vote.voters[1], 1)
    assert number(Ballot) == 1


def test_an_ended_issue_takes_no_ballots(app: Flask, clock: Clock) -> None:
    vote = opened(clock)
    change(vote.issue, annulled_at=now(), annul_reason="law_changed")
    with pytest.raises(DomainError):
        cast(vote, vote.voters[0], 1)


def test_no_ballot_follows_a_declared_result(app: Flask, clock: Clock) -> None:
    """Even where another machine's clock still stands before the end."""
    vote = opened(clock)
    before = clock()
    declared(vote, clock)
    clock.set(before)
    with pytest.raises(DomainError):
        cast(vote, vote.voters[0], 1)


def test_a_ballot_in_another_kind_of_activity_is_not_found(app: Flask, clock: Clock) -> None:
    vote = opened(clock)
    other = make_activity(vote.issue, "comments")
    with pytest.raises(NotFound), transaction():
        service.cast_ballot(
            activity_id=other.id, viewer=viewer_of(vote.voters[0]), option_id=None, consent_version="x"
        )


def test_a_ballot_holds_no_person_no_time_and_no_order(app: Flask) -> None:
    columns = {c["name"] for c in inspect(db.engine).get_columns("votes_ballots")}
    assert columns == {"id", "poll_id", "option_id"}
    assert {c["name"] for c in inspect(db.engine).get_columns("votes_marks")} == {
        "poll_id",
        "person_id",
        "consent_version",
    }
    if db.engine.dialect.name == "sqlite":
        for table in ("votes_ballots", "votes_marks"):
            stored = db.session.scalar(text("SELECT sql FROM sqlite_master WHERE name = :t"), {"t": table})
            assert "WITHOUT ROWID" in stored


def test_keys_of_ballots_do_not_follow_the_order_of_voting(app: Flask, clock: Clock) -> None:
    vote = opened(clock, people=24)
    seen: list[str] = []
    for person in vote.voters:
        cast(vote, person, 1)
        new = db.session.scalars(select(Ballot.id).where(Ballot.id.not_in(seen))).one()
        seen.append(new)
    assert seen != sorted(seen)
    assert seen != sorted(seen, reverse=True)


def test_the_log_tells_that_somebody_voted_and_no_more(app: Flask, clock: Clock) -> None:
    vote = opened(clock)
    cast_all(vote, [1, 2, None])
    bodies = [
        json.loads(b) for b in db.session.scalars(select(Entry.body).where(Entry.fact == "votes.ballot.cast"))
    ]
    assert len(bodies) == 3
    for body in bodies:
        assert body["actor"] == "system"
        assert body["subject"] == f"poll/{vote.id}"
        assert body["at"] == "2026-04-20"
        assert (body["data"], body["commit"], body["files"]) == ({}, None, [])
        assert db.session.get(Opening, body["id"]) is None
    without_ids = [{k: v for k, v in body.items() if k != "id"} for body in bodies]
    assert without_ids[0] == without_ids[1] == without_ids[2]


def test_no_entry_of_the_room_has_a_citizen_as_actor(app: Flask, clock: Clock) -> None:
    vote = opened(clock)
    cast_all(vote, [1, 1, 1])
    declared(vote, clock)
    service.erase(vote.voters[0].id)
    actors = set(db.session.scalars(select(Entry.actor).where(Entry.fact.startswith("votes."))))
    assert {actor.split(":")[0] for actor in actors} == {"system", "officer"}


def test_turnout_is_hidden_while_small(app: Flask, clock: Clock) -> None:
    vote = opened(clock, people=6)
    cast_all(vote, [1, 1, 1, 1])
    assert turnout(vote.id) is None
    cast(vote, vote.voters[4], 2)
    assert turnout(vote.id) == 5


def test_erasing_a_person_leaves_the_count_and_the_digest(app: Flask, clock: Clock) -> None:
    vote = opened(clock)
    waiting = prepared(make_vote(0), roll=vote.voters[:2])
    cast_all(vote, [1, 1, 2])
    leaves = roll_leaves(vote.id)
    with transaction():
        assert service.erase(vote.voters[0].id) == 2
    with transaction():
        assert service.erase(vote.voters[0].id) == 0
    assert db.session.get_one(RollEntry, (vote.id, vote.voters[0].id)).salt is None
    assert roll_addresses(waiting.id) == [vote.voters[1].email]
    assert roll_leaves(vote.id) == leaves
    assert declared(vote, clock).ballots == 3
    sealed = db.session.scalars(select(Entry.body).where(Entry.fact == "votes.roll.erased")).all()
    assert len(sealed) == 2
    assert all(json.loads(body)["subject"] is None for body in sealed)
