"""What the ledger knows of outreach: that it happened, never who was asked, and no small number."""

from __future__ import annotations

import json

from app.core.db import db, transaction
from app.i18n import speaking
from app.ledger.facts import all_facts
from app.ledger.models import Entry, Opening
from app.outreach import service
from tests.outreach.make import (
    ADDRESS,
    EMAIL,
    NAME,
    Scene,
    contact_content,
    entries,
    make_channel,
    make_contact,
    make_reply,
    make_sending,
)


def everything(scene: Scene) -> None:
    """One of each act of the room."""
    make_channel(scene)
    first = make_contact(scene, address=ADDRESS, phone="0810000000", organisation="ร้านลับ")
    second = make_contact(scene, email="ann@example.com", name="Ann Secret", sector="vulnerable")
    viewer = scene.viewer
    with transaction():
        rows = [service.ContactRow(2, contact_content(name="Third Person", email="third@example.com"))]
        service.import_contacts(issue_id=scene.id, viewer=viewer, rows=rows)
    sent = make_sending(scene, [first, second])
    make_reply(sent.tokens[first.id])
    with transaction():
        service.leave_register(token=sent.tokens[second.id])
    with transaction():
        service.correct_contact(
            contact_id=first.id, viewer=viewer, content=contact_content(name="New Name", phone="0899")
        )
    with transaction():
        service.erase_contact(contact_id=first.id, viewer=viewer)


def test_no_entry_and_no_opening_holds_anything_personal(scene: Scene) -> None:
    everything(scene)
    db.session.rollback()
    written = "".join(row.body for row in db.session.query(Entry))
    sealed = "".join(row.sealed or "" for row in db.session.query(Opening))
    secrets = (NAME, EMAIL, "12 หมู่ 4", "0810000000", "ร้านลับ", "Ann Secret", "ann@example.com")
    for secret in (*secrets, "Third Person", "third@example.com", "New Name", "รายชื่อกลุ่ม"):
        for held in (written, sealed):
            assert secret not in held
            assert json.dumps(secret)[1:-1] not in held


def test_what_tells_of_single_people_is_sealed(scene: Scene) -> None:
    everything(scene)
    found = entries()
    for entry in found:
        if entry["fact"].split(".")[1] in ("contact", "reply"):
            assert (entry["issue"], entry["activity"], entry["subject"], entry["data"]) == (
                None,
                None,
                None,
                {},
            )
    [reply] = [entry for entry in found if entry["fact"] == "outreach.reply.received"]
    assert len(reply["at"]) == 10, "the day alone"
    assert reply["actor"] == "system"
    [invited] = [entry for entry in found if entry["fact"] == "outreach.invitation.made"]
    content = invited["data"].pop("content")
    assert len(content) == 64
    assert invited["data"] == {"way": "email", "number": None, "sectors": []}, "too few to tell"


def test_every_fact_has_a_sentence_in_both_languages(scene: Scene) -> None:
    own = [fact for fact in all_facts() if fact.room == "outreach"]
    assert len(own) == 13
    for fact in own:
        data = dict.fromkeys(fact.data, 1)
        with speaking("th"):
            thai = fact.told(data)
        with speaking("en"):
            english = fact.told(data)
        assert thai != english
