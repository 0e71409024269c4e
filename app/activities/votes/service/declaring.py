"""After the vote: the ballots are counted, the rule applied, the agency bound to what was decided."""

from __future__ import annotations

from sqlalchemy import func, select

from app.activities.votes import facts
from app.activities.votes.models import Ballot, Mark, Poll, Result
from app.activities.votes.queries import PollView, poll_of, roll_leaves
from app.activities.votes.roll import roll_digest
from app.activities.votes.service.guards import of_kind, record_fact
from app.activities.votes.tally import Count, Decision, decide
from app.core.clock import now
from app.core.db import db
from app.core.errors import DomainError
from app.i18n import _l
from app.identity.viewer import Viewer
from app.issues.holds import hold
from app.issues.kinds import ActivityView
from app.issues.responses import make_commitment
from app.ledger.facts import Actor

_NUMBERS = (
    *("roll", "ballots", "abstained", "valid", "quorum_needed", "quorum_met", "base_size"),
    *("threshold_needed", "threshold_met", "outcome"),
)


def declare_result(*, activity_id: int, viewer: Viewer) -> Result:
    """Count the ballots, apply the rule, store every number and bind the agency to what was decided.

    Raises `DomainError` before the vote has ended, a second time, and if the ballots do not fit the roll:
    then nothing may be declared.
    """
    activity = of_kind(hold(activity_id))
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
    record_fact(fact, activity, actor, data=result_data(result))
    if result.winner_id:
        _bind(activity, view.poll, actor)
    return result


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
    ballots = select(Ballot.option_id, func.count().label("votes")).where(Ballot.poll_id == poll.activity_id)
    rows = db.session.execute(ballots.group_by(Ballot.option_id))
    counted: dict[int | None, int] = {row.option_id: row.votes for row in rows}
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


def result_data(result: Result) -> dict[str, object]:
    """What the entry says of a result: every number of its arithmetic."""
    return {
        **{name: getattr(result, name) for name in _NUMBERS},
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
