"""Reading votes: a poll with its options and its result is one statement, however many ballots there are.

No query here counts ballots by option: that is done once, by the verb that declares the result.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import and_, exists, func, select
from sqlalchemy.orm import aliased

from app.activities.votes.models import Listed, Mark, Option, Poll, Result, RollEntry
from app.core.db import db
from app.issues.kinds import ActivityView
from app.issues.models import Activity, Commitment, Issue

HIDDEN_UNDER = 5
"""Turnout below this is not shown, to the office either."""

MOST_LISTED = 2_000
"""The longest list that is shown in the box again, to be changed."""


@dataclass(frozen=True)
class PollView:
    """A poll with its options in the order of the ballot, and its result once declared."""

    poll: Poll
    options: list[Option] = field(default_factory=list)
    result: Result | None = None

    @property
    def frozen(self) -> bool:
        return self.poll.frozen_at is not None

    @property
    def winner(self) -> Option | None:
        """The option decided on."""
        if self.result is None:
            return None
        return next((option for option in self.options if option.id == self.result.winner_id), None)

    def missed(self, activity: ActivityView) -> bool:
        """Whether the vote reached its opening without being prepared: nobody can vote in it any more."""
        return not self.frozen and activity.state in ("open", "closed")


@dataclass(frozen=True)
class Right:
    """Where a person stands: on the roll, already voted; `leaf` and `salt` are their own line of the roll."""

    on_roll: bool = False
    voted: bool = False
    leaf: bytes = b""
    salt: bytes | None = None


@dataclass(frozen=True)
class Owed:
    """What became of a vote, for the agency's duties."""

    frozen: bool = False
    outcome: str | None = None
    committed: bool = False
    followed: bool = False


def poll_of(activity_id: int) -> PollView:
    """The poll of an activity; an empty one before anything was prepared."""
    return polls_of([activity_id]).get(activity_id) or empty_poll(activity_id)


def empty_poll(activity_id: int) -> PollView:
    """A poll nobody has prepared."""
    return PollView(Poll(activity_id=activity_id, binding=False))


def polls_of(activity_ids: Sequence[int]) -> Mapping[int, PollView]:
    """The polls of several activities: one statement."""
    rows = db.session.execute(
        select(Poll, Result, Option)
        .outerjoin(Result, Result.poll_id == Poll.activity_id)
        .outerjoin(Option, Option.poll_id == Poll.activity_id)
        .where(Poll.activity_id.in_(activity_ids))
        .order_by(Poll.activity_id, Option.position)
        .execution_options(populate_existing=True)
    )
    found: dict[int, PollView] = {}
    for poll, result, option in rows:
        view = found.setdefault(poll.activity_id, PollView(poll, [], result))
        if option is not None:
            view.options.append(option)
    return found


def right_of(activity_id: int, person_id: int | None) -> Right:
    """Whether a person may vote, and whether they have: one statement."""
    row = db.session.execute(
        select(RollEntry.leaf, RollEntry.salt, Mark.person_id)
        .outerjoin(Mark, and_(Mark.poll_id == RollEntry.poll_id, Mark.person_id == RollEntry.person_id))
        .where(RollEntry.poll_id == activity_id, RollEntry.person_id == person_id)
    ).one_or_none()
    return Right(True, row.person_id is not None, row.leaf, row.salt) if row else Right()


def roll_size(activity_id: int) -> int:
    """How many addresses are listed, or, once the roll is frozen, how many people are on it."""
    listed = select(func.count()).select_from(Listed).where(Listed.poll_id == activity_id)
    people = select(func.count()).select_from(RollEntry).where(RollEntry.poll_id == activity_id)
    return db.session.scalar(select(listed.scalar_subquery() + people.scalar_subquery())) or 0


def roll_addresses(activity_id: int) -> Sequence[str] | None:
    """The listed addresses in order, or None where there are too many to show in a box."""
    query = (
        select(Listed.address)
        .where(Listed.poll_id == activity_id)
        .order_by(Listed.address)
        .limit(MOST_LISTED + 1)
    )
    found = db.session.scalars(query).all()
    return found if len(found) <= MOST_LISTED else None


def roll_leaves(activity_id: int) -> Sequence[bytes]:
    """The leaves of the roll in the order in which they are digested."""
    leaves = select(RollEntry.leaf).where(RollEntry.poll_id == activity_id).order_by(RollEntry.leaf)
    return db.session.scalars(leaves).all()


def turnout(activity_id: int) -> int | None:
    """How many have voted so far; None while so few that it would point at people."""
    count = select(func.count()).select_from(Mark).where(Mark.poll_id == activity_id)
    voted = db.session.scalar(count) or 0
    return voted if voted >= HIDDEN_UNDER else None


def commitments_of(activity_id: int) -> Sequence[Commitment]:
    """What the result of a vote bound the agency to, by the day it is due."""
    query = select(Commitment).where(Commitment.activity_id == activity_id)
    return db.session.scalars(query.order_by(Commitment.due_on, Commitment.id)).all()


def owed(activity: ActivityView) -> Owed:
    """What has been done of what a vote asks of its agency: one statement."""
    later = aliased(Activity)
    followed = exists().where(
        later.issue_id == activity.issue_id,
        later.kind == activity.kind,
        later.id != activity.id,
        later.annulled_at.is_(None),
        later.opens_at >= (activity.closes_at or activity.opens_at),
    )
    row = db.session.execute(
        select(
            Poll.frozen_at,
            Result.outcome,
            exists().where(Commitment.activity_id == activity.id),
            followed,
        )
        .select_from(Activity)
        .outerjoin(Poll, Poll.activity_id == Activity.id)
        .outerjoin(Result, Result.poll_id == Activity.id)
        .where(Activity.id == activity.id)
    ).one_or_none()
    return Owed(row[0] is not None, row[1], bool(row[2]), bool(row[3])) if row else Owed()


def desk(agency_ids: Sequence[int]) -> Sequence[Any]:
    """The newest 100 votes of these agencies, with how far each has come."""
    return db.session.execute(
        select(Activity, Issue, Poll.frozen_at, Result.outcome)
        .join(Issue, Issue.id == Activity.issue_id)
        .outerjoin(Poll, Poll.activity_id == Activity.id)
        .outerjoin(Result, Result.poll_id == Activity.id)
        .where(
            Activity.kind == "votes",
            Issue.agency_id.in_(agency_ids),
            Issue.annulled_at.is_(None),
            Activity.annulled_at.is_(None),
        )
        .order_by(Activity.id.desc())
        .limit(100)
    ).all()
