"""What `verify` compares here: declared results with the entries that declared them, and with the stored ballots."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import func, select

from app.activities.votes.facts import DECLARED, UNDECIDED
from app.activities.votes.models import Ballot, Result
from app.activities.votes.service.declaring import result_data
from app.core.db import db
from app.ledger.compare import Comparison, data_said


def check() -> Comparison:
    """Compare every result with its entry and its ballots; name every entry whose result is gone."""
    said = {**data_said(DECLARED), **data_said(UNDECIDED)}
    results = db.session.scalars(select(Result).order_by(Result.poll_id)).all()
    ballots = _ballots()
    faults: list[str] = []
    for result in results:
        subject = f"poll/{result.poll_id}"
        faults += _differing(subject, result, said.get(subject), ballots.get(result.poll_id, {}))
    met = {f"poll/{result.poll_id}" for result in results}
    faults += [
        f"{subject}: an entry declares a result, but none is here" for subject in sorted(set(said) - met)
    ]
    return Comparison("votes", len(results), tuple(faults))


def _differing(
    subject: str, result: Result, entry: Mapping[str, Any] | None, ballots: Mapping[int | None, int]
) -> Iterator[str]:
    """Where a result no longer agrees with its entry, or with what the ballots count up to."""
    if entry is None:
        yield f"{subject}: a result is declared, but no readable entry says so"
    else:
        now = result_data(result)
        changed = sorted(name for name in now if now[name] != entry.get(name))
        if changed:
            yield f"{subject}: differs from the declared result in {', '.join(changed)}"
    counted = {int(option): int(votes) for option, votes in result.counts}
    found = {option: ballots.get(option, 0) for option in counted}
    if found != counted or ballots.get(None, 0) != result.abstained:
        yield f"{subject}: the stored ballots count up to another result than the one here"
    if sum(ballots.values()) != result.ballots:
        yield f"{subject}: {sum(ballots.values())} ballots are stored, {result.ballots} were counted"


def _ballots() -> dict[int, dict[int | None, int]]:
    """Ballots by option, of every vote with a result: one statement."""
    rows = db.session.execute(
        select(Ballot.poll_id, Ballot.option_id, func.count().label("votes"))
        .where(Ballot.poll_id.in_(select(Result.poll_id)))
        .group_by(Ballot.poll_id, Ballot.option_id)
    )
    found: dict[int, dict[int | None, int]] = {}
    for row in rows:
        found.setdefault(row.poll_id, {})[row.option_id] = row.votes
    return found
