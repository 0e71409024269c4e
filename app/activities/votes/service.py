"""The verbs of votes, the only writers of its tables and the one door to a ballot.

Prepared, fixed, voted on, declared: nothing can be changed once the roll is frozen, and nobody counts
before the result is declared. A later protocol (tokens signed blindly for people on the roll, ballots
cast without a name in another service) replaces what stands behind `cast_ballot` and the counting in
`declare_result`; the doors, the roll and the result stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import CursorResult, and_, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from app.activities.votes import facts
from app.activities.votes.content import (
    OptionContent,
    PollContent,
    apply_content,
    check_due,
    missing,
    poll_digest,
)
from app.activities.votes.models import Ballot, Mark, Option, Poll, Result, RollEntry
from app.activities.votes.queries import PollView, poll_of, roll_leaves, roll_size
from app.activities.votes.roll import BadRoll, BadRow, leaf_of, read_roll, roll_digest
from app.activities.votes.tally import Count, Decision, decide
from app.config import current_settings
from app.core.clock import now
from app.core.db import db
from app.core.errors import DomainError, NotFound
from app.core.ids import new_key, new_salt
from app.i18n import _l
from app.identity.models import Person
from app.identity.viewer import Viewer
from app.issues.holds import hold, hold_open, hold_unopened
from app.issues.kinds import ActivityView
from app.issues.models import Activity, Issue
from app.issues.queries import activity_place, activity_view
from app.issues.readiness import NotReady
from app.issues.responses import make_commitment
from app.ledger.facts import SYSTEM, Actor, Fact
from app.ledger.record import record

KIND_CODE = "votes"
NOT_SECRET = _l(
    "This version cannot hold a binding vote on a production system: its ballots are not secret from whoever "
    "runs the server."
)
_LOOKED_UP_AT_ONCE = 500


# ---------------------------------------------------------------- before the vote


def prepare_poll(*, activity_id: int, viewer: Viewer, content: PollContent) -> Poll:
    """Set parts of a vote before it opens; options are replaced as a whole.

    Raises `DomainError` at the part that is wrong, once the roll is frozen, and in production.
    """
    activity, poll = _preparing(activity_id)
    apply_content(poll, content, activity)
    db.session.add(poll)
    db.session.flush()
    if "options" in content:
        _replace_options(activity_id, content["options"])
    _record(
        facts.PREPARED,
        activity,
        viewer.acting("votes.prepare", activity.agency_id),
        data={"changed": sorted(content)},
    )
    return poll


def load_roll(*, activity_id: int, viewer: Viewer, addresses: str) -> int:
    """Put the people with these e-mail addresses, one a line, on the roll, in place of who was on it.

    Returns how many there are. Raises `BadRoll` naming every line that cannot be taken; then nothing of
    the list is.
    """
    activity, poll = _preparing(activity_id)
    people = _people(addresses)
    db.session.add(poll)
    db.session.flush()
    db.session.execute(delete(RollEntry).where(RollEntry.poll_id == activity_id))
    db.session.execute(insert(RollEntry), [_roll_entry(activity_id, person_id) for person_id in people])
    actor = viewer.acting("votes.prepare", activity.agency_id)
    _record(facts.ROLL_LOADED, activity, actor, data={"size": len(people)})
    return len(people)


def freeze_roll(*, activity_id: int, viewer: Viewer) -> Poll:
    """Fix the question, the rule, the commitment and the roll for good, and publish the roll's digest.

    In a draft the digest becomes public with the issue. Raises `NotReady` naming what is missing.
    """
    activity, poll = _preparing(activity_id)
    view = poll_of(activity_id)
    gaps = list(missing(view, roll_size(activity_id), activity))
    if gaps:
        raise NotReady([gap.words for gap in gaps])
    assert poll.due_on is not None
    check_due(poll.due_on, activity)
    leaves = roll_leaves(activity_id)
    poll.roll_size, poll.roll_digest = len(leaves), roll_digest(leaves)
    poll.frozen_at = now()
    public = activity.state != "draft"
    poll.announced_at = now() if public else None
    db.session.flush()
    actor = viewer.acting("votes.prepare", activity.agency_id)
    fact = facts.FROZEN if public else facts.FROZEN_IN_DRAFT
    _record(fact, activity, actor, data=_frozen_data(poll, view.options))
    return poll


def announce_frozen(activity_id: int) -> bool:
    """Publish the digest of a roll that was frozen in a draft, now that its issue is public; only once."""
    activity = hold(activity_id)
    if activity.state in ("draft", "annulled"):
        return False
    return _announce(activity)


# ---------------------------------------------------------------- the vote


def cast_ballot(
    *, activity_id: int, viewer: Viewer, option_id: int | None, consent_version: str
) -> bool:
    """Take a person's ballot; `option_id` None chooses no option. True if it was counted now.

    False if this person's ballot was already there, which then stays as it is. Raises `DomainError` for
    who is not on the roll and unless the vote is open at this moment.
    """
    activity = _of_kind(hold_open(activity_id))
    _refuse_in_production()
    standing = _standing(activity_id, viewer.person_id, option_id)
    if standing is None or standing.frozen_at is None:
        raise DomainError(_l("This vote was not prepared in time, so nobody can vote in it."))
    if standing.declared is not None:
        raise DomainError(_l("The ballots have been counted, so no more can be taken."))
    if standing.person_id is None:
        raise DomainError(_l("You are not on the roll of this vote."))
    if option_id is not None and standing.option_id is None:
        raise DomainError(_l("Choose one of the answers shown."), "option")
    if standing.announced_at is None:
        _announce(activity)
    # Both rows in one transaction: whoever voted has a ballot, and nobody has two. With the coming
    # protocol the mark is set when a blind token is issued, and the ballot arrives without a name.
    if not _mark(activity_id, viewer.person_id, consent_version):
        return False
    db.session.execute(insert(Ballot).values(id=new_key(), poll_id=activity_id, option_id=option_id))
    _record(facts.CAST, activity, SYSTEM)
    return True


# ---------------------------------------------------------------- after the vote


def declare_result(*, activity_id: int, viewer: Viewer) -> Result:
    """Count the ballots, apply the rule, store every number and bind the agency to what was decided.

    Raises `DomainError` before the vote has ended, a second time, and if the ballots do not fit the roll:
    then nothing may be declared.
    """
    activity = _of_kind(hold(activity_id))
    view = poll_of(activity_id)
    _refuse_undeclarable(activity, view)
    count = _counted(view)
    assert view.poll.rule is not None
    decision = decide(view.poll.rule, count)
    result = _result(activity_id, count, decision)
    db.session.add(result)
    db.session.flush()
    actor = viewer.acting("votes.declare", activity.agency_id)
    fact = facts.DECLARED if result.winner_id else facts.UNDECIDED
    _record(fact, activity, actor, data=_result_data(result))
    if result.winner_id:
        _bind(activity, view.poll, actor)
    return result


def erase(person_id: int) -> int:
    """Take a person from the rolls. A frozen roll keeps the leaf without its salt: it then tells nobody who it was.

    The mark stays, for the marks must add up to the ballots; it points at an account that is empty.
    Returns how many rows were changed.
    """
    entries = db.session.execute(
        select(RollEntry, Poll.frozen_at)
        .join(Poll, Poll.activity_id == RollEntry.poll_id)
        .where(RollEntry.person_id == person_id, RollEntry.salt.is_not(None))
        .order_by(RollEntry.poll_id)
        .with_for_update(of=RollEntry)
    ).all()
    for entry, frozen_at in entries:
        if frozen_at is None:
            db.session.delete(entry)
        else:
            entry.salt = None
        db.session.flush()
        _record(facts.ROLL_ERASED, _activity(entry.poll_id), SYSTEM)
    return len(entries)


# ---------------------------------------------------------------- small things


def _preparing(activity_id: int) -> tuple[ActivityView, Poll]:
    """The activity and its poll, held, while they may still be prepared."""
    activity = _of_kind(hold_unopened(activity_id))
    _refuse_in_production()
    poll = db.session.get(Poll, activity_id, populate_existing=True) or Poll(
        activity_id=activity_id, binding=False
    )
    if poll.frozen_at is not None:
        message = _l("The rules and the roll are fixed, so nothing can be changed. Cancel this vote and add another.")
        raise DomainError(message)
    return activity, poll


def _of_kind(activity: ActivityView) -> ActivityView:
    if activity.kind != KIND_CODE:
        raise NotFound
    return activity


def _refuse_in_production() -> None:
    """Every vote of this kind binds its agency, and no binding vote may rest on an operator's word."""
    if current_settings().production:
        raise DomainError(NOT_SECRET)


