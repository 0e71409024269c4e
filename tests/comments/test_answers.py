"""The agency's answers: verdicts and their rules, replacing one, two officers at once, telling the author."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from app.activities.comments.models import Comment
from app.core.db import db
from app.core.mail import OutgoingMail
from app.ledger.models import Entry
from tests.comments.make import (
    ENGLISH,
    Scene,
    counted_anew,
    make_answer,
    make_comment,
    make_hidden,
    thread_counts,
)
from tests.support.browser import Page, PageBrowser
from tests.support.make import saved

REASON = "เพิ่มช่องเปิดกว้าง 3 เมตร 12 จุดในแบบ ก"
DAY = {"due_on-day": "๑", "due_on-month": "5", "due_on-year": "๒๕๖๙"}


def answer(browser: PageBrowser, scene: Scene, comment: Comment, *, status: int = 303, **values: Any) -> Page:
    path = scene.path(f"/answer/{comment.id}")
    filled = {"verdict": "adopted", "reason_th": REASON, **values}
    return browser.as_(scene.officer).submit(path, filled, status=status)


def stored(comment: Comment) -> Comment:
    db.session.rollback()
    return db.session.get_one(Comment, comment.id, populate_existing=True)


def mails() -> list[OutgoingMail]:
    db.session.rollback()
    return db.session.query(OutgoingMail).order_by(OutgoingMail.id).all()


def test_an_answer_is_published_counted_and_told(scene: Scene, browser: PageBrowser) -> None:
    comment = make_comment(scene, body=ENGLISH)
    done = answer(browser, scene, comment, reason_en="We added twelve openings, 3 metres wide.")
    office = browser.as_(scene.officer).follow(done)
    assert f"The answer to comment {comment.id} is published" in office.text
    assert "There is nothing here." in office.text, "nothing waits any more"

    public = browser.get(scene.path())
    assert "The agency answered: Adopted" in public.text
    assert "twelve openings" in public.text
    assert REASON in browser.get(scene.path(lang="th")).text
    assert thread_counts(scene) == counted_anew(scene)
    assert thread_counts(scene)["answered"] == 1

    [mail] = mails()
    assert mail.recipient == scene.citizen.email
    assert mail.lang == "th"
    assert "นำไปใช้" in mail.body
    assert REASON in mail.body
    assert "/th/comments/mine" in mail.body


def test_the_author_is_told_in_their_own_language(scene: Scene, browser: PageBrowser) -> None:
    scene.citizen.lang = "en"
    saved(scene.citizen)
    answer(browser, scene, make_comment(scene), verdict="declined")
    [mail] = mails()
    assert mail.subject == "Your comment has an answer"
    assert "Not adopted" in mail.body
    assert f"{REASON} (Thai only)" in mail.body


def test_a_thai_reason_is_marked_on_an_english_page(scene: Scene, browser: PageBrowser) -> None:
    answer(browser, scene, make_comment(scene))
    page = browser.get(scene.path())
    assert "(Thai only)" in page.text
    assert [e.attrs["lang"] for e in page.all("div", lang="th")] == ["th"]


@pytest.mark.parametrize("verdict", ["adopted", "partly", "declined", "superseded"])
def test_a_final_verdict_has_no_day(scene: Scene, browser: PageBrowser, verdict: str) -> None:
    comment = make_comment(scene)
    answer(browser, scene, comment, verdict=verdict, **DAY)
    assert (stored(comment).verdict, stored(comment).due_on) == (verdict, None)


def test_a_review_has_a_day_and_then_a_verdict(scene: Scene, browser: PageBrowser) -> None:
    comment = make_comment(scene)
    answer(browser, scene, comment, verdict="under_review", **DAY)
    assert stored(comment).due_on == date(2026, 5, 1)
    assert "will decide by 1 May 2026" in browser.get(scene.path()).text
    assert thread_counts(scene)["reviewing"] == 1

    answer(browser, scene, comment, verdict="partly")
    page = browser.get(scene.path())
    assert "Partly adopted" in page.text
    assert "will decide by" not in page.text
    assert "replaces an earlier one" in page.text
    assert thread_counts(scene) == counted_anew(scene)
    facts = db.session.query(Entry.body).filter_by(fact="comments.comment.answered").all()
    assert len(facts) == 2


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"verdict": None}, "Choose what becomes of the comment."),
        ({"verdict": "maybe"}, "Choose one of the answers shown"),
        ({"reason_th": ""}, "Give the reason in Thai."),
        ({"reason_th": "ไม่"}, "at least 10"),
        ({"reason_th": "ก" * 2001}, "Shorten this"),
        ({"verdict": "under_review"}, "Name the day by which you will decide."),
        (
            {"verdict": "under_review", **DAY, "due_on-year": "2568"},
            "Choose a day that is still to come.",
        ),
        ({"verdict": "under_review", **DAY, "due_on-day": "40"}, "This month has 31 days"),
    ],
)
def test_a_bad_answer_is_told_at_the_field(
    scene: Scene, browser: PageBrowser, values: dict[str, Any], message: str
) -> None:
    comment = make_comment(scene)
    page = answer(browser, scene, comment, status=422, **values)
    assert message in page.text
    reason = values.get("reason_th", REASON)
    assert page.all("textarea", name="reason_th")[0].text.strip() == reason
    assert stored(comment).verdict is None
    assert mails() == []


def test_two_officers_do_not_overwrite_each_other_unawares(scene: Scene, browser: PageBrowser) -> None:
    comment = make_comment(scene)
    officer, path = browser.as_(scene.officer), scene.path(f"/answer/{comment.id}")
    opened = officer.get(path)
    make_answer(scene, comment, reason_th="คำตอบของเพื่อนร่วมงาน")

    mine = {"verdict": "declined", "reason_th": "คำตอบของข้าพเจ้าเอง"}
    refused = officer.fill(opened, mine, action=path, status=422)
    assert "Someone has answered this comment meanwhile" in refused.text
    assert "คำตอบของเพื่อนร่วมงาน" in refused.text
    assert stored(comment).verdict == "adopted"

    officer.fill(refused, {}, action=path)
    assert stored(comment).reason_th == "คำตอบของข้าพเจ้าเอง"
    assert stored(comment).revision == 2


def test_a_hidden_comment_cannot_be_answered(scene: Scene, browser: PageBrowser) -> None:
    comment = make_comment(scene)
    make_hidden(scene, comment)
    page = answer(browser, scene, comment, status=422)
    assert "not shown to the public" in page.text
    assert stored(comment).verdict is None


def test_an_answer_may_come_after_the_comments_closed(scene: Scene, browser: PageBrowser, clock: Any) -> None:
    comment = make_comment(scene)
    clock.advance(days=30)
    answer(browser, scene, comment)
    assert stored(comment).verdict == "adopted"
