"""Passages: a section of a public version, or words that stand in it."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from app.activities.publications.kind import KIND
from app.core.db import db
from app.i18n.bilingual import Bilingual
from app.issues.contracts import Passage
from tests.publications.make import LAW_THAI, Scene, make_document, make_law, make_scene, revise_law
from tests.publications.test_statements import statements


def passage(
    document: Any, section: str = "", quote: str = "", version: int = 1, lang: Any = "th"
) -> Passage | None:
    assert KIND.passages is not None
    return KIND.passages(f"publication/{document.id}", version, section, quote, lang)


def test_a_section_has_its_title_and_address(app: Flask, scene: Scene) -> None:
    document = make_law(scene)
    found = passage(document, "s6", "ค่าเช่าแผงวันละ 30 บาท")
    assert found is not None
    assert found.section_title == Bilingual("มาตรา 3", "Section 3")
    assert found.title.th == "ร่างข้อบัญญัติตลาด"
    assert (found.activity_id, found.subject, found.version) == (scene.id, f"publication/{document.id}", 1)
    with app.test_request_context("/th/"):
        assert found.address.url("en") == f"/en/publications/documents/{document.id}?version=1#s6"
        whole = passage(document)
        assert whole is not None
        assert whole.address.url() == f"/th/publications/documents/{document.id}?version=1"


@pytest.mark.parametrize(
    ("section", "quote", "lang", "stands"),
    [
        ("s4", "ตั้งแต่ 05.00 น. ถึง 20.00 น.", "th", True),  # Over a line break.
        ("s4", "  ตั้งแต่\n05.00   น.\nถึง ", "th", True),
        ("s4", "มาตรา 2 ให้ตลาดเปิด", "th", True),  # From the heading on.
        ("s4", "", "th", True),
        ("s4", "ตลาดปิด", "th", False),
        ("s4", "ค่าเช่าแผง", "th", False),  # Of another section.
        ("s4", "opens from 5am until", "en", True),
        ("s4", "opens from 5am until", "th", False),
        ("s4", "ให้ตลาดเปิด", "en", False),
        ("s99", "", "th", False),
        ("x", "", "th", False),
        ("", "ค่าเช่าแผงวันละ 30 บาท", "th", True),
        ("", "ค่าเช่าฟรี", "th", False),
        ("s4", "น" * 301, "th", False),
        ("s4", "<p>", "th", False),
    ],
)
def test_a_quote_must_stand_where_it_is_said_to(
    scene: Scene, section: str, quote: str, lang: str, stands: bool
) -> None:
    document = make_law(scene)
    assert (passage(document, section, quote, lang=lang) is not None) is stands


def test_where_there_is_no_english_a_thai_quote_stands(scene: Scene) -> None:
    document = make_law(scene, body=Bilingual(LAW_THAI))
    assert passage(document, "s4", "ให้ตลาดเปิด", lang="en") is not None


def test_a_passage_stays_with_its_version(scene: Scene) -> None:
    document = make_law(scene)
    revise_law(scene, document, body=Bilingual(LAW_THAI.replace("30 บาท", "50 บาท")))
    assert passage(document, "s6", "30 บาท") is not None
    assert passage(document, "s6", "30 บาท", version=2) is None
    assert passage(document, "s6", "50 บาท", version=2) is not None


def test_what_is_not_public_has_no_passages(app: Flask, scene: Scene) -> None:
    for hidden in (
        make_scene(opens_in=1),
        make_scene(published=False),
        make_scene(opens_in=-1, published=False),
    ):
        assert passage(make_law(hidden), "s1") is None
    document = make_document(scene)
    assert KIND.passages is not None
    for subject in (
        "publication/999999",
        "publication/0",
        "publication/x",
        "comment/1",
        f"publication/{10**12}",
        "",
    ):
        assert KIND.passages(subject, 1, "", "", "th") is None
    for version in (0, 2, -1, 10**12):
        assert passage(document, version=version) is None


def test_it_takes_one_statement(scene: Scene) -> None:
    document = make_law(scene)
    db.session.rollback()
    with statements(db.engine) as sent:
        assert passage(document, "s4", "ให้ตลาดเปิด") is not None
    assert len([words for words in sent if "SELECT" in words]) == 1