def _replace_options(activity_id: int, options: Sequence[OptionContent]) -> None:
    for option in db.session.scalars(select(Option).where(Option.poll_id == activity_id)):
        db.session.delete(option)
    db.session.flush()
    db.session.add_all(
        Option(poll_id=activity_id, position=position, **option) for position, option in enumerate(options, 1)
    )
    db.session.flush()


def _people(addresses: str) -> list[int]:
    """The ids of the people with these addresses, or `BadRoll`."""
    pasted = read_roll(addresses)
    found: dict[str, int] = {}
    for chunk in _chunks(pasted.lines):
        rows = select(Person.email, Person.id).where(Person.email.in_(chunk), Person.erased_at.is_(None))
        found.update({email: ident for email, ident in db.session.execute(rows)})
    unknown = _l("Nobody has an account with this address")
    strangers = [
        BadRow(line, address, unknown) for address, line in pasted.lines.items() if address not in found
    ]
    if faults := sorted([*pasted.faults, *strangers], key=lambda fault: fault.line):
        raise BadRoll(faults)
    if not found:
        raise DomainError(_l("Paste at least one e-mail address"), "addresses")
    return list(found.values())


def _chunks(addresses: dict[str, int]) -> Iterator[list[str]]:
    rest = iter(addresses)
    while chunk := list(islice(rest, _LOOKED_UP_AT_ONCE)):
        yield chunk


