"""Taking the answers out: what is read again equals what is stored, and the public part tells no person."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from typing import Any

import openpyxl
import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.activities.surveys import export, service
from app.activities.surveys.models import Response
from app.activities.surveys.queries import questionnaire, replies_of
from app.activities.surveys.questionnaire import Questionnaire
from app.activities.surveys.replies import Reply
from app.core.db import db, transaction
from app.core.errors import DomainError
from app.i18n import speaking
from app.identity.consents import CURRENT_CONSENT
from tests.support.browser import PageBrowser
from tests.support.clock import Clock
from tests.support.make import make_person
from tests.surveys.make import (
    Scene,
    any_draft,
    make_response,
    make_responses,
    make_scene,
    random_reply,
    viewer_of,
)
from tests.surveys.test_statements import asked_of_the_database


def given_out(activity_id: int, form: str, *, full: bool) -> bytes:
    db.session.rollback()
    return b"".join(export.written(activity_id, form, full=full))


def public(scene: Scene, form: str, lang: str = "th") -> str:
    """The address at which a closed survey's answers stay."""
    return f"/data/surveys/{scene.id}/answers.{form}" + ("" if lang == "th" else f"?lang={lang}")


def stored(activity_id: int) -> list[frozenset[Reply]]:
    db.session.rollback()
    idents = db.session.scalars(select(Response.id).where(Response.activity_id == activity_id)).all()
    return in_order(frozenset(replies_of(ident)) for ident in idents)


def in_order(responses: Iterable[frozenset[Reply]]) -> list[frozenset[Reply]]:
    """Responses in an order of their own: a frozenset's `repr` depends on how it was made."""
    return sorted(responses, key=lambda replies: sorted(map(repr, replies)))


def unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith("'") else cell


def read_again(survey: Questionnaire, row: dict[str, str]) -> frozenset[Reply]:
    """A row of the full table as replies, by the code book alone."""
    found = set()
    for q in survey.questions:
        name = f"q{q.number}"
        words = row.get(f"{name}_words", "")
        options = {option.name.th: option.id for option in q.options}
        if q.kind == "multiple":
            picks = tuple(o.id for o in q.options if row[f"{name}_{o.id}"] == "1")
            reply = Reply(q.id, picks=picks, words=words)
        elif q.kind == "ranking":
            ranks = {o.id: int(row[f"{name}_{o.id}"]) for o in q.options if row[f"{name}_{o.id}"]}
            reply = Reply(q.id, picks=tuple(sorted(ranks, key=ranks.__getitem__)))
        elif q.kind == "matrix":
            cells = [(r.id, row[f"{name}_{r.id}"]) for r in q.rows if row[f"{name}_{r.id}"]]
            reply = Reply(q.id, cells=tuple((r, int(c) if q.on_scale else options[c]) for r, c in cells))
        else:
            reply = _plain(q, row[name], words, options)
        if reply.given:
            found.add(reply)
    return frozenset(found)


def _plain(q: Any, cell: str, words: str, options: dict[str, int]) -> Reply:
    if not cell:
        return Reply(q.id)
    if q.kind == "single":
        return Reply(q.id, picks=(options[cell],), words=words)
    if q.kind == "scale":
        return Reply(q.id, picks=(int(cell),))
    if q.kind == "number":
        return Reply(q.id, amount=round(float(cell) * 100))
    if q.kind == "text":
        return Reply(q.id, words=cell)
    return Reply.from_data({"question": q.id, "day" if q.kind == "date" else "area": cell})


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_what_is_exported_is_what_is_stored(app: Flask, data: st.DataObject) -> None:
    scene = make_scene(drafts=data.draw(st.lists(any_draft(), min_size=1, max_size=5)))
    for _ in range(4):
        replies = [r for q in scene.questions if (r := random_reply(data.draw, q)) is not None]
        try:
            with transaction():
                service.submit_response(
                    activity_id=scene.id,
                    viewer=viewer_of(make_person()),
                    replies=replies,
                    consent_version=CURRENT_CONSENT,
                )
        except DomainError:
            continue
    expected, survey = stored(scene.id), questionnaire(scene.id)
    with speaking("th"):
        table = given_out(scene.id, "csv", full=True)
        book = openpyxl.load_workbook(io.BytesIO(given_out(scene.id, "xlsx", full=True)))
        data_file = json.loads(given_out(scene.id, "json", full=True))
    assert table.startswith("\ufeff".encode())
    rows = csv.DictReader(io.StringIO(table.decode("utf-8-sig"), newline=""))
    plain = [{name: unguarded(cell) for name, cell in row.items()} for row in rows]
    assert in_order(read_again(survey, row) for row in plain) == expected
    heading, *cells = book["answers"].iter_rows(values_only=True)
    sheet = [
        dict(zip(map(str, heading), ("" if c is None else _unescaped(str(c)) for c in row), strict=True))
        for row in cells
    ]
    assert in_order(read_again(survey, row) for row in sheet) == expected
    assert not any(cell.data_type == "f" for row in book["answers"].iter_rows() for cell in row)
    told = [frozenset(Reply.from_data(a) for a in item["answers"]) for item in data_file["responses"]]
    assert in_order(told) == expected
    assert {q["id"] for q in data_file["code_book"]["questions"]} == {q.id for q in scene.questions}


