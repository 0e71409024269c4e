"""The questionnaire in two statements however long it is; in one where it has neither pages nor conditions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import exists, literal, null, or_, select, union_all

from app.activities.surveys.logic import ConditionView
from app.activities.surveys.models import Condition, ConditionOption, Option, Page, Question, Survey
from app.activities.surveys.questionnaire import (
    OptionView,
    PageView,
    Questionnaire,
    QuestionView,
    numbered,
)
from app.activities.surveys.translation import Translated
from app.core.db import db
from app.core.errors import NotFound

Conditions = Mapping[tuple[int | None, int | None], tuple[ConditionView, ...]]
"""What is asked of earlier answers, by (question, page): one of the two is None."""


def questionnaire(activity_id: int) -> Questionnaire:
    """The survey of an activity with its questions; an empty one while nothing is prepared."""
    paged = exists().where(Page.activity_id == Survey.activity_id)
    conditioned = exists().where(Condition.activity_id == Survey.activity_id)
    rows = db.session.execute(
        select(Survey, Question, Option, or_(paged, conditioned).label("arranged"))
        .outerjoin(Question, Question.activity_id == Survey.activity_id)
        .outerjoin(Option, Option.question_id == Question.id)
        .where(Survey.activity_id == activity_id)
        .order_by(Question.position, Question.id, Option.position, Option.id)
    ).all()
    if not rows:
        return Questionnaire(activity_id)
    survey: Survey = rows[0].Survey
    pages, conditions = _pages(activity_id) if rows[0].arranged else ([], {})
    questions = _questions(rows, pages, conditions)
    headless = (PageView(None, 0),) if any(question.page_id is None for question in questions) else ()
    return Questionnaire(
        activity_id=activity_id,
        intro=survey.intro,
        satisfaction=survey.satisfaction,
        responses=survey.responses,
        questions=questions,
        pages=tuple(
            PageView(page.id, number, page.title, page.conditions)
            for number, page in enumerate((*headless, *pages), 1)
        ),
        link=survey.link,
        repeats_id=survey.repeats_id,
    )


def question_in(survey: Questionnaire, question_id: int) -> QuestionView:
    """A question of this survey. Raises `NotFound`."""
    question = survey.question(question_id)
    if question is None:
        raise NotFound
    return question


def _questions(
    rows: Sequence[Any], pages: Sequence[PageView], conditions: Conditions
) -> tuple[QuestionView, ...]:
    options: dict[Question, list[Option]] = {}
    for _survey, question, option, _arranged in rows:
        if question is not None:
            options.setdefault(question, []).extend([option] if option is not None else [])
    places = {None: -1} | {page.id: place for place, page in enumerate(pages)}
    asked = {page.id: page.conditions for page in pages}
    ordered = sorted(options, key=lambda question: (places[question.page_id], question.position, question.id))
    return numbered(
        [
            _view(question, options[question], conditions, asked.get(question.page_id, ()))
            for question in ordered
        ]
    )


def _pages(activity_id: int) -> tuple[list[PageView], Conditions]:
    """The pages in their order, and the conditions of everything: one statement."""
    of_page = select(
        literal("page").label("what"),
        Page.id.label("id"),
        Page.position.label("position"),
        null().label("question_id"),
        null().label("page_id"),
        null().label("source_id"),
        null().label("value"),
        null().label("option_id"),
        Page.title_th.label("first"),
        Page.title_en.label("second"),
        Page.title_en_of.label("third"),
    ).where(Page.activity_id == activity_id)
    of_condition = (
        select(
            literal("condition"),
            Condition.id,
            null(),
            Condition.question_id,
            Condition.page_id,
            Condition.source_id,
            Condition.value,
            ConditionOption.option_id,
            Condition.test,
            null(),
            null(),
        )
        .outerjoin(ConditionOption, ConditionOption.condition_id == Condition.id)
        .where(Condition.activity_id == activity_id)
    )
    rows: Sequence[Any] = db.session.execute(union_all(of_condition, of_page)).all()
    conditions = _conditions(row for row in rows if row[0] == "condition")
    found = sorted((row for row in rows if row[0] == "page"), key=lambda row: (row[2], row[1]))
    pages = [
        PageView(row[1], 0, Translated(row[8], row[9], row[10]), conditions.get((None, row[1]), ()))
        for row in found
    ]
    return pages, conditions


def _conditions(rows: Iterable[Any]) -> Conditions:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row[1], []).append(row)
    targets: dict[tuple[int | None, int | None], tuple[ConditionView, ...]] = {}
    for ident in sorted(found):
        first = found[ident][0]
        options = frozenset(row[7] for row in found[ident] if row[7] is not None)
        view = ConditionView(ident, first[5], first[8], options, first[6])
        target = (first[3], first[4])
        targets[target] = (*targets.get(target, ()), view)
    return targets


def _view(
    question: Question,
    options: Sequence[Option],
    conditions: Conditions,
    page_conditions: tuple[ConditionView, ...],
) -> QuestionView:
    views = {option: OptionView(option.id, option.name, option.other, option.code) for option in options}
    return QuestionView(
        id=question.id,
        number=0,
        kind=question.kind,
        text=question.text,
        required=question.required,
        options=tuple(view for option, view in views.items() if option.part == "option"),
        rows=tuple(view for option, view in views.items() if option.part == "row"),
        max_picks=question.max_picks,
        low=question.low,
        high=question.high,
        max_length=question.max_length,
        least=question.least,
        most=question.most,
        places=question.places,
        unit=question.unit,
        first_day=question.first_day,
        last_day=question.last_day,
        depth=question.depth,
        about=question.about,
        code=question.code,
        page_id=question.page_id,
        conditions=conditions.get((question.id, None), ()),
        page_conditions=page_conditions,
    )
