"""Reading what people answered, each their own, and where a survey stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select

from app.activities.surveys.models import Answer, Draft, Question, Response, Survey
from app.activities.surveys.replies import Reply
from app.activities.surveys.respondent import Respondent
from app.core.db import db

PAGE = 50
NOBODY = 0
"""Stands for a signed-out reader: erased people's responses have no person, and are nobody's own."""


@dataclass(frozen=True)
class Standing:
    """Where a survey stands: its questions, its answers, and the day on which the viewer answered, if so."""

    questions: int = 0
    responses: int = 0
    answered_on: date | None = None
    link: str = "person"


@dataclass(frozen=True)
class Page:
    """A page of words; `next` is where the following page begins, None on the last."""

    words: Sequence[str]
    next: int | None


def standings(activity_ids: Sequence[int], person_id: int | None) -> Mapping[int, Standing]:
    """Where several surveys stand, and the person's own answers: one statement."""
    if not activity_ids:
        return {}
    questions = select(func.count()).where(Question.activity_id == Survey.activity_id).scalar_subquery()
    own = and_(Response.activity_id == Survey.activity_id, Response.person_id == (person_id or NOBODY))
    rows = db.session.execute(
        select(
            Survey.activity_id,
            questions.label("questions"),
            Survey.responses,
            Response.submitted_on,
            Survey.link,
        )
        .outerjoin(Response, own)
        .where(Survey.activity_id.in_(activity_ids))
    )
    return {
        row.activity_id: Standing(row.questions, row.responses, row.submitted_on, row.link) for row in rows
    }


def answered_on(activity_id: int, person_id: int | None) -> date | None:
    """The day on which a person answered, or None."""
    return db.session.scalar(
        select(Response.submitted_on).where(
            Response.activity_id == activity_id, Response.person_id == (person_id or NOBODY)
        )
    )


def own(model: Any, activity_id: int, respondent: Respondent) -> ColumnElement[bool]:
    """That a row of `model`, a draft or a response, is this respondent's."""
    owner = (
        model.person_id == (respondent.person_id or NOBODY)
        if respondent.token_id is None
        else model.token_id == respondent.token_id
    )
    return and_(model.activity_id == activity_id, owner)


def response_of(activity_id: int, respondent: Respondent) -> Response | None:
    """The respondent's response, if it was sent."""
    return db.session.scalar(select(Response).where(own(Response, activity_id, respondent)))


def draft_of(activity_id: int, respondent: Respondent, *, hold: bool = False) -> Draft | None:
    """The respondent's answers not yet sent, if any; `hold` locks them until the transaction ends."""
    query = select(Draft).where(own(Draft, activity_id, respondent))
    if hold:
        query = query.with_for_update().execution_options(populate_existing=True)
    return db.session.scalar(query)


def draft_and_response(activity_id: int, respondent: Respondent) -> tuple[Draft | None, Response | None]:
    """Both at once, for a page: one statement."""
    row = db.session.execute(
        select(Draft, Response)
        .select_from(Survey)
        .outerjoin(Draft, own(Draft, activity_id, respondent))
        .outerjoin(Response, own(Response, activity_id, respondent))
        .where(Survey.activity_id == activity_id)
    ).one_or_none()
    return (row.Draft, row.Response) if row is not None else (None, None)


def replies_of(response_id: int) -> list[Reply]:
    """What one response answered, a reply for each question."""
    rows = db.session.scalars(
        select(Answer).where(Answer.response_id == response_id).order_by(Answer.id)
    ).all()
    return replies_from(rows)


def replies_from(rows: Iterable[Any]) -> list[Reply]:
    """Stored answers of one response as replies."""
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.question_id, []).append(row)
    return [_reply(answers) for answers in found.values()]


def _reply(answers: Sequence[Any]) -> Reply:
    first = answers[0]
    if first.kind == "ranking":
        answers = sorted(answers, key=lambda row: row.step)
    picks = [row.step if row.kind == "scale" else row.option_id for row in answers]
    return Reply(
        first.question_id,
        picks=() if first.kind == "matrix" else tuple(pick for pick in picks if pick is not None),
        words=next((row.words for row in answers if row.words), ""),
        cells=tuple((row.row_id, row.option_id or row.step) for row in answers if row.row_id is not None),
        amount=first.amount,
        day=first.day,
        area=first.area_code or "",
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
