"""The officer's way: questions added, changed, moved, removed, until the survey opens."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.activities.surveys import building
from app.activities.surveys.codes import MOST_QUESTIONS
from app.activities.surveys.models import Option, Question
from app.core.db import db, transaction
from app.core.errors import DomainError
from app.ledger.models import Entry
from tests.support.browser import Page, PageBrowser
from tests.support.make import make_person
from tests.surveys.make import DESIGN, TRUST, Scene, make_response, make_scene, viewer_of

TEXTS = {"text_th": "ท่านเลือกแบบใด", "text_en": "Which design?"}
GOOD: dict[str, dict[str, str]] = {
    "single": {**TEXTS, "option1_th": "แบบ ก", "option1_en": "Design A", "option3_th": "แบบ ข"},
    "multiple": {**TEXTS, "option1_th": "แบบ ก", "option2_th": "แบบ ข", "max_picks": "๑"},
    "scale": {**TEXTS, "low_th": "น้อย", "low_en": "Little", "high_th": "มาก"},
    "text": {**TEXTS, "max_length": "๕๐๐"},
}


@pytest.fixture
def draft(app: Flask) -> Scene:
    """A survey nobody has written anything in, in an issue that is not published."""
    return make_scene(drafts=(), opens_in=5, closes_in=20, published=False)


def order(scene: Scene) -> list[str]:
    scene.read()
    return [question.text.th for question in scene.questions]


def h3s(page: Page) -> list[str]:
    return [" ".join(e.text.split()) for e in page.all("h3")]


@pytest.mark.parametrize("lang", ["th", "en"])
def test_every_kind_of_question_is_written(draft: Scene, browser: PageBrowser, lang: str) -> None:
    officer = browser.as_(draft.officer)
    empty = officer.get(draft.path("/setup", lang))
    assert ("เขียนคำถามอย่างน้อย 1 ข้อ" if lang == "th" else "Write at least one question") in empty.text
    for kind, values in GOOD.items():
        choose = officer.get(draft.path("/add", lang))
        assert draft.path(f"/add/{kind}", lang) in choose.links()
        done = officer.submit(draft.path(f"/add/{kind}", lang), {**values, "step": "save"})
        assert "#question-" in done.response.headers["Location"]
    draft.read()
    single, multiple, scale, text = draft.questions
    assert [(o.name.th, o.name.en) for o in single.options] == [("แบบ ก", "Design A"), ("แบบ ข", None)]
    assert single.required
    assert multiple.max_picks == 1
    assert (scale.low.en, scale.high.en) == ("Little", None)  # type: ignore[union-attr]
    assert text.max_length == 500
    page = officer.get(draft.path("/setup", lang))
    assert len(h3s(page)) == 4
    assert "%(" not in page.text
    assert not any("คำถามอย่างน้อย" in note or "at least one" in note for note in (page.text,))


BAD: dict[str, tuple[str, dict[str, Any], str]] = {
    "no question": ("single", {"text_th": ""}, "Write the question in Thai"),
    "too long": ("single", {"text_th": "ก" * 501}, "Shorten this by 1 character"),
    "one answer": ("single", {"option3_th": ""}, "Write at least two answers"),
    "an answer in English alone": ("single", {"option2_en": "Design B"}, "Write this answer in Thai first"),
    "an answer twice": ("single", {"option2_th": "แบบ ก"}, "This answer stands here twice"),
    "an answer too long": ("single", {"option1_th": "ก" * 201}, "Shorten this by 1 character"),
    "more picks than answers": ("multiple", {"max_picks": "3"}, "Enter a number from 1 to 2"),
    "no number of picks": ("multiple", {"max_picks": "สอง"}, "Enter a whole number"),
    "a nameless end": ("scale", {"low_th": " "}, "Name the lower end in Thai"),
    "no length": ("text", {"max_length": ""}, "Fill this in."),
    "an endless length": ("text", {"max_length": "2001"}, "Enter a number from 1 to 2,000."),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_questions_get_a_message_at_the_field(draft: Scene, browser: PageBrowser, name: str) -> None:
    kind, changed, message = BAD[name]
    officer, path = browser.as_(draft.officer), draft.path(f"/add/{kind}")
    values = {**GOOD[kind], **changed, "step": "save"}
    page = officer.submit(path, values, status=422)
    assert any(message in error for error in page.errors()), page.errors()
    assert page.field_values()["text_en"] == "Which design?"
    assert order(draft) == []


def test_more_rows_write_nothing_and_keep_what_was_typed(draft: Scene, browser: PageBrowser) -> None:
    officer, path = browser.as_(draft.officer), draft.path("/add/single")
    page = officer.submit(path, {**GOOD["single"], "step": "more-option"}, status=200)
    assert page.field_values()["option3_th"] == "แบบ ข"
    assert page.field_values()["option8_th"] == ""
    assert order(draft) == []
    for _ in range(4):
        page = officer.fill(page, {"step": "more-option"}, action=path, status=200)
    assert "option20_th" in page.field_values()
    assert "option21_th" not in page.field_values()
    officer.fill(page, {"option20_th": "แบบ ค", "step": "save"}, action=path)
    draft.read()
    assert [option.name.th for option in draft.questions[0].options] == ["แบบ ก", "แบบ ข", "แบบ ค"]


def test_markup_is_shown_as_the_text_it_is(draft: Scene, browser: PageBrowser) -> None:
    officer = browser.as_(draft.officer)
    words = "<script>alert(1)</script>"
    officer.submit(
        draft.path("/add/single"), {**GOOD["single"], "text_th": words, "option1_th": words, "step": "save"}
    )
    page = officer.get(draft.path("/setup", "th"))
    assert page.text.count(words) == 2
    assert "<script>" not in page.html


def test_a_question_is_changed(app: Flask, browser: PageBrowser) -> None:
    scene = make_scene(opens_in=2)
    officer, question = browser.as_(scene.officer), scene.questions[0]
    path = scene.path(f"/question/{question.id}")
    form = officer.get(path)
    assert form.field_values()["option2_en"] == "Removable panels"
    officer.fill(form, {"option2_th": "", "option2_en": "", "required": None, "step": "save"}, action=path)
    scene.read()
    changed = scene.questions[0]
    assert changed.id == question.id
    assert not changed.required
    assert [option.name.th for option in changed.options] == ["กำแพงคอนกรีต", "ยังไม่แน่ใจ"]
    assert db.session.scalar(select(func.count()).select_from(Option)) == 5


def test_questions_change_places(app: Flask, browser: PageBrowser) -> None:
    scene = make_scene(opens_in=2)
    officer, path = browser.as_(scene.officer), scene.path("/setup")
    one, two, three, four = order(scene)
    ids = [question.id for question in scene.questions]
    page = officer.get(path)
    assert len(page.all("button", name="move")) == 6
    officer.fill(page, {"move": f"down-{ids[0]}"}, action=path)
    assert order(scene) == [two, one, three, four]
    officer.submit(path, {"move": f"up-{ids[3]}"})
    assert order(scene) == [two, one, four, three]
    officer.submit(path, {"move": f"up-{ids[1]}"})
    assert order(scene) == [two, one, four, three], "the first stays the first"
    for wrong in ("sideways-1", "up-", "up-x", "up"):
        officer.submit(path, {"move": wrong}, status=400)
    officer.submit(path, {"move": f"up-{'9' * 30}"}, status=404)
    officer.submit(path, {"move": f"up-{make_scene().questions[0].id}"}, status=404)


def test_a_question_is_removed_after_asking(app: Flask, browser: PageBrowser) -> None:
    scene = make_scene(opens_in=2)
    officer, question = browser.as_(scene.officer), scene.questions[0]
    path = scene.path(f"/question/{question.id}/remove")
    page = officer.get(path)
    assert question.text.en in page.text  # type: ignore[operator]
    assert len(order(scene)) == 4
    officer.fill(page, {}, action=path)
    officer.fill(page, {}, action=path)  # Sent twice.
    assert len(order(scene)) == 3
    assert db.session.scalar(select(func.count()).select_from(Option)) == 3
    officer.get(path, 404)


def test_an_announced_survey_keeps_a_question(app: Flask, browser: PageBrowser) -> None:
    scene = make_scene(drafts=(TRUST,), opens_in=2)
    path = scene.path(f"/question/{scene.questions[0].id}/remove")
    page = browser.as_(scene.officer).submit(path, {}, status=422)
    assert "Add another one first" in page.text
    draft = make_scene(drafts=(TRUST,), opens_in=2, published=False)
    browser.as_(draft.officer).submit(draft.path(f"/question/{draft.questions[0].id}/remove"), {})


def test_the_introduction_is_written(draft: Scene, browser: PageBrowser) -> None:
    officer, path = browser.as_(draft.officer), draft.path("/describe")
    page = officer.submit(path, {"intro_en": "English alone"}, status=422)
    assert "Write the introduction in Thai first" in page.text
    officer.submit(path, {"intro_th": "6 ข้อ\nประมาณ 4 นาที", "intro_en": "Six questions", "satisfaction": "y"})
    page = officer.get(draft.path("/setup"))
    assert "Six questions" in page.text
    assert "Measures satisfaction" in page.text
    assert officer.get(path).field_values()["intro_th"] == "6 ข้อ\nประมาณ 4 นาที"
    officer.submit(path, {"intro_th": "", "intro_en": "", "satisfaction": None})
    assert "None yet." in officer.get(draft.path("/setup")).text


def test_a_survey_has_an_end(app: Flask) -> None:
    scene = make_scene(drafts=(), opens_in=2)
    viewer = viewer_of(scene.officer)
    with transaction():
        for _ in range(MOST_QUESTIONS):
            building.add_question(activity_id=scene.id, viewer=viewer, draft=TRUST)
    with pytest.raises(DomainError), transaction():
        building.add_question(activity_id=scene.id, viewer=viewer, draft=TRUST)


@pytest.mark.parametrize("state", [{}, {"opens_in": -5, "closes_in": -1}])
def test_once_open_nothing_is_changed(app: Flask, browser: PageBrowser, state: dict[str, float]) -> None:
    scene = make_scene(**state)
    before = order(scene)
    officer, question = browser.as_(scene.officer), scene.questions[0]
    page = officer.get(scene.path("/setup"))
    assert "can no longer be changed" in page.text
    assert not page.all("button", name="move")
    refused = {
        "/describe": {"intro_th": "ใหม่"},
        "/add/single": {**GOOD["single"], "step": "save"},
        f"/question/{question.id}": {"text_th": "ใหม่", "step": "save"},
        f"/question/{question.id}/remove": {},
        "/setup": {"move": f"down-{question.id}"},
    }
    for path, values in refused.items():
        page = officer.submit(scene.path(path), values, status=422)
        assert "already open" in page.text, path
    assert order(scene) == before


def test_drafts_are_sealed_and_announced_changes_are_public(draft: Scene, browser: PageBrowser) -> None:
    browser.as_(draft.officer).submit(draft.path("/add/text"), {**GOOD["text"], "step": "save"})
    sealed = db.session.scalars(select(Entry).where(Entry.fact == "surveys.survey.prepared")).one()
    assert (sealed.issue, sealed.subject) == (None, None)
    assert "Which design" not in sealed.body
    assert '"data":{}' in sealed.body

    announced = make_scene(opens_in=2)
    db.session.rollback()
    entries = list(db.session.scalars(select(Entry).where(Entry.fact == "surveys.survey.changed")))
    assert [entry.activity for entry in entries] == [announced.id] * 4
    assert entries[-1].actor.startswith("officer:")
    assert '"change":"question_added"' in entries[-1].body
    assert '"questions":4' in entries[-1].body
    assert "ก" not in entries[-1].body


def test_the_same_form_twice_writes_one_question(draft: Scene, browser: PageBrowser) -> None:
    officer, path = browser.as_(draft.officer), draft.path("/add/text")
    values = {**officer.get(path).field_values(), **GOOD["text"], "step": "save"}
    officer.post(path, values)
    officer.post(path, values)
    assert len(order(draft)) == 1
    page = officer.post(path, {**values, "text_th": "อื่น"}, 409)
    assert page.field_values()["text_th"] == "อื่น"
    assert db.session.scalar(select(func.count()).select_from(Question)) == 1


def test_an_old_page_writes_nothing(draft: Scene, browser: PageBrowser) -> None:
    browser.app.config["WTF_CSRF_ENABLED"] = True
    officer, path = browser.as_(draft.officer), draft.path("/add/text")
    values = {**officer.get(path).field_values(), **GOOD["text"], "step": "save", "csrf_token": "gone"}
    page = officer.post(path, {**values, "text_th": "คำถามที่ยาวพอให้เห็นว่ายังอยู่"}, 400)
    assert "คำถามที่ยาวพอให้เห็นว่ายังอยู่" in page.text
    assert order(draft) == []


def test_no_kind_of_its_own_making(draft: Scene, browser: PageBrowser) -> None:
    browser.as_(draft.officer).get(draft.path("/add/riddle"), 404)


def test_people_see_what_will_be_asked(app: Flask, browser: PageBrowser) -> None:
    scene = make_scene(opens_in=2)
    page = browser.get(scene.path())
    assert "Which design would you choose today?" in page.text
    assert "Removable panels" in page.text
    assert "Choose up to 2." in page.text


def test_a_verb_finds_questions_of_its_survey_only(app: Flask) -> None:
    scene, other = make_scene(opens_in=2), make_scene(opens_in=2)
    viewer, foreign = viewer_of(scene.officer), other.questions[0].id
    acts: list[Any] = [
        lambda: building.remove_question(activity_id=scene.id, question_id=foreign, viewer=viewer),
        lambda: building.move_question(activity_id=scene.id, question_id=foreign, viewer=viewer, up=True),
        lambda: building.change_question(
            activity_id=scene.id, question_id=foreign, viewer=viewer, draft=DESIGN
        ),
    ]
    for act in acts:
        with pytest.raises(building.NotFound), transaction():
            act()


def test_answers_given_keep_their_questions(scene: Scene) -> None:
    """Were the door left open, the tables would still refuse to lose what somebody answered."""
    make_response(scene, make_person())
    with pytest.raises(DomainError), transaction():
        building.remove_question(
            activity_id=scene.id, question_id=scene.questions[0].id, viewer=viewer_of(scene.officer)
        )
