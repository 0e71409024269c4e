"""A kind of activity made for the tests of room issues: it counts nothing and owes what a test says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, Flask
from sqlalchemy import literal, select

from app.core.db import db
from app.identity.permissions import public
from app.identity.viewer import Viewer
from app.issues.kinds import ActivityView, Duty, ExhibitText, Kind, Summary, register
from app.rooms import PREFIX

CODE = "fakes"
TEMPLATE = "issues/_about_fake.html"
bp = Blueprint(CODE, __name__)


class Told:
    """What the fake answers; a test changes it and the fixture puts it back."""

    missing: Sequence[Any] = ()
    duties: Sequence[tuple[str, bool]] = ()
    extendable = True


@bp.get("/<int:activity_id>")
@public
def page(activity_id: int) -> str:
    return f"<!doctype html><html lang=en><title>fake</title><h1>{activity_id}</h1></html>"


def summarise(activities: Sequence[ActivityView], viewer: Viewer) -> Mapping[int, Summary]:
    db.session.execute(select(literal(len(activities))))
    return {
        activity.id: Summary(
            template=TEMPLATE,
            context={"words": f"fake {activity.id}"},
            line="7 of them",
            action=("Act here", f"/act/{activity.id}") if activity.state == "open" else None,
        )
        for activity in activities
    }


def fake_kind(code: str = CODE, levels: frozenset[int] = frozenset({1, 2, 3, 4, 5})) -> Kind:
    return Kind(
        code=code,
        name="Fakes",
        description="For tests",
        levels=levels,
        stages=("views", "decide"),
        setup="fakes.page",
        manage="fakes.page",
        page="fakes.page",
        summary=summarise,
        ready=lambda _activity_id: Told.missing,
        duties=lambda activity: [Duty(words, f"/duty/{activity.id}", met) for words, met in Told.duties],
        search_document=lambda _activity_id: "",
        exhibits=lambda _activity_id: ExhibitText("", ""),
        erase=lambda _person_id: 0,
        extendable=Told.extendable,
    )


def install(app: Flask) -> None:
    """Give the application the fake's page, its template and the kind itself, once."""
    register(fake_kind())
    if CODE not in app.blueprints:
        app._got_first_request = False
        app.register_blueprint(bp, url_prefix=f"{PREFIX}/fakes")
