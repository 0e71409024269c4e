"""The lists people read: comments in any of four orders, of one question or passage, and their replies.

Every page is read from one end of an index that begins with the list it stands in (`Comment.listed_in` and
its siblings), so the thousandth costs what the first does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup
from sqlalchemy import ColumnElement, Row, func, or_, select, tuple_, union_all
from sqlalchemy.orm import InstrumentedAttribute

from app.activities.comments.models import Comment, Theme, Thread
from app.core.db import db
from app.core.ids import LARGEST_ID
from app.i18n import current_language
from app.web.keyset import Cursor

PAGE = 50
NEWEST = 5
"""How many the issue page shows of each activity."""

FIRST_REPLIES = 5
"""How many replies a list shows under a comment; its own page has all."""

SHOWN_OR_MARKED = or_(Comment.withdrawn_at.is_(None), Comment.verdict.is_not(None))
"""Replies that keep their place: one taken back does for an answer alone."""


@dataclass(frozen=True)
class Order:
    """One of the orders a list may be read in: the column that says which activity's list a comment is in,
    and what it is ordered by before its id, newest first."""

    list_of: InstrumentedAttribute[int | None]
    by: InstrumentedAttribute[Any] | None
    mark: Callable[[Any], str]
    parse: Callable[[str], tuple[Any, ...]]


def _one(text: str) -> tuple[int, ...]:
    if not (text.isascii() and text.isdecimal() and len(text) < 11 and 0 < int(text) <= LARGEST_ID):
        raise ValueError("not a page mark of this site")
    return (int(text),)


def _two(text: str) -> tuple[int, ...]:
    first, dash, second = text.partition("-")
    if not dash or not (first.isascii() and first.isdecimal() and len(first) < 10):
        raise ValueError("not a page mark of this site")
    return (int(first), *_one(second))


def _moment(text: str) -> tuple[Any, ...]:
    cursor = Cursor.parse(text)
    return cursor.moment, cursor.id


SORTS: dict[str, Order] = {
    "newest": Order(Comment.listed_in, None, lambda row: str(row.id), _one),
    "supported": Order(Comment.listed_in, Comment.supports, lambda row: f"{row.supports}-{row.id}", _two),
    "unanswered": Order(Comment.waiting_in, None, lambda row: str(row.id), _one),
    "answered": Order(
        Comment.answered_in, Comment.settled_at, lambda row: str(Cursor(row.settled_at, row.id)), _moment
    ),
}


@dataclass(frozen=True)
class Filter:
    """What of a thread somebody reads: all, what is on a question or document version, or on a section of that.

    A section is read newest first alone.
    """

    sort: str = "newest"
    about: str = ""
    section: str = ""


@dataclass(frozen=True)
class Page:
    """One page of a list; `next` is the mark the following page begins after, None on the last.

    `first`: it begins at the beginning.
    """

    rows: Sequence[Any]
    next: str | int | None
    first: bool = True

    @property
    def ids(self) -> list[int]:
        return [row.id for row in self.rows]


@dataclass(frozen=True)
class Newest:
    """An activity's thread with its newest comments as stored HTML."""

    thread: Thread
    rows: Sequence[Any]


def columns() -> tuple[Any, ...]:
    """What a list shows of a comment: its stored HTML in the page's language, and what stands beside it."""
    return (
        Comment.id,
        Comment.parent_id,
        Comment.supports,
        Comment.replies,
        Comment.place,
        Comment.settled_at,
        Comment.section,
        Comment.about,
        (Comment.hidden_at.is_(None) & Comment.erased_at.is_(None) & Comment.withdrawn_at.is_(None)).label(
            "shown"
        ),
        html_column().label("html"),
    )


def comments_page(activity_id: int, chosen: Filter = Filter(), before: str | None = None) -> Page:
    """A page of an activity's comments in the order asked for; hidden and erased ones keep their place.

    A mark that means nothing begins at the beginning.
    """
    order = SORTS[chosen.sort]
    query = select(*columns()).where(order.list_of == activity_id)
    if chosen.about:
        query = query.where(Comment.about == chosen.about)
    if chosen.section:
        query = query.where(Comment.section == chosen.section)
    keys = (Comment.id,) if order.by is None else (order.by, Comment.id)
    cut = _after(order, keys, before)
    page = page_of(query.where(*cut).order_by(*(key.desc() for key in keys)), order.mark)
    return replace(page, first=not cut)


