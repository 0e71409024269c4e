"""The office's other work: paper sheets keyed twice, ready-made questions, trend, population, stale English."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.activities.surveys import arranging, building, paper, ready_made, service
from app.activities.surveys.arranging import ConditionDraft
from app.activities.surveys.building import Needed
from app.activities.surveys.kind import KIND
from app.activities.surveys.models import Condition, Keying, Question, Response, Sheet
from app.activities.surveys.queries import questionnaire, replies_of
from app.activities.surveys.replies import Reply
from app.activities.surveys.representation import read_table
from app.activities.surveys.translation import Translated, made_from
from app.core.db import db, transaction
from app.core.errors import DomainError
from app.i18n.bilingual import Bilingual
from app.ledger.models import Entry
from tests.support.browser import PageBrowser
from tests.support.clock import Clock
from tests.support.make import make_activity, make_agency, make_person
from tests.surveys.make import (
    DESIGN,
    DRAFTS,
    Scene,
    counted,
    counted_anew,
    make_response,
    make_responses,
    make_scene,
    replies,
    set_window,
    typed,
    viewer_of,
)

# ---------------------------------------------------------------- paper


def key(browser: PageBrowser, scene: Scene, number: int, status: int = 303, **given: object) -> object:
    values = {**typed(scene, **given), "number": str(number), "signed": "y", "step": "save"}  # type: ignore[arg-type]
    return browser.submit(scene.path("/paper/key"), values, status=status)


def test_two_equal_readings_become_an_answer(scene: Scene, browser: PageBrowser) -> None:
    one, two = browser.as_(scene.officer), browser.as_(make_person("officer", scene.agency))
    key(one, scene, 7, worries=(0, 1), words="ต้นโพธิ์")
    assert db.session.scalar(select(func.count()).select_from(Response)) == 0
    page = two.get(scene.path("/paper"))
    assert "Keyed once: key it too" in page.text
    assert "ต้นโพธิ์" not in two.get(scene.path("/paper/key")).html, "nobody sees the other's reading"
    key(two, scene, 7, worries=(0, 1), words="ต้นโพธิ์")
    response = db.session.scalars(select(Response)).one()
    assert (response.channel, response.person_id) == ("paper", None)
    assert counted(scene) == counted_anew(scene)
    assert db.session.scalar(select(func.count()).select_from(Keying)) == 0
    entry = db.session.scalars(select(Entry).where(Entry.fact == "surveys.response.submitted")).one()
    assert '"channel":"paper"' in entry.body
    assert "1 sheet has been taken in" in one.get(scene.path("/paper")).text
    key(one, scene, 7, 422)


def test_differing_readings_wait_for_a_third_look(scene: Scene, browser: PageBrowser) -> None:
    one, two = browser.as_(scene.officer), browser.as_(make_person("officer", scene.agency))
    key(one, scene, 8, design=0, trust=4, words="ต้นโพ")
    again = key(one, scene, 8, 422)
    assert "Another officer must key it too" in again.text  # type: ignore[attr-defined]
    moved = key(two, scene, 8, design=1, trust=4, words="ต้นโพธิ์")
    third = browser.as_(make_person("officer", scene.agency))
    page = third.get(moved.response.headers["Location"])  # type: ignore[attr-defined]
    assert "differ in 2 answers" in page.text
    assert "First reading: Concrete wall" in page.text
    assert "Second reading: Removable panels" in page.text
    first, _second, _third, fourth = scene.questions
    third.fill(page, {first.field: "first"}, action=page.path, status=422)
    third.fill(page, {first.field: "first", fourth.field: "second"}, action=page.path)
    stored = set(paper_replies())
    assert (first.options[0].id,) in {reply.picks for reply in stored}
    assert "ต้นโพธิ์" in {reply.words for reply in stored}
    assert counted(scene) == counted_anew(scene)
    entry = db.session.scalars(select(Entry).where(Entry.fact == "surveys.sheet.decided")).one()
    assert '"differences":2' in entry.body
    third.fill(page, {first.field: "first", fourth.field: "second"}, action=page.path)  # Sent twice.
    assert db.session.scalar(select(func.count()).select_from(Response)) == 1


def paper_replies() -> list[Reply]:
    from_paper = select(Response.id).where(Response.channel == "paper")
    return replies_of(db.session.scalars(from_paper).one())


def test_sheets_are_keyed_while_it_makes_sense(scene: Scene, browser: PageBrowser, clock: Clock) -> None:
    officer = browser.as_(scene.officer)
    values = {**typed(scene), "number": "1", "step": "save"}
    officer.submit(scene.path("/paper/key"), values, status=422)  # Without the signed consent.
    key(officer, scene, 0, 422)
    clock.advance(days=15)
    key(officer, scene, 1)
    clock.advance(days=30)
    page = key(officer, scene, 2, 422)
    assert "30 days after" in page.text  # type: ignore[attr-defined]
    assert db.session.scalar(select(func.count()).select_from(Sheet)) == 1
    browser.as_(scene.citizen).get(scene.path("/paper"), 403)
    browser.as_(make_scene().officer).get(scene.path("/paper"), 404)


def test_after_the_closing_sheets_come_into_the_results_together(
    scene: Scene, browser: PageBrowser, clock: Clock
) -> None:
    """The results are public then: one sheet more would show by the difference what its writer answered."""
    one, two = browser.as_(scene.officer), browser.as_(make_person("officer", scene.agency))
    make_responses(scene, 20)
    clock.advance(days=15)
    before = browser.get(scene.path("/results")).text
    path = scene.path("/paper")
    for number in range(1, 5):
        key(one, scene, number, design=1)
        key(two, scene, number, design=1)
    key(one, scene, 5, design=1)
    moved = key(two, scene, 5, design=2)
    assert browser.get(scene.path("/results")).text == before
    assert counted(scene) == counted_anew(scene)
    page = one.get(path)
    assert "4 sheets are ready" in page.text
    assert "Take them into the results" not in page.text
    assert "at least 5 at once" in page.text
    with pytest.raises(DomainError), transaction():
        paper.take_in(activity_id=scene.id, viewer=viewer_of(scene.officer))
    first = scene.questions[0]
    two.fill(
        two.get(moved.response.headers["Location"]),
        {first.field: "second"},
        action=moved.response.headers["Location"],
    )  # type: ignore[attr-defined]
    assert browser.get(scene.path("/results")).text == before, "a decision too waits"
    page = one.get(path)
    assert "5 sheets are ready" in page.text
    one.fill(page, {}, action=path)
    one.fill(page, {}, action=path)  # Sent twice.
    assert "5 sheets have been taken in" in one.get(path).text
    assert counted(scene) == counted_anew(scene)
    assert counted(scene)[0, 0, 0] == 25
    assert counted(scene)[first.id, 0, first.options[2].id] == 1
    assert db.session.scalar(select(func.count()).select_from(Keying)) == 0
    key(one, scene, 5, 422)


def test_a_sheet_that_leaves_out_what_must_be_answered_is_refused(scene: Scene) -> None:
    with pytest.raises(DomainError), transaction():
        paper.key_sheet(
            activity_id=scene.id,
            viewer=viewer_of(scene.officer),
            number=1,
            replies=replies(scene, design=None),
        )


# ---------------------------------------------------------------- conditions and pages at building time


def test_what_others_depend_on_stays(app: Flask, browser: PageBrowser) -> None:
    scene = make_scene(opens_in=2)
    first, second, third, fourth = scene.questions
    viewer = viewer_of(scene.officer)
    officer = browser.as_(scene.officer)
    path = scene.path(f"/question/{fourth.id}/shown")
    values = {"on": str(first.id), "test": "is", "options": [str(first.options[0].id)]}
    officer.fill(officer.get(f"{path}?on={first.id}"), values, action=path)
    assert "Only if question 1" in officer.get(scene.path("/setup")).text
    page = officer.submit(scene.path(f"/question/{first.id}/remove"), {}, status=422)
    assert "question 4 depend" in page.text
    for place, question in enumerate((fourth, fourth, fourth)):
        status = 303 if place < 2 else 422
        page = officer.submit(scene.path("/setup"), {"move": f"up-{question.id}"}, status=status)
    assert "question 1 depend" in page.text or "question 2 depend" in page.text
    # Nor may the option go that is asked for; another one may.
    path = scene.path(f"/question/{first.id}")
    form = officer.get(path)
    officer.fill(form, {"option1_th": "", "option1_en": "", "step": "save"}, action=path, status=422)
    officer.fill(form, {"option3_th": "", "option3_en": "", "step": "save"}, action=path)
    scene.read()
    kept = next(question for question in scene.questions if question.id == first.id)
    assert [option.id for option in kept.options] == [option.id for option in first.options[:2]]
    with pytest.raises(DomainError), transaction():
        arranging.add_condition(
            activity_id=scene.id,
            viewer=viewer,
            question_id=first.id,
            draft=ConditionDraft(third.id, "at_least", value=3),
        )
    condition = db.session.scalars(select(Condition.id)).one()
    path = scene.path(f"/question/{fourth.id}/shown")
    officer.submit(path, {"remove": str(condition)})
    officer.submit(scene.path(f"/question/{first.id}/remove"), {})
    assert second.id in {question.id for question in questionnaire(scene.id).questions}


def test_pages_are_begun_renamed_and_removed(app: Flask, browser: PageBrowser) -> None:
    scene = make_scene(drafts=(DESIGN,), opens_in=2)
    officer = browser.as_(scene.officer)
    officer.submit(scene.path("/page"), {"title_th": ""}, status=422)
    officer.submit(scene.path("/page"), {"title_th": "เรื่องของท่าน", "title_en": "About you"})
    assert [str(words) for words in KIND.ready(scene.id)] == ["หน้า 2 ยังไม่มีคำถาม เพิ่มคำถาม หรือลบหน้านี้"]
    with transaction():
        moved = building.add_question(
            activity_id=scene.id, viewer=viewer_of(scene.officer), draft=replace(DESIGN, required=False)
        )
    survey = questionnaire(scene.id)
    page_id = survey.pages[1].id
    assert survey.on_page(survey.pages[1])[0].id == moved.id
    path = scene.path(f"/page/{page_id}")
    officer.submit(path, {"title_th": "เรื่องของเรา", "title_en": "About you"})
    assert questionnaire(scene.id).stale
    assert "English older than the Thai" in officer.get(scene.path("/setup")).text
    assert "Older than the Thai" in browser.get(scene.path()).text
    officer.submit(path, {"title_th": "เรื่องของเรา", "title_en": "About you", "confirmed": "y"})
    db.session.rollback()
    assert not questionnaire(scene.id).stale
    officer.submit(scene.path("/setup"), {"move": f"up-{moved.id}"})
    assert not questionnaire(scene.id).on_page(questionnaire(scene.id).pages[1])
    officer.submit(scene.path("/setup"), {"move": f"down-{moved.id}"})
    officer.submit(scene.path(f"/page/{page_id}/remove"), {})
    survey = questionnaire(scene.id)
    assert [page.id for page in survey.pages] == [None]
    assert [question.number for question in survey.questions] == [1, 2]
    officer.get(path, 404)


def test_english_remembers_its_thai() -> None:
    first = Bilingual("ก", "A")
    old = Translated("ก", "A", made_from(first, None))
    assert not old.stale
    changed = Bilingual("ข", "A")
    stale = Translated("ข", "A", made_from(changed, old))
    assert stale.stale
    assert not Translated("ข", "A", made_from(changed, old, confirmed=True)).stale
    assert not Translated("ข", "B", made_from(Bilingual("ข", "B"), stale)).stale
    assert made_from(Bilingual("ข"), stale) is None


# ---------------------------------------------------------------- ready-made, trend


def test_satisfaction_is_asked_again_and_compared(app: Flask, browser: PageBrowser, clock: Clock) -> None:
    scene = make_scene(drafts=(), opens_in=2, stage="monitor")
    officer = browser.as_(scene.officer)
    path = scene.path("/ready-made")
    officer.submit(path, {"step": "satisfaction"})
    officer.submit(path, {"step": "satisfaction"}, status=422)
    officer.submit(path, {"step": "sector"})
    officer.submit(path, {"step": "sector"}, status=422)
    scene.read()
    assert questionnaire(scene.id).satisfaction
    assert not KIND.ready(scene.id)
    assert not any(question.stale for question in scene.questions)
    again = make_activity(scene.issue, "surveys", opens_in=5, closes_in=40, stage="monitor")
    second = replace(scene, id=again.id)
    officer.submit(second.path("/ready-made"), {"step": "repeat", "of": "999999"}, status=422)
    officer.submit(second.path("/ready-made"), {"step": "repeat", "of": str(scene.id)})
    second.read()
    assert [q.code for q in second.questions] == [q.code for q in scene.questions]
    assert [o.code for q in second.questions for o in (*q.rows, *q.options)] == [
        o.code for q in scene.questions for o in (*q.rows, *q.options)
    ]
    for one, step in ((scene, 2), (second, 4)):
        set_window(one, -1, 10 if one is scene else 12)
        for _ in range(20):
            answer(one, step)
    clock.advance(days=13)
    page = browser.get(second.path("/trend"))
    rows = [e.text for e in page.all("td", class_="n")]
    assert rows[:4] == ["2.00", "20", "4.00", "20"]
    assert page.all("polyline")
    assert browser.get(scene.path("/trend", "th")).all("polyline")
    assert second.path("/trend") in browser.get(second.path("/results")).links()


def answer(scene: Scene, step: int) -> None:
    from_template = {q.code: q for q in scene.questions}
    overall, channel = from_template["sat_overall"], from_template["sat_channel"]
    given = [
        Reply(overall.id, picks=(step,)),
        Reply(channel.id, picks=(channel.options[0].id,)),
    ]
    with transaction():
        service.submit_response(
            activity_id=scene.id,
            viewer=viewer_of(make_person()),
            replies=given,
            consent_version="2569-1",
        )


def test_another_agencys_survey_cannot_be_repeated(app: Flask) -> None:
    scene, other = make_scene(drafts=(), opens_in=2), make_scene()
    with pytest.raises(ready_made.NotFound), transaction():
        ready_made.repeat_survey(activity_id=scene.id, viewer=viewer_of(scene.officer), of=other.id)
    assert db.session.scalar(select(func.count()).where(Question.activity_id == scene.id)) == 0


# ---------------------------------------------------------------- population


def upload(browser: PageBrowser, scene: Scene, table: str, status: int = 303, **more: str) -> object:
    path = scene.path(f"/population/{scene.questions[0].id}")
    values = {"source": "สำนักทะเบียน", "year": "2568", **more}
    return browser.submit(path, {**values, "table": (io.BytesIO(table.encode()), "p.csv")}, status=status)


def test_the_answers_stand_beside_the_population(scene: Scene, browser: PageBrowser, clock: Clock) -> None:
    make_responses(scene, 15, design=0)
    make_responses(scene, 5, design=1)
    officer = browser.as_(scene.officer)
    good = 'category,count\nกำแพงคอนกรีต,"1,000"\nRemovable panels,๓๐๐๐\n'
    for table, words in {
        "": "at least two categories",
        "category,count\nเรือ,5\n": "no answer to this question",
        "กำแพงคอนกรีต,x\nยังไม่แน่ใจ,1": "number cannot be read",
        "กำแพงคอนกรีต,1\nConcrete wall,2": "stands here twice",
        "กำแพงคอนกรีต": "a comma and the number",
    }.items():
        assert words in upload(officer, scene, table, 422).text  # type: ignore[attr-defined]
    no_end = '"' + "x" * 140_000
    assert "cannot be read at line" in upload(officer, scene, no_end, 422).text  # type: ignore[attr-defined]
    for broken in ("a\rb\x00,1", '"a"b,"', "\r\r"):
        upload(officer, scene, broken, 422)
    upload(officer, scene, good, 422, source="")
    upload(officer, scene, good, 422, year="12")
    upload(officer, scene, good)
    entry = db.session.scalars(select(Entry).where(Entry.fact == "surveys.population.stated")).one()
    assert '"year":2025' in entry.body
    clock.advance(days=11)
    page = browser.get(scene.path("/results", "th"))
    assert "สำนักทะเบียน ปี 2568" in page.text
    assert [e.text.strip() for e in page.all("td", class_="n") if "%" in e.text][:4] == [
        "25.0%",
        "75.0%",
        "75.0%",
        "25.0%",
    ]
    with pytest.raises(DomainError):
        read_table(b"\xff\xfe\x00", scene.questions[0])


# ---------------------------------------------------------------- contract


def test_other_rooms_are_told(app: Flask, scene: Scene, clock: Clock) -> None:
    make_responses(scene, 4)
    assert KIND.counts([scene.id]) == {scene.id: {"questions": 4}}
    heard = KIND.heard([scene.id])[scene.id]
    assert (heard.total, heard.by) == (4, {})
    make_responses(scene, 15)
    make_response(scene, words="ลุงสมพร")
    assert KIND.counts([scene.id])[scene.id]["responses"] == 20
    heard = KIND.heard([scene.id])[scene.id]
    assert (heard.total, heard.by, heard.pending) == (20, {}, True), (
        "whoever answers now would show by the difference"
    )
    clock.advance(days=11)
    heard = KIND.heard([scene.id])[scene.id]
    assert (heard.total, heard.by, heard.pending) == (20, {"channel": {"web": 20}}, False)
    draft = make_scene(published=False)
    subjects = [f"survey/{scene.id}", f"activity/{scene.id}", f"survey/{draft.id}", "survey/x", "issue/1"]
    found = KIND.found(subjects)
    assert set(found) == {f"survey/{scene.id}", f"activity/{scene.id}"}
    words = found[f"survey/{scene.id}"].words
    assert "Removable panels" in words
    assert all(draft.text.th in words for draft in DRAFTS)
    assert "ลุงสมพร" not in words, "what people wrote is not for the public"


def test_sectors_and_provinces_are_told(app: Flask, browser: PageBrowser, clock: Clock) -> None:
    scene = make_scene(drafts=(), opens_in=2)
    with transaction():
        ready_made.add_sector(activity_id=scene.id, viewer=viewer_of(scene.officer))
        building.add_question(
            activity_id=scene.id,
            viewer=viewer_of(scene.officer),
            draft=replace(DESIGN, kind="place", options=(), depth="district"),
        )
    set_window(scene, -1, 10)
    scene.read()
    sector, place = scene.questions
    for n in range(30):
        with transaction():
            service.submit_response(
                activity_id=scene.id,
                viewer=viewer_of(make_person()),
                replies=[
                    Reply(sector.id, picks=(sector.options[n % 2].id,)),
                    Reply(place.id, area="1501" if n % 2 else "5001"),
                ],
                consent_version="2569-1",
            )
    assert KIND.heard([scene.id])[scene.id].by == {}
    clock.advance(days=11)
    heard = KIND.heard([scene.id])[scene.id]
    assert heard.by["sector"] == {"people": 15, "vulnerable": 15}
    assert heard.by["area"] == {"15": 15, "50": 15}
    page = browser.get(scene.path(f"/compare?by={place.id}&question={sector.id}"))
    assert "not shown: groups" in page.text, "each group is smaller than 20"
    assert browser.get(scene.path("/results", "th")).all("ul", class_="tiles")


def test_a_needed_list_names_everything() -> None:
    assert Needed(["question 2", "page 3"]).names == ["question 2", "page 3"]


# ---------------------------------------------------------------- the list


def test_the_office_menu_leads_to_all_surveys(scene: Scene, browser: PageBrowser, clock: Clock) -> None:
    make_responses(scene, 3)
    officer = browser.as_(scene.officer)
    page = officer.get("/en/surveys/desk")
    assert page.all("a", href="/en/surveys/desk", aria_current="page")
    assert scene.path("/manage") in page.links()
    assert "Open for answers" in page.text
    assert "fewer than 5" in page.text
    make_responses(scene, 4)
    key(officer, scene, 1)
    for _ in range(3):
        make_activity(scene.issue, "surveys", opens_in=5, closes_in=20)
    again = officer.get("/en/surveys/desk")
    assert again.statements == page.statements
    assert [e.text.strip() for e in again.all("td", class_="n")][-3:] == ["4", "7", "1"]
    clock.advance(days=11)
    assert "Closed" in officer.get("/en/surveys/desk").text
    other = browser.as_(make_scene().officer).get("/en/surveys/desk")
    assert scene.path("/manage") not in other.links()
    browser.as_(scene.citizen).get("/en/surveys/desk", 403)
    nobody = browser.as_(make_person("officer", make_agency())).get("/th/surveys/desk")
    assert not nobody.all("table")
