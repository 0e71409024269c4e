"""A kind of activity made for the tests of room issues: it owns no table and owes what a test says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import literal, select

from app.core.db import db
from app.identity.viewer import Viewer
from app.issues.kinds import ActivityView, Duty, ExhibitText, Kind, Summary

CODE = "fakes"
TEMPLATE = "fakes/_summary.html"
TEMPLATE_TEXT = '<p id="fake-{{ activity.id }}">{{ words }} of {{ issue.number }}</p>'
PAGE = "issues.edit_activity"
"""The fake has no pages; any that takes an `activity_id` will do."""


@dataclass
class Told:
    """What the fake answers; a test sets it."""

    missing: Sequence[Any] = ()
    duties: Sequence[tuple[str, bool]] = ()


def make_kind(told: Told, *, levels: frozenset[int], extendable: bool = True) -> Kind:
    def summarise(activities: Sequence[ActivityView], viewer: Viewer) -> Mapping[int, Summary]:
        db.session.execute(select(literal(len(activities))))
        return {activity.id: summary_of(activity) for activity in activities}

    return Kind(
        code=CODE,
        name="Fakes",
        description="For tests",
        levels=levels,
        stages=("views", "decide"),
        setup=PAGE,
        manage=PAGE,
        page=PAGE,
        summary=summarise,
        ready=lambda _activity_id: told.missing,
        duties=lambda activity: [Duty(words, f"/duty/{activity.id}", met) for words, met in told.duties],
        exhibits=lambda _activity_id: ExhibitText("", ""),
        erase=lambda _person_id: 0,
        extendable=extendable,
    )


def summary_of(activity: ActivityView) -> Summary:
    return Summary(
        template=TEMPLATE,
        context={"words": f"fake {activity.id}"},
        line="7 of them",
        action=(f"Act in {activity.id}", f"/act/{activity.id}") if activity.state == "open" else None,
    )
