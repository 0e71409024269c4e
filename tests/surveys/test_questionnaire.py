"""What may be asked and answered: the rules of plain values."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from app.activities.surveys.questionnaire import (
    OptionView,
    QuestionDraft,
    Questionnaire,
    QuestionView,
)
from app.activities.surveys.replies import Reply
from app.activities.surveys.rules import check_draft, check_replies
from app.core.errors import DomainError
from app.i18n.bilingual import Bilingual
from tests.surveys.make import DESIGN, DRAFTS, FORGOTTEN, TRUST, WORRIES

A, B = OptionView(11, Bilingual("ก", "A")), OptionView(12, Bilingual("ข", "B"))
SINGLE = QuestionView(1, 1, "single", Bilingual("หนึ่ง"), True, (A, B))
SEVERAL = QuestionView(2, 2, "multiple", Bilingual("สอง"), False, (A, B), max_picks=1)
SCALE = QuestionView(3, 3, "scale", Bilingual("สาม"), False, low=Bilingual("ต่ำ"), high=Bilingual("สูง"))
TEXT = QuestionView(4, 4, "text", Bilingual("สี่"), False, max_length=5)
ALL = (SINGLE, SEVERAL, SCALE, TEXT)


@pytest.mark.parametrize("draft", DRAFTS)
def test_good_drafts(draft: QuestionDraft) -> None:
    check_draft(draft)


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (replace(DESIGN, kind="riddle"), "kind"),
        (replace(DESIGN, text=Bilingual("")), "text_th"),
        (replace(DESIGN, options=DESIGN.options[:1]), "option2_th"),
        (replace(DESIGN, options=(*DESIGN.options, DESIGN.options[0])), "option4_th"),
        (replace(DESIGN, options=tuple(Bilingual(str(n)) for n in range(21))), None),
        (replace(WORRIES, max_picks=0), "max_picks"),
        (replace(WORRIES, max_picks=4), "max_picks"),
        (replace(WORRIES, max_picks=None), "max_picks"),
        (replace(TRUST, low=None), "low_th"),
        (replace(TRUST, high=None), "high_th"),
        (replace(FORGOTTEN, max_length=2001), "max_length"),
        (replace(FORGOTTEN, max_length=None), "max_length"),
    ],
)
def test_bad_drafts(draft: QuestionDraft, field: str | None) -> None:
    with pytest.raises(DomainError) as caught:
        check_draft(draft)
    assert caught.value.field == field


def test_replies_come_back_in_the_order_of_the_questions() -> None:
    given = [Reply(3, picks=(5,)), Reply(4), Reply(1, picks=(12,))]
    assert [question.id for question, _reply in check_replies(ALL, given)] == [1, 3]


GOOD = Reply(1, picks=(11,))


@pytest.mark.parametrize(
    ("replies", "field"),
    [
        ([], "q1"),
        ([Reply(1)], "q1"),
        ([Reply(1, picks=(13,))], "q1"),
        ([Reply(1, picks=(11, 12))], "q1"),
        ([Reply(1, words="ก")], "q1"),
        ([GOOD, Reply(2, picks=(11, 12))], "q2"),
        ([GOOD, Reply(2, picks=(11, 11))], "q2"),
        ([GOOD, Reply(3, picks=(0,))], "q3"),
        ([GOOD, Reply(3, picks=(6,))], "q3"),
        ([GOOD, Reply(4, picks=(11,))], "q4"),
        ([GOOD, Reply(4, words="กขคงจฉ")], "q4"),
        ([GOOD, Reply(9, picks=(11,))], None),
        ([GOOD, GOOD], None),
    ],
)
def test_bad_replies(app: Flask, replies: list[Reply], field: str | None) -> None:
    with pytest.raises(DomainError) as caught:
        check_replies(ALL, replies)
    assert caught.value.field == field


def test_an_empty_answer_to_nothing_required_is_no_answer() -> None:
    with pytest.raises(DomainError):
        check_replies((SCALE, TEXT), [])


@pytest.mark.parametrize(
    "change",
    [
        {"text": Bilingual("หนึ่ง", "One")},
        {"required": False},
        {"options": (B, A)},
        {"options": (A, replace(B, name=Bilingual("ค", "B")))},
    ],
)
def test_the_digest_tells_every_change(change: dict[str, Any]) -> None:
    before = Questionnaire(7, questions=(SINGLE,))
    after = Questionnaire(7, questions=(replace(SINGLE, **change),))
    assert before.digest() != after.digest()
    assert before.digest() == replace(before, responses=40).digest()
