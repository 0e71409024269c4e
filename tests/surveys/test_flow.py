"""The way of a citizen: read, answer page by page, check, send, thanks, and what bad input gets."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.activities.surveys.models import Answer, Draft, Response
from app.core.db import db
from app.identity.consents import CURRENT_CONSENT
from app.ledger.models import Entry
from tests.support.browser import Page, PageBrowser
from tests.support.clock import Clock
from tests.support.make import make_person
from tests.surveys.make import DESIGN, Scene, answer_and_send, make_response, make_scene, set_window, typed

SCRIPT = "<script>alert(1)</script> <b>หนา</b>"


def stored() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Response)) or 0


def save(citizen: PageBrowser, scene: Scene, lang: str = "en", **given: Any) -> Page:
    """Answer the one page and go on to the check page."""
    path = scene.path("/answer", lang)
    return citizen.follow(
        citizen.fill(citizen.get(path), {**typed(scene, **given), "step": "check"}, action=path)
    )


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
    checked = save(citizen, scene, lang, design=1, worries=(0, 2), trust=5, words="ต้นโพธิ์หน้าวัด")
    assert checked.h1 == check
    for words in ("แผงถอดประกอบ", "บังวิว", "ค่าดูแล", "5 มั่นใจมาก") if lang == "th" else ("Removable panels",):
        assert words in checked.text
    assert "ต้นโพธิ์หน้าวัด" in checked.text
    assert stored() == 0, "what is saved is not sent"
    assert db.session.scalar(select(func.count()).where(Entry.fact == "surveys.response.submitted")) == 0
    end = citizen.fill(checked, {"consent": CURRENT_CONSENT}, action=scene.path("/check", lang))
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
    assert db.session.scalar(select(func.count()).select_from(Draft)) == 0, "the unsent copy goes"


def test_going_back_keeps_every_answer(scene: Scene, browser: PageBrowser) -> None:
    citizen = browser.as_(scene.citizen)
    values = typed(scene, design=2, worries=(1,), trust=1, words="a\nb")
    save(citizen, scene, design=2, worries=(1,), trust=1, words="a\nb")
    sent = citizen.get(scene.path("/answer?page=1")).field_values()
    for name, value in values.items():
        text = name == scene.questions[3].field
        assert sent[name] == (value if text or isinstance(value, list) else [value])
    assert stored() == 0


def test_it_is_resumed_on_another_device(scene: Scene, browser: PageBrowser) -> None:
    phone, desk = browser.as_(scene.citizen), browser.as_(scene.citizen)
    path = scene.path("/answer")
    left = phone.fill(phone.get(path), {**typed(scene, words="ต้นโพธิ์"), "step": "later"}, action=path)
    assert "kept, but not sent yet" in phone.follow(left).text
    again = desk.get(path)
    assert again.field_values()[scene.questions[3].field] == "ต้นโพธิ์"
    assert "Go on answering" in desk.get(scene.path()).text
    check = desk.follow(desk.fill(again, {"step": "check"}, action=path))
    desk.fill(check, {"consent": CURRENT_CONSENT}, action=scene.path("/check"))
    assert stored() == 1
    assert "Go on answering" not in phone.get(scene.path()).text


def test_nobody_else_sees_what_is_not_sent(scene: Scene, browser: PageBrowser) -> None:
    save(browser.as_(scene.citizen), scene, words="ต้นโพธิ์")
    for reader in (browser, browser.as_(scene.officer), browser.as_(make_person())):
        assert "ต้นโพธิ์" not in reader.get(scene.path()).text
    other = browser.as_(make_person())
    assert "ต้นโพธิ์" not in other.get(scene.path("/answer")).html
    assert "Fewer than 5 people have answered" in browser.get(scene.path()).text


def test_what_is_not_sent_can_be_deleted(scene: Scene, browser: PageBrowser) -> None:
    citizen, path = browser.as_(scene.citizen), scene.path("/answer")
    save(citizen, scene, words="ต้นโพธิ์")
    citizen.fill(citizen.get(path), {"step": "delete"}, action=path)
    assert db.session.scalar(select(func.count()).select_from(Draft)) == 0
    assert "ต้นโพธิ์" not in citizen.get(path).html


def test_only_what_is_asked_for_is_required(scene: Scene, browser: PageBrowser) -> None:
    answer_and_send(browser.as_(scene.citizen), scene, worries=(), words="")
    assert db.session.scalar(select(func.count()).select_from(Answer)) == 2


def test_who_rather_not_answers_is_taken_at_their_word(app: Flask, browser: PageBrowser) -> None:
    scene = make_scene(drafts=(DESIGN, replace(DESIGN, required=False)))
    first, second = scene.questions
    citizen, path = browser.as_(scene.citizen), scene.path("/answer")
    given = {first.field: str(first.options[0].id), second.field: "0", "step": "check"}
    checked = citizen.follow(citizen.fill(citizen.get(path), given, action=path))
    assert "Not answered" in checked.text
    citizen.fill(checked, {"consent": CURRENT_CONSENT}, action=scene.path("/check"))
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


@pytest.mark.parametrize("step", ["check", "later"])
def test_bad_answers_get_a_message_at_the_field(scene: Scene, browser: PageBrowser, step: str) -> None:
    citizen, path = browser.as_(scene.citizen), scene.path("/answer")
    fourth = scene.questions[3]
    for name, (changed, message) in bad_answers(scene).items():
        values = {**typed(scene, worries=(0,), words="ที่จอดเรือ"), **changed, "step": step}
        page = citizen.fill(citizen.get(path), values, action=path, status=422)
        assert any(message in error for error in page.errors()), (name, page.errors())
        assert page.title.startswith("Correct "), name
        assert page.field_values()[fourth.field] == values[fourth.field], f"{name}: the words are gone"
    assert stored() == 0
    assert db.session.scalar(select(func.count()).select_from(Draft)) == 0


def test_markup_is_shown_as_the_text_it_is(scene: Scene, browser: PageBrowser) -> None:
    page = save(browser.as_(scene.citizen), scene, words=SCRIPT)
    assert SCRIPT in page.text
    assert "<script>" not in page.html


def test_without_consent_nothing_is_sent(scene: Scene, browser: PageBrowser) -> None:
    citizen, path = browser.as_(scene.citizen), scene.path("/check")
    checked = save(citizen, scene, words="คำ")
    page = citizen.fill(checked, {}, action=path, status=422)
    assert page.h1 == "Check before sending"
    assert page.errors()
    citizen.fill(page, {"consent": "2500-1"}, action=path, status=422)
    assert stored() == 0
    citizen.fill(page, {"consent": CURRENT_CONSENT}, action=path)
    assert stored() == 1


def test_a_closed_survey_takes_nothing_and_keeps_what_was_typed(
    scene: Scene, browser: PageBrowser, clock: Clock
) -> None:
    citizen, path = browser.as_(scene.citizen), scene.path("/answer")
    form = citizen.get(path)
    checked = save(citizen, scene, words="เดิม")
    clock.advance(days=11)
    page = citizen.fill(form, {**typed(scene, words="ที่จอดเรือ"), "step": "check"}, action=path, status=422)
    assert "closed" in page.text
    assert page.field_values()[scene.questions[3].field] == "ที่จอดเรือ"
    sent = citizen.fill(checked, {"consent": CURRENT_CONSENT}, action=scene.path("/check"), status=422)
    assert "closed" in sent.text
    assert "เดิม" in sent.text
    assert "will be deleted" in citizen.get(path).text
    assert stored() == 0


def test_before_the_opening_nothing_is_taken(scene: Scene, browser: PageBrowser) -> None:
    set_window(scene, 1, 10)
    citizen, path = browser.as_(scene.citizen), scene.path("/answer")
    page = citizen.get(path)
    assert "Not open yet" in page.text
    assert not page.all("input", type="radio")
    elsewhere = citizen.get(make_scene().path("/answer")).field_values()
    asked = " ".join(str(question.id) for question in scene.questions)
    values = {**elsewhere, **typed(scene), "asked": asked, "step": "check"}
    assert "not opened yet" in citizen.post(path, values, 422).text
    assert db.session.scalar(select(func.count()).select_from(Draft)) == 0


def test_an_old_page_is_answered_with_its_text(scene: Scene, browser: PageBrowser) -> None:
    browser.app.config["WTF_CSRF_ENABLED"] = True
    citizen, path = browser.as_(scene.citizen), scene.path("/answer")
    values = citizen.get(path).field_values() | typed(scene, words="ที่จอดเรือของคนหาปลาหน้าวัด")
    values |= {"step": "check", "csrf_token": "gone"}
    page = citizen.post(path, values, 400)
    assert "ที่จอดเรือของคนหาปลาหน้าวัด" in page.text
    citizen.fill(page, {}, action=path)
    assert db.session.scalar(select(func.count()).select_from(Draft)) == 1


def test_sent_twice_it_counts_once(scene: Scene, browser: PageBrowser) -> None:
    citizen = browser.as_(scene.citizen)
    values = {**save(citizen, scene, words="คำ").field_values(), "consent": CURRENT_CONSENT}
    first, second = (citizen.post(scene.path("/check"), values) for _ in range(2))
    assert first.response.headers["Location"] == second.response.headers["Location"]
    assert stored() == 1
    other = citizen.post(scene.path("/check"), {**values, "key": "0" * 32}, 422)
    assert "You have already answered" in other.text
    assert stored() == 1


def test_the_same_key_with_other_answers_keeps_what_was_typed(scene: Scene, browser: PageBrowser) -> None:
    citizen, path = browser.as_(scene.citizen), scene.path("/answer")
    values = citizen.get(path).field_values() | typed(scene) | {"step": "later"}
    citizen.post(path, values)
    page = citizen.post(path, {**values, **typed(scene, words="ที่จอดเรือ")}, 409)
    assert page.field_values()[scene.questions[3].field] == "ที่จอดเรือ"
    assert "already been sent with other content" in page.text
    citizen.fill(page, {"step": "later"}, action=path)
    assert "ที่จอดเรือ" in citizen.get(path).html


def test_who_has_answered_is_told_so_kindly(scene: Scene, browser: PageBrowser) -> None:
    citizen, path = browser.as_(scene.citizen), scene.path("/answer", "th")
    form = citizen.get(path)
    make_response(scene)
    for page in (
        citizen.get(path),
        citizen.fill(form, {**typed(scene), "step": "check"}, action=path, status=422),
        citizen.get(scene.path("/check", "th")),
    ):
        assert page.h1 == "ท่านตอบแบบสำรวจนี้แล้ว"
        assert "ท่านตอบแล้วเมื่อ 18 เมษายน 2569" in page.text
    assert "ท่านตอบแล้วเมื่อ" in citizen.get(scene.path("", "th")).text
    assert stored() == 1


def test_thanks_and_copies_are_for_who_answered(scene: Scene, browser: PageBrowser) -> None:
    other = browser.as_(make_person())
    for door in ("/thanks", "/mine", "/mine.txt"):
        assert other.get(scene.path(door), 302).response.headers["Location"] == scene.path()


def test_a_copy_of_ones_answers(scene: Scene, browser: PageBrowser) -> None:
    make_response(scene, design=1, worries=(0, 2), words="ต้นโพธิ์\nหน้าวัด")
    citizen = browser.as_(scene.citizen)
    page = citizen.get(scene.path("/mine"))
    for words in ("Removable panels", "Hidden view", "Upkeep", "ต้นโพธิ์"):
        assert words in page.text
    file = citizen.get(scene.path("/mine.txt", "th")).response
    text = file.get_data().decode("utf-8-sig")
    assert "แผงถอดประกอบ" in text
    assert "ต้นโพธิ์" in text
    assert "attachment" in file.headers["Content-Disposition"]
    other = browser.as_(make_person()).get(scene.path("/mine"), 302)
    assert "ต้นโพธิ์" not in other.html


def test_the_day_is_bangkoks(scene: Scene, clock: Clock) -> None:
    clock.advance(hours=14)  # 18 April, 17.00 in Greenwich, is 19 April in Bangkok.
    response = make_response(scene)
    assert str(response.submitted_on) == "2026-04-19"
