"""Who may do what, and when: one table of actor by door by the state of the activity."""

from __future__ import annotations

import pytest
from flask import Flask

from app.activities.comments.models import Comment
from app.activities.comments.render import dress
from app.core.clock import now
from app.identity.consents import CURRENT_CONSENT
from app.identity.models import Person
from tests.comments.make import ENGLISH, Scene, make_comment, make_scene, make_thread, make_visit
from tests.support.browser import PageBrowser
from tests.support.make import make_agency, make_person, saved

ACTORS = ("nobody", "citizen", "officer", "moderator", "executive", "other_officer", "evaluator", "admin")
STATES = {"before": {"opens_in": 1}, "open": {}, "closed": {"opens_in": -5, "closes_in": -1}}

SIGN_IN, FORBIDDEN, ABSENT, DONE, SHOWN, REFUSED, FOUND = 303, 403, 404, 303, 200, 422, 302


def actor(name: str, scene: Scene) -> Person | None:
    if name == "nobody":
        return None
    people = {"citizen": scene.citizen, "officer": scene.officer, "moderator": scene.moderator}
    if name in people:
        return people[name]
    if name == "other_officer":
        return make_person("officer", make_agency())
    return make_person(name, scene.agency if name == "executive" else None)


def old_comment(scene: Scene) -> Comment:
    """A comment that is there whatever the window says."""
    comment = Comment(
        activity_id=scene.id,
        person_id=make_person().id,
        body=ENGLISH,
        lang="en",
        consent_version=CURRENT_CONSENT,
        sent_at=now(),
        revision=0,
    )
    dress(comment)
    saved(comment)
    return comment


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("name", ACTORS)
def test_the_citizens_doors(app: Flask, browser: PageBrowser, name: str, state: str) -> None:
    scene = make_scene(**STATES[state])
    person = actor(name, scene)
    visitor = browser.as_(person) if person else browser
    signed_in = name != "nobody"

    comment = old_comment(scene)
    for rest in ("", f"/comment/{comment.id}", "/feed.xml", "/comments.csv", "/comments.json"):
        visitor.get(scene.path(rest), SHOWN)
    visitor.get(scene.path("/open"), FOUND if signed_in else ABSENT)
    visitor.get(scene.path(f"/support/{comment.id}"), SHOWN if signed_in else SIGN_IN)
    visitor.get(scene.path(f"/edit/{comment.id}"), ABSENT if signed_in else SIGN_IN)
    visitor.get(scene.path(f"/withdraw/{comment.id}"), ABSENT if signed_in else SIGN_IN)
    visitor.get(scene.path("/new"), SHOWN if signed_in else SIGN_IN)
    visitor.get("/en/comments/mine", SHOWN if signed_in else SIGN_IN)
    if signed_in:
        opened = make_scene()
        values = visitor.get(opened.path("/new")).field_values()
        values |= {"body": ENGLISH, "consent": CURRENT_CONSENT, "step": "send"}
        visitor.post(scene.path("/new"), values, DONE if state == "open" else REFUSED)


OFFICE = {
    "/manage": {"officer", "moderator"},
    "/answer/{comment}": {"officer"},
    "/hide/{comment}": {"moderator"},
    "/unhide/{comment}": {"moderator"},
    "/setup": {"officer"},
    "/questions/add": {"officer"},
    "/key-in": {"officer"},
    "/history/{comment}": {"officer", "moderator"},
}
HOLDERS = {"officer": "officer", "other_officer": "officer", "moderator": "moderator"}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("name", ACTORS)
def test_the_offices_doors(app: Flask, browser: PageBrowser, name: str, state: str) -> None:
    scene = make_scene(**STATES[state])
    comment = old_comment(scene)
    person = actor(name, scene)
    visitor = browser.as_(person) if person else browser
    for door, roles in OFFICE.items():
        path = scene.path(door.format(comment=comment.id))
        if name == "nobody":
            visitor.get(path, SIGN_IN)
        elif HOLDERS.get(name) not in roles:
            visitor.get(path, FORBIDDEN)
        else:
            visitor.get(path, ABSENT if name == "other_officer" else SHOWN)


def test_another_agencys_officer_can_act_on_nothing(scene: Scene, browser: PageBrowser) -> None:
    comment, elsewhere = make_comment(scene), make_scene()
    theirs = make_comment(elsewhere)
    stranger = browser.as_(elsewhere.officer)
    values = stranger.get(elsewhere.path(f"/answer/{theirs.id}")).field_values()
    values |= {"verdict": "adopted", "reason_th": "คำตอบจากหน่วยงานอื่น"}
    stranger.post(scene.path(f"/answer/{comment.id}"), values, ABSENT)
    # Nor by way of an activity of one's own.
    stranger.post(elsewhere.path(f"/answer/{comment.id}"), values, ABSENT)


def test_a_draft_exists_for_its_own_office_alone(app: Flask, browser: PageBrowser) -> None:
    scene = make_scene(published=False)
    browser.get(scene.path(), ABSENT)
    browser.as_(scene.citizen).get(scene.path("/new"), ABSENT)
    browser.as_(scene.officer).get(scene.path("/setup"), SHOWN)
    opened = make_scene()
    citizen = browser.as_(scene.citizen)
    values = citizen.get(opened.path("/new")).field_values()
    values |= {"body": ENGLISH, "consent": CURRENT_CONSENT, "step": "send"}
    citizen.post(scene.path("/new"), values, ABSENT)


def test_the_question_is_set_before_the_opening_only(app: Flask, browser: PageBrowser) -> None:
    scene = make_scene(opens_in=1)
    officer = browser.as_(scene.officer)
    asked = {"question_th": "แบบใดเหมาะกับตลาด", "question_en": "Which design suits the market?"}
    officer.submit(scene.path("/setup"), asked)
    assert "Which design suits the market?" in browser.get(scene.path()).text
    page = officer.submit(
        scene.path("/setup"), {"question_th": "", "question_en": "English only"}, status=422
    )
    assert "Write the question in Thai first." in page.text

    opened = make_scene()
    page = browser.as_(opened.officer).submit(opened.path("/setup"), asked, status=422)
    assert "already open" in page.text


@pytest.mark.parametrize("name", ACTORS)
def test_the_door_to_what_waits_is_the_moderators(app: Flask, browser: PageBrowser, name: str) -> None:
    scene = make_scene()
    make_thread(scene, who="open")
    comment, ordinary = make_visit(scene), make_comment(scene)
    person = actor(name, scene)
    visitor = browser.as_(person) if person else browser
    path = scene.path(f"/admit/{comment.id}")
    expected = {"nobody": SIGN_IN, "moderator": SHOWN}.get(name, FORBIDDEN)
    visitor.get(path, expected)
    if name == "moderator":
        visitor.get(scene.path(f"/admit/{ordinary.id}"), ABSENT)
        browser.as_(make_person("moderator", make_agency())).get(path, ABSENT)
