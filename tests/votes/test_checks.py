"""What `verify` says of declared results: nothing while all is well, the vote by name once a number was changed."""

from __future__ import annotations

import pytest
from flask import Flask

from app.activities.votes.checks import check
from app.activities.votes.models import Ballot, Result
from app.core.db import db, transaction
from app.ledger.guard import note_recorded
from tests.support.clock import Clock
from tests.votes.make import Vote, cast_all, change, declared, opened


@pytest.fixture
def vote(app: Flask, clock: Clock) -> Vote:
    vote = opened(clock, 6)
    cast_all(vote, [1, 1, 1, 1, 2, None])
    declared(vote, clock)
    return vote


def test_a_declared_result_agrees_with_its_entry_and_its_ballots(vote: Vote) -> None:
    found = check()
    assert (found.room, found.compared, found.faults) == ("votes", 1, ())


@pytest.mark.parametrize("numbers", [{"quorum_needed": 0}, {"abstained": 0}, {"ballots": 5}])
def test_a_changed_number_is_named(vote: Vote, numbers: dict[str, int]) -> None:
    with transaction():
        for name, value in numbers.items():
            setattr(db.session.get_one(Result, vote.id), name, value)
        db.session.flush()
        note_recorded(db.session.connection(), "votes")
    assert any(fault.startswith(f"poll/{vote.id}: differs") for fault in check().faults)


def test_changed_ballots_are_named(vote: Vote) -> None:
    ballot = db.session.query(Ballot).filter_by(option_id=vote.options[1].id).one()
    change(ballot, option_id=vote.options[0].id)
    assert check().faults == (
        f"poll/{vote.id}: the stored ballots count up to another result than the one here",
    )
