"""Commenting as a person does it: form, check, send, number, in both languages, and every way to go wrong."""

from __future__ import annotations

import re
from typing import Any

import pytest

from app.activities.comments.models import Comment
from app.core.db import db
from app.identity.consents import CURRENT_CONSENT
from app.ledger.models import Entry
from tests.comments.make import ENGLISH, THAI, Scene, make_comment, make_scene, thread_counts, write_and_send
from tests.support.browser import Page, PageBrowser
from tests.support.make import make_activity


def all_comments() -> list[Comment]:
    db.session.rollback()
    return db.session.query(Comment).order_by(Comment.id).all()


def kept(page: Page, name: str = "body") -> str:
    """What the form's text area holds."""
    area = page.all("textarea", name=name)[0]
    return area.text.removeprefix("\n")


@pytest.mark.parametrize(
    ("lang", "body", "check", "sent"),
    [
        ("th", THAI, "ตรวจทานก่อนส่ง", "ส่งความเห็นแล้ว"),
        ("en", ENGLISH, "Check before sending", "Your comment was sent"),
    ],
)
def test_a_comment_goes_from_the_form_to_the_page(
    scene: Scene, browser: PageBrowser, lang: str, body: str, check: str, sent: str
) -> None:
    citizen = browser.as_(scene.citizen)
    path = scene.path("/new", lang)
    form = citizen.get(path)
    shown = citizen.fill(
        form,
        {"body": body, "relation": "lives", "signed": "named", "step": "check"},
        action=path,
        status=200,
    )
    assert shown.h1 == check
    assert body in shown.text
    assert "สมหญิง ใจดี" in shown.text
    assert all_comments() == [], "checking writes nothing"

    answer = citizen.fill(shown, {"consent": CURRENT_CONSENT, "step": "send"}, action=path)
    confirmation = citizen.follow(answer)
    comment = all_comments()[0]
    assert confirmation.h1 == sent
    assert str(comment.id) in confirmation.text
    assert comment.lang == lang
    assert (comment.relation, comment.name) == ("lives", "สมหญิง ใจดี")
    assert comment.consent_version == CURRENT_CONSENT

    public = browser.get(scene.path("", lang))
    assert body in public.text
    assert f"comment-{comment.id}" in public.html
    assert thread_counts(scene)["shown"] == 1


def test_the_name_is_shown_only_where_asked_for(scene: Scene, browser: PageBrowser) -> None:
    write_and_send(browser.as_(scene.citizen), scene, ENGLISH)
    page = browser.get(scene.path())
    assert "Name not shown" in page.text
    assert scene.citizen.name not in page.text


def test_a_passage_in_the_other_language_says_so(scene: Scene, browser: PageBrowser) -> None:
    write_and_send(browser.as_(scene.citizen), scene, THAI)
    assert [e.attrs.get("lang") for e in browser.get(scene.path()).all("blockquote")] == ["th"]
    thai_page = browser.get(scene.path(lang="th"))
    assert [e.attrs.get("lang") for e in thai_page.all("blockquote")] == [None]


def test_going_back_keeps_what_was_written(scene: Scene, browser: PageBrowser) -> None:
    citizen, path = browser.as_(scene.citizen), scene.path("/new")
    values = {"body": ENGLISH, "relation": "farms", "step": "check"}
    check = citizen.fill(citizen.get(path), values, action=path, status=200)
    form = citizen.fill(check, {"step": "edit"}, action=path, status=200)
    assert kept(form) == ENGLISH
    assert form.field_values()["relation"] == ["farms"]
    assert not form.errors(), "going back is no mistake"


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"body": ""}, "Write your comment."),
        ({"body": " \n​ "}, "Write your comment."),
        ({"body": "น้ำท่วม"}, "at least 10"),
        ({"body": "ก" * 2001}, "Shorten this by 1 character"),
        ({"body": "x" + "̀" * 20_000}, "Shorten this"),
        ({"body": ENGLISH, "relation": "landlord"}, "Choose one of the answers"),
        ({"body": ENGLISH, "signed": "somebody else"}, "Choose one of the answers"),
        ({"body": ENGLISH, "key": "short"}, "too old"),
    ],
)
@pytest.mark.parametrize("step", ["check", "send"])
def test_bad_input_is_told_at_the_field_and_kept(
    scene: Scene, browser: PageBrowser, values: dict[str, str], message: str, step: str
) -> None:
    citizen, path = browser.as_(scene.citizen), scene.path("/new")
    sent = {"consent": CURRENT_CONSENT, **values, "step": step}
    page = citizen.fill(citizen.get(path), sent, action=path, status=422)
    assert message in page.text
    assert page.title.startswith("Correct 1 thing")
    assert kept(page) == values["body"].strip(" \n​")
    assert all_comments() == []


