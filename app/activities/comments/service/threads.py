"""Preparing a thread: what it asks, whom it lets write, what a comment may carry. Before it opens only."""

from __future__ import annotations

from sqlalchemy import func, select

from app.activities.comments import facts
from app.activities.comments.codes import WHO
from app.activities.comments.models import Question, Thread
from app.activities.comments.models.threads import MOST_QUESTIONS
from app.activities.comments.service.shared import KIND_CODE, check_code
from app.core.db import db
from app.core.errors import DomainError, NotFound
from app.i18n import _l
from app.identity.viewer import Viewer
from app.issues.holds import hold_unopened
from app.issues.kinds import ActivityView
from app.issues.queries import activity_place
from app.ledger.record import record

PERMISSION = "comments.prepare"


def prepare_thread(
    *,
    activity_id: int,
    viewer: Viewer,
    question_th: str | None,
    question_en: str | None,
    who: str = "account",
    stances: bool = False,
    files: bool = False,
) -> Thread:
    """Set the question people are asked and how they may answer; refused once they may have."""
    activity = _held(activity_id)
    check_code(who, WHO, "who")
    thread = db.session.get(Thread, activity_id) or Thread(activity_id=activity_id)
    thread.question_th, thread.question_en = question_th, question_en
    thread.who, thread.stances, thread.files = who, stances, files
    db.session.add(thread)
    db.session.flush()
    _record(
        activity,
        viewer,
        data={"who": who, "stances": stances, "files": files},
        private={"question_th": question_th, "question_en": question_en},
    )
    return thread


def add_question(*, activity_id: int, viewer: Viewer, text_th: str, text_en: str | None) -> Question:
    """Add a question after those there are."""
    activity = _held(activity_id)
    last = db.session.scalar(select(func.max(Question.place)).where(Question.activity_id == activity_id)) or 0
    if last >= MOST_QUESTIONS:
        raise DomainError(_l("There are %(most)s questions already; that is enough.", most=MOST_QUESTIONS))
    question = Question(activity_id=activity_id, place=last + 1, text_th=text_th, text_en=text_en)
    db.session.add(question)
    db.session.flush()
    _record(activity, viewer, private={"text_th": text_th, "text_en": text_en, "place": question.place})
    return question


def change_question(*, question_id: int, viewer: Viewer, text_th: str, text_en: str | None) -> Question:
    """Word a question anew."""
    question, activity = _question(question_id)
    question.text_th, question.text_en = text_th, text_en
    db.session.flush()
    _record(activity, viewer, private={"text_th": text_th, "text_en": text_en, "place": question.place})
    return question


def remove_question(*, question_id: int, viewer: Viewer) -> int:
    """Take a question out, the later ones move up; return the activity's id."""
    question, activity = _question(question_id)
    place = question.place
    db.session.delete(question)
    db.session.flush()
    later = db.session.scalars(
        select(Question)
        .where(Question.activity_id == activity.id, Question.place > place)
        .order_by(Question.place)
    )
    for following in later.all():
        following.place -= 1
        db.session.flush()  # One by one: two questions never share a place.
    _record(activity, viewer, private={"removed": place})
    return activity.id


def _question(question_id: int) -> tuple[Question, ActivityView]:
    question = db.session.get(Question, question_id)
    if question is None:
        raise NotFound
    activity = _held(question.activity_id)
    return question, activity


def _held(activity_id: int) -> ActivityView:
    activity = hold_unopened(activity_id)
    if activity.kind != KIND_CODE:
        raise NotFound
    return activity


def _record(
    activity: ActivityView,
    viewer: Viewer,
    *,
    data: dict[str, object] | None = None,
    private: dict[str, object] | None = None,
) -> None:
    record(
        facts.PREPARED,
        subject=f"activity/{activity.id}",
        actor=viewer.acting(PERMISSION, activity.agency_id),
        place=activity_place(activity),
        data=data,
        private=private,
    )
