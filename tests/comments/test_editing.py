"""Changing one's comment and taking it back, while people may comment: with its history, and gone at once."""

from __future__ import annotations

import pytest

from app.activities.comments import service
from app.activities.comments.kind import KIND
from app.activities.comments.models import Comment, Edition
from app.core.db import db, transaction
from app.core.errors import DomainError, NotFound
from tests.comments.make import (
    ENGLISH,
    THAI,
    Scene,
    counted_anew,
    edited,
    make_answer,
    make_comment,
    make_hidden,
    make_reply,
    raw,
    thread_counts,
    withdrawn,
)
from tests.support.browser import PageBrowser
from tests.support.make import make_person

NEW = "On second thoughts, option A is the better one."


@pytest.mark.parametrize(("lang", "mark"), [("th", "แก้ไขเมื่อ"), ("en", "edited")])
def test_a_changed_comment_says_so_and_keeps_its_history_from_the_public(
    scene: Scene, browser: PageBrowser, lang: str, mark: str
) -> None:
    comment = make_comment(scene, body=ENGLISH)
    citizen = browser.as_(scene.citizen)
    path = scene.path(f"/edit/{comment.id}", lang)
    assert path in citizen.get(f"/{lang}/comments/mine").links()
    citizen.submit(path, {"body": NEW, "signed": "named"})

    public = browser.get(scene.path("", lang))
    assert NEW in public.text
    assert mark in public.text
    assert scene.citizen.name in public.text
    assert ENGLISH not in public.text
    assert ENGLISH in citizen.get(path).text, "the author reads what it said before"
    history = scene.path(f"/history/{comment.id}", lang)
    assert ENGLISH in browser.as_(scene.moderator).get(history).text
    browser.get(history, 303)
    citizen.get(history, 403)
    assert thread_counts(scene) == counted_anew(scene)


def test_what_one_sees_is_what_one_changes(scene: Scene, browser: PageBrowser) -> None:
    comment = make_comment(scene, body=ENGLISH)
    citizen, path = browser.as_(scene.citizen), scene.path(f"/edit/{comment.id}")
    old_page = citizen.get(path)
    citizen.submit(path, {"body": NEW})
    page = citizen.fill(old_page, {"body": "From the other window", "key": "f" * 32}, action=path, status=422)
    assert "in another window" in page.text
    assert "From the other window" in page.text
    citizen.fill(page, {}, action=path)
    assert [row.body for row in db.session.query(Edition).order_by(Edition.number)] == [ENGLISH, NEW]


def test_an_answered_a_hidden_and_anothers_comment_keep_their_words(
    scene: Scene, browser: PageBrowser
) -> None:
    answered = make_answer(scene, make_comment(scene))
    hidden = make_hidden(scene, make_comment(scene))
    for comment in (answered, hidden):
        with pytest.raises(DomainError):
            edited(comment, scene.citizen, NEW)
    own = make_comment(scene)
    with pytest.raises(NotFound):
        edited(own, make_person(), NEW)
    stranger = browser.as_(make_person())
    stranger.get(scene.path(f"/edit/{own.id}"), 404)
    stranger.get(scene.path(f"/withdraw/{own.id}"), 404)


def test_after_the_end_nothing_is_changed_or_taken_back(scene: Scene, browser: PageBrowser, clock) -> None:
    comment = make_comment(scene, body=ENGLISH)
    citizen = browser.as_(scene.citizen)
    forms = {rest: citizen.get(scene.path(f"/{rest}/{comment.id}")) for rest in ("edit", "withdraw")}
    clock.set(scene.activity.closes_at)
    for rest, form in forms.items():
        page = citizen.fill(form, {"body": NEW}, action=scene.path(f"/{rest}/{comment.id}"), status=422)
        assert "has closed" in page.text
    assert ENGLISH in browser.get(scene.path()).text
    assert not [link for link in citizen.get("/en/comments/mine").links() if "/edit/" in link]


def test_an_answer_to_words_that_were_changed_is_refused(scene: Scene, browser: PageBrowser) -> None:
    comment = make_comment(scene, body=ENGLISH)
    officer, path = browser.as_(scene.officer), scene.path(f"/answer/{comment.id}")
    form = officer.get(path)
    edited(comment, scene.citizen, NEW)
    values = {"verdict": "adopted", "reason_th": "ใช้ตามที่เสนอทุกข้อ"}
    page = officer.fill(form, values, action=path, status=422)
    assert "The author has changed this comment meanwhile" in page.text
    assert NEW in page.text
    officer.fill(page, values, action=path)


def test_a_withdrawn_comment_is_gone_everywhere_at_once(scene: Scene, browser: PageBrowser) -> None:
    comment = make_comment(scene, body=ENGLISH)
    paths = [scene.path(rest) for rest in ("", "/feed.xml", "/comments.csv", "/comments.json")]
    paths.append(f"/en/issues/{scene.issue.id}")
    assert all(ENGLISH in raw(browser.get(path)) for path in paths)
    assert KIND.found([f"comment/{comment.id}"])
    citizen = browser.as_(scene.citizen)
    citizen.submit(scene.path(f"/withdraw/{comment.id}"), {})
    for path in paths:
        page = raw(browser.get(path))
        assert ENGLISH not in page
        assert f"comment-{comment.id}" not in page
    browser.get(scene.path(f"/comment/{comment.id}"), 404)
    assert not KIND.found([f"comment/{comment.id}"])
    assert KIND.counts([scene.id])[scene.id]["comments"] == 0
    assert ENGLISH in citizen.get("/en/comments/mine").text, "its author still has the words"
    assert thread_counts(scene) == counted_anew(scene)


def test_its_place_stays_for_a_reply_or_an_answer(scene: Scene, browser: PageBrowser) -> None:
    replied, answered = make_comment(scene, body=ENGLISH), make_answer(scene, make_comment(scene))
    neighbour = make_person()
    reply = make_reply(scene, replied, neighbour, body="A reply that stays")
    for comment in (replied, answered):
        withdrawn(comment, scene.citizen)
    page = browser.get(scene.path())
    assert page.text.count("The author has withdrawn this comment.") == 2
    assert "A reply that stays" in page.text
    assert "The agency answered: Adopted" in page.text
    assert ENGLISH not in page.text
    assert THAI not in page.text
    assert thread_counts(scene) == counted_anew(scene)

    withdrawn(reply, neighbour)
    page = browser.get(scene.path())
    assert page.text.count("The author has withdrawn this comment.") == 1, "it stood for the reply alone"
    assert thread_counts(scene) == counted_anew(scene)


def test_taking_back_twice_is_refused(scene: Scene) -> None:
    comment = withdrawn(make_comment(scene), scene.citizen)
    with pytest.raises(DomainError):
        withdrawn(comment, scene.citizen)
    with pytest.raises(DomainError):
        make_answer(scene, comment)
    assert thread_counts(scene) == counted_anew(scene)


def test_erasing_takes_the_history_too(scene: Scene) -> None:
    comment = edited(make_comment(scene, body=ENGLISH), scene.citizen, NEW)
    gone = withdrawn(make_comment(scene), scene.citizen)
    with transaction():
        service.erase(scene.citizen.id)
    assert db.session.query(Edition).count() == 0
    for ident in (comment.id, gone.id):
        left = db.session.get_one(Comment, ident, populate_existing=True)
        assert (left.body, left.digest, left.person_id) == ("", "", None)
    assert thread_counts(scene) == counted_anew(scene)
