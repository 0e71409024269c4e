"""The way of a citizen: read, answer, check, send, thanks, and what bad input gets."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.activities.surveys.models import Answer, Response
from app.core.db import db
from app.identity.consents import CURRENT_CONSENT
from tests.support.browser import PageBrowser
from tests.support.clock import Clock
from tests.support.make import make_person
from tests.surveys.make import DESIGN, Scene, answer_and_send, make_response, make_scene, set_window, typed

SCRIPT = "<script>alert(1)</script> <b>หนา</b>"


def stored() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Response)) or 0


@pytest.mark.parametrize(
    ("lang", "asked", "check", "sent"),
    [
        ("th", "ถ้าต้องเลือกวันนี้ ท่านเลือกแบบใด", "ตรวจทานก่อนส่ง", "ขอบคุณที่ตอบแบบสำรวจ"),
        ("en", "Which design would you choose today?", "Check before sending", "Thank you for answering"),
    ],
)
def test_a_survey_is_answered_checked_and_sent(
    scene: Scene, browser: PageBrowser, lang: str, asked: str, check: str, sent: str
) -> None:
    citizen, path = browser.as_(scene.citizen), scene.path("/answer", lang)
    assert asked in browser.get(scene.path("", lang)).text
    form = citizen.get(path)
    assert asked in form.text
    assert not form.all("input", checked="checked"), "nothing may be chosen beforehand"
    values = typed(scene, design=1, worries=(0, 2), trust=5, words="ต้นโพธิ์หน้าวัด")
    checked = citizen.fill(form, {**values, "step": "check"}, action=path, status=200)
    assert checked.h1 == check
    for words in ("แผงถอดประกอบ", "บังวิว", "ค่าดูแล", "5 มั่นใจมาก") if lang == "th" else ("Removable panels",):
        assert words in checked.text
    assert "ต้นโพธิ์หน้าวัด" in checked.text
    assert stored() == 0, "the check page writes nothing"
    end = citizen.fill(checked, {"consent": CURRENT_CONSENT, "step": "send"}, action=path)
    assert citizen.follow(end).h1 == sent
    assert stored() == 1
    kept = {
        (row.question_id, row.option_id or row.step or row.words)
        for row in db.session.scalars(select(Answer))
    }
    first, second, third, fourth = scene.questions
    assert kept == {
        (first.id, first.options[1].id),
        (second.id, second.options[0].id),
        (second.id, second.options[2].id),
        (third.id, 5),
        (fourth.id, "ต้นโพธิ์หน้าวัด"),
    }
    response = db.session.scalars(select(Response)).one()
    assert (response.consent_version, str(response.submitted_on)) == (CURRENT_CONSENT, "2026-04-18")


def test_going_back_keeps_every_answer(scene: Scene, browser: PageBrowser) -> None:
    citizen, path = browser.as_(scene.citizen), scene.path("/answer")
    values = typed(scene, design=2, worries=(1,), trust=1, words="a\nb")
    checked = citizen.fill(citizen.get(path), {**values, "step": "check"}, action=path, status=200)
    again = citizen.fill(checked, {"step": "edit"}, action=path, status=200)
    sent = again.field_values()
    for name, value in values.items():
        expected = (
            value if name == scene.questions[3].field else value if isinstance(value, list) else [value]
        )
        assert sent[name] == expected
    assert stored() == 0


def test_only_what_is_asked_for_is_required(scene: Scene, browser: PageBrowser) -> None:
    answer_and_send(browser.as_(scene.citizen), scene, worries=(), words="")
    assert db.session.scalar(select(func.count()).select_from(Answer)) == 2


def test_who_rather_not_answers_is_taken_at_their_word(app: Flask, browser: PageBrowser) -> None:
    optional = DESIGN.__class__(**{**DESIGN.__dict__, "required": False})
    scene = make_scene(drafts=(DESIGN, optional))
    first, second = scene.questions
    citizen, path = browser.as_(scene.citizen), scene.path("/answer")
    given = {first.field: str(first.options[0].id), second.field: "0", "step": "check"}
    checked = citizen.fill(citizen.get(path), given, action=path, status=200)
    assert "Not answered" in checked.text
    citizen.fill(checked, {"consent": CURRENT_CONSENT, "step": "send"}, action=path)
    assert [row.question_id for row in db.session.scalars(select(Answer))] == [first.id]


def bad_answers(scene: Scene) -> dict[str, tuple[dict[str, Any], str]]:
    """What is changed in good answers, and what the page says to it."""
    first, second, third, fourth = scene.questions
    elsewhere = make_scene()
    foreign = str(elsewhere.questions[0].options[0].id)
    return {
        "nothing chosen": ({first.field: None}, "Answer question 1"),
        "no step": ({third.field: None}, "Answer question 3"),
        "an option of another question": (
            {first.field: str(second.options[0].id)},
            "Choose one of the answers shown.",
        ),
        "an option of another survey": ({first.field: foreign}, "Choose one of the answers shown."),
        "no number": ({first.field: "a'--"}, "Choose one of the answers shown."),
        "a huge number": ({first.field: "9" * 40}, "Choose one of the answers shown."),
        "a step that is none": ({third.field: "6"}, "Choose one of the answers shown."),
        "left out where one must answer": ({third.field: "0"}, "Choose one of the answers shown."),
        "too many": (
            {second.field: [str(option.id) for option in second.options]},
            "Question 2: choose at most 2",
        ),
        "one wrong among several": (
            {second.field: [str(second.options[0].id), foreign]},
            "Choose one of the answers shown.",
        ),
        "too long": ({fourth.field: "ก" * 201}, "Shorten this by 1 character"),
    }


@pytest.mark.parametrize("step", ["check", "send"])
def test_bad_answers_get_a_message_at_the_field(scene: Scene, browser: PageBrowser, step: str) -> None:
    citizen, path = browser.as_(scene.citizen), scene.path("/answer")
    fourth = scene.questions[3]
    for name, (changed, message) in bad_answers(scene).items():
        values = {**typed(scene, worries=(0,), words="ที่จอดเรือ"), **changed}
        form = citizen.get(path)
        values |= {"step": step, "consent": CURRENT_CONSENT}
        page = citizen.fill(form, values, action=path, status=422)
        assert any(message in error for error in page.errors()), (name, page.errors())
        assert page.title.startswith("Correct "), name
        assert page.field_values()[fourth.field] == values[fourth.field], f"{name}: the words are gone"
    assert stored() == 0


def test_markup_is_shown_as_the_text_it_is(scene: Scene, browser: PageBrowser) -> None:
    citizen, path = browser.as_(scene.citizen), scene.path("/answer")
    values = {**typed(scene, words=SCRIPT), "step": "check"}
    page = citizen.fill(citizen.get(path), values, action=path, status=200)
    assert SCRIPT in page.text
    assert "<script>" not in page.html


def test_without_consent_nothing_is_kept(scene: Scene, browser: PageBrowser) -> None:
    citizen, path = browser.as_(scene.citizen), scene.path("/answer")
    checked = citizen.fill(
        citizen.get(path), {**typed(scene, words="คำ"), "step": "check"}, action=path, status=200
    )
    page = citizen.fill(checked, {"step": "send"}, action=path, status=422)
    assert page.h1 == "Check before sending"
    assert page.errors()
    citizen.fill(page, {"consent": "2500-1", "step": "send"}, action=path, status=422)
    assert stored() == 0
    citizen.fill(page, {"consent": CURRENT_CONSENT, "step": "send"}, action=path)
    assert stored() == 1


def test_a_closed_survey_takes_nothing_and_keeps_what_was_typed(
    scene: Scene, browser: PageBrowser, clock: Clock
) -> None:
    citizen, path = browser.as_(scene.citizen), scene.path("/answer")
    form = citizen.get(path)
    values = {**typed(scene, words="ที่จอดเรือ"), "consent": CURRENT_CONSENT}
    clock.advance(days=11)
    for step in ("check", "send"):
        page = citizen.fill(form, {**values, "step": step}, action=path, status=422)
        assert "closed" in page.text
        assert page.field_values()[scene.questions[3].field] == "ที่จอดเรือ"
    assert "Closed" in citizen.get(path).text
    assert stored() == 0


def test_before_the_opening_nothing_is_taken(scene: Scene, browser: PageBrowser) -> None:
    set_window(scene, 1, 10)
    citizen, path = browser.as_(scene.citizen), scene.path("/answer")
    page = citizen.get(path)
    assert "Not open yet" in page.text
    assert not page.all("input", type="radio")
    elsewhere = citizen.get(make_scene().path("/answer")).field_values()
    values = {**elsewhere, **typed(scene), "consent": CURRENT_CONSENT, "step": "send"}
    assert "not opened yet" in citizen.post(path, values, 422).text
    assert stored() == 0


def test_an_old_page_is_answered_with_its_text(scene: Scene, browser: PageBrowser) -> None:
    browser.app.config["WTF_CSRF_ENABLED"] = True
    citizen, path = browser.as_(scene.citizen), scene.path("/answer")
    values = citizen.get(path).field_values() | typed(scene, words="ที่จอดเรือของคนหาปลาหน้าวัด")
    values |= {"step": "send", "consent": CURRENT_CONSENT, "csrf_token": "gone"}
    page = citizen.post(path, values, 400)
    assert "ที่จอดเรือของคนหาปลาหน้าวัด" in page.text
    assert stored() == 0
    citizen.fill(page, {}, action=path)
    assert stored() == 1


def test_sent_twice_it_counts_once(scene: Scene, browser: PageBrowser) -> None:
    citizen, path = browser.as_(scene.citizen), scene.path("/answer")
    values = citizen.get(path).field_values() | typed(scene, words="คำ")
    values |= {"step": "send", "consent": CURRENT_CONSENT}
    first, second = citizen.post(path, values), citizen.post(path, values)
    assert first.response.headers["Location"] == second.response.headers["Location"]
    assert stored() == 1
    other = citizen.post(path, {**values, scene.questions[3].field: "อื่น"}, 409)
    assert "You have already answered" in other.text
    assert stored() == 1


def test_the_same_key_with_other_answers_keeps_what_was_typed(scene: Scene, browser: PageBrowser) -> None:
    """Before the person has answered: the key was used for another form."""
    citizen = browser.as_(scene.citizen)
    elsewhere = make_scene()
    values = citizen.get(elsewhere.path("/answer")).field_values() | typed(elsewhere)
    values |= {"step": "send", "consent": CURRENT_CONSENT}
    citizen.post(elsewhere.path("/answer"), values)
    mine = {**values, **typed(scene, words="ที่จอดเรือ")}
    page = citizen.post(scene.path("/answer"), mine, 409)
    assert page.field_values()[scene.questions[3].field] == "ที่จอดเรือ"
    assert "already been sent with other content" in page.text
    citizen.fill(page, {"step": "send", "consent": CURRENT_CONSENT}, action=scene.path("/answer"))
    assert stored() == 2


def test_who_has_answered_is_told_so_kindly(scene: Scene, browser: PageBrowser) -> None:
    citizen, path = browser.as_(scene.citizen), scene.path("/answer", "th")
    form = citizen.get(path)
    make_response(scene)
    for page in (
        citizen.get(path),
        citizen.fill(form, {**typed(scene), "step": "check"}, action=path, status=422),
        citizen.fill(
            form, {**typed(scene), "step": "send", "consent": CURRENT_CONSENT}, action=path, status=422
        ),
    ):
        assert page.h1 == "ท่านตอบแบบสำรวจนี้แล้ว"
        assert "ท่านตอบแล้วเมื่อ 18 เมษายน 2569" in page.text
    assert "ท่านตอบแล้วเมื่อ" in citizen.get(scene.path("", "th")).text
    assert stored() == 1


def test_thanks_are_for_who_answered(scene: Scene, browser: PageBrowser) -> None:
    other = browser.as_(make_person())
    page = other.get(scene.path("/thanks"), 302)
    assert page.response.headers["Location"] == scene.path()


def test_the_day_is_bangkoks(scene: Scene, browser: PageBrowser, clock: Clock) -> None:
    clock.advance(hours=14)  # 18 April, 17.00 in Greenwich, is 19 April in Bangkok.
    response = make_response(scene)
    assert str(response.submitted_on) == "2026-04-19"
