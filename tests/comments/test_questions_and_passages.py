"""Comments on one of several questions, and on a passage of a document version."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlencode

import pytest
from flask import Flask

from app.activities.comments import service
from app.activities.comments.kind import KIND
from app.activities.comments.models import Comment, Question
from app.core.db import db, transaction
from app.core.errors import DomainError, NotFound
from app.i18n.bilingual import Bilingual
from app.identity.consents import CURRENT_CONSENT
from app.issues import kinds
from app.issues.contracts import Address, Passage
from app.issues.queries import activity_with_issue
from tests.comments.make import (
    ENGLISH,
    THAI,
    Scene,
    counted_anew,
    edited,
    make_comment,
    make_hidden,
    make_question,
    make_scene,
    tallied_anew,
    tallies,
    thread_counts,
    withdrawn,
)
from tests.issues.fake_kind import Told, make_kind
from tests.support.browser import PageBrowser
from tests.support.make import make_activity

QUOTE = "เจ้าของบ้านต้องประกอบแผงกันน้ำเองภายใน 6 ชั่วโมง"
PLAN = {"subject": "fake/7", "version": 2, "section": "s3"}


@pytest.fixture
def library(app: Flask, scene: Scene) -> Iterator[dict[str, int]]:
    """A kind with one document of two versions; what it holds can be taken away."""
    shelf = {"activity_id": make_activity(scene.issue, "fakes").id, "versions": 2}

    def passages(subject: str, version: int, section: str, quote: str, lang: str) -> Passage | None:
        if subject != "fake/7" or not 1 <= version <= shelf["versions"] or section not in ("", "s3", "s4"):
            return None
        if quote and quote not in QUOTE:
            return None
        return Passage(
            activity_id=shelf["activity_id"],
            subject=subject,
            version=version,
            section=section,
            section_title=Bilingual("หมวด 3", "Part 3"),
            quote=quote,
            title=Bilingual("ร่างแผน", "Draft plan"),
            address=Address("issues.show", {"issue_id": scene.issue.id}),
        )

    fake = make_kind(Told(), levels=frozenset({1}))
    kinds.register(replace(fake, passages=passages))
    yield shelf
    kinds._kinds.pop("fakes")


def write(browser: PageBrowser, scene: Scene, query: dict[str, object], **values: str) -> Comment:
    """From an address of the form to the stored comment, in pages."""
    path = scene.path("/new")
    form = browser.get(f"{path}?{urlencode(query)}")
    check = browser.fill(form, {"body": ENGLISH, "step": "check", **values}, action=path, status=200)
    browser.fill(check, {"consent": CURRENT_CONSENT, "step": "send"}, action=path)
    db.session.rollback()
    return db.session.query(Comment).order_by(Comment.id.desc()).first()


def test_questions_are_set_before_the_opening(app: Flask, browser: PageBrowser) -> None:
    scene = make_scene(opens_in=1)
    officer = browser.as_(scene.officer)
    for n in range(1, 4):
        officer.submit(scene.path("/questions/add"), {"text_th": f"คำถามที่ {n}", "text_en": f"Question {n}"})
    first, second, _third = db.session.query(Question).order_by(Question.place)
    first_id, second_id = first.id, second.id
    officer.submit(scene.path(f"/questions/{first_id}"), {"text_th": "ข้อแรก", "text_en": "The first one"})
    page = officer.get(scene.path(f"/questions/{second_id}"))
    officer.fill(page, {}, action=scene.path(f"/questions/{second_id}/remove"))
    officer.fill(page, {}, action=scene.path(f"/questions/{second_id}/remove"))
    shown = browser.get(scene.path())
    assert [words in shown.text for words in ("The first one", "Question 2", "Question 3")] == [
        True,
        False,
        True,
    ]
    db.session.rollback()
    assert [row.place for row in db.session.query(Question).order_by(Question.place)] == [1, 2]
    browser.as_(make_scene().officer).get(scene.path("/questions/add"), 404)
    page = officer.submit(scene.path("/questions/add"), {"text_th": ""}, status=422)
    assert "Write the question in Thai." in page.text


def test_open_questions_stand_fast(scene: Scene, browser: PageBrowser) -> None:
    question = make_question(scene)
    officer = browser.as_(scene.officer)
    path = scene.path(f"/questions/{question.id}")
    assert "already open" in officer.submit(path, {"text_th": "อย่างอื่น"}, status=422).text
    page = officer.get(path)
    assert "already open" in officer.fill(page, {}, action=f"{path}/remove", status=422).text
    officer.submit(scene.path("/questions/add"), {"text_th": "ข้อใหม่"}, status=422)


def test_a_comment_answers_a_question_and_the_list_can_be_read_by_it(
    scene: Scene, browser: PageBrowser
) -> None:
    first, second = make_question(scene, 1), make_question(scene, 2)
    citizen = browser.as_(scene.citizen)
    comment = write(citizen, scene, {"question": second.id})
    make_comment(scene, body=THAI)
    assert (comment.question_id, comment.about) == (second.id, f"question/{second.id}")
    page = browser.get(scene.path(f"?question={second.id}"))
    assert ENGLISH in page.text
    assert THAI not in page.text
    assert "On: Question 2" in page.text
    assert ENGLISH not in browser.get(scene.path(f"?question={first.id}&sort=supported")).text
    everything = browser.get(scene.path())
    assert ENGLISH in everything.text
    assert THAI in everything.text
    assert tallies(scene) == tallied_anew(scene) == {("about", f"question/{second.id}"): 1}


def test_a_question_of_another_thread_is_refused(scene: Scene) -> None:
    elsewhere = make_question(make_scene())
    with pytest.raises(NotFound):
        make_comment(scene, question_id=elsewhere.id)
    assert thread_counts(scene)["shown"] == 0


def test_a_passage_is_quoted_above_the_field_and_kept(
    scene: Scene, browser: PageBrowser, library: dict[str, int]
) -> None:
    citizen = browser.as_(scene.citizen)
    query = {**PLAN, "quote": "ภายใน 6 ชั่วโมง"}
    form = citizen.get(f"{scene.path('/new')}?{urlencode(query)}")
    assert "Draft plan, version 2 · Part 3" in form.text
    [quoted] = form.all("blockquote", class_="quoted")
    assert quoted.text == "ภายใน 6 ชั่วโมง"
    comment = write(citizen, scene, query)
    assert (comment.about, comment.section, comment.quote) == ("fake/7@2", "s3", "ภายใน 6 ชั่วโมง")
    page = browser.get(scene.path())
    assert "ภายใน 6 ชั่วโมง" in page.text
    assert "Draft plan, version 2 · Part 3" in page.text
    [passage] = [link for link in page.links() if "/passage/" in link]
    led = browser.get(passage, 302)
    assert led.response.headers["Location"] == f"/en/issues/{scene.issue.id}"
    assert tallies(scene) == tallied_anew(scene)


def test_it_stays_with_its_own_version(scene: Scene, browser: PageBrowser, library: dict[str, int]) -> None:
    make_comment(scene, **PLAN)
    library["versions"] = 3
    make_comment(scene, body=THAI, **{**PLAN, "version": 3})
    older = browser.get(scene.path("?subject=fake/7&version=2"))
    newer = browser.get(scene.path("?subject=fake/7&version=3&section=s3"))
    assert len(older.all("article")) == len(newer.all("article")) == 1
    assert "version 2" in older.text
    library["versions"] = 1
    assert len(browser.get(scene.path()).all("article")) == 2, "the comments stay, whatever the document does"
    [gone, _other] = [link for link in browser.get(scene.path()).links() if "/passage/" in link]
    browser.get(gone, 404)


@pytest.mark.parametrize(
    "wrong",
    [
        {"subject": "fake/8", "version": 2},
        {"subject": "fake/7", "version": 9},
        {"subject": "fake/7", "version": "x"},
        {"subject": "fake/7", "version": 2, "section": "nowhere"},
        {"subject": "fake/7", "version": 2, "quote": "what is not there"},
        {"reply_to": 999999},
    ],
)
def test_a_passage_that_is_not_there_is_no_page(
    scene: Scene, browser: PageBrowser, library: dict[str, int], wrong: dict[str, object]
) -> None:
    browser.as_(scene.citizen).get(f"{scene.path('/new')}?{urlencode(wrong)}", 404)


def test_a_document_of_another_issue_is_refused(scene: Scene, library: dict[str, int]) -> None:
    library["activity_id"] = make_activity(make_scene().issue, "fakes").id
    with pytest.raises(NotFound):
        make_comment(scene, **PLAN)


def test_documents_are_told_where_to_comment_and_how_many_have(
    app: Flask, scene: Scene, library: dict[str, int]
) -> None:
    for section in ("s3", "s3", "s4", ""):
        make_comment(scene, **{**PLAN, "section": section})
    make_hidden(scene, make_comment(scene, **PLAN))
    withdrawn(make_comment(scene, **PLAN), scene.citizen)
    make_comment(scene, **{**PLAN, "version": 1})
    activity, _issue = activity_with_issue(scene.id, "comments")
    assert KIND.remarks is not None
    with app.test_request_context("/en/"):
        [told] = KIND.remarks([activity], "fake/7", 2)
        assert told.counts == {"": 4, "s3": 2, "s4": 1}
        assert told.write is not None
        assert told.write.url() == f"/en/comments/{scene.id}/new?subject=fake/7&version=2"
        assert told.read.url() == f"/en/comments/{scene.id}?subject=fake/7&version=2"
        [nothing] = KIND.remarks([activity], "fake/99", 1)
        assert nothing.counts == {}
    assert tallies(scene) == tallied_anew(scene)


def test_nobody_is_sent_to_a_closed_form(app: Flask, browser: PageBrowser) -> None:
    scene = make_scene(opens_in=-5, closes_in=-1)
    activity, _issue = activity_with_issue(scene.id, "comments")
    assert KIND.remarks is not None
    with app.test_request_context("/en/"):
        [told] = KIND.remarks([activity], "fake/7", 1)
    assert told.write is None
    draft = make_scene(published=False)
    hidden, _issue = activity_with_issue(draft.id, "comments")
    assert KIND.remarks([hidden], "fake/7", 1) == ()


def test_numbers_by_feature_follow_every_change(scene: Scene) -> None:
    question = make_question(scene)
    comment = make_comment(scene, question_id=question.id, sector="people", area_code="15")
    assert tallies(scene) == tallied_anew(scene)
    changed = edited(comment, scene.citizen, ENGLISH, sector="vulnerable")
    assert tallies(scene) == tallied_anew(scene)
    assert tallies(scene)["sector", "vulnerable"] == 1
    make_hidden(scene, changed)
    assert tallies(scene) == tallied_anew(scene) == {}
    with pytest.raises(DomainError) as refused:
        make_comment(scene, area_code="99")
    assert refused.value.field == "area_code"
    with transaction():
        service.erase(scene.citizen.id)
    assert thread_counts(scene) == counted_anew(scene)
