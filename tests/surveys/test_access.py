"""Who may do what, and when: one table of actor by door by the state of the survey."""

from __future__ import annotations

import pytest
from flask import Flask

from app.identity.consents import CURRENT_CONSENT
from app.identity.models import Person
from tests.support.browser import PageBrowser
from tests.support.make import make_activity, make_agency, make_person
from tests.surveys.make import Scene, make_scene, typed

ACTORS = ("nobody", "citizen", "officer", "moderator", "executive", "other_officer", "evaluator", "admin")
STATES = {"before": {"opens_in": 1}, "open": {}, "closed": {"opens_in": -5, "closes_in": -1}}

SIGN_IN, FORBIDDEN, ABSENT, DONE, SHOWN, REFUSED = 303, 403, 404, 303, 200, 422


def actor(name: str, scene: Scene) -> Person | None:
    if name == "nobody":
        return None
    if name in ("citizen", "officer"):
        return {"citizen": scene.citizen, "officer": scene.officer}[name]
    if name == "other_officer":
        return make_person("officer", make_agency())
    return make_person(name, scene.agency if name in ("executive", "moderator") else None)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("name", ACTORS)
def test_the_citizens_doors(app: Flask, browser: PageBrowser, name: str, state: str) -> None:
    scene = make_scene(**STATES[state])
    person = actor(name, scene)
    visitor = browser.as_(person) if person else browser
    signed_in = name != "nobody"

    visitor.get(scene.path(), SHOWN)
    visitor.get(scene.path("/results"), SHOWN)
    visitor.get(scene.path("/answer"), SHOWN if signed_in else SIGN_IN)
    if signed_in:
        opened = make_scene()
        asked = " ".join(str(question.id) for question in scene.questions)
        values = visitor.get(opened.path("/answer")).field_values() | typed(scene)
        values |= {"asked": asked, "step": "check"}
        visitor.post(scene.path("/answer"), values, DONE if state == "open" else REFUSED)
        values |= {"consent": CURRENT_CONSENT, "key": "1" * 32}
        visitor.post(scene.path("/check"), values, DONE if state == "open" else REFUSED)


PREPARERS, READERS = {"officer"}, {"officer", "executive"}
OFFICE = {
    "/setup": PREPARERS,
    "/describe": PREPARERS,
    "/add": PREPARERS,
    "/add/single": PREPARERS,
    "/question/{first}": PREPARERS,
    "/question/{first}/remove": PREPARERS,
    "/question/{text}/shown": PREPARERS,
    "/page": PREPARERS,
    "/links": PREPARERS,
    "/preview": READERS,
    "/manage": READERS,
    "/words/{text}": READERS,
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("name", ACTORS)
def test_the_offices_doors(app: Flask, browser: PageBrowser, name: str, state: str) -> None:
    scene = make_scene(**STATES[state])
    person = actor(name, scene)
    visitor = browser.as_(person) if person else browser
    for door, roles in OFFICE.items():
        path = scene.path(door.format(first=scene.questions[0].id, text=scene.questions[3].id))
        if name == "nobody":
            visitor.get(path, SIGN_IN)
        elif name == "other_officer":
            visitor.get(path, ABSENT)
        elif name not in roles:
            visitor.get(path, FORBIDDEN)
        else:
            visitor.get(path, ABSENT if door.startswith("/words") and state != "closed" else SHOWN)


def test_another_agencys_officer_can_act_on_nothing(app: Flask, browser: PageBrowser) -> None:
    scene, elsewhere = make_scene(opens_in=2), make_scene(opens_in=2)
    stranger = browser.as_(elsewhere.officer)
    theirs, mine = scene.questions[0].id, elsewhere.questions[0].id
    values = stranger.get(elsewhere.path(f"/question/{mine}")).field_values() | {"step": "save"}
    stranger.post(scene.path(f"/question/{theirs}"), values, ABSENT)
    stranger.post(scene.path("/add/single"), values, ABSENT)
    stranger.post(scene.path("/describe"), values, ABSENT)
    stranger.post(scene.path("/setup"), {**values, "move": f"down-{theirs}"}, ABSENT)
    stranger.post(scene.path(f"/question/{theirs}/remove"), values, ABSENT)
    # Nor by way of a survey of one's own.
    stranger.post(elsewhere.path(f"/question/{theirs}"), values, ABSENT)
    stranger.post(elsewhere.path(f"/question/{theirs}/remove"), values, ABSENT)


def test_a_draft_exists_for_its_own_office_alone(app: Flask, browser: PageBrowser) -> None:
    scene = make_scene(published=False)
    for path in ("", "/results"):
        browser.get(scene.path(path), ABSENT)
    citizen = browser.as_(scene.citizen)
    citizen.get(scene.path("/answer"), ABSENT)
    values = citizen.get(make_scene().path("/answer")).field_values() | typed(scene)
    citizen.post(scene.path("/answer"), {**values, "step": "check"}, ABSENT)
    citizen.post(scene.path("/check"), {**values, "consent": CURRENT_CONSENT}, ABSENT)
    officer = browser.as_(scene.officer)
    for path in ("", "/setup", "/manage", "/results"):
        officer.get(scene.path(path), SHOWN)


def test_other_kinds_of_activity_are_not_surveys(app: Flask, browser: PageBrowser) -> None:
    scene = make_scene()
    other = make_activity(scene.issue, "comments")
    officer = browser.as_(scene.officer)
    for path in ("", "/answer", "/results", "/setup", "/manage"):
        officer.get(f"/en/surveys/{other.id}{path}", ABSENT)
