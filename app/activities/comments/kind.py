"""Comments as a kind of activity: what other rooms may ask of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import url_for

from app.activities.comments import service
from app.activities.comments.queries import Newest, empty_thread, newest_of, thread_of
from app.activities.comments.queries.contract import counts_of, found_now, heard_in, remarks_on
from app.activities.comments.queries.lists import joined
from app.activities.comments.queries.trace import credits_in, themes_in, themes_under_review
from app.activities.comments.signing import signed_of
from app.i18n import _, _l, _n, speaking
from app.identity.viewer import Viewer
from app.issues.kinds import ActivityView, Duty, ExhibitText, Kind, Summary

"""Comments whose words a search finds; the newest, in a long thread."""


def summarise(activities: Sequence[ActivityView], viewer: Viewer) -> Mapping[int, Summary]:
    """Each activity's counts and newest comments. Nothing in it depends on the viewer."""
    found = newest_of([activity.id for activity in activities])
    return {
        activity.id: _summary(activity, found.get(activity.id) or Newest(empty_thread(activity.id), ()))
        for activity in activities
    }


def _summary(activity: ActivityView, newest: Newest) -> Summary:
    thread = newest.thread
    action = None
    if activity.state == "open":
        door = "comments.visit" if thread.open_to_all else "comments.new"
        action = (_l("Give your view"), url_for(door, activity_id=activity.id))
    return Summary(
        template="comments/_summary.html",
        context={"activity": activity, "thread": thread, "comments": joined(newest.rows), "action": action},
        line=_n("%(num)s comment", "%(num)s comments", thread.shown),
        action=action,
    )


def ready(activity_id: int) -> Sequence[Any]:
    """Nothing: the activity's title is question enough."""
    return ()


def duties(activity: ActivityView) -> Sequence[Duty]:
    """What "under review" promised must be decided. That no comment stays without its own answer is not owed.

    What the level promises, and is owed, is the issue's answer to everyone; the second line tells how
    many comments it will have to speak for.
    """
    thread = thread_of(activity.id)
    owed = []
    if thread.reviewing:
        words = _n(
            "Decide %(num)s comment under review",
            "Decide %(num)s comments under review",
            thread.reviewing,
        )
        owed.append(Duty(words, _manage(activity, "review"), met=False))
    if reviewed := themes_under_review(activity.id):
        words = _n("Decide %(num)s theme under review", "Decide %(num)s themes under review", reviewed)
        owed.append(Duty(words, url_for("comments.theme_desk", activity_id=activity.id), met=False))
    if thread.waiting:
        words = _n(
            "%(num)s comment has no answer of its own: the answer to everyone must cover it",
            "%(num)s comments have no answer of their own: the answer to everyone must cover them",
            thread.waiting,
        )
        owed.append(Duty(words, _manage(activity, "waiting"), met=True))
    return owed


def exhibits(activity_id: int) -> ExhibitText:
    """How many were heard and answered."""
    thread = thread_of(activity_id)

    def told() -> str:
        heard = _n("%(num)s comment was heard", "%(num)s comments were heard", thread.received)
        answered = _n("%(num)s was answered", "%(num)s were answered", thread.answered)
        return _("%(heard)s, %(answered)s", heard=heard, answered=answered)

    with speaking("th"):
        thai = told()
    with speaking("en"):
        return ExhibitText(th=thai, en=told())


def _manage(activity: ActivityView, queue: str) -> str:
    return url_for("comments.manage", activity_id=activity.id, show=queue)


KIND = Kind(
    code="comments",
    name=_l("Comments"),
    description=_l("People say what they think in their own words, and each comment can be answered."),
    # A thread of comments listens and answers; concerns that must show in the options (level 3) need
    # people at the table, which is what panels are for.
    levels=frozenset({2}),
    stages=("views", "needs", "solutions"),
    setup="comments.setup",
    manage="comments.manage",
    page="comments.show",
    summary=summarise,
    ready=ready,
    duties=duties,
    exhibits=exhibits,
    erase=service.erase,
    counts=counts_of,
    heard=heard_in,
    credits=credits_in,
    themes=themes_in,
    signed=signed_of,
    found=found_now,
    remarks=remarks_on,
)
