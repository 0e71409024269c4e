"""Which questions are shown: random surveys and random answers, in the pure rule and in the tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.activities.surveys import service
from app.activities.surveys.logic import ConditionView, Dependence, kept, out_of_order, shown
from app.activities.surveys.models import Response
from app.activities.surveys.queries import questionnaire, replies_of
from app.activities.surveys.questionnaire import OptionView, QuestionView
from app.activities.surveys.replies import Reply, as_list, by_question, from_list
from app.activities.surveys.rules import check_replies
from app.core.db import db, transaction
from app.core.errors import DomainError
from app.i18n.bilingual import Bilingual
from app.identity.consents import CURRENT_CONSENT
from tests.support.make import make_person
from tests.surveys.make import (
    Scene,
    any_draft,
    conditioned,
    counted,
    counted_anew,
    make_scene,
    random_reply,
    viewer_of,
)


def view(ident: int, **values: Any) -> QuestionView:
    options = tuple(OptionView(10 * ident + n, Bilingual(f"{ident}-{n}")) for n in range(3))
    return QuestionView(ident, ident, "single", Bilingual(str(ident)), False, options, **values)


@st.composite
def surveys(draw: st.DrawFn) -> list[QuestionView]:
    """Up to seven questions, each perhaps shown only by the answers to earlier ones, on a page or not."""
    questions: list[QuestionView] = []
    for ident in range(1, draw(st.integers(1, 7)) + 1):
        conditions = [
            ConditionView(
                100 * ident + place,
                source,
                draw(st.sampled_from(["is", "is_not", "answered"])),
                frozenset(draw(st.sets(st.sampled_from([10 * source + n for n in range(3)]), min_size=1))),
            )
            for place, source in enumerate(
                draw(st.lists(st.integers(1, max(ident - 1, 1)), max_size=2)) if ident > 1 else []
            )
        ]
        half = draw(st.integers(0, len(conditions)))
        questions.append(
            view(ident, conditions=tuple(conditions[:half]), page_conditions=tuple(conditions[half:]))
        )
    return questions


@st.composite
def answered(draw: st.DrawFn) -> tuple[list[QuestionView], dict[int, Reply]]:
    questions = draw(surveys())
    replies = {
        q.id: Reply(q.id, picks=(draw(st.sampled_from(q.choices)),)) for q in questions if draw(st.booleans())
    }
    return questions, replies


@given(answered())
def test_what_is_kept_was_shown_and_nothing_shown_is_lost(
    case: tuple[list[QuestionView], dict[int, Reply]],
) -> None:
    questions, replies = case
    found, stored = shown(questions, replies), kept(questions, replies)
    assert stored.keys() == found.keys() & replies.keys(), "nothing shown is lost, nothing hidden is kept"
    assert all(stored[ident] == replies[ident] for ident in stored)


@given(answered())
def test_each_question_is_shown_exactly_if_its_conditions_hold(
    case: tuple[list[QuestionView], dict[int, Reply]],
) -> None:
    """Written anew, from the question's side: shown(q) iff every source is shown, answered and passes."""
    questions, replies = case
    by_id = {question.id: question for question in questions}

    def is_shown(question: QuestionView) -> bool:
        for condition in (*question.conditions, *question.page_conditions):
            source = by_id[condition.source_id]
            reply = replies.get(source.id)
            if not is_shown(source) or reply is None:
                return False
            picked = bool(condition.options & set(reply.picks))
            if {"is": not picked, "is_not": picked, "answered": False}[condition.test]:
                return False
        return True

    assert list(shown(questions, replies)) == [q.id for q in questions if is_shown(q)]


@given(answered())
def test_dropping_what_is_hidden_changes_nothing_more(
    case: tuple[list[QuestionView], dict[int, Reply]],
) -> None:
    """Nothing is orphaned: what was kept is kept again, and shows the same questions."""
    questions, replies = case
    stored = kept(questions, replies)
    assert kept(questions, stored) == stored
    assert shown(questions, stored).keys() == shown(questions, replies).keys()


@given(answered())
def test_storing_takes_what_the_rule_says(case: tuple[list[QuestionView], dict[int, Reply]]) -> None:
    questions, replies = case
    expected = kept(questions, replies)
    if not expected:
        return
    stored = check_replies(questions, list(replies.values()))
    assert {question.id: reply for question, reply in stored} == expected


