"""Themes in pages: the officer groups and answers, everyone reads what came of it, from both ends."""

from __future__ import annotations

import csv
import io
import json

import pytest
from flask import Flask

from app.activities.comments import background
from app.activities.comments.kind import KIND
from app.activities.comments.models import Comment, Theme
from app.activities.publications.passages import subject_of
from app.core.db import db
from app.issues.queries import issue_with_activities
from app.issues.told import credits_of, outcomes_of, themes_of
from tests.comments.make import THAI, Scene, make_comment, make_many, raw
from tests.comments.test_themes import answer, make_theme
from tests.publications.make import Scene as Library
from tests.publications.make import make_document
from tests.support.browser import Page, PageBrowser
from tests.support.make import make_activity, make_person

LIGHT = "ขอไฟส่องสว่างริมเขื่อนตอนกลางคืน"


def send(browser: PageBrowser, path: str, values: dict[str, object], status: int = 303) -> Page:
    """Open a form and send it."""
    return browser.fill(browser.get(path), values, action=path, status=status)


def test_an_officer_groups_and_answers_and_the_author_reads_it(scene: Scene, browser: PageBrowser) -> None:
    comment, other = make_comment(scene, body=LIGHT), make_comment(scene, make_person(), body=THAI)
    officer = browser.as_(scene.officer)
    made = send(officer, scene.path("/themes/new"), {"title_th": "ไฟส่องสว่าง"})
    ident = db.session.query(Theme.id).scalar()
    path = scene.path(f"/themes/{ident}")
    fill = officer.get(f"{path}/fill")
    assert made.response.location == f"{path}/fill"
    assert f"No. {other.id}" in fill.text
    send(officer, f"{path}/fill", {"comments": [str(comment.id)]})
    assert f"No. {comment.id}" not in officer.get(f"{path}/fill").text
    assert "1 person will be told by mail." in officer.get(f"{path}/answer").text
    send(officer, f"{path}/answer", {"verdict": "adopted", "reason_th": "ติดไฟตลอดแนวเขื่อนแล้ว"})
    for rest in ("", f"/comment/{comment.id}", f"/themes/{ident}", "/themes"):
        assert "ติดไฟตลอดแนวเขื่อนแล้ว" in PageBrowser(browser.app).get(scene.path(rest)).text, rest
    assert "ติดไฟตลอดแนวเขื่อนแล้ว" in browser.as_(scene.citizen).get("/en/comments/mine").text
    assert "ติดไฟตลอดแนวเขื่อนแล้ว" not in officer.get(scene.path(f"/comment/{other.id}")).text
    assert "/edit/" not in browser.as_(scene.citizen).get("/en/comments/mine").html


def test_nothing_ticked_and_a_colleague_who_was_faster(scene: Scene, browser: PageBrowser) -> None:
    make_comment(scene)
    theme = make_theme(scene)
    officer = browser.as_(scene.officer)
    path = scene.path(f"/themes/{theme.id}")
    assert "Choose at least one comment." in send(officer, f"{path}/fill", {}, 422).text
    form = officer.get(f"{path}/answer")
    answer(scene, theme, "declined", reason_th="คำตอบของเพื่อนร่วมงาน")
    typed = {"verdict": "adopted", "reason_th": "คำตอบที่พิมพ์ไว้"}
    again = officer.fill(form, typed, action=f"{path}/answer", status=422)
    assert "คำตอบที่พิมพ์ไว้" in again.html
    assert "คำตอบของเพื่อนร่วมงาน" in again.html


def test_removing_asks_first_and_loses_no_comment(scene: Scene, browser: PageBrowser) -> None:
    theme = make_theme(scene, make_comment(scene))
    answer(scene, theme)
    officer = browser.as_(scene.officer)
    path = scene.path(f"/themes/{theme.id}")
    officer.get(f"{path}/remove")
    assert db.session.query(Theme).filter(Theme.removed_at.is_(None)).count() == 1
    send(officer, f"{path}/remove", {})
    officer.get(path, status=404)
    assert db.session.query(Comment).one().theme_id is None


@pytest.mark.parametrize("reader", ["moderator", "citizen", None])
def test_only_the_officer_works_on_themes(scene: Scene, browser: PageBrowser, reader: str | None) -> None:
    theme = make_theme(scene, make_comment(scene))
    visitor = browser.as_(getattr(scene, reader)) if reader else browser
    for path in ("/themes/desk", "/themes/new", f"/themes/{theme.id}/fill", f"/themes/{theme.id}/answer"):
        visitor.get(scene.path(path), status=403 if reader else 303)


