"""Panels as a kind of activity: what other rooms may ask of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask import url_for

from app.activities.panels import service
from app.activities.panels.codes import VERDICT_MARKS
from app.activities.panels.decisions import JOINT
from app.activities.panels.finding import found_among, heard_of, outcomes_of, public_counts
from app.activities.panels.queries import Counts, counts_of, panel_of
from app.activities.panels.summaries import PanelSummary, panel_summaries
from app.activities.panels.telling import tables_of
from app.core.clock import now
from app.i18n import _, _l, _n, speaking
from app.identity.viewer import Viewer
from app.issues.kinds import ActivityView, Duty, ExhibitText, Kind, Summary
from app.issues.verdicts import VERDICTS

"""Decisions and minutes whose words a search finds; the newest, of a panel that sits for long."""


def summarise(activities: Sequence[ActivityView], viewer: Viewer) -> Mapping[int, Summary]:
    """Each panel's seats, meetings and newest decisions. Nothing in it depends on the viewer."""
    found = panel_summaries([activity.id for activity in activities])
    return {activity.id: _summary(activity, found[activity.id]) for activity in activities}


def _summary(activity: ActivityView, panel: PanelSummary) -> Summary:
    action = None
    if activity.state == "open" and panel.taken < panel.seats:
        action = (_l("Apply for a seat"), url_for("panels.apply", activity_id=activity.id))
    return Summary(
        template="panels/_summary.html",
        context={
            "panel": panel,
            "coming": [meeting for meeting in panel.meetings if meeting.ends_at > now()],
            "held": [meeting for meeting in panel.meetings if meeting.ends_at <= now()][::-1],
            "verdicts": VERDICTS,
            "verdict_marks": VERDICT_MARKS,
            "action": action,
        },
        line=_line(panel),
        action=action,
    )


def _line(panel: PanelSummary) -> str:
    if panel.purpose is None:
        return ""
    seats = _n(
        "%(taken)s of %(num)s seat taken",
        "%(taken)s of %(num)s seats taken",
        panel.seats,
        taken=panel.taken,
    )
    if not panel.meetings:
        return seats
    meetings = _n("%(num)s meeting", "%(num)s meetings", len(panel.meetings))
    return _("%(seats)s, %(meetings)s", seats=seats, meetings=meetings)


def ready(activity_id: int) -> Sequence[Any]:
    """A panel needs a purpose and somebody's seats; its set-up asks for both at once."""
    panel = panel_of(activity_id)
    if panel is None or not panel.groups:
        return [_l("Say what the panel is for, and give at least one group its seats")]
    return []


def duties(activity: ActivityView) -> Sequence[Duty]:
    """Meet and publish the minutes; where people decide together, also decide, each time with the reason."""
    return list(_duties(activity, counts_of(activity.id)))


def _duties(activity: ActivityView, counts: Counts) -> Iterator[Duty]:
    manage = url_for("panels.manage", activity_id=activity.id)
    yield Duty(_l("Meet at least once and adopt the minutes"), manage, met=counts.minuted > 0)
    if activity.level >= JOINT:
        yield Duty(_l("Publish at least one decision with its reason"), manage, met=counts.decisions > 0)
    if counts.waiting:
        words = _n(
            "Answer %(num)s application for a seat",
            "Answer %(num)s applications for a seat",
            counts.waiting,
        )
        yield Duty(words, url_for("panels.applications", activity_id=activity.id), met=False)
    if counts.reviewing:
        words = _n(
            "Decide %(num)s matter under review", "Decide %(num)s matters under review", counts.reviewing
        )
        yield Duty(words, manage, met=False)


def exhibits(activity_id: int) -> ExhibitText:
    """How many sit, how often they met, what was minuted and decided."""
    panel, counts = panel_of(activity_id), counts_of(activity_id)
    seats, taken = (panel.seats, panel.taken) if panel else (0, 0)

    def told() -> str:
        return _(
            "%(seated)s; %(meetings)s, %(minuted)s; %(decisions)s",
            seated=_n(
                "%(taken)s of %(num)s seat taken", "%(taken)s of %(num)s seats taken", seats, taken=taken
            ),
            meetings=_n("%(num)s meeting", "%(num)s meetings", counts.meetings),
            minuted=_n("%(num)s with adopted minutes", "%(num)s with adopted minutes", counts.minuted),
            decisions=_n("%(num)s decision", "%(num)s decisions", counts.decisions),
        )

    with speaking("th"):
        thai = told()
    with speaking("en"):
        return ExhibitText(th=thai, en=told())


KIND = Kind(
    code="panels",
    name=_l("Panel"),
    description=_l(
        "People's representatives sit by group, meet, and each decision is published with its reason."
    ),
    # Concerns that show in the options (3) and advice that shapes the decision (4) both need people at
    # the table; which of the two it is, is the promise made.
    levels=frozenset({3, 4}),
    stages=("solutions", "decide", "act", "monitor"),
    setup="panels.setup",
    manage="panels.manage",
    page="panels.show",
    summary=summarise,
    ready=ready,
    duties=duties,
    exhibits=exhibits,
    erase=service.erase,
    counts=public_counts,
    heard=heard_of,
    report=tables_of,
    found=found_among,
    outcomes=outcomes_of,
)
