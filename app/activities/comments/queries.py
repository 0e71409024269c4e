"""Reading comments: stored HTML by keyset, one statement a list, whatever its length."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup
from sqlalchemy import ColumnElement, Row, select, union_all
from sqlalchemy.orm import InstrumentedAttribute

from app.activities.comments.models import COUNTS, Comment, Thread
from app.activities.comments.render import listing
from app.core.db import db
from app.core.errors import NotFound
from app.i18n import current_language
from app.issues.models import Activity, Issue

PAGE = 50
NEWEST = 5
"""How many the issue page shows of each activity."""

_SHOWN = (Comment.hidden_at.is_(None), Comment.erased_at.is_(None))
QUEUES: dict[str, tuple[ColumnElement[bool], ...]] = {
    "waiting": (Comment.verdict.is_(None), *_SHOWN),
    "review": (Comment.verdict == "under_review", *_SHOWN),
    "answered": (Comment.verdict.is_not(None), *_SHOWN),
    "hidden": (Comment.hidden_at.is_not(None),),
    "all": (),
}
"""What the office may look at, in the order of its tabs."""


@dataclass(frozen=True)
class Page:
    """One page of a list; `next` is the id the following page begins after, None on the last."""

    rows: Sequence[Row[Any]]
    next: int | None

    @property
    def html(self) -> Markup:
        """The stored articles of the rows, joined."""
        return listing((row.id, row.html) for row in self.rows)


@dataclass(frozen=True)
class Newest:
    """An activity's thread with its newest comments as HTML."""

    thread: Thread
    html: Markup


def thread_of(activity_id: int) -> Thread:
    """The thread of an activity; an empty one before its first comment."""
    return db.session.get(Thread, activity_id) or empty_thread(activity_id)


def empty_thread(activity_id: int) -> Thread:
    """A thread nobody has written in."""
    return Thread(activity_id=activity_id, **dict.fromkeys(COUNTS, 0))


def comments_page(activity_id: int, before: int | None = None) -> Page:
    """All comments of an activity, newest first; hidden and erased ones keep their place."""
    query = select(Comment.id, _html().label("html")).where(Comment.activity_id == activity_id)
    if before is not None:
        query = query.where(Comment.id < before)
    return _page(query.order_by(Comment.id.desc()))


def newest_of(activity_ids: Sequence[int]) -> Mapping[int, Newest]:
    """The threads of several activities with their newest comments: one statement.

    Each activity's part reads its last entries from the index alone, so that a long thread costs
    what a short one does; a window function would number all of its comments first.
    """
    if not activity_ids:
        return {}
    parts = [
        select(Comment.activity_id, Comment.id, _html().label("html"))
        .where(Comment.activity_id == activity_id)
        .order_by(Comment.id.desc())
        .limit(NEWEST)
        .subquery()
        for activity_id in activity_ids
    ]
    newest = union_all(*(select(part) for part in parts)).subquery()
    rows = db.session.execute(
        select(Thread, newest.c.id, newest.c.html)
        .outerjoin(newest, newest.c.activity_id == Thread.activity_id)
        .where(Thread.activity_id.in_(activity_ids))
        .order_by(newest.c.id.desc())
    ).all()
    articles: dict[Thread, list[tuple[int, str]]] = {}
    for thread, ident, html in rows:
        articles.setdefault(thread, []).extend([(ident, html)] if ident is not None else [])
    return {thread.activity_id: Newest(thread, listing(found)) for thread, found in articles.items()}


def queue(activity_id: int, name: str, after: int | None = None) -> Page:
    """Comments as the office works through them, oldest first. `name` is one of `QUEUES`."""
    query = select(
        Comment.id,
        Comment.verdict,
        Comment.hidden_at,
        Comment.erased_at,
        Comment.hidden_note,
        Comment.body,
        Comment.lang,
        _html().label("html"),
    ).where(Comment.activity_id == activity_id, *QUEUES[name])
    if after is not None:
        query = query.where(Comment.id > after)
    return _page(query.order_by(Comment.id))


def own_comments(person_id: int, before: int | None = None) -> Page:
    """A person's comments with what became of them, newest first."""
    query = (
        select(
            Comment.id,
            Comment.body,
            Comment.lang,
            Comment.hidden_at,
            Comment.hidden_note,
            _html().label("html"),
            Activity,
        )
        .join(Activity, Activity.id == Comment.activity_id)
        .where(Comment.person_id == person_id)
    )
    if before is not None:
        query = query.where(Comment.id < before)
    return _page(query.order_by(Comment.id.desc()))


def comment_in(activity_id: int, comment_id: int) -> Comment:
    """A comment of this activity. Raises `NotFound`."""
    comment = db.session.scalar(
        select(Comment).where(Comment.id == comment_id, Comment.activity_id == activity_id)
    )
    if comment is None:
        raise NotFound
    return comment


def desk(agency_ids: Sequence[int]) -> Sequence[Row[Activity, Issue, Thread]]:
    """The newest 100 comment activities of these agencies' published issues, with their counts."""
    return db.session.execute(
        select(Activity, Issue, Thread)
        .join(Issue, Issue.id == Activity.issue_id)
        .outerjoin(Thread, Thread.activity_id == Activity.id)
        .where(
            Activity.kind == "comments",
            Issue.agency_id.in_(agency_ids),
            Issue.published_at.is_not(None),
            Activity.annulled_at.is_(None),
        )
        .order_by(Activity.id.desc())
        .limit(100)
    ).all()


def _html() -> InstrumentedAttribute[str]:
    return Comment.html_th if current_language() == "th" else Comment.html_en


def _page(query: Any) -> Page:
    rows = db.session.execute(query.limit(PAGE + 1)).all()
    return Page(rows[:PAGE], rows[PAGE - 1].id if len(rows) > PAGE else None)
