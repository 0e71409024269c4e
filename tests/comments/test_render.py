"""How a comment looks: its version, making old HTML anew in the background, the language of a text."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask

from app.activities.comments import background, render
from app.activities.comments.codes import HIDING_REASONS
from app.activities.comments.models import Comment
from app.activities.comments.specimens import specimens
from app.core.db import db
from app.i18n import LANGUAGES
from app.issues.verdicts import VERDICTS
from tests.comments.make import Scene, make_comment, make_many


@pytest.fixture
def fresh_version() -> Iterator[None]:
    """Let the version be worked out anew, before and after the test changes how comments look."""
    render.version.cache_clear()
    yield
    render.version.cache_clear()


@pytest.mark.usefixtures("fresh_version")
def test_whatever_changes_the_look_changes_the_version(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    before = render.version()
    render.version.cache_clear()
    assert render.version() == before, "nothing changed"
    for codes, code in ((VERDICTS, "superseded"), (HIDING_REASONS, "off_topic")):
        with monkeypatch.context() as patch:
            patch.setitem(codes, code, "Other words")
            render.version.cache_clear()
            assert render.version() != before


def test_old_html_is_made_anew_in_batches(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    make_many(scene, 5)
    make_comment(scene)
    assert background.run() == 6, "their words are indexed"
    assert background.run() == 0
    monkeypatch.setattr(background, "BATCH", 4)
    monkeypatch.setattr(background, "version", lambda: "f" * 16)
    monkeypatch.setattr(render, "version", lambda: "f" * 16)
    monkeypatch.setattr(render, "to_html", lambda _text: "<p>new look</p>")
    assert [background.run(), background.run(), background.run()] == [4, 2, 0]
    db.session.rollback()
    for comment in db.session.query(Comment):
        assert "new look" in comment.html_th
        assert "new look" in comment.html_en
        assert comment.html_version == "f" * 16


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("ขอช่องเปิดหน้าร้าน", "th"),
        ("Please add an opening", "en"),
        ("เสนอให้ใช้ flood panel แบบถอดได้ทุกบ้าน", "th"),
        ("Please ask at ตลาดเก่า market", "en"),
        ("12345 !!", "th"),
        ("", "th"),
    ],
)
def test_the_language_is_that_of_most_letters(text: str, lang: str) -> None:
    assert render.language_of(text) == lang


def test_nothing_of_the_reader_is_in_the_stored_html(scene: Scene) -> None:
    comment = make_comment(scene)
    for html in (comment.html_th, comment.html_en):
        assert "csrf" not in html
        assert "href" not in html
        assert " id=" not in html


def test_what_is_put_together_is_what_the_template_says(app: Flask) -> None:
    """Plain comments are put together from a frame; the template itself must say the same of each."""
    hostile = ("Somchai", "<b>", "\\1 {{ name }} %s", "day", None)
    plain = [
        Comment(body=body, lang="th", name=name, sent_at=moment, revision=0, **look)
        for name in hostile
        for body in ("ขอช่องเปิด\n\n<i>{body}</i>", "name day body")
        for moment in (datetime(2026, 4, 18, 3, tzinfo=UTC), datetime(2025, 12, 31, 17, 30, tzinfo=UTC))
        for look in (
            {},
            {"channel": "import"},
            {"stance": "unsure"},
            {"unverified": True, "admitted_at": moment},
        )
    ]
    seen = 0
    for comment in [*plain, *specimens()]:
        for lang in LANGUAGES:
            seen += render._look(comment, lang) is not None
            made = render._article(comment, lang)
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(render, "_look", lambda *_: None)
                assert render._article(comment, lang) == made
    assert seen > 2 * len(plain)
