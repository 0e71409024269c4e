"""Surveys as a kind of activity: what other rooms may ask of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import url_for

from app.activities.surveys import service
from app.activities.surveys.contract import counts, found, heard
from app.activities.surveys.hiding import shown_total
from app.activities.surveys.queries import Standing, questionnaire, standings
from app.activities.surveys.questionnaire import missing_from
from app.activities.surveys.telling import signed_of, tables_of
from app.i18n import _, _l, _n, speaking
from app.identity.viewer import Viewer
from app.issues.kinds import ActivityView, Duty, ExhibitText, Kind, Summary


def summarise(activities: Sequence[ActivityView], viewer: Viewer) -> Mapping[int, Summary]:
    """How many questions, how many answers, and whether the viewer has answered."""
    found = standings([activity.id for activity in activities], viewer.person_id)
    return {activity.id: _summary(activity, found.get(activity.id) or Standing()) for activity in activities}


def _summary(activity: ActivityView, standing: Standing) -> Summary:
    people = shown_total(standing.responses)
    action = None
    answerable = standing.link == "person" and standing.questions and standing.answered_on is None
    if activity.state == "open" and answerable:
        action = (_l("Answer the survey"), url_for("surveys.answer", activity_id=activity.id))
    return Summary(
        template="surveys/_summary.html",
        context={"activity": activity, "standing": standing, "people": people, "action": action},
        line=_line(standing, people),
        action=action,
    )


def _line(standing: Standing, people: int | None) -> str:
    if people is not None:
        return _n("%(num)s person answered the survey", "%(num)s people answered the survey", people)
    return _n("Survey of %(num)s question", "Survey of %(num)s questions", standing.questions)


def ready(activity_id: int) -> Sequence[Any]:
    """Something must be asked, and what is to be chosen from must be there."""
    return list(missing_from(questionnaire(activity_id)))


def duties(activity: ActivityView) -> Sequence[Duty]:
    """None of its own: the issue's answer tells what came of it."""
    return ()


def exhibits(activity_id: int) -> ExhibitText:
    """How many answered."""
    people = shown_total(questionnaire(activity_id).responses)

    def told() -> str:
        if people is None:
            return _("Fewer than 5 people answered the survey")
        return _n("%(num)s person answered the survey", "%(num)s people answered the survey", people)

    with speaking("th"):
        thai = told()
    with speaking("en"):
        return ExhibitText(th=thai, en=told())


KIND = Kind(
    code="surveys",
    name=_l("Survey"),
    description=_l("People answer the same questions, and everyone sees the totals once it has closed."),
    # Level 1 only tells people something; a survey asks, and what is asked must be listened to. From
    # level 3 on people sit at the table, which a questionnaire cannot give them.
    levels=frozenset({2}),
    stages=("needs", "views", "monitor", "benefit"),
    setup="surveys.setup",
    manage="surveys.manage",
    page="surveys.show",
    summary=summarise,
    ready=ready,
    duties=duties,
    exhibits=exhibits,
    erase=service.erase,
    counts=counts,
    heard=heard,
    report=tables_of,
    signed=signed_of,
    found=found,
)
