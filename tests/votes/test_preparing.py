"""Before a vote: its parts are checked, the roll is taken whole, and after the freezing nothing moves."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Executable, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from app.activities.votes import background, service
from app.activities.votes.kind import duties, ready
from app.activities.votes.models import Listed, Option, Poll, RollEntry
from app.activities.votes.queries import poll_of, right_of, roll_addresses, roll_size
from app.activities.votes.roll import BadRoll, leaf_of, roll_digest
from app.core.clock import now
from app.core.db import db, transaction
from app.core.errors import DomainError, NotFound
from app.issues.queries import activity_with_issue
from app.issues.readiness import NotReady
from app.ledger.models import Entry, Opening
from tests.support.clock import Clock
from tests.support.make import make_activity, make_person
from tests.votes.make import OPTIONS, Vote, cast, change, content, frozen, make_vote, prepared, production


def prepare(vote: Vote, **parts: Any) -> Poll:
    with transaction():
        return service.prepare_poll(activity_id=vote.id, viewer=vote.by_officer, content=parts)  # type: ignore[arg-type]


def load(vote: Vote, addresses: str) -> int:
    with transaction():
        return service.load_roll(activity_id=vote.id, viewer=vote.by_officer, addresses=addresses)


def freeze(vote: Vote) -> Poll:
    with transaction():
        return service.freeze_roll(activity_id=vote.id, viewer=vote.by_officer)


def number(model: type[Listed] | type[RollEntry]) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def changes_of(vote: Vote) -> list[Callable[[], object]]:
    """Every way to prepare a vote."""
    return [
        lambda: prepare(vote, question_th="อีกแบบ"),
        lambda: load(vote, vote.voters[0].email),
        lambda: freeze(vote),
    ]


def refused(statement: Executable) -> None:
    """The table itself says no."""
    with pytest.raises(IntegrityError), transaction():
        db.session.execute(statement)


def entries(fact: str) -> list[dict[str, Any]]:
    bodies = db.session.scalars(select(Entry.body).where(Entry.fact == fact).order_by(Entry.at)).all()
    return [json.loads(body) for body in bodies]


def test_parts_may_come_one_after_another(app: Flask) -> None:
    vote = make_vote()
    prepare(vote, question_th="แบบใด", question_en=None, options=OPTIONS[:2])
    prepare(vote, quorum_percent=Decimal("33.33"), threshold="share", threshold_percent=60, base="roll")
    poll = poll_of(vote.id)
    assert [option.name_th for option in poll.options] == [option["name_th"] for option in OPTIONS[:2]]
    assert (poll.poll.quorum, poll.poll.threshold_share) == (3333, 6000)
    prepare(vote, threshold="majority", threshold_percent=60, options=OPTIONS)
    poll = poll_of(vote.id)
    assert poll.poll.threshold_share is None
    assert [option.position for option in poll.options] == [1, 2, 3]


@pytest.mark.parametrize(
    ("parts", "field"),
    [
        ({"question_th": ""}, "question_th"),
        ({"options": OPTIONS[:1]}, "options"),
        ({"options": [dict(OPTIONS[0], name_th=f"ข้อ {n}") for n in range(13)]}, "options"),
        ({"options": [OPTIONS[0], dict(OPTIONS[1], name_th="")]}, "options"),
        ({"options": [OPTIONS[0], OPTIONS[0]]}, "options"),
        ({"quorum_percent": 101}, "quorum_percent"),
        ({"quorum_percent": -1}, "quorum_percent"),
        ({"quorum_percent": Decimal("0.001")}, "quorum_percent"),
        ({"threshold": "share", "threshold_percent": None}, "threshold_percent"),
        ({"threshold": "share", "threshold_percent": 0}, "threshold_percent"),
        ({"threshold": "most"}, "threshold"),
        ({"base": "people"}, "base"),
        ({"legal_basis": "whim"}, "legal_basis"),
        ({"commitment_th": ""}, "commitment_th"),
        ({"commitment_th": "ก" * 501}, "commitment_th"),
        ({"owner_en": "x" * 201}, "owner_en"),
        ({"due_on": date(2026, 4, 28)}, "due_on"),
    ],
)
def test_what_is_wrong_is_refused_at_its_field(app: Flask, parts: dict[str, Any], field: str) -> None:
    vote = prepared(make_vote())
    before = poll_of(vote.id).poll.question_th
    with pytest.raises(DomainError) as error:
        prepare(vote, **{"question_en": "Other", **parts})
    assert error.value.field == field
    assert poll_of(vote.id).poll.question_th == before
    assert poll_of(vote.id).poll.question_en == "Which flood wall should be built?"
    assert len(poll_of(vote.id).options) == 3


def test_what_is_prepared_is_sealed(app: Flask) -> None:
    vote = prepared(make_vote())
    for fact in ("votes.poll.prepared", "votes.roll.loaded"):
        (body,) = entries(fact)
        assert (body["issue"], body["activity"], body["subject"], body["data"]) == (None, None, None, {})
        opening = db.session.get_one(Opening, body["id"])
        assert json.loads(opening.sealed or "")["subject"] == f"poll/{vote.id}"
    assert "addresses" not in str(entries("votes.roll.loaded"))


def test_a_bad_list_is_refused_whole_with_every_line(app: Flask) -> None:
    vote = make_vote()
    load(vote, vote.voters[0].email)
    new = vote.voters[1].email
    with pytest.raises(DomainError) as error:
        load(vote, f"{new}\nwrong\n\n{new.upper()}\n{'x' * 250}@example.com")
    assert isinstance(error.value, BadRoll)
    assert [row.line for row in error.value.rows] == [2, 4, 5]
    assert "บรรทัดที่ 1" in str(error.value.rows[1].reason)
    assert "3 บรรทัด" in str(error.value.message)
    assert roll_addresses(vote.id) == [vote.voters[0].email]
    with pytest.raises(DomainError, match="addresses"):
        load(vote, " \n\n")


def test_a_list_takes_the_place_of_the_one_before(app: Flask) -> None:
    vote = make_vote(600)
    assert load(vote, "\n".join(person.email for person in vote.voters)) == 600
    assert load(vote, vote.voters[0].email) == 1
    assert roll_size(vote.id) == 1


def test_the_list_does_not_tell_who_has_an_account(app: Flask) -> None:
    vote = prepared(make_vote())
    gone = make_person(erased_at=now())
    addresses = [vote.voters[0].email, "nobody@example.com", gone.email]
    assert load(vote, "\n".join(addresses)) == roll_size(vote.id) == 3
    assert roll_addresses(vote.id) == sorted(addresses)
    assert number(RollEntry) == 0
    assert freeze(vote).roll_size == roll_size(vote.id) == 1
    assert number(Listed) == 0
    assert right_of(vote.id, vote.voters[0].id).on_roll
    assert not right_of(vote.id, gone.id).on_roll


def test_who_registers_before_the_freezing_is_on_the_roll(app: Flask) -> None:
    vote = prepared(make_vote())
    load(vote, "late@example.com")
    with pytest.raises(DomainError):
        freeze(vote)
    late = make_person(email="late@example.com")
    assert freeze(vote).roll_size == 1
    assert right_of(vote.id, late.id).on_roll


def test_nothing_is_fixed_while_something_is_missing(app: Flask) -> None:
    vote = make_vote(closes_in=None)
    with pytest.raises(NotReady) as error:
        freeze(vote)
    assert len(error.value.missing) == 7
    vote = prepared(make_vote())
    prepare(vote, binding=False)
    with pytest.raises(NotReady) as error:
        freeze(vote)
    assert [str(words) for words in error.value.missing] == ["ประกาศว่าผลผูกพันหน่วยงาน"]


def test_the_frozen_roll_is_published_with_its_digest(app: Flask) -> None:
    vote = frozen(make_vote())
    poll = poll_of(vote.id).poll
    rows = db.session.scalars(select(RollEntry).where(RollEntry.poll_id == vote.id)).all()
    assert all(row.leaf == leaf_of(row.person_id, row.salt or b"") for row in rows)
    assert len({row.salt for row in rows}) == 3
    assert poll.roll_digest == roll_digest(row.leaf for row in rows)
    (body,) = entries("votes.roll.frozen")
    assert body["data"]["size"] == 3
    assert body["data"]["digest"] == poll.roll_digest
    assert body["actor"].startswith("officer:")
    assert (body["activity"], body["subject"], body["level"]) == (vote.id, f"poll/{vote.id}", 5)


def test_nothing_moves_after_the_freezing(app: Flask) -> None:
    vote = frozen(make_vote())
    for act in changes_of(vote):
        with pytest.raises(DomainError):
            act()
    assert roll_size(vote.id) == 3


def test_nothing_is_prepared_once_the_vote_is_open(app: Flask, clock: Clock) -> None:
    vote = prepared(make_vote())
    clock.advance(days=1)
    for act in changes_of(vote):
        with pytest.raises(DomainError):
            act()
    with pytest.raises(DomainError):
        cast(vote, vote.voters[0], 1)


def test_the_table_refuses_a_frozen_vote_that_is_not_whole(app: Flask) -> None:
    prepared(make_vote())
    refused(update(Poll).values(frozen_at=now()))


def test_a_marked_person_cannot_leave_the_roll(app: Flask, clock: Clock) -> None:
    vote = frozen(make_vote())
    clock.advance(days=2)
    cast(vote, vote.voters[0], 1)
    refused(delete(RollEntry).where(RollEntry.person_id == vote.voters[0].id))


def test_a_roll_frozen_in_a_draft_is_announced_with_the_issue(app: Flask, clock: Clock) -> None:
    vote = frozen(make_vote(published=False))
    (sealed,) = entries("votes.roll.frozen_in_draft")
    assert sealed["data"] == {}
    assert sealed["issue"] is None
    assert background.run() == 0
    assert entries("votes.roll.frozen") == []
    change(vote.issue, published_at=now())
    assert background.run() == 1
    assert background.run() == 0
    (body,) = entries("votes.roll.frozen")
    assert (body["actor"], body["data"]["digest"]) == ("system", poll_of(vote.id).poll.roll_digest)


def test_no_ballot_goes_in_before_the_roll_is_announced(app: Flask, clock: Clock) -> None:
    vote = frozen(make_vote(published=False))
    change(vote.issue, published_at=now())
    clock.advance(days=2)
    assert cast(vote, vote.voters[0], 1)
    assert cast(vote, vote.voters[1], 1)
    assert len(entries("votes.roll.frozen")) == 1


def test_production_refuses_to_prepare_to_fix_and_to_vote(app: Flask, clock: Clock) -> None:
    vote = prepared(make_vote())
    with production(app):
        for act in changes_of(vote):
            with pytest.raises(DomainError) as error:
                act()
            assert error.value.message == service.NOT_SECRET
        assert service.NOT_SECRET in ready(vote.id)
    freeze(vote)
    clock.advance(days=2)
    with production(app), pytest.raises(DomainError):
        cast(vote, vote.voters[0], 1)


def test_the_verbs_know_their_own_kind(app: Flask) -> None:
    vote = make_vote()
    other = make_activity(vote.issue, "comments", opens_in=1)
    with pytest.raises(NotFound), transaction():
        service.prepare_poll(activity_id=other.id, viewer=vote.by_officer, content=content())
    with pytest.raises(NotFound):
        activity_with_issue(other.id, "votes")


def test_ready_asks_for_all_of_it_only_if_the_vote_would_open_at_once(app: Flask, clock: Clock) -> None:
    later = make_vote(published=False)
    assert list(ready(later.id)) == []
    endless = make_vote(published=False, closes_in=None)
    assert len(ready(endless.id)) == 1
    clock.advance(days=2)
    assert len(ready(later.id)) == 7
    done = frozen(make_vote(published=False))
    clock.advance(days=2)
    assert list(ready(done.id)) == []


def test_a_vote_that_missed_its_opening_owes_another(app: Flask, clock: Clock) -> None:
    vote = make_vote()
    with app.test_request_context("/th/"):
        (owed,) = duties(_view(vote))
        assert (owed.met, "ก่อนเปิด" in str(owed.words)) == (False, True)
        clock.advance(days=11)
        (owed,) = duties(_view(vote))
        assert not owed.met
        make_activity(vote.issue, "votes", opens_in=1, closes_in=5)
        (owed,) = duties(_view(vote))
        assert owed.met


def _view(vote: Vote) -> Any:
    db.session.expire_all()
    return activity_with_issue(vote.id, "votes")[0]


def test_a_cancelled_vote_is_not_prepared(app: Flask) -> None:
    vote = make_vote()
    change(vote.activity, annulled_at=now() - timedelta(hours=1))
    with pytest.raises(DomainError):
        prepare(vote, question_th="x")


def test_options_keep_within_the_ballot(app: Flask) -> None:
    vote = prepared(make_vote())
    refused(insert(Option).values(poll_id=vote.id, position=13, name_th="x"))
