"""A draft law is not published without its summary in plain language; how it reads is advice."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from app.activities.publications import service
from app.activities.publications.background import run
from app.activities.publications.kind import KIND
from app.activities.publications.reading import LONG_CLAUSE, ease_of
from app.core.db import transaction
from app.core.errors import DomainError
from app.i18n import speaking
from app.i18n.bilingual import Bilingual
from app.issues.readiness import missing_for_publication
from tests.publications.make import (
    LAW_ENGLISH,
    LAW_THAI,
    PLAIN,
    Scene,
    entries,
    law,
    make_document,
    make_law,
    make_scene,
    revise_law,
    typed,
    versions,
    viewer_of,
)
from tests.support.browser import PageBrowser

ADD = "/add/draft_law"


def written(**values: Any) -> dict[str, Any]:
    texts = {"body_th": LAW_THAI, "body_en": LAW_ENGLISH, "summary_th": PLAIN.th, "summary_en": PLAIN.en}
    return typed(**{**texts, **values})


def test_the_summary_stands_first(scene: Scene, browser: PageBrowser) -> None:
    officer = browser.as_(scene.officer)
    officer.submit(scene.path(ADD), written())
    [version] = versions()
    page = browser.get(f"/en/publications/documents/{version.document_id}")
    assert (
        page.text.index("In plain language")
        < page.text.index("A stall costs 30 baht")
        < page.text.index("Contents")
    )
    assert "Draft law" in page.text
    assert "สรุปด้วยภาษาง่าย" in browser.get(f"/th/publications/documents/{version.document_id}").text
    assert [entry["data"]["form"] for entry in entries("document.published")] == ["draft_law"]


@pytest.mark.parametrize("summary", ["", "  ", "\u200b"])
def test_without_a_summary_it_is_not_published(scene: Scene, browser: PageBrowser, summary: str) -> None:
    officer = browser.as_(scene.officer)
    page = officer.submit(scene.path(ADD), written(summary_th=summary, summary_en=""), status=422)
    assert "a draft law is not published without" in page.text
    assert page.all("textarea", name="summary_th", aria_invalid="true")
    assert page.all("textarea", name="body_th")[0].text.strip() == LAW_THAI
    assert versions() == []
    document = make_law(scene)
    path = scene.path(f"/revise/{document.id}")
    officer.submit(path, {"note_th": "แก้", "summary_th": summary, "summary_en": ""}, status=422)
    assert len(versions()) == 1


def test_only_a_draft_law_is_asked_for_a_summary(scene: Scene, browser: PageBrowser) -> None:
    officer = browser.as_(scene.officer)
    for form in ("document", "update"):
        assert not officer.get(scene.path(f"/add/{form}")).all("textarea", name="summary_th")
    assert officer.get(scene.path(ADD)).all("textarea", name="summary_th")


def test_it_may_be_prepared_without_but_the_issue_is_not_ready(app: Flask, browser: PageBrowser) -> None:
    scene = make_scene(published=False)
    document = make_law(scene, summary=None)
    with speaking("en"):
        [gap] = [str(words) for words in KIND.ready(scene.id)]
    assert gap == "Write the summary of “In English: ร่างข้อบัญญัติตลาด” in plain language"
    assert any(
        "ร่างข้อบัญญัติตลาด" in str(found.words)
        for found in missing_for_publication(scene.issue, [scene.activity])
    )
    desk = browser.as_(scene.officer).get(scene.path("/manage"))
    assert "The summary in plain language is missing" in desk.text
    browser.as_(scene.officer).submit(scene.path(f"/revise/{document.id}"), {"summary_th": PLAIN.th})
    assert list(KIND.ready(scene.id)) == []
    assert versions()[0].summary_th == PLAIN.th


def test_the_worker_leaves_it_until_it_has_one(app: Flask, browser: PageBrowser, clock: Any) -> None:
    scene = make_scene(opens_in=1)
    document = make_law(scene, summary=None)
    make_document(scene)
    clock.advance(days=1)
    assert run() == 1, "only the other one"
    with transaction():
        assert service.publish_prepared(document.id) is False
    browser.get(f"/en/publications/documents/{document.id}", 404)

    officer, path = browser.as_(scene.officer), scene.path(f"/revise/{document.id}")
    form = officer.get(path)
    assert not form.all("input", name="note_th"), "nobody has seen anything that changed"
    assert "public as soon as you send it" in form.text
    officer.fill(form, {}, action=path, status=422)
    officer.fill(form, {"summary_th": PLAIN.th}, action=path)
    [version] = [version for version in versions() if version.document_id == document.id]
    assert (version.number, version.published_at is not None) == (1, True)
    assert [entry["data"] for entry in entries("document.published")][-1] == {
        "form": "draft_law",
        "number": 1,
    }
    browser.get(f"/en/publications/documents/{document.id}")


def test_the_verb_refuses_as_the_form_does(scene: Scene) -> None:
    document = make_law(scene)
    with pytest.raises(DomainError) as refused, transaction():
        service.revise_document(
            document_id=document.id, viewer=viewer_of(scene.officer), content=law(summary=None, note="แก้")
        )
    assert refused.value.field == "summary_th"


def test_long_clauses_are_advised_on_and_never_refused(scene: Scene, browser: PageBrowser) -> None:
    long = (
        "คณะกรรมการจัดการตลาดที่ประกอบด้วยผู้ค้าและเทศบาลต้องจัดทำรายงานค่าใช้จ"
        "่ายประจำปีของตลาดเสนอสภาเทศบาลเพื่อพิจารณาก่อนกำหนดค่าเช่าแผงในปีถัดไปทุกครั้ง"
    )
    ease = ease_of(f"{long} สั้น")
    assert ease.longest[0][1] > LONG_CLAUSE
    officer = browser.as_(scene.officer)
    looked = officer.submit(scene.path(ADD), written(summary_th=long, step="look"), status=200)
    assert "words without a pause" in looked.text
    assert "You may publish it as it is." in looked.text
    officer.submit(scene.path(ADD), written(summary_th=long))
    assert len(versions()) == 1


@pytest.mark.parametrize(
    ("text", "long"),
    [
        ("", 0),
        ("ตลาดเปิดทุกวัน ค่าเช่าวันละ 30 บาท", 0),
        ("เวลา 05.00 น. ถึง 20.00 น.", 0),
        ("ตลาด" * 30, 1),
        ("ตลาด" * 10 + "\n" + "ตลาด" * 10 + "\n" + "ตลาด" * 10, 0),
        ("The market opens every day. A stall costs 30 baht.", 0),
        (" ".join(["word"] * 30), 1),
    ],
)
def test_what_is_long(text: str, long: int) -> None:
    assert len(ease_of(text).longest) == long


def test_what_reads_easily_is_praised(scene: Scene, browser: PageBrowser) -> None:
    page = browser.as_(scene.officer).submit(scene.path(ADD), written(step="look"), status=200)
    assert "It reads easily" in page.text


def test_a_summary_in_english_alone_is_none(scene: Scene) -> None:
    assert law(summary=Bilingual("", "Only English")).columns()["summary_en"] is None
    revise_law(scene, make_law(scene), summary=Bilingual("สั้น"))
    assert versions()[1].summary_en is None
