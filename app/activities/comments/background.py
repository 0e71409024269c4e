"""Background work of comments: stale HTML is made anew, words are indexed, authors are told, a few at a time."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import ColumnElement, Select, delete, insert, or_, select, tuple_

from app.activities.comments.flags import find
from app.activities.comments.models import Comment, Flag, Theme, Word
from app.activities.comments.render import dress, dress_theme, version
from app.activities.comments.telling import tell_authors
from app.activities.comments.words import telling
from app.core.clock import now
from app.core.db import db, transaction
from app.core.text import segment
from app.issues.models import Activity, Issue

BATCH = 200
BURST, BURST_WITHIN = 5, timedelta(hours=1)
"""The same words so often within an hour are flagged: a campaign, or a machine; neither is forbidden."""
MOST_COUNTED = 5_000


def run() -> int:
    """Make a batch of stale articles anew, index a batch of new words; return how many there were."""
    return _dress_stale() + _dress_themes() + _index_new() + tell_authors()


def _dress_themes() -> int:
    stale = _stale(Theme)
    if db.session.scalar(select(Theme.id).where(stale).limit(1)) is None:
        return 0
    with transaction():
        themes = db.session.scalars(
            select(Theme).where(stale).limit(BATCH).with_for_update(skip_locked=True)
        ).all()
        for theme in themes:
            dress_theme(theme)
        return len(themes)


def _dress_stale() -> int:
    if db.session.scalar(select(Comment.id).where(_stale()).limit(1)) is None:
        return 0  # Asked without a lock: at nearly every tick there is nothing to do.
    with transaction():
        comments = db.session.scalars(
            select(Comment).where(_stale()).limit(BATCH).with_for_update(skip_locked=True)
        ).all()
        for comment in comments:
            dress(comment)
        return len(comments)


def _index_new() -> int:
    """Put the words of new and changed comments where similar ones are looked up."""
    if not db.session.execute(_unworded().limit(1)).all():
        return 0
    found = db.session.execute(_unworded().limit(BATCH)).all()
    cut = {row.id: segment(row.body) for row in found}  # Before the writing: it takes its time.
    words = {ident: telling(pieces) for ident, pieces in cut.items()}
    flags = {row.id: {one.flag for one in find(row.body, cut[row.id])} for row in found}
    digests = {row.id: row.digest for row in found}
    db.session.rollback()
    with transaction():
        held = db.session.scalars(
            select(Comment)
            .where(Comment.id.in_(words))
            .order_by(Comment.id)
            .with_for_update(skip_locked=True)
            .execution_options(populate_existing=True)
        ).all()
        # One changed meanwhile is read again at the next tick.
        fresh = [comment for comment in held if comment.digest == digests[comment.id]]
        _store_words(fresh, words)
        _store_flags(fresh, flags)
        return len(fresh)


def _store_words(comments: list[Comment], words: dict[int, list[str]]) -> None:
    ids = [comment.id for comment in comments]
    quiet = {"synchronize_session": False}
    db.session.execute(delete(Word).where(Word.comment_id.in_(ids)), execution_options=quiet)
    rows = [
        {"activity_id": comment.activity_id, "word": word, "comment_id": comment.id}
        for comment in comments
        if comment.listed_in is not None
        for word in words[comment.id]
    ]
    if rows:
        db.session.execute(insert(Word), rows)
    for comment in comments:
        comment.worded = True


def _store_flags(comments: list[Comment], flags: dict[int, set[str]]) -> None:
    """Flag what stands in comments people read or will; a flag somebody has cleared stays cleared."""
    there = [comment for comment in comments if comment.state in ("shown", "pending")]
    found = {(comment.id, flag) for comment in there for flag in flags[comment.id]}
    found |= {(ident, "burst") for ident in _in_bursts(there)}
    ids = [comment.id for comment in comments]
    stored = db.session.execute(select(Flag.comment_id, Flag.flag).where(Flag.comment_id.in_(ids)))
    known = {(row.comment_id, row.flag) for row in stored}
    gone = known - found
    if gone:
        db.session.execute(
            delete(Flag).where(tuple_(Flag.comment_id, Flag.flag).in_(gone)),
            execution_options={"synchronize_session": False},
        )
    agencies = _agencies_of({comment.activity_id for comment in there})
    activity = {comment.id: comment.activity_id for comment in there}
    rows = [
        {
            "comment_id": ident,
            "flag": flag,
            "activity_id": activity[ident],
            "agency_id": agencies[activity[ident]],
            "found_at": now(),
        }
        for ident, flag in sorted(found - known)
    ]
    if rows:
        db.session.execute(insert(Flag), rows)


def _in_bursts(comments: list[Comment]) -> set[int]:
    """Those of these comments whose very words came `BURST` times or more within the hour before them."""
    digests = {comment.digest for comment in comments if comment.digest}
    if not digests:
        return set()
    since = min(comment.sent_at for comment in comments) - BURST_WITHIN
    rows = db.session.execute(
        select(Comment.activity_id, Comment.digest, Comment.sent_at)
        .where(
            Comment.activity_id.in_({comment.activity_id for comment in comments}),
            Comment.digest.in_(digests),
            Comment.sent_at >= since,
        )
        .limit(MOST_COUNTED)
    ).all()
    return {
        comment.id
        for comment in comments
        if sum(
            row.activity_id == comment.activity_id
            and row.digest == comment.digest
            and comment.sent_at - BURST_WITHIN <= row.sent_at <= comment.sent_at
            for row in rows
        )
        >= BURST
    }


def _agencies_of(activity_ids: set[int]) -> dict[int, int]:
    rows = db.session.execute(
        select(Activity.id, Issue.agency_id)
        .join(Issue, Issue.id == Activity.issue_id)
        .where(Activity.id.in_(activity_ids))
    )
    return {row.id: row.agency_id for row in rows}


def _unworded() -> Select[int, str, str]:
    return select(Comment.id, Comment.body, Comment.digest).where(~Comment.worded).order_by(Comment.id)


def _stale(table: type[Comment] | type[Theme] = Comment) -> ColumnElement[bool]:
    """Two ranges of the index, where "not equal" would read the whole table at every tick."""
    current = version()
    return or_(table.html_version < current, table.html_version > current)
