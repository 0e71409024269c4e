"""Who may do what, and when: one table of actor by door by the state of the activity."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from app.activities.forums.models import Registration, Session
from app.core.clock import now
from app.core.db import db
from app.identity.consents import CURRENT_CONSENT
from app.identity.models import Person
from tests.forums.make import (
    MINUTES,
    REASON,
    Scene,
    make_counted,
    make_draft,
    make_photo,
    make_registration,
    make_scene,
    make_session,
    make_walk_in,
    set_window,
)
from tests.support.browser import PageBrowser
from tests.support.make import make_agency, make_person, saved

ACTORS = ("nobody", "citizen", "officer", "moderator", "executive", "other_officer", "evaluator", "admin")
STATES = {"before": (1, 10), "open": (-5, 10), "closed": (-9, -0.5)}

SIGN_IN, FORBIDDEN, ABSENT, DONE, SHOWN, REFUSED = 303, 403, 404, 303, 200, 422


def actor(name: str, scene: Scene) -> Person | None:
    if name == "nobody":
        return None
    people = {"citizen": scene.citizen, "officer": scene.officer}
    if name in people:
        return people[name]
    if name == "other_officer":
        return make_person("officer", make_agency())
    return make_person(name, scene.agency if name in ("moderator", "executive") else None)


def busy_scene(state: str, clock: Any) -> dict[str, Any]:
    """A forum in that state with a session held (and drafted), and one to come with somebody on its list."""
    scene = make_scene()
    registration = make_registration(scene, make_person())
    clock.advance(days=4)
    walked = make_walk_in(scene)
    make_counted(scene)
    make_draft(scene)
    photo = make_photo(scene)
    later = make_session(scene, 3)
    token = make_registration(scene, make_person(), later.id).token
    set_window(scene.activity, *STATES[state])
    ids = {
        "held": scene.session_id,
        "later": later.id,
        "walked": walked.id,
        "photo": photo.id,
        "registration": registration.id,
    }
    return {"scene": scene, "ids": ids, "token": token}


@pytest.mark.parametrize("state", STATES)
def test_the_citizens_doors(app: Flask, browser: PageBrowser, clock: Any, state: str) -> None:
    busy = busy_scene(state, clock)
    scene, ids = busy["scene"], busy["ids"]
    opened = make_scene()
    for name in ACTORS:
        person = actor(name, scene)
        visitor = browser.as_(person) if person else browser
        own = SIGN_IN if person is None else SHOWN
        for door, expected in {
            "": SHOWN,
            f"/sessions/{ids['held']}": SHOWN,
            f"/sessions/{ids['later']}": SHOWN,
            f"/sessions/{ids['later']}/calendar.ics": SHOWN,
            f"/sessions/{ids['later']}/register": own,
        }.items():
            visitor.get(scene.path(door), expected)
        visitor.get("/en/forums/mine", own)
        theirs = f"/en/forums/registrations/{ids['registration']}"
        for rest in ("", "/calendar.ics", "/cancel"):
            visitor.get(theirs + rest, SIGN_IN if person is None else ABSENT)
        if person is not None:
            form = visitor.get(opened.at("/register")).field_values()
            form |= {"sector": "people", "consent": CURRENT_CONSENT}
            at = scene.path(f"/sessions/{ids['later']}/register")
            visitor.post(at, form, DONE if state == "open" else REFUSED)
            button = {"csrf_token": form["csrf_token"], "key": "c" * 32}
            visitor.post(theirs + "/cancel", button, ABSENT)


OFFICE = (
    "/manage",
    "/setup",
    "/sessions/new",
    "/sessions/{later}/change",
    "/sessions/{later}/cancel",
    "/sessions/{later}/materials/new",
    "/sessions/{held}/list",
    "/sessions/{held}/list/paper",
    "/sessions/{held}/list/key-in",
    "/sessions/{held}/list/walk-in",
    "/people/{walked}/undo",
    "/sessions/{held}/minutes",
    "/sessions/{held}/minutes/publish",
    "/sessions/{held}/photos",
    "/photos/{photo}/withdraw",
)


@pytest.mark.parametrize("state", STATES)
def test_the_offices_doors(app: Flask, browser: PageBrowser, clock: Any, state: str) -> None:
    busy = busy_scene(state, clock)
    scene = busy["scene"]
    for name in ACTORS:
        person = actor(name, scene)
        visitor = browser.as_(person) if person else browser
        expected = {"nobody": SIGN_IN, "officer": SHOWN, "other_officer": ABSENT}.get(name, FORBIDDEN)
        for door in OFFICE:
            visitor.get(scene.path(door.format(**busy["ids"])), expected)
        visitor.get(f"/en/forums/arrive/{busy['token']}", expected)
        visitor.get("/en/forums/desk", SHOWN if name == "other_officer" else expected)


def test_another_agencys_officer_can_act_on_nothing(app: Flask, browser: PageBrowser, clock: Any) -> None:
    ours = busy_scene("open", clock)
    theirs = busy_scene("open", clock)
    mine, scene = theirs["scene"], ours["scene"]
    stranger = browser.as_(mine.officer)
    acts: dict[str, dict[str, Any]] = {
        "/sessions/{later}/change": {"title_th": "ชื่อของหน่วยงานอื่น"},
        "/sessions/{later}/cancel": {"reason_th": REASON},
        "/sessions/{held}/list/walk-in": {"name": "คนแปลกหน้า", "sector": "media"},
        "/sessions/{held}/list/key-in": {},
        "/people/{walked}/undo": {},
        "/sessions/{held}/minutes": {"text_th": MINUTES},
        "/sessions/{held}/minutes/publish": {},
        "/photos/{photo}/withdraw": {},
    }
    for door, values in acts.items():
        form = stranger.get(mine.path(door.format(**theirs["ids"]))).field_values() | values
        stranger.post(scene.path(door.format(**ours["ids"])), form, ABSENT)
        # Nor by way of an activity of one's own.
        stranger.post(mine.path(door.format(**ours["ids"])), form, ABSENT)
    button = {"csrf_token": form["csrf_token"], "key": "d" * 32}
    for path in (scene.path, mine.path):
        stranger.post(path(f"/people/{ours['ids']['walked']}/arrive"), button, ABSENT)
        stranger.post(path(f"/sessions/{ours['ids']['held']}/list/count"), button, ABSENT)
    stranger.post(f"/en/forums/arrive/{ours['token']}", button, ABSENT)
    db.session.rollback()
    assert db.session.get_one(Session, ours["ids"]["later"]).cancelled_at is None
    assert db.session.get_one(Registration, ours["ids"]["walked"]).arrived_at is not None


def test_what_people_need_is_for_the_agencys_officers_alone(scene: Scene, browser: PageBrowser) -> None:
    needs = {"codes": ["sign_language"], "note": "หูข้างซ้ายไม่ได้ยิน"}
    row = make_registration(scene, needs=needs, needs_agreed=True)
    assert "หูข้างซ้าย" in browser.as_(scene.officer).get(scene.at("/list")).text
    assert "หูข้างซ้าย" in browser.as_(scene.officer).get(f"/en/forums/arrive/{row.token}").text
    assert "หูข้างซ้าย" not in browser.as_(scene.officer).get(scene.at("/list/paper")).text
    for name in ("nobody", "moderator", "executive", "evaluator", "admin"):
        person = actor(name, scene)
        visitor = browser.as_(person) if person else browser
        for path in (scene.path(), scene.at(), f"/en/issues/{scene.issue.id}"):
            page = visitor.get(path)
            assert "หูข้างซ้าย" not in page.html
            assert scene.citizen.name not in page.html


def test_a_draft_exists_for_its_own_office_alone(app: Flask, browser: PageBrowser) -> None:
    scene = make_scene(published=False)
    assert db.session.get_one(Session, scene.session_id).announced_at is None
    for path in (scene.path(), scene.at(), scene.at("/calendar.ics")):
        browser.get(path, ABSENT)
    browser.as_(scene.citizen).get(scene.at("/register"), ABSENT)
    officer = browser.as_(scene.officer)
    for path in (scene.path(), scene.at(), scene.path("/manage"), scene.at("/list")):
        officer.get(path, SHOWN)


def test_an_ended_issue_changes_no_more(app: Flask, browser: PageBrowser, clock: Any) -> None:
    busy = busy_scene("closed", clock)
    scene = busy["scene"]
    officer = browser.as_(scene.officer)
    form = officer.get(scene.path(f"/photos/{busy['ids']['photo']}/withdraw"))
    scene.issue.closed_at = now()
    saved(scene.issue)
    page = officer.submit(scene.at("/minutes"), {"text_th": MINUTES + " แก้หลังปิดเรื่อง"}, status=REFUSED)
    assert "This issue has ended" in page.text
    officer.fill(form, {}, action=scene.path(f"/photos/{busy['ids']['photo']}/withdraw"))


@pytest.mark.parametrize(("hours", "status"), [(-1, REFUSED), (-11, REFUSED), (1, DONE)])
def test_a_session_is_changed_before_it_begins_alone(
    scene: Scene, browser: PageBrowser, clock: Any, hours: int, status: int
) -> None:
    assert scene.session is not None
    officer = browser.as_(scene.officer)
    clock.set(scene.session.starts_at - timedelta(hours=hours))
    page = officer.submit(scene.at("/change"), {"title_th": "ชื่อใหม่"}, status=status)
    assert status == DONE or "has begun" in page.text or "still to come" in page.text