def _roll_entry(activity_id: int, person_id: int) -> dict[str, Any]:
    salt = new_salt()
    return {"poll_id": activity_id, "person_id": person_id, "salt": salt, "leaf": leaf_of(person_id, salt)}


def _standing(activity_id: int, person_id: int | None, option_id: int | None) -> Any:
    """What a ballot depends on, in one statement read after the activity was held."""
    return db.session.execute(
        select(
            Poll.frozen_at,
            Poll.announced_at,
            RollEntry.person_id,
            Option.id.label("option_id"),
            Result.declared_at.label("declared"),
        )
        .outerjoin(
            RollEntry, and_(RollEntry.poll_id == Poll.activity_id, RollEntry.person_id == person_id)
        )
        .outerjoin(Option, and_(Option.poll_id == Poll.activity_id, Option.id == option_id))
        .outerjoin(Result, Result.poll_id == Poll.activity_id)
        .where(Poll.activity_id == activity_id)
    ).one_or_none()


def _mark(activity_id: int, person_id: int | None, consent_version: str) -> bool:
    """Set the person's mark; False if it was there. Of two at once, one waits for the other and then finds it."""
    insert_new = sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
    done = db.session.execute(
        insert_new(Mark)
        .values(poll_id=activity_id, person_id=person_id, consent_version=consent_version)
        .on_conflict_do_nothing(index_elements=["poll_id", "person_id"])
    )
    assert isinstance(done, CursorResult)
    return done.rowcount == 1