def test_two_thousand_thai_characters_fit(scene: Scene, browser: PageBrowser) -> None:
    write_and_send(browser.as_(scene.citizen), scene, "กี้" * 2000)
    assert len(all_comments()) == 1


def test_consent_is_asked_for_where_it_is_given(scene: Scene, browser: PageBrowser) -> None:
    citizen, path = browser.as_(scene.citizen), scene.path("/new")
    check = citizen.fill(citizen.get(path), {"body": ENGLISH, "step": "check"}, action=path, status=200)
    refused = citizen.fill(check, {"step": "send"}, action=path, status=422)
    assert refused.h1 == "Check before sending"
    assert ENGLISH in refused.text
    assert all_comments() == []
    citizen.fill(refused, {"consent": CURRENT_CONSENT, "step": "send"}, action=path)
    assert len(all_comments()) == 1


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert('x')</script> and more",
        "<img src=x onerror=alert(1)> and more",
        "[click](javascript:alert(1)) & <b>bold</b>",
        "</article></li></ol> the end of it",
    ],
)
def test_html_is_shown_as_text(scene: Scene, browser: PageBrowser, body: str) -> None:
    write_and_send(browser.as_(scene.citizen), scene, body)
    page = browser.get(scene.path())
    assert body in page.text
    [article] = page.all("article")
    assert body in article.text, "the article was not broken open"
    assert not page.all("script")
    assert "bold" not in [element.text for element in page.all("b")]


def test_paragraphs_and_lines_are_kept(scene: Scene, browser: PageBrowser) -> None:
    write_and_send(browser.as_(scene.citizen), scene, "First line\nsecond line\n\n\n\nNew paragraph")
    html = browser.get(scene.path()).html
    assert "<p>First line<br>second line</p><p>New paragraph</p>" in html


def test_the_same_form_twice_is_one_comment(scene: Scene, browser: PageBrowser) -> None:
    citizen, path = browser.as_(scene.citizen), scene.path("/new")
    check = citizen.fill(citizen.get(path), {"body": ENGLISH, "step": "check"}, action=path, status=200)
    first = citizen.fill(check, {"consent": CURRENT_CONSENT, "step": "send"}, action=path)
    second = citizen.fill(check, {"consent": CURRENT_CONSENT, "step": "send"}, action=path)
    assert first.response.headers["Location"] == second.response.headers["Location"]
    assert len(all_comments()) == 1
    assert thread_counts(scene)["shown"] == 1
    assert db.session.query(Entry).filter_by(fact="comments.comment.submitted").count() == 1


def test_the_same_key_with_another_text_is_refused_and_kept(scene: Scene, browser: PageBrowser) -> None:
    citizen, path = browser.as_(scene.citizen), scene.path("/new")
    check = citizen.fill(citizen.get(path), {"body": ENGLISH, "step": "check"}, action=path, status=200)
    agreed = {"consent": CURRENT_CONSENT, "step": "send"}
    citizen.fill(check, agreed, action=path)
    other = citizen.fill(check, {**agreed, "body": "Something quite different"}, action=path, status=409)
    assert kept(other) == "Something quite different"
    assert len(all_comments()) == 1
    again = citizen.fill(other, {"step": "check"}, action=path, status=200)
    citizen.fill(again, agreed, action=path)
    assert len(all_comments()) == 2


