"""Choosing words of a document in a real browser: by touch on a phone, by keyboard, and without the script."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Page

from app.activities.publications.kind import KIND
from app.i18n.bilingual import Bilingual
from app.web.assets import ROOT
from tests.publications.make import LAW_THAI, Scene, make_law
from tests.publications.remarks import Told
from tests.support.chromium import PHONE
from tests.support.make import make_activity

TOUCH = {"viewport": PHONE, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}


@dataclass(frozen=True)
class Reading:
    """A draft law under comment, and its address."""

    document_id: int
    comments_id: int
    url: str


@pytest.fixture
def reading(scene: Scene, told: Told, live_url: str) -> Reading:
    comments = make_activity(scene.issue, "comments")
    document = make_law(scene, body=Bilingual(LAW_THAI))
    return Reading(document.id, comments.id, f"{live_url}/th/publications/documents/{document.id}")


def asked_for(page: Page, act: Callable[[], None]) -> tuple[str, dict[str, str]]:
    """The address of the form that `act` leads to: its path and what is asked in it."""
    with page.expect_request(lambda request: "/comments/" in request.url) as asked:
        act()
    parts = urlsplit(asked.value.url)
    return parts.path, {name: values[0] for name, values in parse_qs(parts.query).items()}


CHOOSE = """([selector, words]) => {
  const walker = document.createTreeWalker(document.querySelector(selector), NodeFilter.SHOW_TEXT);
  while (!walker.nextNode().data.includes(words));
  const node = walker.currentNode, start = node.data.indexOf(words);
  getSelection().setBaseAndExtent(node, start, node, start + words.length);
}"""


def choose_by_finger(page: Page, selector: str, words: str) -> None:
    """Touch the words, then choose them as the phone does.

    Choosing by a long press is the phone's own doing, of which a page hears only that the selection has
    changed; Chromium on a desk does not do it, so the selection is set here.
    """
    page.locator(selector).tap()
    page.evaluate(CHOOSE, [selector, words])


def holds(reading: Reading, asked: dict[str, str]) -> bool:
    """Whether the address names a passage that stands in the document."""
    assert KIND.passages is not None
    return (
        KIND.passages(asked["subject"], int(asked["version"]), asked["section"], asked["quote"], "th")
        is not None
    )


def test_words_are_chosen_by_touch_on_a_phone(
    app: Flask, reading: Reading, new_page: Callable[..., Page]
) -> None:
    page = new_page(**TOUCH)
    page.goto(reading.url)
    assert page.locator("#choose").is_hidden()
    chosen = "05.00 น."
    choose_by_finger(page, "#s4 .words", chosen)
    page.wait_for_selector("#choose", state="visible")
    button = page.locator("#choose a")
    box = button.bounding_box()
    assert box is not None
    assert box["height"] >= 44
    assert box["y"] + box["height"] <= PHONE["height"], "the button is on the screen"
    path, asked = asked_for(page, button.tap)
    assert path == f"/th/comments/{reading.comments_id}/new"
    assert asked == {
        "subject": f"publication/{reading.document_id}",
        "version": "1",
        "section": "s4",
        "quote": chosen,
    }
    assert holds(reading, asked)


def test_words_are_chosen_by_keyboard(app: Flask, reading: Reading, page: Page) -> None:
    page.goto(reading.url)
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('#s6') && document.activeElement.matches('.words')"):
            break
    focused = page.evaluate("document.activeElement.parentElement.id")
    assert focused == "s6", "the text can be reached by Tab"
    page.keyboard.press("ArrowRight")
    page.wait_for_selector("#choose", state="visible")
    one = page.evaluate("getSelection().toString()")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    more = page.evaluate("getSelection().toString()")
    assert more.startswith(one)
    assert len(more) > len(one) > 0
    # The page hears of a selection a moment after it is made.
    page.wait_for_function(
        "words => decodeURIComponent(document.querySelector('#choose a').href).endsWith(words)",
        arg=more.strip(),
    )
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.parentElement.id") == "choose", "the button is next"
    path, asked = asked_for(page, lambda: page.keyboard.press("Enter"))
    assert path == f"/th/comments/{reading.comments_id}/new"
    assert (asked["section"], asked["quote"]) == ("s6", more.strip())
    assert holds(reading, asked)


def test_enter_in_the_text_leads_there_too(app: Flask, reading: Reading, page: Page) -> None:
    page.goto(reading.url)
    page.locator("#s4 .words").focus()
    page.keyboard.press("Shift+ArrowDown")
    page.wait_for_selector("#choose", state="visible")
    _path, asked = asked_for(page, lambda: page.keyboard.press("Enter"))
    assert holds(reading, asked)
    assert len(asked["quote"]) > 10


def test_what_cannot_be_a_quote_is_not_offered(app: Flask, reading: Reading, page: Page) -> None:
    page.goto(reading.url)
    over_two = "const [a, b] = ['#s3', '#s4'].map((id) => document.querySelector(id + ' .words'));"
    page.evaluate(over_two + "getSelection().setBaseAndExtent(a, 0, b, b.childNodes.length)")
    page.wait_for_timeout(100)
    assert page.locator("#choose").is_hidden(), "words of two parts"
    page.evaluate("const t = document.querySelector('#s4 .words p'); t.firstChild.data = 'ก'.repeat(301);"
                  "getSelection().selectAllChildren(t)")  # fmt: skip
    page.wait_for_timeout(100)
    assert page.locator("#choose").is_hidden(), "more than a quote may hold"
    page.evaluate("getSelection().selectAllChildren(document.querySelector('h1'))")
    page.wait_for_timeout(100)
    assert page.locator("#choose").is_hidden(), "words that are of no part"
    page.evaluate("getSelection().selectAllChildren(document.querySelector('#s6 .words'))")
    page.wait_for_selector("#choose", state="visible")
    page.evaluate("getSelection().removeAllRanges()")
    page.wait_for_selector("#choose", state="hidden")


def test_without_the_script_each_part_has_its_link(
    app: Flask, reading: Reading, new_page: Callable[..., Page]
) -> None:
    page = new_page(**TOUCH, java_script_enabled=False)
    page.goto(reading.url)
    assert page.locator("#how-to-choose").is_hidden()
    link = page.locator("#s4 .part-acts a").first
    path, asked = asked_for(page, link.tap)
    assert path == f"/th/comments/{reading.comments_id}/new"
    assert asked == {"subject": f"publication/{reading.document_id}", "version": "1", "section": "s4"}


def test_nothing_overflows_a_small_screen(
    app: Flask, reading: Reading, new_page: Callable[..., Page]
) -> None:
    page = new_page(viewport={"width": 320, "height": 700})
    page.goto(reading.url)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_script_is_small() -> None:
    assert (ROOT / "static" / "js" / "passages.js").stat().st_size <= 2048
