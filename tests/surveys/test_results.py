"""What people see of the answers: nothing while it is open, totals afterwards, no small number ever."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask

from app.activities.surveys import contract, service
from app.activities.surveys.hiding import mask
from app.activities.surveys.queries import questionnaire, tallies
from app.activities.surveys.questionnaire import QuestionDraft
from app.activities.surveys.replies import Reply
from app.activities.surveys.results import QuestionResult, results_of
from app.activities.surveys.trend import series_of
from app.core.db import transaction
from app.i18n.bilingual import Bilingual
from app.identity.consents import CURRENT_CONSENT
from tests.support.browser import Page, PageBrowser
from tests.support.clock import Clock
from tests.support.make import make_person
from tests.surveys.make import (
    DESIGN,
    TRUST,
    WORRIES,
    Scene,
    annul,
    make_plain_response,
    make_response,
    make_responses,
    make_scene,
    viewer_of,
)


def table(page: Page, number: int) -> list[list[str]]:
    """The rows of the page's n-th bar table: words, people, per cent."""
    start = [place for place, e in enumerate(page.elements) if "bars" in e.attrs.get("class", "").split()]
    end = [*start, len(page.elements)][number + 1] if number + 1 <= len(start) else len(page.elements)
    rows: list[list[str]] = []
    for element in page.elements[start[number] : end]:
        if element.tag == "tr":
            rows.append([])
        elif element.tag in ("th", "td") and element.attrs.get("class") != "b" and rows:
            rows[-1].append(element.text.strip())
    return rows[1:]


def test_nobody_sees_running_results(scene: Scene, browser: PageBrowser, clock: Clock) -> None:
    make_responses(scene, 20, design=1, words="เรือ")
    officer = browser.as_(scene.officer)
    for page in (
        browser.get(scene.path("/results")),
        officer.get(scene.path("/results")),
        officer.get(scene.path("/manage")),
        browser.get(scene.path()),
    ):
        assert "20 people have answered" in page.text
        assert not page.all("table")
        assert "เรือ" not in page.text
    officer.get(scene.path(f"/words/{scene.questions[3].id}"), 404)
    clock.advance(days=11)
    assert browser.get(scene.path("/results")).all("table")


def test_a_handful_is_not_counted_aloud(scene: Scene, browser: PageBrowser, clock: Clock) -> None:
    make_responses(scene, 4, design=1, words="เรือ")
    assert "Fewer than 5 people have answered" in browser.get(scene.path()).text
    clock.advance(days=11)
    for path in ("/results", "", "/manage"):
        reader = browser.as_(scene.officer) if path == "/manage" else browser
        page = reader.get(scene.path(path))
        assert "Fewer than 5 people" in page.text
        assert not page.all("table")
    assert "among fewer it could be guessed who gave them" in browser.get(scene.path("/results")).text


@pytest.mark.parametrize("people", [19, 20])
def test_opinions_are_broken_down_from_twenty_people_on(
    app: Flask, browser: PageBrowser, clock: Clock, people: int
) -> None:
    """Fewer are counted, but not divided by what they think (architecture.md, "Numbers hidden")."""
    scene = make_scene()
    make_responses(scene, people, design=1, worries=(0,), words="เรือ")
    clock.advance(days=11)
    text = scene.questions[3]
    for reader, path in ((browser, "/results"), (browser.as_(scene.officer), "/manage")):
        page = reader.get(scene.path(path))
        assert f"{people} people have answered" in page.text, "the total alone is shown"
        assert bool(page.all("table")) is (people == 20)
        assert ("only where 20 people or more answered" in page.text) is (people == 19)
    assert scene.path(f"/words/{text.id}") in page.links(), "the agency reads what people wrote all the same"


@pytest.mark.parametrize("people", [19, 20])
def test_a_question_few_answered_is_not_broken_down(
    app: Flask, browser: PageBrowser, clock: Clock, people: int
) -> None:
    scene = make_scene(drafts=(DESIGN, WORRIES))
    first, second = scene.questions
    for n in range(30):
        answer(scene, first.options[0].id, second.options[0].id if n < people else None)
    clock.advance(days=11)
    page = browser.get(scene.path("/results"))
    assert ("Fewer than 20 people answered this question" in page.text) is (people == 19)
    assert len(page.all("table")) == people - 18


