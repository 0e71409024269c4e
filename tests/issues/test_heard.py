"""What we heard: small numbers hidden, what changed and what did not, and a clock that is public when late."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from app.core.clock import now
from app.i18n.dates import local_day
from app.issues.contracts import Heard
from app.issues.heard import tables_of
from tests.comments.make import Scene, make_comment, make_many, make_scene, make_thread
from tests.comments.test_themes import answer, make_theme
from tests.support.browser import PageBrowser
from tests.support.clock import Clock
from tests.support.make import make_person


def values(feature: str, *heard: Heard) -> list[int | None]:
    return [row["value"] for row in tables_of(heard)[feature]]


def test_small_numbers_are_hidden(app: Flask) -> None:
    with app.test_request_context("/th/"):
        assert values("channel", Heard(9, {"channel": {"web": 6, "letter": 3}})) == [None, None]
        assert values("channel", Heard(13, {"channel": {"web": 6, "paper": 4, "letter": 3}})) == [
            6,
            None,
            None,
        ]
        assert values("stance", Heard(19, {"stance": {"for": 10, "against": 9}})) == []
        both = (Heard(15, {"stance": {"for": 10, "against": 5}}), Heard(9, {"stance": {"for": 9}}))
        assert values("stance", *both) == [19, 5]


def test_areas_stand_in_dictionary_order(app: Flask) -> None:
    areas = {"area": {"10": 20, "15": 20, "50": 20}}
    with app.test_request_context("/th/"):
        names = [row["label"] for row in tables_of([Heard(60, areas)])["area"]]
    assert names == ["กรุงเทพมหานคร", "เชียงใหม่", "อ่างทอง"]


def path(scene: Scene) -> str:
    return f"/en/issues/{scene.issue.id}/heard"


def test_themes_stand_under_what_became_of_them(app: Flask, browser: PageBrowser) -> None:
    scene = make_scene()
    for verdict, title in (
        ("adopted", "ไฟ"),
        ("declined", "ถนน"),
        ("under_review", "ทางลาด"),
        (None, "ต้นไม้"),
    ):
        theme = make_theme(scene, make_comment(scene, make_person()), title=title)
        if verdict:
            answer(scene, theme, verdict)
    text = browser.get(path(scene)).text
    places = [
        text.index(words)
        for words in (
            *("What changed", "ไฟ", "What did not change, and why", "ถนน"),
            *("Not decided yet", "ทางลาด", "Not answered yet", "ต้นไม้"),
        )
    ]
    assert places == sorted(places)
    assert path(scene) in browser.get(f"/en/issues/{scene.issue.id}").html


@pytest.mark.parametrize(
    ("day", "words"),
    [(9, "9 days left"), (-3, "The answer is overdue by 3 days")],
)
def test_the_clock_is_public(app: Flask, browser: PageBrowser, day: int, words: str) -> None:
    scene = make_scene(answer_by=local_day(now()) + timedelta(days=day))
    assert words in browser.get(path(scene)).text


def test_a_theme_past_its_day_is_publicly_late(app: Flask, browser: PageBrowser, clock: Clock) -> None:
    scene = make_scene()
    theme = make_theme(scene, make_comment(scene))
    answer(scene, theme, "under_review", due_on=local_day(now()))
    assert "should have been decided" not in browser.get(path(scene)).text
    clock.advance(days=3)
    late = browser.get(path(scene)).text
    assert "1 theme should have been decided by now" in late


def test_it_costs_the_same_whatever_was_heard(app: Flask, browser: PageBrowser) -> None:
    scene = make_scene()
    make_thread(scene, stances=True)
    make_theme(scene, make_comment(scene))
    few = browser.get(path(scene))
    make_many(scene, 300)
    for number in range(4):
        make_theme(scene, make_comment(scene, make_person()), title=f"ประเด็น {number}")
    many = browser.get(path(scene))
    assert few.statements == many.statements <= 5
    assert "Set-Cookie" not in many.response.headers


def test_a_draft_is_heard_of_by_nobody_outside(app: Flask, browser: PageBrowser) -> None:
    scene = make_scene(published=False)
    browser.get(path(scene), status=404)
