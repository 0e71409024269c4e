"""Hiding and showing again: what the public reads, what the author is told, and the way back."""

from __future__ import annotations

import pytest

from app.activities.comments.models import Comment
from app.core.db import db
from app.core.mail import OutgoingMail
from tests.comments.make import (
    THAI,
    Scene,
    counted_anew,
    edited,
    make_answer,
    make_comment,
    make_hidden,
    thread_counts,
)
from tests.support.browser import PageBrowser

NOTE = "Please leave out your neighbour's telephone number."


def hide(browser: PageBrowser, scene: Scene, comment: Comment, **values: str) -> None:
    path = scene.path(f"/hide/{comment.id}")
    browser.as_(scene.moderator).submit(path, {"reason": "personal_data", "note": NOTE, **values})


def mails() -> list[OutgoingMail]:
    db.session.rollback()
    return db.session.query(OutgoingMail).order_by(OutgoingMail.id).all()


def test_the_public_reads_the_reason_and_the_author_also_the_note(scene: Scene, browser: PageBrowser) -> None:
    comment = make_comment(scene, name="สมหญิง")
    make_answer(scene, comment)
    hide(browser, scene, comment)

    for lang, reason in (("en", "It contained personal data"), ("th", "มีข้อมูลส่วนบุคคลของผู้อื่น")):
        public = browser.get(scene.path("", lang))
        assert reason in public.text
        for secret in (THAI, "สมหญิง", NOTE, "ช่องเปิด"):
            assert secret not in public.text, "neither the words, the name, the note nor the answer"

    mine = browser.as_(scene.citizen).get("/en/comments/mine")
    assert NOTE in mine.text
    assert THAI in mine.text, "the author gets the words back"
    assert thread_counts(scene) == counted_anew(scene)

    told = mails()[-1]
    assert told.recipient == scene.citizen.email
    assert NOTE in told.body
    assert "มีข้อมูลส่วนบุคคลของผู้อื่น" in told.body


def test_a_hidden_comment_can_be_shown_again(scene: Scene, browser: PageBrowser) -> None:
    comment = make_comment(scene)
    make_answer(scene, comment)
    before = (comment.html_th, comment.html_en)
    make_hidden(scene, comment)
    assert thread_counts(scene)["answered"] == 0

    path = scene.path(f"/unhide/{comment.id}")
    browser.as_(scene.moderator).submit(path, {})
    assert THAI in browser.get(scene.path()).text
    assert thread_counts(scene) == counted_anew(scene)
    assert thread_counts(scene)["answered"] == 1
    db.session.rollback()
    again = db.session.get_one(Comment, comment.id, populate_existing=True)
    assert (again.html_th, again.html_en) == before
    assert again.hidden_note is None
    assert "กลับมาแสดง" in mails()[-1].body


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"reason": "disagrees"}, "Choose one of the answers shown"),
        ({"reason": None}, "Choose the reason."),
        ({"note": ""}, "Tell the author what to change."),
        ({"note": "no"}, "at least 10"),
        ({"note": "x" * 501}, "Shorten this by 1 character"),
    ],
)
def test_a_reason_and_a_note_are_needed(
    scene: Scene, browser: PageBrowser, values: dict[str, str], message: str
) -> None:
    comment = make_comment(scene)
    filled = {"reason": "obscene", "note": NOTE, **values}
    page = browser.as_(scene.moderator).submit(scene.path(f"/hide/{comment.id}"), filled, status=422)
    assert message in page.text
    assert thread_counts(scene)["hidden"] == 0
    assert mails() == []


def test_words_nobody_saw_are_not_hidden(scene: Scene, browser: PageBrowser) -> None:
    comment = make_comment(scene)
    moderator, path = browser.as_(scene.moderator), scene.path(f"/hide/{comment.id}")
    form = moderator.get(path)
    edited(comment, scene.citizen, "ขอทางลาดสำหรับรถเข็นด้วย")
    values = {"reason": "personal_data", "note": NOTE}
    page = moderator.fill(form, values, action=path, status=422)
    assert "changed this comment meanwhile" in page.text
    assert "ทางลาด" in page.text
    assert "Please leave out your" in page.html, "what was typed is kept"
    assert thread_counts(scene)["hidden"] == 0
    moderator.fill(page, values, action=path)
    assert thread_counts(scene)["hidden"] == 1


def test_hiding_twice_and_showing_what_is_shown_are_refused(scene: Scene, browser: PageBrowser) -> None:
    comment = make_comment(scene)
    moderator = browser.as_(scene.moderator)
    moderator.submit(scene.path(f"/unhide/{comment.id}"), {}, status=422)
    hide(browser, scene, comment)
    path = scene.path(f"/hide/{comment.id}")
    page = moderator.submit(path, {"reason": "threat", "note": NOTE}, status=422)
    assert "already out of view" in page.text
    assert len(mails()) == 1
    assert thread_counts(scene) == counted_anew(scene)