@pytest.mark.parametrize("lang", ["th", "en"])
def test_results_are_bars_with_their_numbers(
    scene: Scene, browser: PageBrowser, clock: Clock, lang: str
) -> None:
    make_responses(scene, 12, design=1, worries=(0, 1), trust=5, words="เรือ")
    make_responses(scene, 8, design=0, worries=(0,), trust=4)
    clock.advance(days=11)
    page = browser.get(scene.path("/results", lang))
    th = lang == "th"
    assert ("ตอบแล้ว 20 คน" if th else "20 people have answered") in page.text
    assert table(page, 0) == [
        ["กำแพงคอนกรีต" if th else "Concrete wall", "8", "40.0"],
        ["แผงถอดประกอบ" if th else "Removable panels", "12", "60.0"],
        ["ยังไม่แน่ใจ" if th else "ยังไม่แน่ใจ (Thai only)", "0", "0.0"],
    ]
    assert table(page, 1)[0][1:] == ["20", "100.0"]
    assert table(page, 2)[4] == ["5 มั่นใจมาก" if th else "5 Completely", "12", "60.0"]
    wrote = [["เขียนตอบ", "12", "60.0"], ["ไม่ตอบข้อนี้", "8", "40.0"]]
    assert table(page, 3) == (
        wrote if th else [["Wrote an answer", *wrote[0][1:]], ["Left this question out", *wrote[1][1:]]]
    )
    assert ("ร้อยละ 60" if th else "60%") in page.text
    assert "เรือ" not in page.text
    assert page.all("svg", class_="bar"), "the bars are drawn"


def test_small_numbers_are_hidden_with_the_next_one(app: Flask, browser: PageBrowser, clock: Clock) -> None:
    scene = make_scene(drafts=(replace(DESIGN, options=(*DESIGN.options, DESIGN.text)),))
    question = scene.questions[0]
    for place, people in enumerate((23, 6, 2, 0)):
        for _ in range(people):
            answer(scene, question.options[place].id)
    clock.advance(days=11)
    page = browser.get(scene.path("/results"))
    assert [row[1] for row in table(page, 0)] == ["23", "not shown", "not shown", "not shown"]
    assert "Together 8 people gave the answers not shown." in page.text
    assert "Chosen most often: Concrete wall (74.2%)" in page.text


def test_leaving_a_question_out_is_an_answer_too(app: Flask, browser: PageBrowser, clock: Clock) -> None:
    """23 of 26 answered: were the other 3 not counted among the parts, the total would show them."""
    scene = make_scene(drafts=(DESIGN, WORRIES))
    first, second = scene.questions
    for n in range(26):
        answer(scene, first.options[0].id, second.options[n % 5 > 2].id if n < 23 else None)
    clock.advance(days=11)
    rows = table(browser.get(scene.path("/results")), 1)
    assert [row[:2] for row in rows] == [
        ["Hidden view", "15"],
        ["Foul water", "not shown"],
        ["Upkeep", "not shown"],
        ["Left this question out", "not shown"],
    ]


def test_a_question_that_cannot_be_shown_says_why(scene: Scene, browser: PageBrowser, clock: Clock) -> None:
    make_responses(scene, 19, design=0)
    make_response(scene, make_person(), design=1)
    clock.advance(days=11)
    page = browser.get(scene.path("/results"))
    assert "One of them was given by fewer than 5 people" in page.text


def test_words_are_for_the_agency_after_closing(scene: Scene, browser: PageBrowser, clock: Clock) -> None:
    for n in range(6):
        make_response(scene, make_person(), words=f"ข้อความ {n} <b>หนา</b>")
    text = scene.questions[3]
    path = scene.path(f"/words/{text.id}")
    clock.advance(days=11)
    executive = make_person("executive", scene.agency)
    page = browser.as_(executive).get(path)
    assert all(f"ข้อความ {n} <b>หนา</b>" in page.text for n in range(6))
    assert "<b>หนา" not in page.html
    browser.as_(scene.officer).get(path)
    browser.as_(scene.citizen).get(path, 403)
    browser.as_(make_person("officer", make_scene().agency)).get(path, 404)
    browser.as_(scene.officer).get(scene.path(f"/words/{scene.questions[0].id}"), 404)


