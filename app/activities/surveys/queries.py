"""Reading surveys: the questionnaire in one statement, the counts in one more, words by keyset."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, func, select

from app.activities.surveys.models import Answer, Option, Question, Response, Survey, Tally
from app.activities.surveys.questionnaire import OptionView, Questionnaire, QuestionView
from app.activities.surveys.results import Tallies
from app.core.db import db
from app.core.errors import NotFound
from app.i18n.bilingual import Bilingual

PAGE = 50
NOBODY = 0
"""Stands for a signed-out reader: erased people's responses have no person, and are nobody's own."""


@dataclass(frozen=True)
class Standing:
    """Where a survey stands: its questions, its answers, and the day on which the viewer answered, if so."""

    questions: int = 0
    responses: int = 0
    answered_on: date | None = None


@dataclass(frozen=True)
class Page:
    """A page of words; `next` is where the following page begins, None on the last."""

    words: Sequence[str]
    next: int | None


def questionnaire(activity_id: int) -> Questionnaire:
    """The survey of an activity with its questions; an empty one while nothing is prepared."""
    rows = db.session.execute(
        select(Survey, Question, Option)
        .outerjoin(Question, Question.activity_id == Survey.activity_id)
        .outerjoin(Option, Option.question_id == Question.id)
        .where(Survey.activity_id == activity_id)
        .order_by(Question.position, Question.id, Option.position, Option.id)
    ).all()
    if not rows:
        return Questionnaire(activity_id)
    options: dict[Question, list[Option]] = {}
    for _survey, question, option in rows:
        if question is not None:
            options.setdefault(question, []).extend([option] if option is not None else [])
    survey: Survey = rows[0].Survey
    return Questionnaire(
        activity_id=activity_id,
        intro=survey.intro,
        satisfaction=survey.satisfaction,
        responses=survey.responses,
        questions=tuple(
            _view(question, number, found) for number, (question, found) in enumerate(options.items(), 1)
        ),
    )


def question_in(survey: Questionnaire, question_id: int) -> QuestionView:
    """A question of this survey. Raises `NotFound`."""
    for question in survey.questions:
        if question.id == question_id:
            return question
    raise NotFound


def tallies(activity_id: int) -> Tallies:
    """The counts of all answers of a survey."""
    rows = db.session.execute(
        select(Tally.question_id, Tally.choice, Tally.n)
        .join(Question, Question.id == Tally.question_id)
        .where(Question.activity_id == activity_id)
    )
    return {(row.question_id, row.choice): row.n for row in rows}


def standings(activity_ids: Sequence[int], person_id: int | None) -> Mapping[int, Standing]:
    """Where several surveys stand, and the person's own answers: one statement."""
    if not activity_ids:
        return {}
    questions = select(func.count()).where(Question.activity_id == Survey.activity_id).scalar_subquery()
    own = and_(Response.activity_id == Survey.activity_id, Response.person_id == (person_id or NOBODY))
    rows = db.session.execute(
        select(Survey.activity_id, questions.label("questions"), Survey.responses, Response.submitted_on)
        .outerjoin(Response, own)
        .where(Survey.activity_id.in_(activity_ids))
    )
    return {row.activity_id: Standing(row.questions, row.responses, row.submitted_on) for row in rows}


def answered_on(activity_id: int, person_id: int | None) -> date | None:
    """The day on which a person answered, or None."""
    return db.session.scalar(
        select(Response.submitted_on).where(
            Response.activity_id == activity_id, Response.person_id == (person_id or NOBODY)
        )
    )


def words_page(question_id: int, after: int | None = None) -> Page:
    """What people wrote to a question, in an order that tells nothing about them."""
    query = select(Answer.words, Answer.shuffle).where(
        Answer.question_id == question_id, Answer.words.is_not(None)
    )
    if after is not None:
        query = query.where(Answer.shuffle > after)
    rows = db.session.execute(query.order_by(Answer.shuffle).limit(PAGE + 1)).all()
    return Page([row.words for row in rows[:PAGE]], rows[PAGE - 1].shuffle if len(rows) > PAGE else None)


def _view(question: Question, number: int, options: Sequence[Option]) -> QuestionView:
    return QuestionView(
        id=question.id,
        number=number,
        kind=question.kind,
        text=Bilingual(question.text_th, question.text_en),
        required=question.required,
        options=tuple(OptionView(o.id, Bilingual(o.name_th, o.name_en)) for o in options),
        max_picks=question.max_picks,
        low=_pair(question.low_th, question.low_en),
        high=_pair(question.high_th, question.high_en),
        max_length=question.max_length,
    )


def _pair(th: str | None, en: str | None) -> Bilingual | None:
    return Bilingual(th, en) if th else None
