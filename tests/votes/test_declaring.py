"""The result: counted once, after the end, from ballots that fit the roll; it binds, or says why not."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, insert, select, update

from app.activities.votes import service
from app.activities.votes.kind import KIND, duties, summarise
from app.activities.votes.models import Ballot, Mark, Result, RollEntry
from app.activities.votes.queries import commitments_of, poll_of
from app.config import current_settings
from app.core.clock import now
from app.core.db import db, transaction
from app.core.errors import DomainError
from app.evidence import background as evidence
from app.evidence.models import Exhibit
from app.i18n.dates import local_day
from app.identity.viewer import ANONYMOUS
from app.issues.models import Commitment
from app.issues.queries import activity_with_issue
from app.ledger.guard import note_recorded
from app.ledger.models import Entry
from app.ledger.sequence import Sequencer
from tests.support.clock import Clock
from tests.support.make import make_activity, make_person
from tests.votes.make import Vote, cast_all, change, declared, make_vote, opened, viewer_of


def entry(fact: str) -> dict[str, Any]:
    return json.loads(db.session.scalars(select(Entry.body).where(Entry.fact == fact)).one())


def tamper(statement: Any) -> None:
    with transaction():
        db.session.execute(statement)
        note_recorded(db.session.connection(), "votes")


def view_of(vote: Vote) -> Any:
    db.session.expire_all()
    return activity_with_issue(vote.id, "votes")[0]


def test_every_number_is_stored_and_recorded(app: Flask, clock: Clock) -> None:
    vote = opened(clock, people=10)
    cast_all(vote, [2, 2, 1, None, 2])
    result = declared(vote, clock)
    a, b, c = (option.id for option in vote.options)
    assert result.counts == [[a, 1], [b, 3], [c, 0]]
    assert (result.roll, result.ballots, result.abstained, result.valid) == (10, 5, 1, 4)
    assert (result.quorum_needed, result.quorum_met) == (3, True)
    assert (result.base_size, result.threshold_needed, result.threshold_met) == (4, 3, True)
    assert (result.outcome, result.winner_id) == ("decided", b)
    body = entry("votes.result.declared")
    assert body["data"] == {
        "roll": 10,
        "ballots": 5,
        "abstained": 1,
        "valid": 4,
        "options": [a, b, c],
        "votes": [1, 3, 0],
        "quorum_needed": 3,
        "quorum_met": True,
        "base_size": 4,
        "threshold_needed": 3,
        "threshold_met": True,
        "outcome": "decided",
        "winner": b,
    }
    assert body["actor"].startswith("officer:")


def test_the_result_binds_the_agency_to_what_was_promised(app: Flask, clock: Clock) -> None:
    vote = opened(clock)
    cast_all(vote, [1, 1, 2])
    declared(vote, clock)
    (commitment,) = commitments_of(vote.id)
    assert commitment.text.th == "เริ่มก่อสร้างตามแบบที่ประชาชนเลือก"
    assert (commitment.owner.en, commitment.issue_id) == ("Provincial office", vote.issue.id)
    assert commitment.due_on == poll_of(vote.id).poll.due_on
    assert entry("issues.commitment.made")["activity"] == vote.id


def test_a_day_that_has_passed_binds_all_the_same(app: Flask, clock: Clock) -> None:
    vote = opened(clock, due_on=date(2026, 5, 1))
    cast_all(vote, [1, 1, 2])
    clock.advance(days=40)
    declared(vote, clock)
    (commitment,) = commitments_of(vote.id)
    assert commitment.due_on < local_day(now())


@pytest.mark.parametrize(
    ("choices", "rule", "outcome"),
    [
        ([1], {"quorum_percent": 50}, "no_quorum"),
        ([], {"quorum_percent": 0}, "no_votes"),
        ([None, None, None], {}, "no_votes"),
        ([1, 2], {"threshold": "share", "threshold_percent": 40}, "tie"),
        ([1, 2, None], {}, "tie"),
        ([1, 1, 2], {"threshold": "share", "threshold_percent": 67}, "below_threshold"),
        ([1], {"base": "roll"}, "below_threshold"),
    ],
)
def test_without_a_winner_nothing_binds(
    app: Flask, clock: Clock, choices: Sequence[int | None], rule: dict[str, Any], outcome: str
) -> None:
    vote = opened(clock, **rule)
    cast_all(vote, choices)
    result = declared(vote, clock)
    assert (result.outcome, result.winner_id) == (outcome, None)
    assert not db.session.scalars(select(Commitment)).all()
    body = entry("votes.result.undecided")
    assert (body["data"]["outcome"], body["data"]["winner"]) == (outcome, None)


def test_duties_end_with_a_declared_result_or_another_vote(app: Flask, clock: Clock) -> None:
    vote = opened(clock)
    cast_all(vote, [1, 1, 2])
    with app.test_request_context("/th/"):
        assert [duty.met for duty in duties(view_of(vote))] == [False, False]
        declared(vote, clock)
        assert [duty.met for duty in duties(view_of(vote))] == [True, True]


def test_an_undecided_vote_owes_another(app: Flask, clock: Clock) -> None:
    vote = opened(clock)
    cast_all(vote, [1, 2])
    with app.test_request_context("/th/"):
        declared(vote, clock)
        assert [duty.met for duty in duties(view_of(vote))] == [True, False]
        make_activity(vote.issue, "votes", opens_in=3)
        assert [duty.met for duty in duties(view_of(vote))] == [True, True]


def test_a_result_is_declared_after_the_end_and_once(app: Flask, clock: Clock) -> None:
    vote = opened(clock)
    cast_all(vote, [1, 1, 2])
    executive = viewer_of(make_person("executive", vote.agency), "executive", vote.agency)

    def declare() -> None:
        with transaction():
            service.declare_result(activity_id=vote.id, viewer=executive)

    with pytest.raises(DomainError):
        declare()
    clock.set(vote.activity.closes_at or clock())
    declare()
    with pytest.raises(DomainError):
        declare()
    assert len(db.session.scalars(select(Result)).all()) == 1
    assert entry("votes.result.declared")["actor"].startswith("executive:")


def test_an_unprepared_or_cancelled_vote_has_no_result(app: Flask, clock: Clock) -> None:
    vote = make_vote()
    clock.advance(days=20)
    with pytest.raises(DomainError):
        declared(vote, clock)
    cancelled = opened(clock)
    change(cancelled.activity, annulled_at=now())
    clock.advance(days=20)
    with pytest.raises(DomainError):
        declared(cancelled, clock)


@pytest.mark.parametrize(
    "how", ["ballot added", "ballot taken", "mark taken", "roll shortened", "leaf changed"]
)
def test_nothing_is_declared_where_roll_marks_and_ballots_disagree(
    app: Flask, clock: Clock, how: str
) -> None:
    vote = opened(clock, people=4)
    cast_all(vote, [1, 1, 2])
    option = vote.options[0].id
    last = RollEntry.person_id == vote.voters[3].id
    statements = {
        "ballot added": insert(Ballot).values(id="0" * 32, poll_id=vote.id, option_id=option),
        "ballot taken": delete(Ballot).where(Ballot.option_id == option),
        "mark taken": delete(Mark).where(Mark.person_id == vote.voters[0].id),
        "roll shortened": delete(RollEntry).where(last),
        "leaf changed": update(RollEntry).where(last).values(leaf=b"x" * 32),
    }
    tamper(statements[how])
    with pytest.raises(DomainError):
        declared(vote, clock)
    assert not db.session.scalars(select(Result)).all()


def test_the_evidence_it_leaves(app: Flask, clock: Clock) -> None:
    vote = opened(clock)
    cast_all(vote, [1, 1, 2])
    declared(vote, clock)
    db.session.remove()
    Sequencer.for_settings(current_settings()).run()
    evidence.run()
    rows = db.session.execute(
        select(Entry.fact, Exhibit.form, Exhibit.count, Exhibit.demonstrates)
        .join(Entry, Entry.id == Exhibit.entry_id)
        .where(Exhibit.activity_id == vote.id)
    )
    assert sorted(tuple(row) for row in rows) == [
        ("issues.commitment.made", "each", 1, ["implementation_tracker"]),
        ("votes.ballot.cast", "folded", 3, []),
        ("votes.result.declared", "each", 1, ["binding_result", "count_record"]),
        ("votes.roll.frozen", "each", 1, ["vote_rules"]),
    ]


def test_a_kind_that_decides(app: Flask, clock: Clock) -> None:
    assert KIND.levels == {5}
    assert KIND.stages == ("decide",)
    assert not KIND.extendable


def test_the_line_on_the_timeline(app: Flask, clock: Clock) -> None:
    vote = make_vote()
    lines = []

    def line() -> str:
        view = view_of(vote)
        return str(summarise([view], ANONYMOUS)[vote.id].line)

    with app.test_request_context("/en/"):
        lines.append(line())
        service_vote = opened(clock)
        vote = service_vote
        lines.append(line())
        cast_all(vote, [2, 2, 1])
        lines.append(line())
        clock.advance(days=20)
        lines.append(line())
        declared(vote, clock)
        lines.append(line())
    assert lines == [
        "The rules and the roll are not fixed yet",
        "3 people may vote",
        "3 people may vote",
        "Ended, the result will be declared",
        "People decided: Design B, panels",
    ]


def test_the_exhibit_tells_no_number(app: Flask, clock: Clock) -> None:
    vote = opened(clock)
    cast_all(vote, [1, 2, 3])
    told = KIND.exhibits(vote.id)
    assert told.th.startswith("มีการลงมติ")
    assert not any(digit in told.en for digit in "023456789")
