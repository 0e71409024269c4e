"""Replies one level deep, and support: one each, a button that works without JavaScript."""

from __future__ import annotations

import json

import pytest
from flask import Flask

from app.activities.comments import queries, service
from app.activities.comments.models import Comment, Support
from app.core.db import db, transaction
from app.core.errors import DomainError
from app.identity.consents import CURRENT_CONSENT
from app.ledger.models import Entry
from tests.comments.make import (
    ENGLISH,
    Scene,
    counted_anew,
    edited,
    make_comment,
    make_hidden,
    make_many,
    make_reply,
    make_scene,
    support,
    thread_counts,
    viewer_of,
    withdrawn,
)
from tests.support.browser import PageBrowser
from tests.support.make import make_person


def stored(comment: Comment) -> Comment:
    db.session.rollback()
    return db.session.get_one(Comment, comment.id, populate_existing=True)


@pytest.mark.parametrize(("lang", "heading"), [("th", "ตอบความเห็นเลขที่"), ("en", "Reply to comment")])
def test_a_reply_goes_from_its_form_to_the_page(
    scene: Scene, browser: PageBrowser, lang: str, heading: str
) -> None:
    comment = make_comment(scene)
    citizen = browser.as_(make_person(name="สมชาย"))
    listed = citizen.get(scene.path("", lang))
    [address] = [link for link in listed.links() if f"reply_to={comment.id}" in link]
    path = scene.path("/new", lang)
    form = citizen.get(address)
    assert form.h1.startswith(heading)
    assert comment.body in form.text, "one sees what one replies to"
    check = citizen.fill(form, {"body": ENGLISH, "step": "check"}, action=path, status=200)
    citizen.fill(check, {"consent": CURRENT_CONSENT, "step": "send"}, action=path)

    [reply] = db.session.query(Comment).filter_by(parent_id=comment.id).all()
    page = browser.get(scene.path("", lang))
    assert page.html.index(f"comment-{comment.id}") < page.html.index(f"comment-{reply.id}")
    assert len(page.all("ol", class_="replies")) == 1
    assert thread_counts(scene) == counted_anew(scene)
    assert (thread_counts(scene)["shown"], thread_counts(scene)["replies"]) == (2, 1)
    assert thread_counts(scene)["waiting"] == 1, "the agency owes the comment an answer, not the reply"


def test_replies_stand_one_level_deep(scene: Scene) -> None:
    reply = make_reply(scene, make_comment(scene))
    with pytest.raises(DomainError, match="form"):
        make_reply(scene, reply)
    hidden = make_hidden(scene, make_comment(scene))
    with pytest.raises(DomainError):
        make_reply(scene, hidden)
    assert thread_counts(scene) == counted_anew(scene)


def test_a_long_row_of_replies_has_its_own_page(scene: Scene, browser: PageBrowser) -> None:
    comment = make_comment(scene)
    replies = [make_reply(scene, comment, body=f"Reply number {n} to it") for n in range(7)]
    withdrawn(replies[1], scene.citizen)
    page = browser.get(scene.path())
    assert "Reply number 4 to it" in page.text
    assert "Reply number 5 to it" not in page.text
    assert "Read all 6 replies" in page.text
    own = browser.get(scene.path(f"/comment/{comment.id}"))
    assert [f"Reply number {n} to it" in own.text for n in range(7)] == [True, False, *[True] * 5]
    browser.get(scene.path(f"/comment/{replies[1].id}"), 404)
    led = browser.get(scene.path(f"/comment/{replies[6].id}"), 302)
    assert led.response.headers["Location"].endswith(f"/comment/{comment.id}#comment-{replies[6].id}")


