"""Votes as a kind of activity: what other rooms may ask of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask import url_for

from app.activities.votes import service
from app.activities.votes.codes import UNDECIDED
from app.activities.votes.content import missing
from app.activities.votes.finding import found_among, heard_of, outcomes_of, public_counts
from app.activities.votes.queries import PollView, empty_poll, owed, poll_of, polls_of, roll_size
from app.activities.votes.telling import signed_of, tables_of
from app.config import current_settings
from app.core.clock import now
from app.core.db import db
from app.i18n import _l, _n, speaking
from app.identity.viewer import Viewer
from app.issues.kinds import ActivityView, Duty, ExhibitText, Kind, Summary
from app.issues.models import Activity, Issue
from app.issues.queries import activity_view


def summarise(activities: Sequence[ActivityView], viewer: Viewer) -> Mapping[int, Summary]:
    """The question, the rule and, once declared, the result. Nothing in it depends on the viewer."""
    found = polls_of([activity.id for activity in activities])
    return {
        activity.id: _summary(activity, found.get(activity.id) or empty_poll(activity.id))
        for activity in activities
    }


def _summary(activity: ActivityView, view: PollView) -> Summary:
    action = None
    if activity.state == "open" and view.frozen:
        action = (_l("Check your right and vote"), url_for("votes.right", activity_id=activity.id))
    return Summary(
        template="votes/_summary.html",
        context={"activity": activity, "view": view, "action": action, "undecided": UNDECIDED},
        line=_line(activity, view),
        action=action,
    )


def _line(activity: ActivityView, view: PollView) -> Any:
    if view.result is not None:
        if view.winner is not None:
            return _l("People decided: %(option)s", option=view.winner.name)
        return UNDECIDED[view.result.outcome]
    if view.missed(activity):
        return _l("Not held: it was not prepared in time")
    if view.frozen and activity.state == "closed":
        return _l("Ended, the result will be declared")
    if view.frozen:
        return _n("%(num)s person may vote", "%(num)s people may vote", view.poll.roll_size or 0)
    return _l("The rules and the roll are not fixed yet")


def ready(activity_id: int) -> Sequence[Any]:
    """What must be there before the issue is published: an end, and all of it if the vote would open at once.

    What people vote on often grows out of the issue's earlier activities, so a vote that opens later may
    be prepared until it opens. Nobody can vote in one that was not.
    """
    return list(_missing(activity_id))


def _missing(activity_id: int) -> Iterator[Any]:
    row = db.session.get_one(Activity, activity_id)
    activity = activity_view(row, db.session.get_one(Issue, row.issue_id))
    if current_settings().production:
        yield service.NOT_SECRET
    if activity.closes_at is None:
        yield _l("Say when the vote ends")
    view = poll_of(activity_id)
    if view.frozen or activity.opens_at > now():
        return
    gaps = missing(view, roll_size(activity_id), activity)
    yield from (gap.words for gap in gaps if gap.part != "window")
    yield _l("Fix the rules and the roll, or let the vote open later")


def duties(activity: ActivityView) -> Sequence[Duty]:
    """A vote that was announced is held, counted and bound to; where nothing was decided, another is held."""
    return list(_duties(activity))


def _duties(activity: ActivityView) -> Iterator[Duty]:
    held, manage = owed(activity), url_for("votes.manage", activity_id=activity.id)
    again = url_for("issues.prepare", issue_id=activity.issue_id)
    if not held.frozen:
        if activity.state in ("open", "closed"):
            yield Duty(_l("Announce another vote: this one was not prepared in time"), again, held.followed)
        else:
            setup = url_for("votes.setup", activity_id=activity.id)
            yield Duty(_l("Fix the question, the rules and the roll before the vote opens"), setup, met=False)
        return
    yield Duty(_l("Declare the result of the vote"), manage, held.outcome is not None)
    if held.outcome in (None, "decided"):
        words = _l("Bind the agency to the result, with who does it and until when")
        yield Duty(words, manage, held.committed)
    else:
        yield Duty(_l("Announce another vote: this one decided nothing"), again, held.followed)


def exhibits(activity_id: int) -> ExhibitText:
    """That people voted. How many is told by the result, never before it is declared."""
    words = _l("Ballots were cast, one for each person on the frozen roll who voted")
    with speaking("th"):
        thai = str(words)
    with speaking("en"):
        return ExhibitText(th=thai, en=str(words))


KIND = Kind(
    code="votes",
    name=_l("Binding vote"),
    description=_l("People on a roll decide, and the agency carries out what they decide."),
    levels=frozenset({5}),
    stages=("decide",),
    setup="votes.setup",
    manage="votes.manage",
    page="votes.show",
    summary=summarise,
    ready=ready,
    duties=duties,
    exhibits=exhibits,
    erase=service.erase,
    counts=public_counts,
    heard=heard_of,
    report=tables_of,
    signed=signed_of,
    found=found_among,
    outcomes=outcomes_of,
    # A vote that is going badly for somebody must not be made longer.
    extendable=False,
)