def newest_of(activity_ids: Sequence[int]) -> Mapping[int, Newest]:
    """The threads of several activities with their newest comments: one statement.

    Each activity's part reads its last entries from the index alone, so that a long thread costs
    what a short one does; a window function would number all of its comments first.
    """
    if not activity_ids:
        return {}
    parts = [
        select(Comment.listed_in, Comment.id, Comment.supports, Comment.replies, html_column().label("html"))
        .where(Comment.listed_in == activity_id)
        .order_by(Comment.id.desc())
        .limit(NEWEST)
        .subquery()
        for activity_id in activity_ids
    ]
    newest = union_all(*(select(part) for part in parts)).subquery()
    rows = db.session.execute(
        select(Thread, newest.c.id, newest.c.supports, newest.c.replies, newest.c.html)
        .outerjoin(newest, newest.c.listed_in == Thread.activity_id)
        .where(Thread.activity_id.in_(activity_ids))
        .order_by(newest.c.id.desc())
    ).all()
    found: dict[Thread, list[Any]] = {}
    for row in rows:
        found.setdefault(row.Thread, []).extend([row] if row.id is not None else [])
    return {thread.activity_id: Newest(thread, listed) for thread, listed in found.items()}


def replies_to(comments: Sequence[Any]) -> Mapping[int, Sequence[Row[Any]]]:
    """The first replies to each of these comments: one statement, none where nobody replied."""
    ids = [row.id for row in comments if row.replies]
    if not ids:
        return {}
    rows = db.session.execute(
        select(*columns())
        .where(Comment.parent_id.in_(ids), Comment.place <= FIRST_REPLIES, SHOWN_OR_MARKED)
        .order_by(Comment.parent_id, Comment.place)
    ).all()
    found: dict[int, list[Row[Any]]] = {}
    for row in rows:
        found.setdefault(row.parent_id, []).append(row)
    return found


def replies_page(comment_id: int, after: int = 0) -> Page:
    """The replies to one comment, in the order they came."""
    query = select(*columns()).where(Comment.parent_id == comment_id, Comment.place > after, SHOWN_OR_MARKED)
    return page_of(query.order_by(Comment.place), lambda row: row.place)


def html_column() -> ColumnElement[str]:
    """The stored article in the page's language, with the stored answer of its theme under it.

    Looked up by the theme's key while the row is read, so that an answer to a theme of 50,000 comments makes
    no article anew. A comment's own answer stands instead of the theme's.
    """
    thai = current_language() == "th"
    answer = (
        select(Theme.html_th if thai else Theme.html_en)
        .where(
            Theme.id == Comment.theme_id,
            Comment.theme_verdict.is_not(None),
            Comment.verdict.is_(None),
            Comment.hidden_at.is_(None),
        )
        .scalar_subquery()
        .correlate(Comment)
    )
    return (Comment.html_th if thai else Comment.html_en) + func.coalesce(answer, "")


def page_of(query: Any, mark: Callable[[Any], Any] = lambda row: row.id) -> Page:
    """A page of a query, with the mark of the next."""
    rows = db.session.execute(query.limit(PAGE + 1)).all()
    return Page(rows[:PAGE], mark(rows[PAGE - 1]) if len(rows) > PAGE else None)


def joined(rows: Sequence[Any]) -> Markup:
    """The stored articles of the rows as list entries; the id is where links to the comment lead."""
    return Markup("".join(f'<li id="comment-{row.id}">{row.html}</li>' for row in rows))


def _after(order: Order, keys: tuple[Any, ...], mark: str | None) -> tuple[ColumnElement[bool], ...]:
    try:
        values = order.parse(mark or "")
    except ValueError:
        return ()
    if len(keys) == 1:
        return (keys[0] < values[0],)
    # Compared as a pair, the index alone finds the place, also among thousands of equals.
    return (tuple_(*keys) < tuple_(*values),)
