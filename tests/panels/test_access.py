"""Who may do what, and when: one table of actor by door by the state of the activity."""

from __future__ import annotations

import io
from typing import Any

import pytest
from flask import Flask

from app.activities.panels.models import Application, Member
from app.core.clock import now
from app.core.db import db
from app.identity.consents import CURRENT_CONSENT
from app.identity.models import Person
from tests.panels.make import (
    NOTE,
    REASON,
    Scene,
    make_application,
    make_decision,
    make_draft,
    make_meeting,
    make_member,
    make_minutes,
    make_scene,
    set_window,
)
from tests.support.browser import PageBrowser
from tests.support.make import make_agency, make_person, saved

ACTORS = ("nobody", "citizen", "officer", "moderator", "executive", "other_officer", "evaluator", "admin")
STATES = {"before": (1, 10), "open": (-5, 10), "closed": (-9, -2)}

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


def busy_scene(state: str) -> dict[str, Any]:
    """A panel in that state in which everything has happened while it was open."""
    scene = make_scene(opens_in=-5)
    member = make_member(scene, make_person())
    application = make_application(scene, make_person())
    held = make_meeting(scene, -3)
    make_minutes(scene, held)
    decision = make_decision(scene, held)
    drafted = make_meeting(scene, -2.5)
    make_draft(scene, drafted)
    set_window(scene.activity, *STATES[state])
    return {
        "scene": scene,
        "ids": {
            "application": application.id,
            "member": member.id,
            "held": held.id,
            "drafted": drafted.id,
            "decision": decision.id,
        },
    }


@pytest.mark.parametrize("state", STATES)
def test_the_citizens_doors(app: Flask, browser: PageBrowser, state: str) -> None:
    busy, opened = busy_scene(state), make_scene()
    scene, ids = busy["scene"], busy["ids"]
    for name in ACTORS:
        person = actor(name, scene)
        visitor = browser.as_(person) if person else browser
        own = SIGN_IN if person is None else SHOWN
        nothing_there = SIGN_IN if person is None else ABSENT
        for door, expected in {
            "": SHOWN,
            f"/meetings/{ids['held']}": SHOWN,
            "/apply": own,
            "/name": nothing_there,
            f"/withdraw/{ids['application']}": nothing_there,
            f"/applied/{ids['application']}": nothing_there,
        }.items():
            visitor.get(scene.path(door), expected)
        visitor.get("/en/panels/mine", own)
        if person is not None:
            form = visitor.get(opened.path("/apply")).field_values()
            form |= {"group_id": str(scene.traders), "reason": REASON, "consent": CURRENT_CONSENT}
            visitor.post(scene.path("/apply"), form, DONE if state == "open" else REFUSED)
            button = {"csrf_token": form["csrf_token"], "key": "c" * 32}
            visitor.post(scene.path("/leave"), button, ABSENT)
            visitor.post(scene.path(f"/withdraw/{ids['application']}"), button, ABSENT)


OFFICE = (
    "/manage",
    "/setup",
    "/applications",
    "/applications/{application}",
    "/representatives/new",
    "/members/{member}/end",
    "/meetings/new",
    "/meetings/{held}/change",
    "/meetings/{held}/cancel",
    "/meetings/{held}/attendance",
    "/meetings/{held}/minutes",
    "/meetings/{held}/decisions/new",
    "/meetings/{drafted}/adopt",
    "/meetings/{drafted}/files/new",
    "/decisions/{decision}/revise",
)


@pytest.mark.parametrize("state", STATES)
def test_the_offices_doors(app: Flask, browser: PageBrowser, state: str) -> None:
    busy = busy_scene(state)
    scene = busy["scene"]
    for name in ACTORS:
        person = actor(name, scene)
        visitor = browser.as_(person) if person else browser
        expected = {"nobody": SIGN_IN, "officer": SHOWN, "other_officer": ABSENT}.get(name, FORBIDDEN)
        for door in OFFICE:
            visitor.get(scene.path(door.format(**busy["ids"])), expected)
        visitor.get("/en/panels/desk", SHOWN if name == "other_officer" else expected)


