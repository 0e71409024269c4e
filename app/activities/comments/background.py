"""Background work of comments: stale HTML is made anew, words are indexed, authors are told, a few at a time."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Select, delete, insert, or_, select

from app.activities.comments.models import Comment, Theme, Word
from app.activities.comments.render import dress, dress_theme, version
from app.activities.comments.telling import tell_authors
from app.activities.comments.words import telling_words
from app.core.db import db, transaction

BATCH = 200


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
    words = {row.id: telling_words(row.body) for row in found}  # Before the writing: it takes its time.
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


def _unworded() -> Select[int, str, str]:
    return select(Comment.id, Comment.body, Comment.digest).where(~Comment.worded).order_by(Comment.id)


def _stale(table: type[Comment] | type[Theme] = Comment) -> ColumnElement[bool]:
    """Two ranges of the index, where "not equal" would read the whole table at every tick."""
    current = version()
    return or_(table.html_version < current, table.html_version > current)
