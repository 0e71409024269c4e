"""Forums as a kind of activity: what other rooms may ask of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask import url_for

from app.activities.forums import service
from app.activities.forums.codes import FORMS
from app.activities.forums.queries import counts_of, forum_of, sessions_of
from app.activities.forums.summaries import (
    ForumSummary,
    forum_summaries,
    found_among,
    heard_of,
    outcomes_of,
    public_counts,
)
from app.activities.forums.telling import tables_of
from app.core.clock import now
from app.i18n import _, _l, _n, speaking
from app.identity.viewer import Viewer
from app.issues.hiding import SMALLEST
from app.issues.kinds import ActivityView, Duty, ExhibitText, Kind, Summary


def summarise(activities: Sequence[ActivityView], viewer: Viewer) -> Mapping[int, Summary]:
    """Each forum with its sessions. Nothing in it depends on the viewer."""
    found = forum_summaries([activity.id for activity in activities])
    return {activity.id: _summary(activity, found[activity.id]) for activity in activities}


def _summary(activity: ActivityView, summary: ForumSummary) -> Summary:
    moment = now()
    coming = [row for row in summary.sessions if row.Session.ends_at > moment]
    held = [row for row in summary.sessions if row.Session.ends_at <= moment][::-1]
    action = None
    open_to_register = [
        row.Session
        for row in coming
        if row.Session.cancelled_at is None and row.Session.register_until > moment
    ]
    if activity.state == "open" and open_to_register:
        action = (_l("Register for a session"), _register_url(activity, open_to_register))
    return Summary(
        template="forums/_summary.html",
        context={
            "forum": summary.forum,
            "forms": FORMS,
            "coming": coming,
            "held": held,
            "moment": moment,
            "action": action,
        },
        line=_line(summary),
        action=action,
    )


def _register_url(activity: ActivityView, sessions: Sequence[Any]) -> str:
    """Straight to the form where there is one session, else to the page where one is chosen."""
    if len(sessions) == 1:
        return url_for("forums.register", activity_id=activity.id, session_id=sessions[0].id)
    return url_for("forums.show", activity_id=activity.id, _anchor="sessions")


def _line(summary: ForumSummary) -> str:
    if summary.forum is None:
        return ""
    standing = [row for row in summary.sessions if row.Session.cancelled_at is None]
    return _n("%(num)s session", "%(num)s sessions", len(standing))


def ready(activity_id: int) -> Sequence[Any]:
    """Say what the forum is for, and call at least one session."""
    if forum_of(activity_id) is None:
        return [_l("Say what the forum is for, and add at least one session")]
    standing = [row.Session for row in sessions_of(activity_id) if row.Session.cancelled_at is None]
    if not standing:
        return [_l("Add at least one session")]
    if any(session.starts_at <= now() for session in standing):
        return [_l("A session would already have begun. Change its time, or remove it")]
    return []


def duties(activity: ActivityView) -> Sequence[Duty]:
    """Hold at least one session; of each one held publish the minutes, and let none stay open."""
    return list(_duties(activity, sessions_of(activity.id)))


def _duties(activity: ActivityView, sessions: Sequence[Any]) -> Iterator[Duty]:
    manage = url_for("forums.manage", activity_id=activity.id)
    standing = [row for row in sessions if row.Session.cancelled_at is None]
    held = [row for row in standing if row.Session.ends_at <= now()]
    yield Duty(_l("Hold at least one session"), manage, met=bool(held))
    for row in standing:
        at = {"activity_id": activity.id, "session_id": row.Session.id}
        if row.Session.ends_at > now():
            words = _l("Hold or cancel “%(title)s”", title=row.Session.title)
            yield Duty(words, manage, met=False)
        else:
            words = _l("Publish the minutes of “%(title)s”", title=row.Session.title)
            yield Duty(words, url_for("forums.minutes", **at), met=row.versions > 0)


def counts(activity_ids: Sequence[int]) -> Mapping[int, Mapping[str, int]]:
    """Sessions, minutes and people who came; fewer than five people are left out, and those not yet counted."""
    told: dict[int, Mapping[str, int]] = {}
    for activity_id, (sessions, people, minuted) in public_counts(activity_ids).items():
        shown = {"sessions": sessions, "minutes": minuted}
        if people is not None and (people >= SMALLEST or people == 0):
            shown["attended"] = people
        told[activity_id] = shown
    return told


def exhibits(activity_id: int) -> ExhibitText:
    """How many sessions were held and minuted, and how many people came."""
    done = counts_of(activity_id)

    def told() -> str:
        if done.came is None:
            people = _("who came is not counted yet")
        elif done.came and done.came < SMALLEST:
            people = _("fewer than %(num)s people came", num=SMALLEST)
        else:
            people = _n("%(num)s person came", "%(num)s people came", done.came)
        return _(
            "%(sessions)s, %(held)s; %(people)s; %(minuted)s",
            sessions=_n("%(num)s session", "%(num)s sessions", done.sessions),
            held=_n("%(num)s held", "%(num)s held", done.held),
            people=people,
            minuted=_n("%(num)s with published minutes", "%(num)s with published minutes", done.minuted),
        )

    with speaking("th"):
        thai = told()
    with speaking("en"):
        return ExhibitText(th=thai, en=told())


KIND = Kind(
    code="forums",
    name=_l("Forums and focus groups"),
    description=_l(
        "People meet in person or online, register for a seat, and read afterwards what was said."
    ),
    # A forum listens and answers; who must find their concerns in the options (level 3) sits on a panel.
    levels=frozenset({2}),
    stages=("views", "needs", "solutions"),
    setup="forums.setup",
    manage="forums.manage",
    page="forums.show",
    summary=summarise,
    ready=ready,
    duties=duties,
    exhibits=exhibits,
    erase=service.erase,
    counts=counts,
    heard=heard_of,
    report=tables_of,
    found=found_among,
    outcomes=outcomes_of,
)