@given(surveys(), st.data())
def test_an_order_is_refused_exactly_if_something_comes_too_early(
    questions: list[QuestionView], data: st.DataObject
) -> None:
    order = data.draw(st.permutations([question.id for question in questions]))
    dependences = [
        Dependence(condition.source_id, question_id=question.id)
        for question in questions
        for condition in (*question.conditions, *question.page_conditions)
    ]
    wrong = out_of_order([(ident, None) for ident in order], dependences)
    assert set(wrong) == {
        d for d in dependences if order.index(d.source_id) >= order.index(d.question_id or 0)
    }
    gone = out_of_order([(ident, None) for ident in order if ident != order[0]], dependences)
    assert {d for d in dependences if d.source_id == order[0] != d.question_id} <= set(gone)


def test_a_page_comes_after_what_it_depends_on() -> None:
    dependence = Dependence(1, page_id=7)
    assert not out_of_order([(1, None), (2, 7)], [dependence])
    assert out_of_order([(2, 7), (1, 7)], [dependence]) == [dependence]
    assert out_of_order([(1, 7), (2, 7)], [dependence]) == [dependence]


@pytest.mark.parametrize(
    ("test", "value", "reply", "holds"),
    [
        ("at_least", 3, Reply(1, picks=(3,)), True),
        ("at_least", 4, Reply(1, picks=(3,)), False),
        ("at_most", 3, Reply(1, picks=(3,)), True),
        ("at_most", 250, Reply(1, amount=251), False),
        ("at_least", -100, Reply(1, amount=0), True),
        ("at_least", 0, None, False),
        ("answered", None, Reply(1, day=date(2026, 1, 1)), True),
        ("answered", None, Reply(1), False),
    ],
)
def test_tests_of_numbers(test: str, value: int | None, reply: Reply | None, holds: bool) -> None:
    assert ConditionView(1, 1, test, value=value).holds(reply) is holds


def test_what_is_not_shown_need_not_be_answered() -> None:
    hidden = ConditionView(1, 1, "is", frozenset({11}))
    questions = [view(1), replace(view(2, conditions=(hidden,)), required=True)]
    assert len(check_replies(questions, [Reply(1, picks=(10,))])) == 1
    with pytest.raises(DomainError) as caught:
        check_replies(questions, [Reply(1, picks=(11,))])
    assert caught.value.field == "q2"


# ---------------------------------------------------------------- the same through the tables


def everything(scene: Scene, data: st.DataObject) -> list[Reply]:
    """Random answers to all questions, shown or not."""
    return [reply for question in scene.questions if (reply := random_reply(data.draw, question)) is not None]


SLOW = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))


@SLOW
@given(data=st.data())
def test_random_surveys_store_what_the_rule_says(app: Flask, data: st.DataObject) -> None:
    """Nothing lost, nothing orphaned: any kinds, any conditions, any answers; also after correcting them."""
    drafts = data.draw(st.lists(any_draft(), min_size=1, max_size=6))
    scene = make_scene(drafts=drafts, opens_in=2)
    conditioned(scene, data.draw)
    questions = questionnaire(scene.id).questions
    person = make_person()
    first = _sent(scene, person, questions, everything(scene, data), service.submit_response)
    if first is None:
        return
    _sent(scene, person, questions, everything(scene, data), _correct, first)
    assert counted(scene) == counted_anew(scene)


def _sent(
    scene: Scene,
    person: Any,
    questions: Sequence[QuestionView],
    replies: list[Reply],
    verb: Any,
    before: dict[int, Reply] | None = None,
) -> dict[int, Reply] | None:
    expected = kept(questions, by_question(replies))
    try:
        with transaction():
            ident = verb(
                activity_id=scene.id,
                viewer=viewer_of(person),
                replies=replies,
                consent_version=CURRENT_CONSENT,
            ).id
    except DomainError:
        missing = [q for q in questions if q.required and q.id in shown(questions, by_question(replies))]
        assert not expected or any(q.id not in expected for q in missing), "refused without a reason"
        return before
    db.session.rollback()
    assert by_question(replies_of(ident)) == expected
    assert from_list(as_list(expected)) == expected
    assert db.session.query(Response).filter_by(activity_id=scene.id).count() == 1
    return expected


def _correct(*, viewer: Any, **given: Any) -> Response:
    return service.correct_response(respondent=service.person(viewer), **given)
