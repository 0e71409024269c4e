"""Comments as moderators work through them, over all activities of their agencies, and what they answer for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, func, or_, select

from app.activities.comments.models import Appeal, Comment, Flag, Moderated, Thread
from app.activities.comments.queries.lists import Page, html_column, page_of
from app.core.db import db
from app.core.errors import NotFound
from app.issues.models import Activity, Issue

PENDING = (Comment.unverified, Comment.admitted_at.is_(None), Comment.refused_at.is_(None))
IN_REACH = (Comment.withdrawn_at.is_(None), Comment.erased_at.is_(None))
"""What its author has taken back, or left behind, is read by no moderator."""
TO_LOOK_AT = (*IN_REACH, Comment.hidden_at.is_(None), Comment.refused_at.is_(None))
TO_DECIDE = (
    Appeal.decided_at.is_(None),
    or_(Comment.hidden_at.is_not(None), Comment.refused_at.is_not(None)),
    *IN_REACH,
)
"""An appeal on a comment in view, or taken back, waits for nobody."""
LISTS = ("pending", "flagged", "hidden")
MOST_MONTHS = 24


@dataclass(frozen=True)
class Waiting:
    """How much waits for a moderator of some agencies."""

    pending: int
    flagged: int
    hidden: int
    appeals: int


def waiting_for(agency_ids: Sequence[int]) -> Waiting:
    """The numbers beside the lists: three statements."""
    threads = db.session.execute(
        select(func.coalesce(func.sum(Thread.pending), 0), func.coalesce(func.sum(Thread.hidden), 0))
        .select_from(Thread)
        .join(Activity, Activity.id == Thread.activity_id)
        .join(Issue, Issue.id == Activity.issue_id)
        .where(Issue.agency_id.in_(agency_ids))
    ).one()
    flagged = (
        select(func.count(Flag.comment_id.distinct()))
        .join(Comment, Comment.id == Flag.comment_id)
        .where(Flag.agency_id.in_(agency_ids), Flag.cleared_at.is_(None), *TO_LOOK_AT)
    )
    appeals = (
        select(func.count())
        .select_from(Appeal)
        .join(Comment, Comment.id == Appeal.comment_id)
        .where(Appeal.agency_id.in_(agency_ids), *TO_DECIDE)
    )
    return Waiting(threads[0], db.session.scalar(flagged) or 0, threads[1], db.session.scalar(appeals) or 0)


def moderators_list(agency_ids: Sequence[int], name: str, after: int | None = None) -> Page:
    """One of `LISTS`, oldest first; each row with its activity's title."""
    query = _rows(agency_ids)
    if name == "pending":
        query = query.where(Comment.activity_id.in_(_with(agency_ids, Thread.pending)), *PENDING)
    elif name == "hidden":
        query = query.where(
            Comment.activity_id.in_(_with(agency_ids, Thread.hidden)),
            Comment.hidden_at.is_not(None),
            *IN_REACH,
        )
    else:
        open_flags = select(Flag.comment_id).where(Flag.agency_id.in_(agency_ids), Flag.cleared_at.is_(None))
        query = query.where(Comment.id.in_(open_flags), *TO_LOOK_AT)
    if after is not None:
        query = query.where(Comment.id > after)
    return page_of(query.order_by(Comment.id))


def of_agencies(agency_ids: Sequence[int], comment_ids: Sequence[int]) -> Sequence[Row[Any]]:
    """Those of these comments that are of these agencies and not taken back, as lists show them."""
    query = _rows(agency_ids).where(Comment.id.in_(comment_ids), *IN_REACH)
    return db.session.execute(query.order_by(Comment.id)).all()


def open_flags_on(comment_ids: Sequence[int]) -> Mapping[int, Sequence[str]]:
    """The flags on these comments that nobody has cleared: one statement."""
    found: dict[int, list[str]] = {}
    if comment_ids:
        rows = db.session.execute(
            select(Flag.comment_id, Flag.flag)
            .where(Flag.comment_id.in_(comment_ids), Flag.cleared_at.is_(None))
            .order_by(Flag.comment_id, Flag.flag)
        )
        for row in rows:
            found.setdefault(row.comment_id, []).append(row.flag)
    return found


def appeals_of(agency_ids: Sequence[int]) -> Sequence[Row[Appeal, Comment, Activity, Issue]]:
    """The oldest 100 appeals that wait for a decision, with what they are about."""
    return db.session.execute(
        select(Appeal, Comment, Activity, Issue)
        .join(Comment, Comment.id == Appeal.comment_id)
        .join(Activity, Activity.id == Comment.activity_id)
        .join(Issue, Issue.id == Activity.issue_id)
        .where(Appeal.agency_id.in_(agency_ids), *TO_DECIDE)
        .order_by(Appeal.lodged_at, Appeal.comment_id)
        .limit(100)
    ).all()


def appeal_on(comment_id: int) -> Appeal:
    """The appeal on a comment. Raises `NotFound`."""
    appeal = db.session.get(Appeal, comment_id, populate_existing=True)
    if appeal is None:
        raise NotFound
    return appeal


def appeals_on(comment_ids: Sequence[int]) -> Mapping[int, Appeal]:
    """The appeals on these comments, by comment: one statement, none where there are none to ask for."""
    if not comment_ids:
        return {}
    found = db.session.scalars(select(Appeal).where(Appeal.comment_id.in_(comment_ids)))
    return {appeal.comment_id: appeal for appeal in found}


def moderated_by_month(agency_id: int) -> Mapping[str, Mapping[str, Mapping[str, int]]]:
    """{month: {reason: {act: number}}} of an agency, the newest `MOST_MONTHS` months, newest first."""
    months = (
        select(Moderated.month)
        .where(Moderated.agency_id == agency_id)
        .distinct()
        .order_by(Moderated.month.desc())
        .limit(MOST_MONTHS)
    )
    rows = db.session.execute(
        select(Moderated.month, Moderated.reason, Moderated.act, Moderated.number)
        .where(Moderated.agency_id == agency_id, Moderated.month.in_(months))
        .order_by(Moderated.month.desc(), Moderated.reason, Moderated.act)
    )
    found: dict[str, dict[str, dict[str, int]]] = {}
    for row in rows:
        found.setdefault(row.month, {}).setdefault(row.reason, {})[row.act] = row.number
    return found


def _rows(agency_ids: Sequence[int]) -> Any:
    return (
        select(
            Comment.id,
            Comment.parent_id,
            Comment.body,
            Comment.edits,
            Comment.lang,
            Comment.name,
            Comment.sent_at,
            Comment.unverified,
            Comment.admitted_at,
            Comment.refused_at,
            Comment.hidden_at,
            Comment.hidden_reason,
            Comment.withdrawn_at,
            Comment.erased_at,
            Comment.activity_id,
            Activity.title_th,
            Activity.title_en,
            html_column().label("html"),
        )
        .join(Activity, Activity.id == Comment.activity_id)
        .join(Issue, Issue.id == Activity.issue_id)
        .where(Issue.agency_id.in_(agency_ids))
    )


def _with(agency_ids: Sequence[int], number: Any) -> Select[Any]:
    """The activities of these agencies in which there is any: a handful, found by small rows."""
    return (
        select(Thread.activity_id)
        .join(Activity, Activity.id == Thread.activity_id)
        .join(Issue, Issue.id == Activity.issue_id)
        .where(Issue.agency_id.in_(agency_ids), number > 0)
    )
