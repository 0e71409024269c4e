"""What the real kinds put before search: found by its words, and gone the moment it is taken back or hidden."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

import pytest
from flask import Flask
from sqlalchemy import select

from app.activities.comments.models import Comment
from app.core.db import db
from app.identity.models import Person
from app.issues.kinds import all_kinds
from app.search.models import Document
from app.search.queries import search
from app.work import tick
from tests.comments.make import Scene, make_comment, make_hidden, make_scene, withdrawn
from tests.support.browser import PageBrowser
from tests.support.make import make_person

QUERY = "ทางลาดชัน"


def gone_by_author(scene: Scene, comment: Comment, person: Person) -> None:
    withdrawn(comment, person)


def gone_by_moderator(scene: Scene, comment: Comment, person: Person) -> None:
    make_hidden(scene, comment)


@pytest.mark.parametrize("take_away", [gone_by_author, gone_by_moderator])
def test_a_comment_is_found_until_it_is_taken_away(
    app: Flask, browser: PageBrowser, take_away: Callable[..., None]
) -> None:
    scene, person = make_scene(), make_person()
    comment = make_comment(scene, person, body=f"ขอให้แก้{QUERY}ตรงสะพานด้วย")
    subject = f"comment/{comment.id}"
    tick()
    page = browser.get(f"/th/search?q={quote(QUERY)}")
    assert [element.text for element in page.all("mark")] == [QUERY]
    api = f"/api/v1/search?q={quote(QUERY)}&lang=th"
    result = browser.get(api).response.get_json()["results"][0]
    assert (result["kind"], result["issue"]["id"]) == ("comments", scene.issue.id)
    browser.get(result["url"].removeprefix("http://localhost"))
    take_away(scene, db.session.get_one(Comment, int(subject.removeprefix("comment/"))), person)
    assert not browser.get(f"/th/search?q={quote(QUERY)}").all("mark")
    assert browser.get(api).response.get_json()["results"] == []
    tick()
    assert db.session.scalar(select(Document.id).where(Document.subject == subject)) is None


def test_the_title_of_the_thread_finds_no_comment(app: Flask) -> None:
    scene = make_scene()
    make_comment(scene, body="ไม่เห็นด้วยเลย")
    tick()
    subjects = [hit.shown.subject for hit in search(scene.activity.title_th).hits]
    assert not [subject for subject in subjects if subject.startswith("comment/")]


def test_every_kind_can_be_searched_and_answers_nothing_to_strangers(app: Flask) -> None:
    with app.test_request_context("/th/"):
        for kind in all_kinds():
            assert kind.found(["nothing/1", "activity/999999", "x", "comment/999999"]) == {}
