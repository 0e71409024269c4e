"""What the ledger knows of publications: which version, its files, who acted in office; never a text."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import update

from app.activities.publications import service
from app.activities.publications.background import run
from app.activities.publications.content import digest_of
from app.activities.publications.models import Document, File, Version
from app.core.db import db, transaction
from app.evidence.background import run as collect
from app.evidence.models import Exhibit, ExhibitFile
from app.ledger.guard import Unrecorded
from app.ledger.models import Entry, Opening
from app.ledger.openings import Disclosure, verify_opening
from app.work import tick
from tests.publications.make import (
    ENGLISH,
    THAI,
    Scene,
    entries,
    make_document,
    make_scene,
    make_version,
    stored_file,
    text,
    versions,
    viewer_of,
)


def test_each_version_is_an_entry_with_its_files(scene: Scene) -> None:
    document = make_document(scene, files=[stored_file()])
    make_version(scene, document)
    [first] = entries("document.published")
    [second] = entries("version.published")
    file = stored_file()
    assert first["files"] == [{"sha256": file.sha256, "size": file.size, "media": "text/csv"}]
    assert first["data"] == {"form": "document", "number": 1}
    assert second["data"] == {"form": "document", "number": 2}
    assert second["files"] == []
    for entry in (first, second):
        assert entry["subject"] == f"publication/{document.id}"
        assert entry["actor"].startswith("officer:")
        assert (entry["issue"], entry["activity"], entry["level"]) == (scene.issue.id, scene.id, 1)
    written = json.dumps([first, second], ensure_ascii=False)
    for secret in (THAI, ENGLISH, "แบบร่าง", "ค่าดูแล", "costs.csv", scene.officer.email):
        assert secret not in written


def test_the_agency_can_prove_what_it_published(scene: Scene) -> None:
    make_document(scene)
    [entry] = entries("document.published")
    [version] = versions()
    opening = db.session.get_one(Opening, entry["id"])
    content = {
        "title_th": version.title_th,
        "title_en": version.title_en,
        "body_th": digest_of(version.body_th),
        "body_en": digest_of(version.body_en),
        "note_th": None,
        "note_en": None,
        "summary_th": None,
        "summary_en": None,
    }
    shown = Disclosure(actor_salt=None, person_id=None, commit_salt=opening.commit_salt, content=content)
    assert verify_opening(entry, shown) == []


def test_what_is_prepared_is_sealed(app: Any) -> None:
    scene = make_scene(published=False)
    document = make_document(scene, files=[stored_file()])
    viewer = viewer_of(scene.officer)
    with transaction():
        service.revise_document(document_id=document.id, viewer=viewer, content=text())
    with transaction():
        service.remove_document(document_id=document.id, viewer=viewer)
    found = entries()
    assert sorted(entry["fact"].split(".")[-1] for entry in found) == ["prepared", "prepared", "removed"]
    for entry in found:
        assert (entry["subject"], entry["issue"], entry["activity"]) == (None, None, None)
        assert (entry["data"], entry["files"]) == ({}, [])
    openings = db.session.query(Opening).filter(Opening.sealed.is_not(None)).all()
    assert len(openings) == 3
    assert not any(THAI in (opening.sealed or "") for opening in openings), (
        "long texts stand there as digests"
    )


def test_the_evidence_room_makes_an_exhibit_of_each_version(scene: Scene, clock: Any) -> None:
    document = make_document(scene, files=[stored_file()])
    clock.advance(minutes=1)
    make_version(scene, document)
    tick()
    collect()
    db.session.rollback()
    exhibits = db.session.query(Exhibit).order_by(Exhibit.number).all()
    assert [exhibit.demonstrates for exhibit in exhibits] == [
        ["publication_log"],
        ["publication_log", "version_history"],
    ]
    assert [file.sha256 for file in db.session.query(ExhibitFile)] == [stored_file().sha256]


def test_a_change_past_the_verbs_is_refused(scene: Scene) -> None:
    document = make_document(scene, files=[stored_file()])
    with pytest.raises(Unrecorded), transaction():
        db.session.execute(update(Version).values(body_th="แก้เงียบ ๆ"))
    with pytest.raises(Unrecorded), transaction():
        db.session.execute(update(File).values(name="other.csv"))
    with pytest.raises(Unrecorded), transaction():
        db.session.get_one(Document, document.id).current = 2


def test_publishing_what_was_prepared_writes_one_public_entry(app: Any, clock: Any) -> None:
    scene = make_scene(opens_in=1)
    make_document(scene, files=[stored_file()])
    clock.advance(days=1)
    run()
    run()
    [entry] = entries("document.published")
    assert entry["at"].startswith("2026-04-19")
    assert [file["sha256"] for file in entry["files"]] == [stored_file().sha256]
    assert db.session.query(Entry).count() == 2
