"""What a theme's answer means for its comments: written for all of them at once, with the thread's counts."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, literal, or_, select, update

from app.activities.comments.models import Comment, Theme
from app.activities.comments.queries.states import SHOWN
from app.activities.comments.service.counting import QUIET, add_to_thread, recount
from app.core.db import db

_OWN = Comment.verdict.is_not(None)


def hold_themes(theme_ids: Collection[int]) -> Sequence[Theme]:
    """Hold the themes among these that stand, in the order of their ids."""
    return db.session.scalars(
        select(Theme)
        .where(Theme.id.in_(theme_ids), Theme.removed_at.is_(None))
        .order_by(Theme.id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).all()


def settle(
    activity_id: int,
    which: ColumnElement[bool],
    theme: Theme | None,
    *,
    tell: bool = False,
    left: Sequence[int] = (),
) -> None:
    """Let comments of one activity belong to a theme with its answer, or to none: four statements.

    `tell`: whether their authors are told of the answer, if there is one. `left` are the themes they come from.
    The comments, or the theme that holds them, are held; the verb flushes before and records after.
    """
    verdict = theme.verdict if theme else None
    changes = _changes(which, answered=verdict is not None)
    values = {"theme_id": theme.id if theme else None, "theme_verdict": verdict}
    values |= _places(activity_id, theme if verdict else None) | _news(verdict, tell=tell)
    db.session.execute(update(Comment).where(which).values(values), execution_options=QUIET)
    recount([*left, *([theme.id] if theme else [])])
    add_to_thread(activity_id, changes)


def _changes(which: ColumnElement[bool], *, answered: bool) -> dict[str, int]:
    """What the thread's counts gain or lose: a function of the rows as they are and of the answer to come."""
    readable = Comment.hidden_at.is_(None)
    now_answered = or_(_OWN, Comment.theme_verdict.is_not(None))
    waiting = (and_(SHOWN, ~now_answered), and_(SHOWN, ~_OWN, literal(not answered)))
    settled = (and_(readable, now_answered), and_(readable, or_(_OWN, literal(answered))))
    columns = [func.coalesce(func.sum(case((one, 1), else_=0)), 0) for one in (*waiting, *settled)]
    was_waiting, waits, was_answered, is_answered = db.session.execute(select(*columns).where(which)).one()
    return {"waiting": waits - was_waiting, "answered": is_answered - was_answered}


def _places(activity_id: int, answered: Theme | None) -> dict[str, Any]:
    """The lists the comments stand in, and when they were answered; as `Comment.arrange` does for one."""
    listed, readable = Comment.listed_in.is_not(None), Comment.hidden_at.is_(None)
    moment = literal(answered.answered_at if answered else None, Comment.settled_at.type)
    has_answer = or_(_OWN, literal(answered is not None))
    return {
        "settled_at": case((_OWN, Comment.answered_at), else_=moment),
        "waiting_in": case((and_(listed, SHOWN, ~has_answer), activity_id), else_=None),
        "answered_in": case((and_(listed, readable, has_answer), activity_id), else_=None),
    }


def _news(verdict: str | None, *, tell: bool) -> dict[str, Any]:
    if verdict is None:
        return {"theme_news": False}
    return {"theme_news": or_(Comment.person_id.is_not(None), Comment.email.is_not(None))} if tell else {}
