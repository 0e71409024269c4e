"""What the busiest pages cost: as many SQL statements for a thousand comments as for a hundred."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from app.activities import kind_rooms
from app.activities.comments import render
from app.issues.models import Issue
from tests.comments.make import make_many
from tests.journeys.support.busy import many_issues, with_all_kinds, with_comments
from tests.support.browser import PageBrowser
from tests.support.clock import Clock
from tests.support.make import make_person

MOST = 6
BESIDES_KINDS = 3
"""Statements of an issue's page, whatever is in it; each kind present adds one."""


def cost(browser: PageBrowser, path: str) -> tuple[int, int]:
    """Statements of a page for a reader who is signed out, and for one who is signed in."""
    return browser.get(path).statements, browser.as_(make_person()).get(path).statements


def of(issue: Issue) -> str:
    return f"/th/issues/{issue.id}"


def test_an_issue_with_a_document_and_comments(app: Flask, browser: PageBrowser) -> None:
    scene = with_comments(100)
    hundred = cost(browser, of(scene.issue))
    make_many(scene, 900)
    assert cost(browser, of(scene.issue)) == hundred
    assert max(hundred) <= MOST, hundred
    assert "1,000" in browser.get(of(scene.issue)).text, "all thousand are counted on the page"


def test_an_issue_with_all_kinds(app: Flask, browser: PageBrowser, clock: Clock) -> None:
    quiet = with_all_kinds(clock, 100, busy=1)
    busy = with_all_kinds(clock, 1000, busy=4)
    few, many = cost(browser, of(quiet)), cost(browser, of(busy))
    assert few == many
    assert max(many) <= BESIDES_KINDS + len(kind_rooms()), many


def test_the_list_of_issues(app: Flask, browser: PageBrowser) -> None:
    agency = many_issues(20)
    twenty = cost(browser, "/th/issues/")
    many_issues(480, agency)
    assert cost(browser, "/th/issues/") == twenty
    assert max(twenty) <= MOST, twenty


def test_reading_renders_no_comment(
    app: Flask, browser: PageBrowser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The HTML was made once, when the comment was written; a reader gets what is stored."""
    scene = with_comments(100)

    def forbidden(*_: Any, **__: Any) -> str:
        raise AssertionError("a comment was rendered for a reader")

    monkeypatch.setattr(render, "_article", forbidden)
    monkeypatch.setattr(render, "to_html", forbidden)
    for lang in ("th", "en"):
        page = browser.get(f"/{lang}/issues/{scene.issue.id}")
        assert page.all("article", class_="comment")
        assert browser.get(f"/{lang}/comments/{scene.id}").all("article", class_="comment")