@pytest.mark.parametrize(
    ("state", "seat", "decline", "meeting"),
    [("before", DONE, DONE, REFUSED), ("open", DONE, DONE, DONE), ("closed", REFUSED, DONE, REFUSED)],
)
def test_what_the_office_may_do_when(
    app: Flask, browser: PageBrowser, state: str, seat: int, decline: int, meeting: int
) -> None:
    """Seats are given until the time is over; an applicant is answered even later. A meeting lies within it."""
    busy = busy_scene(state)
    scene = busy["scene"]
    officer = browser.as_(scene.officer)
    path = scene.path(f"/applications/{busy['ids']['application']}")
    officer.submit(path, {"outcome": "seat", "note": NOTE}, status=seat)
    if seat == REFUSED:
        officer.submit(path, {"outcome": "decline", "note": NOTE}, status=decline)
    day = {"starts_at-day": "18", "starts_at-month": "4", "starts_at-year": "2569", "starts_at-time": "9.00"}
    rest = {"until": "10.00", "place_th": "ศาลา", "agenda_th": "วาระ"}
    officer.submit(scene.path("/meetings/new"), {**day, **rest}, status=meeting)


def test_another_agencys_officer_can_act_on_nothing(app: Flask, browser: PageBrowser) -> None:
    ours, theirs = busy_scene("open"), busy_scene("open")
    mine, scene = theirs["scene"], ours["scene"]
    stranger = browser.as_(mine.officer)
    acts: dict[str, dict[str, Any]] = {
        "/applications/{application}": {"outcome": "seat", "note": NOTE},
        "/members/{member}/end": {"reason": "เหตุผลของหน่วยงานอื่น"},
        "/meetings/{held}/attendance": {},
        "/meetings/{drafted}/minutes": {"text_th": "ข้อความของหน่วยงานอื่น"},
        "/meetings/{drafted}/adopt": {},
        "/meetings/{held}/decisions/new": {"text_th": "มติ", "verdict": "adopted", "reason_th": "เหตุผลยาวพอ"},
        "/decisions/{decision}/revise": {"change_th": "เปลี่ยนโดยหน่วยงานอื่น"},
    }
    for door, values in acts.items():
        form = stranger.get(mine.path(door.format(**theirs["ids"]))).field_values() | values
        stranger.post(scene.path(door.format(**ours["ids"])), form, ABSENT)
        # Nor by way of an activity of one's own.
        stranger.post(mine.path(door.format(**ours["ids"])), form, ABSENT)
    form = stranger.get(mine.path(f"/meetings/{theirs['ids']['drafted']}/files/new")).field_values()
    form |= {"title_th": "ไฟล์", "file": (io.BytesIO(b"a,b\n1,2\n"), "a.csv")}
    stranger.post(scene.path(f"/meetings/{ours['ids']['drafted']}/files/new"), form, ABSENT)
    db.session.rollback()
    assert db.session.query(Application).filter_by(state="seated", activity_id=scene.id).count() == 1
    assert db.session.query(Member).filter(Member.left_at.is_not(None)).count() == 0


def test_an_application_is_its_authors_alone(scene: Scene, browser: PageBrowser) -> None:
    application = make_application(scene)
    stranger = browser.as_(make_person())
    stranger.get(scene.path(f"/applied/{application.id}"), ABSENT)
    browser.as_(scene.citizen).get(scene.path(f"/applied/{application.id}"), SHOWN)
    assert REASON not in stranger.get("/en/panels/mine").text


def test_a_draft_exists_for_its_own_office_alone(app: Flask, browser: PageBrowser) -> None:
    scene = make_scene(published=False, opens_in=2)
    browser.get(scene.path(), ABSENT)
    browser.as_(scene.citizen).get(scene.path("/apply"), ABSENT)
    officer = browser.as_(scene.officer)
    officer.get(scene.path("/setup"), SHOWN)
    officer.get(scene.path("/manage"), SHOWN)
    page = officer.submit(
        scene.path("/meetings/new"),
        {
            "starts_at-day": "22",
            "starts_at-month": "4",
            "starts_at-year": "2569",
            "starts_at-time": "9.00",
            "until": "10.00",
            "place_th": "ศาลา",
            "agenda_th": "วาระ",
        },
        status=REFUSED,
    )
    assert "Publish the issue first." in page.text


def test_an_ended_issue_changes_no_more(app: Flask, browser: PageBrowser) -> None:
    busy = busy_scene("closed")
    scene = busy["scene"]
    scene.issue.closed_at = now()
    saved(scene.issue)
    page = browser.as_(scene.officer).submit(
        scene.path(f"/meetings/{busy['ids']['drafted']}/minutes"), {"text_th": "แก้หลังปิดเรื่อง"}, status=REFUSED
    )
    assert "This issue has ended" in page.text
