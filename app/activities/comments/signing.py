"""What whoever publishes an issue signs of its threads: the questions, and who may write how."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from app.activities.comments.models import Question, Thread
from app.core.db import db
from app.issues.content import content_digest


def signed_of(activity_ids: Sequence[int]) -> Mapping[int, str]:
    """The digest of each thread's set-up: one statement."""
    rows = db.session.execute(
        select(Thread, Question)
        .outerjoin(Question, Question.activity_id == Thread.activity_id)
        .where(Thread.activity_id.in_(activity_ids))
        .order_by(Thread.activity_id, Question.place, Question.id)
    ).all()
    found: dict[int, dict[str, Any]] = {}
    for thread, question in rows:
        names = ("question_th", "question_en", "who", "stances", "files")
        setup = found.setdefault(thread.activity_id, {name: getattr(thread, name) for name in names})
        asked = setup.setdefault("questions", [])
        if question is not None:
            asked.append([question.text_th, question.text_en])
    return {activity_id: content_digest(setup) for activity_id, setup in found.items()}
