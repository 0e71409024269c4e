"""Feed and exports: what is public, whole, streamed, and harmless in a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from xml.etree import ElementTree

import pytest

from app.activities.comments.queries import export
from tests.comments.make import (
    ENGLISH,
    THAI,
    Scene,
    edited,
    make_answer,
    make_comment,
    make_hidden,
    make_many,
    make_reply,
    make_scene,
    raw,
    support,
    withdrawn,
)
from tests.support.browser import PageBrowser
from tests.support.make import make_person

ATOM = "{http://www.w3.org/2005/Atom}"


def table(browser: PageBrowser, scene: Scene) -> list[dict[str, str]]:
    page = browser.get(scene.path("/comments.csv"))
    assert page.html.startswith("\ufeff"), "so that Excel reads Thai"
    return list(csv.DictReader(io.StringIO(page.html.removeprefix("\ufeff"))))


def test_table_and_json_say_the_same(scene: Scene, browser: PageBrowser) -> None:
    comment = make_answer(scene, make_comment(scene, name="สมหญิง", relation="lives"))
    reply = make_reply(scene, comment, body=ENGLISH)
    support(comment, make_person())
    edited(make_comment(scene), scene.citizen, "Changed afterwards, with, commas")
    rows = table(browser, scene)
    listed = json.loads(browser.get(scene.path("/comments.json")).html)
    assert [{k: "" if v is None else str(v) for k, v in one.items()} for one in listed] == rows
    assert tuple(rows[0]) == export.COLUMNS
    first, second, third = rows
    assert (first["text"], first["verdict"], first["supports"], first["verified"]) == (
        THAI,
        "adopted",
        "1",
        "True",
    )
    assert (second["id"], second["reply_to"]) == (str(reply.id), str(comment.id))
    assert third["text"] == "Changed afterwards, with, commas"
    assert third["edited_at"]


def test_what_is_not_shown_is_not_in_them(scene: Scene, browser: PageBrowser) -> None:
    make_hidden(scene, make_comment(scene))
    withdrawn(make_comment(scene), scene.citizen)
    make_answer(scene, gone := make_comment(scene))
    withdrawn(gone, scene.citizen)
    assert table(browser, scene) == []
    assert json.loads(browser.get(scene.path("/comments.json")).html) == []
    feed = ElementTree.fromstring(raw(browser.get(scene.path("/feed.xml"))).encode())
    assert feed.findall(f"{ATOM}entry") == []


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_no_cell_is_a_formula(scene: Scene, browser: PageBrowser, start: str) -> None:
    body = f'{start}HYPERLINK("http://x.example")'
    make_comment(scene, body=body, name=f"{start}1+1")
    [row] = table(browser, scene)
    assert (row["text"], row["name"]) == (f"'{body}", f"'{start}1+1")
    [raw] = json.loads(browser.get(scene.path("/comments.json")).html)
    assert raw["text"] == body, "JSON needs no such guard"


def test_long_threads_come_in_pieces(
    scene: Scene, browser: PageBrowser, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_many(scene, 25)
    monkeypatch.setattr(export, "PIECE", 10)
    page = browser.get(scene.path("/comments.json"))
    assert len(json.loads(page.html)) == 25
    assert page.statements == 1 + 4
    assert "Content-Length" not in page.response.headers
    assert len(table(browser, scene)) == 25


@pytest.mark.parametrize("lang", ["th", "en"])
def test_the_feed_is_atom(scene: Scene, browser: PageBrowser, lang: str) -> None:
    comment = make_comment(scene, body="<b>bold</b> & more of it", name="A & B")
    page = browser.get(scene.path("/feed.xml", lang))
    assert page.response.mimetype == "application/atom+xml"
    feed = ElementTree.fromstring(raw(page).encode())
    assert feed.findtext(f"{ATOM}updated")
    [entry] = feed.findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}content") == "<b>bold</b> & more of it"
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "A & B"
    assert entry.findtext(f"{ATOM}id") == f"http://localhost/{lang}/comments/{scene.id}/comment/{comment.id}"
    assert scene.path("/feed.xml", lang) in [
        e.attrs.get("href") for e in browser.get(scene.path("", lang)).all("link")
    ]


def test_a_draft_gives_nothing_out(browser: PageBrowser) -> None:
    draft = make_scene(published=False)
    for rest in ("/feed.xml", "/comments.csv", "/comments.json"):
        browser.get(draft.path(rest), 404)
