"""The officer's verbs: writing a survey's questions, until people may have seen them."""

from __future__ import annotations

from sqlalchemy import delete, func, select

from app.activities.surveys import facts
from app.activities.surveys.codes import MOST_QUESTIONS
from app.activities.surveys.models import Option, Question, Survey
from app.activities.surveys.queries import questionnaire
from app.activities.surveys.questionnaire import QuestionDraft, check_draft
from app.activities.surveys.service import KIND_CODE
from app.core.db import db
from app.core.errors import DomainError, NotFound
from app.i18n import _l
from app.i18n.bilingual import Bilingual
from app.identity.viewer import Viewer
from app.issues.holds import hold_unopened
from app.issues.kinds import ActivityView
from app.issues.queries import activity_place
from app.ledger.record import record


def describe_survey(
    *, activity_id: int, viewer: Viewer, intro: Bilingual | None, satisfaction: bool
) -> Survey:
    """Set the words above the questions, and whether the survey measures satisfaction with a service."""
    activity, survey = _held(activity_id)
    survey.intro_th = intro.th if intro else None
    survey.intro_en = intro.en if intro else None
    survey.satisfaction = satisfaction
    _record(activity, viewer, "described")
    return survey


def add_question(*, activity_id: int, viewer: Viewer, draft: QuestionDraft) -> Question:
    """Put a new question at the end. Raises `DomainError` for one that cannot be asked."""
    activity, _survey = _held(activity_id)
    check_draft(draft)
    number, last = _size(activity_id)
    if number >= MOST_QUESTIONS:
        raise DomainError(
            _l("A survey has at most %(most)s questions. Remove one first.", most=MOST_QUESTIONS)
        )
    question = Question(activity_id=activity_id, position=last + 1, kind=draft.kind)
    _write(question, draft)
    _record(activity, viewer, "question_added")
    return question


def change_question(*, activity_id: int, question_id: int, viewer: Viewer, draft: QuestionDraft) -> Question:
    """Write a question anew; its kind stays."""
    activity, _survey = _held(activity_id)
    question = _question(activity_id, question_id)
    if question.kind != draft.kind:
        raise DomainError(_l("A question keeps its kind. Remove it and add another."))
    check_draft(draft)
    _write(question, draft)
    _record(activity, viewer, "question_changed")
    return question


def move_question(*, activity_id: int, question_id: int, viewer: Viewer, up: bool) -> Question:
    """Change places with the question before or after; at the end of the row nothing changes."""
    activity, _survey = _held(activity_id)
    moved = _question(activity_id, question_id)
    inner, outer = (Question.position < moved.position, Question.position.desc())
    if not up:
        inner, outer = (Question.position > moved.position, Question.position.asc())
    neighbour = db.session.scalar(
        select(Question).where(Question.activity_id == activity_id, inner).order_by(outer).limit(1)
    )
    if neighbour is not None:
        moved.position, neighbour.position = neighbour.position, moved.position
        _record(activity, viewer, "question_moved")
    return moved


def remove_question(*, activity_id: int, question_id: int, viewer: Viewer) -> None:
    """Take a question out, with its answers to choose from."""
    activity, _survey = _held(activity_id)
    question = _question(activity_id, question_id)
    if activity.state != "draft" and _size(activity_id)[0] == 1:
        raise DomainError(_l("This survey is announced, so it needs a question. Add another one first."))
    _drop_options(question)
    db.session.delete(question)
    _record(activity, viewer, "question_removed")


def _held(activity_id: int) -> tuple[ActivityView, Survey]:
    """The activity, locked and not yet open, and its survey's row, made at its first use."""
    activity = hold_unopened(activity_id)
    if activity.kind != KIND_CODE:
        raise NotFound
    survey = db.session.get(Survey, activity_id)
    if survey is None:
        survey = Survey(activity_id=activity_id, satisfaction=False, responses=0)
        db.session.add(survey)
        db.session.flush()
    return activity, survey


def _question(activity_id: int, question_id: int) -> Question:
    question = db.session.get(Question, question_id)
    if question is None or question.activity_id != activity_id:
        raise NotFound
    return question


def _size(activity_id: int) -> tuple[int, int]:
    """How many questions there are, and the last one's position."""
    query = select(func.count(), func.max(Question.position)).where(Question.activity_id == activity_id)
    number, last = db.session.execute(query).one()
    return number, last or 0


def _write(question: Question, draft: QuestionDraft) -> None:
    question.text_th, question.text_en = draft.text.th, draft.text.en
    question.required, question.max_picks = draft.required, draft.max_picks
    question.low_th, question.low_en = _columns(draft.low)
    question.high_th, question.high_en = _columns(draft.high)
    question.max_length = draft.max_length
    db.session.add(question)
    db.session.flush()
    _drop_options(question)
    db.session.add_all(
        Option(question_id=question.id, position=place, name_th=name.th, name_en=name.en)
        for place, name in enumerate(draft.options, 1)
    )


def _drop_options(question: Question) -> None:
    """Nobody can have chosen one: the survey has not opened."""
    db.session.execute(
        delete(Option).where(Option.question_id == question.id).execution_options(synchronize_session=False)
    )


def _columns(value: Bilingual | None) -> tuple[str | None, str | None]:
    return (value.th, value.en) if value else (None, None)


def _record(activity: ActivityView, viewer: Viewer, change: str) -> None:
    """Say what changed: to nobody while the issue is a draft, to everyone once it is announced."""
    db.session.flush()
    survey = questionnaire(activity.id)
    record(
        facts.PREPARED if activity.state == "draft" else facts.CHANGED,
        subject=f"survey/{activity.id}",
        actor=viewer.acting("surveys.prepare", activity.agency_id),
        place=activity_place(activity),
        data={"change": change, "questions": len(survey.questions), "content": survey.digest()},
    )