def test_support_counts_once_and_can_be_taken_back(scene: Scene, browser: PageBrowser) -> None:
    comment = make_comment(scene)
    neighbour = browser.as_(make_person())
    page = neighbour.get(scene.path())
    [button] = page.all("button", form="support")
    assert (button.attrs["name"], button.attrs["value"]) == ("want", "yes")
    values = page.field_values()
    for _ in range(2):
        answer = neighbour.post(button.attrs["formaction"], {**values, "want": "yes"})
        assert answer.response.headers["Location"].endswith(f"/en/comments/{scene.id}#comment-{comment.id}")
    assert stored(comment).supports == 1
    page = neighbour.get(scene.path())
    assert "1 person supports this" in page.text
    [button] = page.all("button", form="support")
    assert button.attrs["value"] == "no"
    neighbour.post(button.attrs["formaction"], {**values, "want": "no"})
    neighbour.post(button.attrs["formaction"], {**values, "want": "no"})
    assert stored(comment).supports == 0
    told = [row.fact for row in db.session.query(Entry).filter(Entry.fact.like("comments.comment.%support%"))]
    assert sorted(told) == ["comments.comment.supported", "comments.comment.unsupported"]
    assert (
        db.session.query(Entry).filter(Entry.fact.like("%support%"), Entry.subject.is_not(None)).count() == 0
    )


def test_support_was_for_what_it_said(scene: Scene, browser: PageBrowser) -> None:
    """With other words or another stance a comment begins without support; with another name alone it keeps it."""
    comment = make_comment(scene, body=ENGLISH)
    people = [make_person() for _ in range(3)]
    for person in people:
        support(comment, person)
    citizen, path = browser.as_(scene.citizen), scene.path(f"/edit/{comment.id}")
    form = citizen.get(path)
    assert "3 people support what you wrote" in form.text
    citizen.fill(form, {"signed": "anonymous"}, action=path)
    assert stored(comment).supports == 3
    citizen.submit(path, {"body": "No, I have come to think the very opposite of it."})
    assert stored(comment).supports == 0
    assert db.session.query(Support).count() == 0
    support(comment, people[0])
    assert stored(comment).supports == 1
    edits = [
        json.loads(row.body)["data"]
        for row in db.session.query(Entry).filter_by(fact="comments.comment.edited")
    ]
    assert sorted(data["lapsed"] for data in edits) == [0, 3]
    assert "support what you wrote" not in browser.as_(make_person()).get(scene.path()).text


def test_who_is_not_signed_in_is_led_to_the_button(scene: Scene, browser: PageBrowser) -> None:
    comment = make_comment(scene)
    page = browser.get(scene.path())
    path = scene.path(f"/support/{comment.id}")
    assert path in page.links()
    browser.get(path, 303)
    neighbour = browser.as_(make_person())
    shown = neighbour.get(path)
    assert "Press the button and your support is counted" in shown.text, "nothing has been counted yet"
    neighbour.fill(shown, {"want": "yes"}, action=path)
    assert stored(comment).supports == 1


def test_words_nobody_saw_are_not_supported(scene: Scene, browser: PageBrowser) -> None:
    comment = make_comment(scene)
    neighbour, path = browser.as_(make_person()), scene.path(f"/support/{comment.id}")
    form = neighbour.get(path)
    edited(comment, scene.citizen, "ขอทางลาดสำหรับรถเข็นด้วย")
    page = neighbour.fill(form, {"want": "yes"}, action=path, status=422)
    assert "changed this comment meanwhile" in page.text
    assert "ทางลาด" in page.text
    assert stored(comment).supports == 0
    neighbour.fill(page, {"want": "yes"}, action=path)
    assert stored(comment).supports == 1


def test_support_of_ones_own_of_what_is_gone_and_after_the_end_is_refused(
    scene: Scene, browser: PageBrowser, clock
) -> None:
    comment, gone = make_comment(scene), withdrawn(make_comment(scene), scene.citizen)
    other = make_person()
    for who, which in ((scene.citizen, comment), (other, gone)):
        browser_of = browser.as_(who)
        values = {"csrf_token": browser_of.get(scene.path()).field_values()["csrf_token"], "want": "yes"}
        browser_of.post(scene.path(f"/support/{which.id}"), values, 422)
    late = browser.as_(other)
    values = {"csrf_token": late.get(scene.path()).field_values()["csrf_token"], "want": "yes"}
    clock.set(scene.activity.closes_at)
    page = late.post(scene.path(f"/support/{comment.id}"), values, 422)
    assert "has closed" in page.text
    late.post(scene.path(f"/support/{comment.id}"), {"want": "yes"}, 400)
    assert db.session.query(Support).count() == 0


