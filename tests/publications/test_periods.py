"""A comment period freezes a version: where one comments, which version, what came of it."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask

from app.activities.publications.beside import frozen_version
from app.activities.publications.models import Document
from app.activities.publications.queries import Edition, editions_of
from app.core.clock import now
from app.i18n.bilingual import Bilingual
from app.issues.models import Activity
from app.issues.queries import activity_with_issue
from tests.publications.make import LAW_THAI, Scene, make_document, make_law, make_scene, revise_law
from tests.publications.remarks import Told, credit
from tests.support.browser import Page, PageBrowser
from tests.support.make import make_activity, saved


def path(document: Document, rest: str = "", lang: str = "en") -> str:
    return f"/{lang}/publications/documents/{document.id}{rest}"


def comment_links(page: Page) -> list[str]:
    return [link for link in page.links() if "/comments/" in link and "section=" in link]


@pytest.fixture
def comments(scene: Scene, told: Told) -> Activity:
    """A comment period beside the documents, that opens tomorrow for ten days."""
    return make_activity(scene.issue, "comments", opens_in=1, closes_in=11)


def test_every_section_leads_to_the_form_of_every_activity(
    scene: Scene, told: Told, browser: PageBrowser
) -> None:
    first, second = (make_activity(scene.issue, "comments") for _ in range(2))
    document = make_law(scene)
    told.counts = {1: {"s3": 12, "s6": 1}}
    page = browser.get(path(document))
    for activity in (first, second):
        for section in range(1, 8):
            about = f"subject=publication/{document.id}&version=1&section=s{section}"
            assert f"/en/comments/{activity.id}/new?{about}" in page.links()
    assert [(sorted(ids), about, version) for ids, about, version in told.asked] == [
        ([first.id, second.id], f"publication/{document.id}", 1)
    ]
    assert page.text.count("12 comments") == page.text.count("1 comment ") == 2
    assert f"/en/comments/{first.id}/new?subject=publication/{document.id}&version=1" in page.links(), (
        "the whole"
    )
    thai = browser.get(path(document, lang="th"))
    assert thai.text.count("ให้ความเห็นต่อส่วนนี้") == 14
    assert "ฉบับที่กำลังรับฟังความเห็น" in thai.text


def test_a_text_without_headings_can_be_commented_on_too(
    scene: Scene, told: Told, browser: PageBrowser
) -> None:
    make_activity(scene.issue, "comments")
    document = make_document(scene)
    page = browser.get(path(document))
    assert len([link for link in comment_links(page) if link.endswith("section=s1")]) == 1
    assert "The whole text" in [e.text for e in page.all("h2")]


@pytest.mark.parametrize("lang", ["th", "en"])
def test_the_comments_room_takes_what_the_page_offers(scene: Scene, browser: PageBrowser, lang: str) -> None:
    comments = make_activity(scene.issue, "comments")
    document = make_law(scene, body=Bilingual(LAW_THAI))
    page = browser.get(path(document, lang=lang))
    [link] = [link for link in comment_links(page) if link.endswith("section=s6")]
    assert f"/comments/{comments.id}/" in link
    form = browser.as_(scene.citizen).get(f"{link}&quote={quote('วันละ 30 บาท')}")
    assert "มาตรา 3" in form.text
    assert "วันละ 30 บาท" in form.text


def test_the_total_is_the_kinds_own_where_it_tells_one(
    scene: Scene, told: Told, browser: PageBrowser
) -> None:
    make_activity(scene.issue, "comments")
    document = make_law(scene)
    told.counts = {1: {"": 9, "s3": 2, "s6": 1}}
    assert "Read 9 comments" in browser.get(path(document)).text
    told.counts = {1: {"s3": 2, "s6": 1}}
    assert "Read 3 comments" in browser.get(path(document)).text


def test_news_takes_no_comments(scene: Scene, told: Told, browser: PageBrowser) -> None:
    make_activity(scene.issue, "comments")
    news = make_document(scene, form="update")
    assert comment_links(browser.get(path(news))) == []
    assert told.asked == []


def test_before_the_period_nothing_and_after_it_only_reading(
    scene: Scene, comments: Activity, told: Told, browser: PageBrowser, clock: Any
) -> None:
    document = make_law(scene)
    told.counts = {1: {"s3": 2}}
    assert comment_links(browser.get(path(document))) == []
    clock.advance(days=2)
    assert len(comment_links(browser.get(path(document)))) == 8
    clock.advance(days=10)
    page = browser.get(path(document))
    assert "The version people commented on" in page.text
    assert [link.partition("?")[0] for link in comment_links(page)] == [f"/en/comments/{comments.id}"]
    assert not page.all("script")


def test_a_cancelled_period_is_not_offered(
    scene: Scene, comments: Activity, told: Told, browser: PageBrowser
) -> None:
    document = make_law(scene)
    comments.annulled_at = now()
    saved(comments)
    assert comment_links(browser.get(path(document))) == []


def test_a_newer_version_does_not_move_the_comments(
    scene: Scene, comments: Activity, told: Told, browser: PageBrowser, clock: Any
) -> None:
    document = make_law(scene)
    clock.advance(days=2)
    revise_law(scene, document, body=Bilingual(LAW_THAI.replace("30 บาท", "50 บาท")))

    old = browser.get(path(document, "?version=1"))
    assert "The version under comment" in old.text
    assert "Version 2 is newer. The comments stay with this one." in old.text
    assert path(document) in old.links()
    assert path(document, "/changes?older=1&newer=2") in old.links()
    assert len(comment_links(old)) == 7
    assert "A newer version exists" not in old.text, "one note says all of it"

    new = browser.get(path(document))
    assert "Comments are taken on version 1, not on this one." in new.text
    assert path(document, "?version=1") in new.links()
    assert path(document, "/changes?older=1&newer=2") in new.links()
    assert comment_links(new) == []
    assert not new.all("script")
    for page in (old, new):
        [first] = [e for e in page.all("li") if "First version" in e.text]
        assert "Under comment" in first.text
    assert told.asked[-1][2] == 2

    clock.advance(days=10)
    assert "People commented on version 1." in browser.get(path(document)).text
    older = browser.get(path(document, "?version=1"))
    assert "The version people commented on" in older.text
    assert "A newer version exists" in older.text


def test_the_next_period_takes_the_newer_version(
    scene: Scene, comments: Activity, told: Told, browser: PageBrowser, clock: Any
) -> None:
    document = make_law(scene)
    second = make_activity(scene.issue, "comments", opens_in=4, closes_in=20)
    clock.advance(days=3)
    revise_law(scene, document)
    clock.advance(days=2)
    links = {version: comment_links(browser.get(path(document, f"?version={version}"))) for version in (1, 2)}
    assert all(f"/comments/{comments.id}/" in link for link in links[1])
    assert all(f"/comments/{second.id}/" in link for link in links[2])
    assert len(links[1]) == len(links[2]) == 7


def test_what_comes_out_after_the_opening_is_frozen_as_it_first_was(app: Flask) -> None:
    scene = make_scene()
    activity, _issue = activity_with_issue(make_activity(scene.issue, "comments", opens_in=-1).id, "comments")
    document = make_document(scene)
    revise_law(scene, document)
    assert frozen_version(editions_of(document.id), activity) == 1
    assert frozen_version([Edition(1, Bilingual("ก"), None, None)], activity) is None


def test_the_officer_is_told_before_writing_a_new_version(
    scene: Scene, comments: Activity, told: Told, browser: PageBrowser, clock: Any
) -> None:
    document = make_law(scene)
    officer, form = browser.as_(scene.officer), scene.path(f"/revise/{document.id}")
    assert "People are commenting" not in officer.get(form).text
    clock.advance(days=2)
    page = officer.get(form)
    assert "People are commenting on version 1" in page.text
    assert "keeps to version 1 until" in page.text


def test_what_people_said_that_led_to_a_version(scene: Scene, told: Told, browser: PageBrowser) -> None:
    comments = make_activity(scene.issue, "comments")
    document = make_law(scene)
    revise_law(scene, document)
    told.credits = {f"publication/{document.id}@2": [credit("ค่าเช่าแพงไป", 41, scene.issue.id)]}
    page = browser.get(path(document))
    assert "What people said that led to this version" in page.text
    assert "In English: ค่าเช่าแพงไป" in page.text
    assert "41 people said so" in page.text
    assert f"/en/issues/{scene.issue.id}#answer" in page.links()
    assert "led to this version" not in browser.get(path(document, "?version=1")).text
    assert comments.id in told.asked[-1][0]


def test_the_page_costs_one_statement_for_each_kind_that_answers(
    scene: Scene, told: Told, browser: PageBrowser
) -> None:
    make_activity(scene.issue, "comments")
    document = make_law(scene)
    first = browser.get(path(document)).statements
    for _ in range(5):
        make_activity(scene.issue, "comments")
        revise_law(scene, document)
    told.counts = {6: {f"s{n}": n for n in range(1, 8)}}
    assert browser.get(path(document)).statements == first == 6


def test_the_page_with_comments_is_the_same_for_everyone(
    scene: Scene, told: Told, browser: PageBrowser
) -> None:
    make_activity(scene.issue, "comments")
    document = make_law(scene)
    one, other = browser.get(path(document)), PageBrowser(browser.app).get(path(document))
    assert one.html == other.html
    assert "Set-Cookie" not in one.response.headers