def test_suggestions_say_which_words_made_them_and_group_nothing(scene: Scene, browser: PageBrowser) -> None:
    inside = [make_comment(scene, make_person(), body=LIGHT) for _ in range(3)]
    alike = make_comment(scene, make_person(), body="ริมเขื่อนมืดมาก ขอไฟส่องสว่างด้วย")
    make_comment(scene, make_person(), body="รถเมล์สายใหม่ควรผ่านตลาดสดทุกเช้า")
    alike_id = alike.id
    db.session.expunge_all()  # The worker's rollback forgets what these hold.
    while background.run():
        pass
    officer = browser.as_(scene.officer)
    assert "เขื่อน" in officer.get(scene.path("/themes/desk")).text
    theme = make_theme(scene, *inside, title="ไฟส่องสว่างริมเขื่อน")
    page = officer.get(scene.path(f"/themes/{theme.id}/fill?suggested=1"))
    assert [box.attrs["value"] for box in page.all("input", type="checkbox")] == [str(alike_id)]
    assert "Suggested by the words: " in page.text
    assert db.session.get_one(Comment, alike_id).theme_id is None
    found = officer.get(scene.path(f"/themes/{theme.id}/fill?word=รถเมล์"))
    assert len(found.all("input", type="checkbox")) == 1


def test_the_trace_reads_both_ways(scene: Scene, browser: PageBrowser) -> None:
    shelf = make_activity(scene.issue, "publications", opens_in=-3, closes_in=None)
    people = {"citizen": scene.citizen, "officer": scene.officer, "executive": scene.officer}
    document = make_document(Library(scene.agency, scene.issue, shelf, **people))
    key = f"{subject_of(document.id)}@1"
    comment = make_comment(scene)
    theme = make_theme(scene, comment, title="ขอช่องเปิด")
    answer(scene, theme, outcome=key)
    [link] = [one for one in browser.get(scene.path(f"/comment/{comment.id}")).links() if "/outcome" in one]
    led = browser.get(link, status=302)
    there = browser.get(led.response.location)
    assert "ขอช่องเปิด" in there.text
    assert f"/comments/{scene.id}/themes/{theme.id}" in there.html
    browser.get(scene.path("/outcome?of=publication/9999@1"), status=404)


def test_contract_and_its_cost(scene: Scene, browser: PageBrowser) -> None:
    theme = make_theme(scene, make_comment(scene), make_comment(scene, make_person()))
    answer(scene, theme, "under_review")
    _issue, activities = issue_with_activities(scene.issue.id)
    with browser.app.test_request_context("/en/"):
        [told] = themes_of(activities)
        assert (told.subject, told.comments, told.people) == (f"theme/{theme.id}", 2, 2)
        assert told.verdict == "under_review"
        assert outcomes_of(activities) == []
        assert credits_of(activities) == {}
        assert any(not duty.met for duty in KIND.duties(activities[0]))


def test_taking_out_tells_theme_and_answer(scene: Scene, browser: PageBrowser) -> None:
    theme = make_theme(scene, make_comment(scene), title="ขอช่องเปิด")
    answer(scene, theme, "declined", reason_th="แนวเขื่อนแคบเกินไป")
    make_comment(scene, make_person())
    [first, second] = json.loads(raw(browser.get(scene.path("/comments.json"))))
    assert (first["theme"], first["verdict"], first["reason_th"]) == (
        "ขอช่องเปิด",
        "declined",
        "แนวเขื่อนแคบเกินไป",
    )
    assert (second["theme"], second["verdict"]) == (None, None)
    rows = list(csv.DictReader(io.StringIO(raw(browser.get(scene.path("/comments.csv"))).lstrip("\ufeff"))))
    assert rows[0]["theme"] == "ขอช่องเปิด"


def test_pages_of_themes_cost_the_same_whatever_their_length(
    app: Flask, scene: Scene, browser: PageBrowser
) -> None:
    theme = make_theme(scene, make_comment(scene))
    answer(scene, theme)
    officer = browser.as_(scene.officer)
    office = [f"/themes/{theme.id}/{name}" for name in ("fill", "fill?suggested=1", "inside", "answer")]

    def costs() -> list[int]:
        read = [browser.get(scene.path(path)).statements for path in ("", "/themes", f"/themes/{theme.id}")]
        return read + [officer.get(scene.path(path)).statements for path in (*office, "/themes/desk")]

    few = costs()
    make_many(scene, 300)
    make_theme(scene, title="อีกประเด็น")
    assert costs() == few
    assert max(few) <= 8, few
