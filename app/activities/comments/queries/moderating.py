"""Comments as moderators work through them, over all activities of their agencies, and what they answer for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, exists, func, or_, select
from sqlalchemy.orm import aliased

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
MOST_COUNTED = 1_000
"""Of flagged comments no more are counted: who has a thousand to look at need not know how many more."""


@dataclass(frozen=True)
class Waiting:
    """How much waits for a moderator of some agencies; of flagged ones `MOST_COUNTED` + 1 are counted at most."""

    pending: int
    flagged: int
    hidden: int
    appeals: int

    @property
    def flagged_shown(self) -> str:
        """The number as it is shown: 1,000+ where there are more."""
        return f"{MOST_COUNTED:,}+" if self.flagged > MOST_COUNTED else f"{self.flagged:,}"


def waiting_for(agency_ids: Sequence[int]) -> Waiting:
    """The numbers beside the lists: three statements."""
    threads = db.session.execute(
        select(func.coalesce(func.sum(Thread.pending), 0), func.coalesce(func.sum(Thread.hidden), 0))
        .select_from(Thread)
        .join(Activity, Activity.id == Thread.activity_id)
        .join(Issue, Issue.id == Activity.issue_id)
        .where(Issue.agency_id.in_(agency_ids))
    ).one()
    flags = select(Flag.comment_id).join(Comment, Comment.id == Flag.comment_id)
    flags = flags.where(Flag.agency_id.in_(agency_ids), Flag.cleared_at.is_(None), *TO_LOOK_AT).distinct()
    # In the order of their index, so that it is read only as far as is counted.
    flagged = select(func.count()).select_from(
        flags.order_by(Flag.comment_id).limit(MOST_COUNTED + 1).subquery()
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
    query, ident = _rows(agency_ids), Comment.id
    if name == "pending":
        query = query.where(Comment.activity_id.in_(_with(agency_ids, Thread.pending)), *PENDING)
    elif name == "hidden":
        query = query.where(
            Comment.activity_id.in_(_with(agency_ids, Thread.hidden)),
            Comment.hidden_at.is_not(None),
            *IN_REACH,
        )
    else:
        ident = Flag.comment_id
        query = query.join(Flag, Flag.comment_id == Comment.id).where(*_first_open(agency_ids), *TO_LOOK_AT)
    if after is not None:
        query = query.where(ident > after)
    return page_of(query.order_by(ident))


def _first_open(agency_ids: Sequence[int]) -> tuple[ColumnElement[bool], ...]:
    """One flag a comment, the first of those nobody has cleared: read from their index, only as far as a page goes."""
    before = aliased(Flag)
    earlier = exists().where(
        before.comment_id == Flag.comment_id, before.cleared_at.is_(None), before.flag < Flag.flag
    )
    return Flag.agency_id.in_(agency_ids), Flag.cleared_at.is_(None), ~earlier


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