def _unescaped(text: str) -> str:
    """What a workbook writes for a line break or a control sign, as it was."""
    return text.replace("_x000D_", "\r")


def test_a_formula_is_text(scene: Scene) -> None:
    make_response(scene, words="=HYPERLINK(1)")
    table = given_out(scene.id, "csv", full=True).decode("utf-8-sig")
    assert "'=HYPERLINK(1)" in table
    for start in "=+-@\t\r'":
        assert str(export.guarded(f"{start}x")).startswith("'")
    assert export.guarded(-5) == -5


def test_the_public_numbers_are_those_of_the_results(
    scene: Scene, browser: PageBrowser, clock: Clock
) -> None:
    make_responses(scene, 19, design=0, worries=(0,), trust=5, words="ต้นโพธิ์")
    make_responses(scene, 7, design=1, trust=4, words="")
    make_response(scene, make_person(), design=2, trust=4)
    for form in export.FORMS:
        browser.get(public(scene, form), 404)
    clock.advance(days=11)
    page = browser.get(public(scene, "csv"))
    rows = list(csv.DictReader(io.StringIO(page.response.get_data().decode("utf-8-sig"))))
    first = {row["answer"]: row["people"] for row in rows if row["question"] == "1"}
    assert first == {"กำแพงคอนกรีต": "19", "แผงถอดประกอบ": "", "ยังไม่แน่ใจ": ""}
    assert "ต้นโพธิ์" not in page.html
    for form in export.FORMS:
        answer = browser.get(public(scene, form)).response
        assert answer.content_type == export.FORMS[form]
        assert "ต้นโพธิ์".encode() not in answer.get_data()
    assert (
        browser.get(f"/data/surveys/{scene.id}/code-book.json").response.json["questions"][0]["number"] == 1
    )


def test_the_words_are_in_the_language_asked_for(scene: Scene, browser: PageBrowser, clock: Clock) -> None:
    make_responses(scene, 25, design=0, worries=(0,), trust=5)
    clock.advance(days=11)
    thai = browser.get(public(scene, "csv")).response.get_data().decode("utf-8-sig")
    english = browser.get(public(scene, "csv", "en")).response.get_data().decode("utf-8-sig")
    assert "กำแพงคอนกรีต" in thai
    assert thai != english
    for lang in ("th", "en"):
        results = browser.get(scene.path("/results", lang)).html
        assert public(scene, "xlsx", lang) in results


def test_few_answers_give_no_rows(scene: Scene, browser: PageBrowser, clock: Clock) -> None:
    make_responses(scene, 19)
    clock.advance(days=11)
    text = browser.get(public(scene, "csv", "en")).response.get_data().decode("utf-8-sig")
    assert len(text.splitlines()) == 1


def test_the_full_export_is_for_its_agency(scene: Scene, browser: PageBrowser, clock: Clock) -> None:
    make_response(scene, words="ต้นโพธิ์")
    officer = browser.as_(scene.officer)
    officer.get(scene.path("/full-export.csv"), 404)
    clock.advance(days=11)
    text = officer.get(scene.path("/full-export.csv")).response.get_data().decode("utf-8-sig")
    assert "ต้นโพธิ์" in text
    assert scene.citizen.email not in text
    assert scene.citizen.name not in text
    browser.get(scene.path("/full-export.csv"), 303)
    browser.as_(scene.citizen).get(scene.path("/full-export.csv"), 403)
    browser.as_(make_scene().officer).get(scene.path("/full-export.csv"), 404)


@pytest.mark.parametrize("form", export.FORMS)
def test_statements_do_not_grow(scene: Scene, form: str) -> None:
    make_responses(scene, 20, words="คำ")
    few = {full: asked_of_the_database(lambda f=full: given_out(scene.id, form, full=f)) for full in (0, 1)}
    make_responses(scene, 40, words="คำ")
    for full, statements in few.items():
        assert asked_of_the_database(lambda f=full: given_out(scene.id, form, full=f)) == statements
        assert len(statements) <= 3


def test_the_order_tells_nothing(scene: Scene) -> None:
    for n in range(12):
        make_response(scene, make_person(), words=f"ที่ {n:02}")
    data_file = json.loads(given_out(scene.id, "json", full=True))
    words = [a["words"] for r in data_file["responses"] for a in r["answers"] if "words" in a]
    assert sorted(words) == [f"ที่ {n:02}" for n in range(12)]
    assert words != sorted(words), "the order of answering shows (or one in 479,001,600 had bad luck)"
