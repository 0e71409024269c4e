"""Comments without an account: where the officer opens the activity to all, read by a moderator first."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from flask import Flask

from app.activities.comments import throttle
from app.activities.comments.forms import writing as writing_forms
from app.activities.comments.kind import KIND
from app.activities.comments.models import Comment
from app.core.db import db
from app.core.errors import DomainError, NotFound
from app.core.mail import OutgoingMail
from app.identity.consents import CURRENT_CONSENT
from app.identity.throttle import Count, Limit
from app.issues.queries import activity_with_issue
from app.ledger.models import Entry
from tests.comments.make import (
    ENGLISH,
    Scene,
    counted_anew,
    make_answer,
    make_comment,
    make_scene,
    make_thread,
    make_visit,
    raw,
    tallied_anew,
    tallies,
    thread_counts,
)
from tests.comments.test_files import picture
from tests.comments.test_themes import answer, make_theme, tell_all
from tests.support.browser import Page, PageBrowser


@pytest.fixture
def opened(app: Flask) -> Scene:
    """An activity open to all."""
    scene = make_scene()
    make_thread(scene, who="open")
    return scene


def send(browser: PageBrowser, scene: Scene, *, lang: str = "en", status: int = 303, **values: str) -> Page:
    path = scene.path("/open", lang)
    filled = {"body": ENGLISH, "step": "check", **values}
    check = browser.fill(browser.get(path), filled, action=path, status=200)
    return browser.fill(check, {"consent": CURRENT_CONSENT, "step": "send"}, action=path, status=status)


def the_comment() -> Comment:
    db.session.rollback()
    return db.session.query(Comment).one()


def decide(browser: PageBrowser, scene: Scene, *, comment: Comment | None = None, **values: str) -> None:
    path = scene.path(f"/admit/{(comment or the_comment()).id}")
    browser.as_(scene.moderator).submit(path, values)


@pytest.mark.parametrize(
    ("lang", "arrived", "mark"),
    [("th", "ได้รับความเห็นแล้ว", "ไม่ได้ยืนยันตัวตน"), ("en", "Your comment has arrived", "not verified")],
)
def test_it_is_read_by_a_moderator_before_anybody_else(
    opened: Scene, browser: PageBrowser, lang: str, arrived: str, mark: str
) -> None:
    answer = send(browser, opened, lang=lang, name="ป้าแดง")
    assert browser.follow(answer).h1 == arrived
    comment = the_comment()
    ident = comment.id
    assert (comment.state, comment.person_id, comment.consent_version) == ("pending", None, CURRENT_CONSENT)
    assert thread_counts(opened) == counted_anew(opened)
    assert (thread_counts(opened)["pending"], thread_counts(opened)["shown"]) == (1, 0)
    for rest in ("", "/comments.csv", "/comments.json", "/feed.xml"):
        assert ENGLISH not in raw(browser.get(opened.path(rest)))
    browser.get(opened.path(f"/comment/{ident}"), 404)
    assert not KIND.found([f"comment/{ident}"])

    moderator = browser.as_(opened.moderator)
    queue = moderator.get(opened.path("/manage?show=pending", lang))
    assert ENGLISH in queue.text
    path = opened.path(f"/admit/{ident}", lang)
    assert path in queue.links()
    moderator.submit(path, {"decision": "admit"})
    page = browser.get(opened.path("", lang))
    assert ENGLISH in page.text
    assert mark in page.text
    assert "ป้าแดง" in page.text
    assert thread_counts(opened) == counted_anew(opened)
    assert (thread_counts(opened)["unverified"], thread_counts(opened)["shown"]) == (1, 1)
    assert KIND.found([f"comment/{ident}"])


def test_a_refused_one_is_never_shown(opened: Scene, browser: PageBrowser) -> None:
    send(browser, opened, email="somebody@example.com")
    page = browser.as_(opened.moderator).submit(
        opened.path(f"/admit/{the_comment().id}"), {"decision": "refuse"}, status=422
    )
    assert "Choose the reason for refusing" in page.text
    decide(browser, opened, decision="refuse", reason="advertising")
    assert ENGLISH not in browser.get(opened.path()).text
    assert thread_counts(opened) == counted_anew(opened)
    assert thread_counts(opened)["refused"] == 1
    mail = db.session.query(OutgoingMail).one()
    assert mail.recipient == "somebody@example.com"
    assert "advertising" in mail.body
    assert ENGLISH not in mail.body
    told = [entry.fact for entry in db.session.query(Entry).order_by(Entry.at, Entry.id)]
    assert sorted(told) == ["comments.comment.received", "comments.comment.refused"]


def test_two_moderators_decide_once(opened: Scene, browser: PageBrowser) -> None:
    comment = make_visit(opened)
    moderator = browser.as_(opened.moderator)
    path = opened.path(f"/admit/{comment.id}")
    form = moderator.get(path)
    moderator.fill(form, {"decision": "admit"}, action=path)
    values = {"decision": "refuse", "reason": "threat", "key": "e" * 32}
    page = moderator.fill(form, values, action=path, status=422)
    assert "already decided" in page.text
    assert thread_counts(opened) == counted_anew(opened)


def test_who_left_an_address_is_told_of_the_answer(opened: Scene, browser: PageBrowser) -> None:
    comment = make_visit(opened, body=ENGLISH, email="somebody@example.com")
    decide(browser, opened, decision="admit")
    make_answer(opened, the_comment())
    mails = db.session.query(OutgoingMail).order_by(OutgoingMail.id).all()
    assert [mail.recipient for mail in mails] == ["somebody@example.com"] * 2
    assert f"/en/comments/{opened.id}/comment/{comment.id}" in mails[1].body
    page = browser.get(opened.path())
    assert "somebody@example.com" not in page.html


def test_whose_address_it_is_ends_the_mails(scene: Scene, opened: Scene, browser: PageBrowser) -> None:
    """Nothing proves whose an address is, so each mail leads to a page that erases it wherever it was left."""
    first, theirs = (
        make_visit(opened, email=email) for email in ("somebody@example.com", "Somebody@Example.com")
    )
    other = make_visit(opened, email="else@example.com")
    decide(browser, opened, comment=first, decision="admit")
    [mail] = db.session.query(OutgoingMail).all()
    [link] = re.findall(r"http://localhost(/th/comments/no-mail/\S+)", mail.body)
    page = browser.get(link)
    assert "somebody" not in page.html.lower()
    done = browser.fill(page, {}, action=link)
    assert "ลบอีเมลแล้ว" in browser.get(done.response.headers["Location"]).text
    db.session.rollback()
    assert [db.session.get_one(Comment, one.id).email for one in (first, theirs, other)] == [
        None,
        None,
        "else@example.com",
    ]
    theme = make_theme(opened, first)
    answer(opened, theme)
    tell_all()
    assert db.session.query(OutgoingMail).count() == 1, "nobody is written to at that address any more"
    assert not db.session.query(Entry).filter(Entry.body.contains("example.com")).count()
    sealed = db.session.query(Entry).filter_by(fact="comments.address.erased").all()
    assert len(sealed) == 2
    browser.get(f"/en/comments/appeal/{link.rpartition('/')[2]}", 404)
    browser.get("/en/comments/no-mail/MQ.xxxx", 404)


def test_a_themes_answer_too_can_be_the_last_mail(opened: Scene, browser: PageBrowser) -> None:
    visit, own = make_visit(opened, email="somebody@example.com"), make_comment(opened)
    decide(browser, opened, comment=visit, decision="admit")
    theme = make_theme(opened, visit, own)
    answer(opened, theme)
    tell_all()
    told = {mail.recipient: mail.body for mail in db.session.query(OutgoingMail).order_by(OutgoingMail.id)}
    assert "/comments/no-mail/" in told["somebody@example.com"]
    assert "\ue000" not in told["somebody@example.com"]
    assert "/comments/no-mail/" not in told[opened.citizen.email]


def test_it_is_never_counted_as_verified(opened: Scene, browser: PageBrowser) -> None:
    make_visit(opened)
    decide(browser, opened, decision="admit")
    make_comment(opened)
    assert KIND.counts([opened.id])[opened.id] == {
        "comments": 2,
        "replies": 0,
        "answered": 0,
        "unanswered": 2,
        "hidden": 0,
        "unverified": 1,
    }
    assert "1 not verified" in browser.get(opened.path()).text
    assert tallies(opened) == tallied_anew(opened)


def test_the_door_is_there_only_where_it_was_opened(
    scene: Scene, opened: Scene, browser: PageBrowser
) -> None:
    browser.get(scene.path("/open"), 404)
    with pytest.raises(NotFound):
        make_visit(scene)
    values = browser.get(opened.path("/open")).field_values()
    values |= {"body": ENGLISH, "consent": CURRENT_CONSENT, "step": "send"}
    browser.post(scene.path("/open"), values, 404)
    assert opened.path("/open") in browser.get(opened.path()).links()
    assert opened.path("/open") in browser.get(f"/en/issues/{opened.issue.id}").links()
    assert scene.path("/new") in browser.get(scene.path()).links()
    led = browser.as_(opened.citizen).get(opened.path("/open"), 302)
    assert led.response.headers["Location"] == opened.path("/new")


def test_whoever_has_an_account_is_shown_at_once_there_too(opened: Scene, browser: PageBrowser) -> None:
    make_comment(opened, body=ENGLISH)
    assert ENGLISH in browser.get(opened.path()).text
    assert thread_counts(opened)["unverified"] == 0


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"website": "http://spam.example"}, "program's work"),
        ({"email": "no address"}, "Enter an e-mail address"),
        ({"name": "x" * 61}, "Shorten this by 1 character"),
        ({"body": "short"}, "at least 10"),
        ({"consent": ""}, "Tick the box if you agree"),
    ],
)
def test_bad_input_is_told_and_kept(
    opened: Scene, browser: PageBrowser, values: dict[str, str], message: str
) -> None:
    path = opened.path("/open")
    filled = {"body": ENGLISH, "consent": CURRENT_CONSENT, "step": "send", **values}
    page = browser.fill(browser.get(path), filled, action=path, status=422)
    assert message in page.text
    assert filled["body"] in page.html
    assert db.session.query(Comment).count() == 0


def test_without_a_token_nothing_is_taken(opened: Scene, browser: PageBrowser) -> None:
    page = browser.post(opened.path("/open"), {"body": ENGLISH, "step": "send"}, 400)
    assert ENGLISH in page.text
    assert db.session.query(Comment).count() == 0


def test_a_network_may_send_so_many_an_hour(
    opened: Scene, browser: PageBrowser, clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = Limit("comment", throttle.VISITORS.window, (Count(2, throttle._many_comments, network=True),))
    monkeypatch.setattr("app.activities.comments.routes.writing.VISITORS", few)
    for _ in range(2):
        send(browser, opened)
    page = send(browser, opened, status=429)
    assert "Many comments have come from your network" in page.text
    assert ENGLISH in page.html
    clock.advance(minutes=61)
    send(browser, opened)
    assert thread_counts(opened)["pending"] == 3


def test_a_network_may_bring_files_so_often_an_hour(
    app: Flask, browser: PageBrowser, clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each is unpacked before anybody has read a word, so a program is held up; the words stay where they are."""
    opened = make_scene()
    make_thread(opened, who="open", files=True)
    limit = throttle.VISITORS_FILES
    few = Limit("files", limit.window, (Count(2, throttle._many_files, network=True),))
    monkeypatch.setattr("app.activities.comments.routes.writing.VISITORS_FILES", few)
    drawn = []
    keep = writing_forms.stage_upload
    monkeypatch.setattr(writing_forms, "stage_upload", lambda file: drawn.append(1) or keep(file))
    path = opened.path("/open")

    def attach(step: str, status: int) -> Page:
        filled = {**browser.get(path).field_values(), "body": ENGLISH, "step": step}
        filled["files"] = (BytesIO(picture()), "wall.jpg")
        return browser.post(path, filled, status, content_type="multipart/form-data")

    for step, status in (("check", 200), ("edit", 200)):
        attach(step, status)
    for step, status in (("check", 422), ("edit", 200), ("send", 422)):
        page = attach(step, status)
        assert ENGLISH in page.html
        if status == 422:
            assert "Many files have come from your network" in page.text
    assert len(drawn) == 2
    clock.advance(minutes=61)
    attach("check", 200)
    assert len(drawn) == 3


def test_a_number_tells_nothing_of_what_it_says(opened: Scene, browser: PageBrowser) -> None:
    comment, verified = make_visit(opened, body=ENGLISH), make_comment(opened)
    page = browser.get(opened.path(f"/received/{comment.id}"))
    assert ENGLISH not in page.text
    browser.get(opened.path(f"/received/{verified.id}"), 404)


def test_after_the_end_nothing_is_taken(opened: Scene, browser: PageBrowser, clock) -> None:
    path = opened.path("/open")
    form = browser.get(path)
    clock.set(opened.activity.closes_at)
    values = {"body": ENGLISH, "consent": CURRENT_CONSENT, "step": "send"}
    assert "has closed" in browser.fill(form, values, action=path, status=422).text
    with pytest.raises(DomainError):
        make_visit(opened)


def test_the_action_leads_to_the_open_door(app: Flask, opened: Scene) -> None:
    activity, _issue = activity_with_issue(opened.id, "comments")
    assert KIND.remarks is not None
    with app.test_request_context("/en/"):
        [told] = KIND.remarks([activity], "x/1", 1)
        assert told.write is not None
        assert told.write.endpoint == "comments.visit"
