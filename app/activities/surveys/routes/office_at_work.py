"""What every office page of this room shows: the activity, its issue, its questions."""

from __future__ import annotations

from typing import Any

from flask import url_for

from app.activities.surveys import queries
from app.activities.surveys.service import KIND_CODE
from app.identity.viewer import current_viewer
from app.issues.queries import own_activity

CHANGEABLE = ("draft", "upcoming")


def at_work(activity_id: int, permission: str) -> dict[str, Any]:
    """An activity with its issue and questions; `NotFound` for another agency's."""
    activity, issue = own_activity(activity_id, KIND_CODE, permission, current_viewer())
    return {
        "activity": activity,
        "issue": issue,
        "survey": queries.questionnaire(activity_id),
        "changeable": activity.state in CHANGEABLE,
    }


def builder(activity_id: int, place: str | None = None) -> str:
    """The address of the list of questions, at what was just worked on."""
    return url_for("surveys.setup", activity_id=activity_id, _anchor=place)
