"""Who may do what: one table of actor by door. Another agency's register does not exist."""

from __future__ import annotations

import pytest
from flask import Flask

from app.core.db import db
from app.outreach.models import Contact
from tests.outreach.make import (
    NAME,
    HeardKind,
    Scene,
    entries,
    make_channel,
    make_contact,
    make_scene,
    make_sending,
)
from tests.support.browser import PageBrowser
from tests.support.make import make_agency, make_person

ACTORS = ("nobody", "citizen", "officer", "moderator", "executive", "other_officer", "evaluator", "admin")
SIGN_IN, FORBIDDEN, ABSENT, SHOWN = 303, 403, 404, 200
DOORS = (
    "/issue/{issue}/office",
    "/issue/{issue}/channels/new",
    "/announcements/{channel}/correct",
    "/announcements/{channel}/take-back",
    "/issue/{issue}/register",
    "/issue/{issue}/register/export",
    "/issue/{issue}/register/groups",
    "/issue/{issue}/register/new",
    "/issue/{issue}/register/import",
    "/issue/{issue}/register/{contact}",
    "/issue/{issue}/register/{contact}/erase",
    "/issue/{issue}/invite",
    "/sendings/{sending}",
    "/sendings/{sending}/letters",
)


@pytest.mark.parametrize("name", ACTORS)
def test_the_doors(scene: Scene, browser: PageBrowser, name: str) -> None:
    contact = make_contact(scene)
    ids = {
        "issue": scene.id,
        "contact": contact.id,
        "channel": make_channel(scene),
        "sending": make_sending(scene, [contact]).sending.id,
    }
    visitor = browser
    if name == "other_officer":
        visitor = browser.as_(make_person("officer", make_agency()))
    elif name == "officer":
        visitor = browser.as_(scene.officer)
    elif name != "nobody":
        role = None if name == "citizen" else name
        visitor = browser.as_(make_person(role, scene.agency if name in ("moderator", "executive") else None))
    expected = {"nobody": SIGN_IN, "officer": SHOWN, "other_officer": ABSENT}.get(name, FORBIDDEN)
    for door in DOORS:
        visitor.get("/en/outreach" + door.format(**ids), expected)
    visitor.get(scene.path(), SHOWN)
    desk = {"nobody": SIGN_IN, "officer": SHOWN, "other_officer": SHOWN}.get(name, FORBIDDEN)
    visitor.get("/en/outreach/desk", desk)


def test_a_contact_is_found_under_its_own_issue_alone(scene: Scene, browser: PageBrowser) -> None:
    contact = make_contact(scene)
    other = make_person("officer", make_agency())
    elsewhere = browser.as_(scene.officer)
    elsewhere.get(f"/en/outreach/issue/{scene.id + 1}/register/{contact.id}", 404)
    browser.as_(other).get(scene.path(f"/register/{contact.id}"), 404)


def test_a_sound_form_sent_to_another_agencys_door_does_nothing(scene: Scene, browser: PageBrowser) -> None:
    contact, channel = make_contact(scene), make_channel(scene)
    sending = make_sending(scene, [contact]).sending.id
    other = make_scene()
    stranger = browser.as_(other.officer)
    before = len(entries())
    sound = stranger.get(other.path("/register/new")).field_values() | {"note_th": "ก", "step": "send"}
    for door in DOORS:
        if door.endswith(("export", "letters", "/register")):
            continue
        path = door.format(issue=scene.id, contact=contact.id, channel=channel, sending=sending)
        stranger.post(f"/en/outreach{path}", sound, ABSENT)
    assert len(entries()) == before
    assert db.session.get_one(Contact, contact.id).name == NAME


def test_a_draft_is_its_agencys_own(app: Flask, heard: HeardKind, browser: PageBrowser) -> None:
    draft = make_scene(published=False)
    make_contact(draft)
    browser.get(draft.path(), ABSENT)
    browser.as_(make_person()).get(draft.path(), ABSENT)
    assert browser.as_(draft.officer).get(draft.path("/register")).h1
    public = [entry for entry in entries() if entry["issue"] is not None]
    assert not public, "nothing of a draft is public"