def test_words_come_in_pages_and_in_no_telling_order(
    scene: Scene, browser: PageBrowser, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.activities.surveys.queries.answers.PAGE", 5)
    for n in range(12):
        make_response(scene, make_person(), words=f"ข้อความที่{n:02}.")
    clock.advance(days=11)
    officer, seen = browser.as_(scene.officer), []
    url = scene.path(f"/words/{scene.questions[3].id}")
    while url:
        page = officer.get(url)
        seen += [e.text for e in page.all("blockquote")]
        url = next((e.attrs["href"] for e in page.all("a", rel="next")), "")
    assert sorted(seen) == [f"ข้อความที่{n:02}." for n in range(12)]
    assert seen != sorted(seen), "the order of writing shows (or one in 479,001,600 had bad luck)"
    officer.get(scene.path(f"/words/{scene.questions[3].id}?after=x"))


def test_a_cancelled_survey_has_no_results(scene: Scene, browser: PageBrowser) -> None:
    make_responses(scene, 6)
    annul(scene)
    page = browser.get(scene.path("/results"))
    assert "cancelled" in page.text
    assert not page.all("table")


def answer(scene: Scene, *picks: int | None) -> None:
    """A new person's answer, by the ids of the options chosen in each question."""
    make_plain_response(scene, [() if pick is None else (pick,) for pick in picks])


# ---------------------------------------------------------------- rows, ranks and means

NAMES = (Bilingual("ก", "A"), Bilingual("ข", "B"), Bilingual("ค", "C"))


def only_question(kind: str, **values: object) -> Scene:
    draft = QuestionDraft(kind=kind, text=Bilingual("ถาม", "Ask"), required=False, **values)  # type: ignore[arg-type]
    return make_scene(drafts=(draft,))


def send(scene: Scene, times: int, **given: object) -> None:
    for _ in range(times):
        with transaction():
            service.submit_response(
                activity_id=scene.id,
                viewer=viewer_of(make_person()),
                replies=[Reply(scene.questions[0].id, **given)],  # type: ignore[arg-type]
                consent_version=CURRENT_CONSENT,
            )


def result(scene: Scene) -> QuestionResult:
    found = results_of(questionnaire(scene.id), tallies(scene.id))
    assert found is not None
    return found[0]


def test_a_row_few_answered_is_not_broken_down(app: Flask, browser: PageBrowser, clock: Clock) -> None:
    scene = only_question("matrix", rows=NAMES[:2], options=NAMES)
    first, second = scene.questions[0].rows
    choice = scene.questions[0].options[0].id
    send(scene, 12, cells=((first.id, choice), (second.id, choice)))
    send(scene, 12, cells=((first.id, choice),))
    assert [line.value for line in result(scene).parts[0].lines] == [24, 0, 0]
    assert {line.value for line in result(scene).parts[1].lines} == {None}
    clock.advance(days=11)
    for lang in ("en", "th"):
        page = browser.get(scene.path("/results", lang))
        assert page.status == 200
    assert "Fewer than 20 people answered this row" in browser.get(scene.path("/results")).text
    assert "An answer given by fewer than 5" not in browser.get(scene.path("/results")).text


def test_mean_places_do_not_tell_a_hidden_number(app: Flask, browser: PageBrowser, clock: Clock) -> None:
    """Of two options the mean place and the number of people tell how many put one first."""
    scene = only_question("ranking", options=NAMES[:2])
    one, two = (option.id for option in scene.questions[0].options)
    send(scene, 20, picks=(one, two))
    assert result(scene).means
    send(scene, 3, picks=(two, one))
    assert result(scene).lines[1].value is None
    assert not result(scene).means
    clock.advance(days=11)
    assert "Mean places are not shown" in browser.get(scene.path("/results")).text


def test_mean_places_do_not_tell_who_put_what_second(app: Flask) -> None:
    """Of three options the first places are shown, and with three means they would tell the second ones too."""
    scene = only_question("ranking", options=NAMES)
    a, b, c = (option.id for option in scene.questions[0].options)
    for times, picks in ((10, (a, b, c)), (7, (b, a, c)), (1, (b, c, a)), (7, (c, a, b))):
        send(scene, times, picks=picks)
    assert [line.value for line in result(scene).lines] == [10, 8, 7]
    assert not result(scene).means


def test_a_middle_value_does_not_tell_a_hidden_number(app: Flask) -> None:
    scene = only_question("number", least=100, most=400, places=0)
    for amount, times in ((1, 11), (2, 6), (3, 5), (4, 9)):
        send(scene, times, amount=100 * amount)
    assert result(scene).median == 200
    scene = only_question("number", least=100, most=400, places=0)
    for amount, times in ((1, 11), (2, 3), (3, 5), (4, 9)):
        send(scene, times, amount=100 * amount)
    assert None in [line.value for line in result(scene).lines]
    assert result(scene).median is None


def test_the_report_and_the_results_hide_the_same_numbers(app: Flask) -> None:
    """Where everybody answered there is no rest: to count it as nobody would show one number more."""
    assert contract._told({"sector": {"a": 40, "b": 9, "c": 4, "d": 4}}, 57) == {"sector": {"a": 40}}
    assert mask([40, 9, 4, 4]) == [40, None, None, None]


def test_a_trend_leaves_out_a_mean_that_tells_a_hidden_number(
    app: Flask, browser: PageBrowser, clock: Clock
) -> None:
    scene = make_scene(drafts=(TRUST,))
    send(scene, 25, picks=(5,))
    send(scene, 10, picks=(4,))
    clock.advance(days=11)
    assert series_of(questionnaire(scene.id))[1][0].values != (None,)
    clock.advance(days=-11)
    send(scene, 2, picks=(1,))
    clock.advance(days=11)
    assert series_of(questionnaire(scene.id))[1][0].values == (None,)
    assert "small numbers could be worked out from it" in browser.get(scene.path("/trend")).text
