"""Who may do what, and when: one table of actor by door by the state of the activity."""

from __future__ import annotations

import pytest
from flask import Flask

from app.identity.models import Person
from tests.publications.make import STATES, Scene, make_document, make_scene, stored_file, typed, versions
from tests.support.browser import PageBrowser
from tests.support.make import make_agency, make_person

ACTORS = ("nobody", "citizen", "officer", "executive", "moderator", "other_officer", "evaluator", "admin")
OWN = frozenset({"officer", "executive", "moderator"})
SIGN_IN, FORBIDDEN, ABSENT, DONE, SHOWN = 303, 403, 404, 303, 200


def actor(name: str, scene: Scene) -> Person | None:
    if name == "nobody":
        return None
    people = {"citizen": scene.citizen, "officer": scene.officer, "executive": scene.executive}
    if name in people:
        return people[name]
    if name == "other_officer":
        return make_person("officer", make_agency())
    return make_person(name, scene.agency if name == "moderator" else None)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("name", ACTORS)
def test_the_doors(app: Flask, browser: PageBrowser, name: str, state: str) -> None:
    scene = make_scene(**STATES[state])
    document = make_document(scene, files=[stored_file()])
    person = actor(name, scene)
    visitor = browser.as_(person) if person else browser

    opened = state in ("open", "ended")
    visitor.get(scene.path(), ABSENT if state == "draft" and name not in OWN else SHOWN)
    readable = SHOWN if opened or name in OWN else ABSENT
    address = f"/en/publications/documents/{document.id}"
    visitor.get(address, readable)
    visitor.get(f"{address}/1/{stored_file().sha256}", readable).response.close()

    answer = {"nobody": SIGN_IN, "officer": SHOWN, "other_officer": ABSENT}.get(name, FORBIDDEN)
    for door in (
        "/manage",
        "/add/document",
        "/add/update",
        f"/revise/{document.id}",
        f"/remove/{document.id}",
    ):
        visitor.get(scene.path(door), answer)
    visitor.get("/en/publications/desk", SHOWN if name == "other_officer" else answer)


@pytest.mark.parametrize("state", STATES)
def test_the_office_writes_in_every_state_until_the_end(app: Flask, browser: PageBrowser, state: str) -> None:
    scene = make_scene(**STATES[state])
    officer = browser.as_(scene.officer)
    officer.submit(scene.path("/add/document"), typed(), status=DONE)
    [version] = versions()
    assert (version.published_at is None) == (state in ("draft", "upcoming"))
    note = {} if version.published_at is None else {"note_th": "แก้คำผิด"}
    officer.submit(scene.path(f"/revise/{version.document_id}"), note, status=DONE)
    assert len(versions()) == (1 if version.published_at is None else 2)


def test_another_agencys_officer_can_act_on_nothing(scene: Scene, browser: PageBrowser) -> None:
    document, elsewhere = make_document(scene), make_scene(opens_in=1)
    make_document(elsewhere)
    stranger = browser.as_(elsewhere.officer)
    values = stranger.get(elsewhere.path("/add/document")).field_values() | typed(note_th="แก้")
    stranger.post(scene.path("/add/document"), values, ABSENT)
    for door in ("revise", "remove"):
        stranger.post(scene.path(f"/{door}/{document.id}"), values, ABSENT)
        # Nor by way of an activity of one's own.
        stranger.post(elsewhere.path(f"/{door}/{document.id}"), values, ABSENT)
    assert len(versions()) == 2


def test_the_desk_lists_the_own_agencys_activities(scene: Scene, browser: PageBrowser) -> None:
    elsewhere = make_scene()
    links = browser.as_(scene.officer).get("/th/publications/desk").links()
    assert scene.path("/manage", "th") in links
    assert elsewhere.path("/manage", "th") not in links