def test_an_old_token_keeps_the_text_and_offers_to_send_it(scene: Scene, browser: PageBrowser) -> None:
    citizen, path = browser.as_(scene.citizen), scene.path("/new")
    values = citizen.get(path).field_values() | {
        "body": ENGLISH,
        "consent": CURRENT_CONSENT,
        "step": "send",
        "csrf_token": None,
    }
    page = citizen.post(path, {k: v for k, v in values.items() if v is not None}, 400)
    assert ENGLISH in page.text
    assert all_comments() == []
    citizen.fill(page, {}, action=path)
    assert [comment.body for comment in all_comments()] == [ENGLISH]


@pytest.mark.parametrize(
    ("window", "message"),
    [
        ({"opens_in": 1}, "has not opened yet"),
        ({"opens_in": -5, "closes_in": -1}, "has closed"),
    ],
)
@pytest.mark.parametrize("step", ["check", "send"])
def test_outside_the_window_nothing_is_stored_and_the_text_is_kept(
    app: Any, browser: PageBrowser, window: dict[str, float], message: str, step: str
) -> None:
    # The form was opened while one could comment, so its fields are taken from another activity.
    scene, opened = make_scene(**window), make_scene()
    citizen = browser.as_(scene.citizen)
    values = citizen.get(opened.path("/new")).field_values()
    values |= {"body": ENGLISH, "consent": CURRENT_CONSENT, "step": step}
    page = citizen.post(scene.path("/new"), values, 422)
    assert message in page.text
    assert kept(page) == ENGLISH
    assert all_comments() == []


def test_the_window_ends_between_checking_and_sending(scene: Scene, browser: PageBrowser, clock: Any) -> None:
    citizen, path = browser.as_(scene.citizen), scene.path("/new")
    check = citizen.fill(citizen.get(path), {"body": ENGLISH, "step": "check"}, action=path, status=200)
    clock.set(scene.activity.closes_at)
    late = citizen.fill(check, {"consent": CURRENT_CONSENT, "step": "send"}, action=path, status=422)
    assert "has closed" in late.text
    assert kept(late) == ENGLISH
    assert all_comments() == []


def test_the_form_of_a_closed_activity_says_so(app: Any, browser: PageBrowser) -> None:
    scene = make_scene(opens_in=-5, closes_in=-1)
    page = browser.as_(scene.citizen).get(scene.path("/new"))
    assert "Closed for comments" in page.text
    assert not page.all("textarea")


def test_an_activity_of_another_kind_takes_no_comment(scene: Scene, browser: PageBrowser) -> None:
    survey = make_activity(scene.issue, "surveys")
    citizen = browser.as_(scene.citizen)
    values = citizen.get(scene.path("/new")).field_values()
    values |= {"body": ENGLISH, "consent": CURRENT_CONSENT, "step": "send"}
    citizen.post(f"/en/comments/{survey.id}/new", values, 404)
    assert all_comments() == []


def test_the_number_is_shown_to_its_author_alone(scene: Scene, browser: PageBrowser) -> None:
    answer = write_and_send(browser.as_(scene.citizen), scene, ENGLISH)
    path = re.sub(r"^https?://[^/]+", "", answer.response.headers["Location"])
    assert "15 May 2026" in browser.as_(scene.citizen).get(path).text
    browser.as_(scene.officer).get(path, 404)


def test_older_comments_come_page_by_page(scene: Scene, browser: PageBrowser) -> None:
    for n in range(2):
        make_comment(scene, body=f"Comment number {n}")
    page = browser.get(scene.path())
    assert page.text.index("Comment number 1") < page.text.index("Comment number 0")
    last = all_comments()[1]
    older = browser.get(f"{scene.path()}?before={last.id}")
    assert "Comment number 0" in older.text
    assert "Comment number 1" not in older.text
    for nonsense in ("x", "-1", "0", str(10**30), "1.5"):
        assert browser.get(f"{scene.path()}?before={nonsense}").text == page.text
