"""What pages cost: the same at 100 and at 1,000 comments, with stored HTML that is never rebuilt."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Engine, event

from app.activities.comments import render
from app.activities.comments.kind import KIND
from app.activities.comments.models import Comment
from app.activities.comments.queries import NEWEST, PAGE
from app.core.db import db
from app.identity.viewer import ANONYMOUS
from app.issues.queries import issue_with_activities
from tests.comments.make import (
    ENGLISH,
    Scene,
    make_answer,
    make_comment,
    make_hidden,
    make_many,
    write_and_send,
)
from tests.support.browser import PageBrowser
from tests.support.make import make_activity


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    """The statements sent within."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        sent.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)


def paths(scene: Scene) -> dict[str, str]:
    return {
        "citizens": scene.path(),
        "office": scene.path("/manage?show=all"),
        "waiting": scene.path("/manage"),
        "mine": "/en/comments/mine",
        "form": scene.path("/new"),
    }


def costs(browser: PageBrowser, scene: Scene) -> dict[str, int]:
    readers = {"citizens": browser, "office": browser.as_(scene.officer)}
    readers |= {"waiting": readers["office"], "mine": browser.as_(scene.citizen)}
    readers["form"] = readers["mine"]
    return {name: readers[name].get(path).statements for name, path in paths(scene).items()}


def test_pages_cost_the_same_whatever_their_length(scene: Scene, browser: PageBrowser) -> None:
    make_many(scene, 100)
    at_100 = costs(browser, scene)
    make_many(scene, 900)
    assert costs(browser, scene) == at_100
    assert at_100 == {"citizens": 3, "office": 4, "waiting": 4, "mine": 2, "form": 3}


def test_a_comment_is_written_in_eight_statements(scene: Scene, browser: PageBrowser) -> None:
    first = write_and_send(browser.as_(scene.citizen), scene, ENGLISH)
    make_many(scene, 200)
    later = write_and_send(browser.as_(scene.citizen), scene, ENGLISH)
    assert first.statements == later.statements <= 8


def test_the_issue_page_gets_its_part_in_one_statement(scene: Scene, browser: PageBrowser) -> None:
    second = make_activity(scene.issue, "comments", opens_in=2)
    third = make_activity(scene.issue, "comments", opens_in=-5, closes_in=-2)
    make_many(scene, 100)
    _issue, activities = issue_with_activities(scene.issue.id)
    for wanted in (activities[:1], activities):
        with browser.app.test_request_context("/th/"), statements(db.engine) as sent:
            summaries = KIND.summary(wanted, ANONYMOUS)
        assert len(sent) == 1, sent
    assert set(summaries) == {scene.id, second.id, third.id}
    assert str(summaries[scene.id].line) == "100 ความเห็น"
    assert summaries[scene.id].context["comments"].count("<li") == NEWEST
    assert summaries[scene.id].action is not None
    assert summaries[second.id].action is None
    assert summaries[second.id].context["comments"] == ""


def test_reading_takes_stored_html_as_it_is(
    scene: Scene, browser: PageBrowser, monkeypatch: pytest.MonkeyPatch
) -> None:
    comment = make_comment(scene)
    make_answer(scene, comment)
    make_hidden(scene, make_comment(scene, body=ENGLISH))

    def forbidden(*_: Any) -> str:
        raise AssertionError("a reader made a comment's HTML anew")

    for module, name in ((render, "_article"), (render, "dress"), (render, "to_html")):
        monkeypatch.setattr(module, name, forbidden)
    db.session.rollback()
    stored = {c.id: (c.html_th, c.html_en) for c in db.session.query(Comment)}
    for place, lang in enumerate(("th", "en")):
        page = browser.get(scene.path("", lang))
        for html in (both[place] for both in stored.values()):
            assert html in page.html
    browser.as_(scene.officer).get(scene.path("/manage?show=all"))
    browser.as_(scene.citizen).get("/th/comments/mine")
    _issue, activities = issue_with_activities(scene.issue.id)
    with browser.app.test_request_context("/en/"):
        KIND.summary(activities, ANONYMOUS)


def test_an_anonymous_page_is_the_same_for_everyone_and_sets_no_cookie(
    scene: Scene, browser: PageBrowser
) -> None:
    make_many(scene, PAGE + 1)
    first, second = browser.get(scene.path()), PageBrowser(browser.app).get(scene.path())
    assert first.html == second.html
    assert "Set-Cookie" not in first.response.headers
    assert "csrf_token" not in first.html
    assert len(first.all("article")) == PAGE
    [older] = [link for link in first.links() if "before=" in link]
    assert len(browser.get(older).all("article")) == 1