def _announce(activity: ActivityView) -> bool:
    done = db.session.execute(
        update(Poll)
        .where(
            Poll.activity_id == activity.id, Poll.frozen_at.is_not(None), Poll.announced_at.is_(None)
        )
        .values(announced_at=now())
        .execution_options(synchronize_session=False)
    )
    assert isinstance(done, CursorResult)
    if done.rowcount == 0:
        return False
    view = poll_of(activity.id)
    _record(facts.FROZEN, activity, SYSTEM, data=_frozen_data(view.poll, view.options))
    return True


def _frozen_data(poll: Poll, options: Sequence[Option]) -> dict[str, object]:
    return {"size": poll.roll_size, "digest": poll.roll_digest, "content": poll_digest(poll, options)}


def _refuse_undeclarable(activity: ActivityView, view: PollView) -> None:
    if activity.state != "closed":
        raise DomainError(_l("The result is declared after the vote has ended."))
    if not view.frozen:
        raise DomainError(_l("This vote was not prepared in time, so there is nothing to count."))
    if view.result is not None:
        raise DomainError(_l("The result has already been declared."))


def _counted(view: PollView) -> Count:
    """Count the ballots. Raises `DomainError` unless roll, marks and ballots agree."""
    poll = view.poll
    leaves = roll_leaves(poll.activity_id)
    marks = select(func.count()).select_from(Mark).where(Mark.poll_id == poll.activity_id)
    marked = db.session.scalar(marks) or 0
    ballots = select(Ballot.option_id, func.count()).where(Ballot.poll_id == poll.activity_id)
    counted = {option: number for option, number in db.session.execute(ballots.group_by(Ballot.option_id))}
    if len(leaves) != poll.roll_size or roll_digest(leaves) != poll.roll_digest:
        raise DomainError(_l("The roll is not the one that was frozen, so nothing can be declared."))
    if sum(counted.values()) != marked:
        raise DomainError(
            _l("There are not as many ballots as people who have voted, so nothing can be declared.")
        )
    abstained = counted.pop(None, 0)
    votes = {option.id: counted.get(option.id, 0) for option in view.options}
    return Count(roll=len(leaves), votes=votes, abstained=abstained)


def _result(activity_id: int, count: Count, decision: Decision) -> Result:
    return Result(
        poll_id=activity_id,
        roll=count.roll,
        ballots=count.ballots,
        abstained=count.abstained,
        counts=[list(pair) for pair in count.votes.items()],
        quorum_needed=decision.quorum_needed,
        quorum_met=decision.quorum_met,
        base_size=decision.base_size,
        threshold_needed=decision.threshold_needed,
        threshold_met=decision.threshold_met,
        outcome=decision.outcome,
        winner_id=decision.winner,
        declared_at=now(),
    )


def _result_data(result: Result) -> dict[str, object]:
    names = ("roll", "ballots", "abstained", "valid", "quorum_needed", "quorum_met", "base_size")
    names += ("threshold_needed", "threshold_met", "outcome")
    return {
        **{name: getattr(result, name) for name in names},
        "options": [option for option, _votes in result.counts],
        "votes": [votes for _option, votes in result.counts],
        "winner": result.winner_id,
    }


def _bind(activity: ActivityView, poll: Poll, actor: Actor) -> None:
    """What was promised before the vote becomes a commitment, under the day that was promised."""
    assert poll.commitment_th is not None
    assert poll.owner_th is not None
    assert poll.due_on is not None
    make_commitment(
        issue_id=activity.issue_id,
        activity_id=activity.id,
        text_th=poll.commitment_th,
        text_en=poll.commitment_en,
        owner_th=poll.owner_th,
        owner_en=poll.owner_en,
        due_on=poll.due_on,
        actor=actor,
    )


def _activity(activity_id: int) -> ActivityView:
    activity = db.session.get_one(Activity, activity_id)
    return activity_view(activity, db.session.get_one(Issue, activity.issue_id))


def _record(
    fact: Fact, activity: ActivityView, actor: Actor, *, data: dict[str, object] | None = None
) -> None:
    """The subject is the poll: of a ballot nothing more is said."""
    record(fact, subject=f"poll/{activity.id}", actor=actor, place=activity_place(activity), data=data)
