"""What other rooms may ask of the kind."""

from __future__ import annotations

from typing import Any

from flask import Flask

from app.activities.publications.background import run
from app.activities.publications.kind import KIND
from app.core.db import db
from app.i18n import speaking
from app.i18n.bilingual import Bilingual
from app.issues.kinds import kind_of
from app.issues.queries import activity_with_issue
from app.ledger.models import Entry
from tests.publications.make import (
    PLAIN,
    Scene,
    make_document,
    make_law,
    make_scene,
    make_version,
    stored_file,
    viewer_of,
)
from tests.publications.test_statements import statements
from tests.support.browser import PageBrowser


def test_the_kind_is_registered_and_informs(app: Flask) -> None:
    assert kind_of("publications") is KIND
    assert KIND.levels == {1}
    assert "informed" in KIND.stages
    assert {KIND.setup, KIND.manage, KIND.page} <= set(app.view_functions)
    with speaking("th"):
        assert str(KIND.describe()[0]) == "เอกสารและข่าวแจ้ง"
    assert KIND.erase(1) == 0


def test_something_must_be_prepared_and_then_published(app: Flask, clock: Any) -> None:
    scene = make_scene(opens_in=1)
    activity, _issue = activity_with_issue(scene.id, "publications")

    def met() -> list[bool]:
        with app.test_request_context("/en/"):
            return [duty.met for duty in KIND.duties(activity)]

    make_document(scene, form="update")
    assert len(KIND.ready(scene.id)) == 1, "news alone explains nothing"
    make_document(scene)
    assert list(KIND.ready(scene.id)) == []
    assert met() == [False]
    clock.advance(days=1)
    assert run() == 2
    assert met() == [True]


def test_the_exhibit_tells_how_much_was_published(scene: Scene) -> None:
    document = make_document(scene)
    make_version(scene, document)
    make_document(scene, form="update")
    told = KIND.exhibits(scene.id)
    assert told.th == "เผยแพร่เอกสารและข่าวแจ้ง 2 รายการ รวม 3 ฉบับ"
    assert told.en == "2 documents and updates, 3 versions"


def test_counts_tell_what_is_public(scene: Scene) -> None:
    upcoming = make_scene(opens_in=1)
    make_document(upcoming)
    make_version(scene, make_document(scene))
    make_law(scene)
    make_document(scene, form="update")
    db.session.rollback()
    with statements(db.engine) as sent:
        counts = KIND.counts([scene.id, upcoming.id])
    assert counts == {
        scene.id: {"documents": 2, "updates": 1, "versions": 4},
        upcoming.id: {"documents": 0, "updates": 0, "versions": 0},
    }
    assert len([words for words in sent if "SELECT" in words]) == 1


def test_search_shows_the_latest_public_version(app: Flask, scene: Scene) -> None:
    document, law, news = make_document(scene, "เก่า"), make_law(scene), make_document(scene, form="update")
    make_version(scene, document, title="ใหม่", body=Bilingual("เนื้อความใหม่"))
    hidden, draft = make_scene(opens_in=1), make_scene(published=False)
    subjects = [
        f"publication/{one.id}" for one in (document, law, news, make_document(hidden), make_document(draft))
    ]
    subjects += [f"activity/{one.id}" for one in (scene, hidden, draft)]
    subjects += ["publication/99999", "activity/99999", "comment/1", "publication/x", "activity/"]
    db.session.rollback()
    with statements(db.engine) as sent:
        found = KIND.found(subjects)
    assert len([words for words in sent if "SELECT" in words]) == 1
    assert set(found) == {*subjects[:3], f"activity/{scene.id}", f"activity/{hidden.id}"}
    shown = found[f"publication/{document.id}"]
    assert (shown.title.th, shown.words, shown.lang, shown.activity_id) == (
        "ใหม่",
        "เนื้อความใหม่",
        "th",
        scene.id,
    )
    assert found[f"publication/{law.id}"].lang is None
    assert PLAIN.th in found[f"publication/{law.id}"].words
    with app.test_request_context("/en/"):
        assert shown.address.url("th") == f"/th/publications/documents/{document.id}"
        assert found[f"activity/{scene.id}"].address.url() == scene.path()
    assert all(KIND.found([subject]) == {subject: shown} for subject, shown in found.items())


def test_each_published_version_is_an_outcome(app: Flask, scene: Scene) -> None:
    document = make_document(scene)
    make_version(scene, document, title="ฉบับใหม่")
    upcoming = make_scene(opens_in=1)
    make_document(upcoming)
    found = KIND.outcomes([scene.id, upcoming.id])
    assert [outcome.key for outcome in found] == [
        f"publication/{document.id}@1",
        f"publication/{document.id}@2",
    ]
    assert [outcome.title.th for outcome in found] == ["รายละเอียดแบบร่าง", "ฉบับใหม่"]
    with app.test_request_context("/th/"):
        assert found[1].address.url() == f"/th/publications/documents/{document.id}?version=2"


def test_a_file_tells_its_kind_and_size_in_its_link(scene: Scene, browser: PageBrowser) -> None:
    document = make_document(scene, files=[stored_file()])
    page = browser.get(f"/th/publications/documents/{document.id}")
    [link] = page.all("a", type="text/csv")
    assert link.text == "costs.csv (CSV 1 KB)"
    assert "download" in link.attrs


def test_the_issue_page_lists_documents_and_updates(scene: Scene, browser: PageBrowser) -> None:
    make_document(scene, "แบบร่าง", files=[stored_file()])
    make_document(scene, "เวทีวันอาทิตย์", form="update")
    page = browser.get(f"/th/issues/{scene.issue.id}")
    assert "เอกสาร 1 ฉบับ" in page.text
    assert "แบบร่าง" in page.text
    assert "CSV 1 KB" in page.text
    assert "เวทีวันอาทิตย์" in page.text
    assert scene.path(lang="th") in page.links(), "the action: read"


def test_before_the_opening_the_issue_page_says_when(app: Flask, browser: PageBrowser) -> None:
    scene = make_scene(opens_in=2)
    make_document(scene, "ยังไม่ถึงเวลา")
    for lang, words in (("th", "เริ่มอ่านได้ 20 เม.ย. 2569"), ("en", "can be read from 20 Apr 2026")):
        page = browser.get(f"/{lang}/issues/{scene.issue.id}")
        assert words in page.text
        assert "ยังไม่ถึงเวลา" not in page.text
    inside = browser.as_(scene.executive).get(f"/th/issues/{scene.issue.id}")
    assert "ยังไม่ถึงเวลา" in inside.text
    assert "เตรียมไว้แล้ว ยังไม่เผยแพร่" in inside.text


def test_each_version_becomes_an_exhibit_with_its_files(scene: Scene) -> None:
    document = make_document(scene, files=[stored_file()])
    make_version(scene, document)
    db.session.rollback()
    facts = {entry.fact for entry in db.session.query(Entry)}
    assert facts == {"publications.document.published", "publications.version.published"}
    assert viewer_of(scene.officer).may("publications.write", scene.agency.id)