def test_where_to_go_back_to_cannot_lead_elsewhere(scene: Scene, browser: PageBrowser) -> None:
    comment = make_comment(scene)
    neighbour = browser.as_(make_person())
    token = neighbour.get(scene.path()).field_values()["csrf_token"]
    for back in ("https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"):
        values = {"csrf_token": token, "want": "yes", "back": back}
        answer = neighbour.post(scene.path(f"/support/{comment.id}"), values)
        assert answer.response.headers["Location"] == f"/en/comments/{scene.id}#comment-{comment.id}"


def test_what_is_personal_costs_one_statement_more(scene: Scene, browser: PageBrowser) -> None:
    neighbour = browser.as_(make_person())
    make_many(scene, 60)
    nobody, somebody = browser.get(scene.path()), neighbour.get(scene.path())
    assert somebody.statements == nobody.statements + 2, "who they are, and what they support"
    make_many(scene, 500)
    assert neighbour.get(scene.path()).statements == somebody.statements


def test_supporting_costs_little(scene: Scene, browser: PageBrowser) -> None:
    comment = make_comment(scene)
    neighbour = browser.as_(make_person())
    token = neighbour.get(scene.path()).field_values()["csrf_token"]
    answer = neighbour.post(scene.path(f"/support/{comment.id}"), {"csrf_token": token, "want": "yes"})
    assert answer.statements <= 7


def test_erasing_a_person_takes_their_support(scene: Scene) -> None:
    comment, other = make_comment(scene), make_comment(scene, make_person())
    leaving = make_person()
    for one in (comment, other):
        support(one, leaving)
    support(other, scene.citizen)
    with transaction():
        assert service.erase(leaving.id) == 2
    assert (stored(comment).supports, stored(other).supports) == (0, 1)
    assert db.session.query(Support).count() == 1


def test_stance_is_taken_only_where_it_is_asked_for(app: Flask, browser: PageBrowser) -> None:
    asked, plain = make_scene(opens_in=1), make_scene()
    officer = browser.as_(asked.officer)
    officer.submit(asked.path("/setup"), {"stances": "y", "who": "account"})
    assert not browser.as_(plain.citizen).get(plain.path("/new")).all("input", name="stance")
    with pytest.raises(DomainError) as refused:
        make_comment(plain, stance="for")
    assert refused.value.field == "stance"
    assert thread_counts(plain)["shown"] == 0


def test_the_stance_is_shown_and_counted(app: Flask, browser: PageBrowser, clock) -> None:
    scene = make_scene(opens_in=1)
    browser.as_(scene.officer).submit(scene.path("/setup"), {"stances": "y", "who": "account"})
    clock.advance(days=2)
    citizen = browser.as_(scene.citizen)
    path = scene.path("/new")
    values = {"body": ENGLISH, "stance": "against", "step": "check"}
    check = citizen.fill(citizen.get(path), values, action=path, status=200)
    assert "Against it" in check.text
    citizen.fill(check, {"consent": CURRENT_CONSENT, "step": "send"}, action=path)
    assert "Against it" in browser.get(scene.path()).text


def test_marks_are_the_viewers_own(scene: Scene) -> None:
    mine, theirs = make_comment(scene), make_comment(scene, make_person())
    support(theirs, scene.citizen)
    marks = queries.marks_of(viewer_of(scene.citizen).person_id, [mine.id, theirs.id])
    assert (marks.own, marks.supported) == ({mine.id}, {theirs.id})
    assert queries.marks_of(None, [mine.id]) == queries.marks_of(scene.citizen.id, [])
