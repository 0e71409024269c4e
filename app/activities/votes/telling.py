"""What room votes tells others at length: to the report the result, to whoever publishes what they sign."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from app.activities.votes.codes import UNDECIDED
from app.activities.votes.content import poll_digest
from app.activities.votes.queries import HIDDEN_UNDER, PollView, polls_of
from app.i18n import _l
from app.issues.content import content_digest
from app.issues.contracts import Table

_YES, _NO = _l("yes"), _l("no")


def tables_of(activity_ids: Sequence[int]) -> Mapping[int, Sequence[Table]]:
    """The count by option and each step of the arithmetic, of votes whose result is declared: one statement."""
    return {
        activity_id: [_count(view), _arithmetic(view)]
        for activity_id, view in polls_of(activity_ids).items()
        if view.result is not None
    }


def _count(view: PollView) -> Table:
    result = view.result
    assert result is not None
    few = result.ballots < HIDDEN_UNDER
    rows: list[Sequence[Any]] = [
        (option.name, None if few else result.votes_for(option.id)) for option in view.options
    ]
    rows.append((_l("No option"), None if few else result.abstained))
    decided = view.winner
    note = (
        _l("People decided: %(option)s", option=decided.name)
        if decided is not None
        else UNDECIDED[result.outcome]
    )
    return Table(view.poll.question, (_l("Option"), _l("Votes")), rows, note)


def _arithmetic(view: PollView) -> Table:
    heads = (_l("Step"), _l("Number"), _l("Reached"))
    return Table(_l("How the result was worked out"), heads, list(_steps(view)))


def _steps(view: PollView) -> Iterator[Sequence[Any]]:
    result = view.result
    assert result is not None
    few = result.ballots < HIDDEN_UNDER
    yield _l("People on the roll"), result.roll, ""
    yield _l("Ballots cast"), None if few else result.ballots, ""
    yield _l("Ballots needed for the quorum"), result.quorum_needed, _YES if result.quorum_met else _NO
    base = None if few and view.poll.base == "valid" else result.base_size
    yield _l("Measured against"), base, ""
    needed = None if base is None else result.threshold_needed
    yield _l("Votes needed to win"), needed, _YES if result.threshold_met else _NO


def signed_of(activity_ids: Sequence[int]) -> Mapping[int, str]:
    """The digest of question, options, rule, commitment and frozen roll of each vote: one statement."""
    return {
        activity_id: content_digest(
            {"poll": poll_digest(view.poll, view.options), "roll": view.poll.roll_digest}
        )
        for activity_id, view in polls_of(activity_ids).items()
    }
