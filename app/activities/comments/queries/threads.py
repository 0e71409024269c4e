"""Threads with the questions they ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import String, and_, cast, literal, select

from app.activities.comments.models import COUNTS, Question, Tally, Thread
from app.core.db import db
from app.core.errors import NotFound
from app.issues.models import Activity


@dataclass(frozen=True)
class Asked:
    """A thread with its questions, each with the number of comments on it."""

    thread: Thread
    questions: Sequence[tuple[Question, int]]

    def question(self, question_id: int | None) -> Question | None:
        """One of the questions, if it is one."""
        return next((question for question, _number in self.questions if question.id == question_id), None)


def thread_of(activity_id: int) -> Thread:
    """The thread of an activity; an empty one before its first comment."""
    return db.session.get(Thread, activity_id) or empty_thread(activity_id)


def empty_thread(activity_id: int) -> Thread:
    """A thread nobody has written in."""
    counts = dict.fromkeys(COUNTS, 0)
    return Thread(activity_id=activity_id, who="account", stances=False, files=False, **counts)


def asked_in(activity_id: int) -> Asked:
    """The thread of an activity with its questions in their order: one statement."""
    on_it = literal("question/") + cast(Question.id, String)
    rows = db.session.execute(
        select(Thread, Question, Tally.number)
        .select_from(Activity)
        .outerjoin(Thread, Thread.activity_id == Activity.id)
        .outerjoin(Question, Question.activity_id == Activity.id)
        .outerjoin(
            Tally,
            and_(Tally.activity_id == Activity.id, Tally.feature == "about", Tally.code == on_it),
        )
        .where(Activity.id == activity_id)
        .order_by(Question.place)
    ).all()
    thread = (rows[0].Thread if rows else None) or empty_thread(activity_id)
    return Asked(thread, [(row.Question, row.number or 0) for row in rows if row.Question is not None])


def question_in(activity_id: int, question_id: int) -> Question:
    """A question of this activity. Raises `NotFound`."""
    question = db.session.get(Question, question_id)
    if question is None or question.activity_id != activity_id:
        raise NotFound
    return question
