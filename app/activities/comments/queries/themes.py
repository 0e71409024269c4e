"""Themes: those of an activity, one with its comments, and the comments that are in none yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from app.activities.comments.models import Comment, Theme, Word
from app.activities.comments.queries.lists import Page, page_of
from app.activities.comments.queries.states import SHOWN
from app.activities.comments.words import telling_words
from app.core.db import db
from app.core.errors import NotFound
from app.i18n import current_language


@dataclass(frozen=True)
class Sieve:
    """Which of the ungrouped comments an officer looks at: with these words, on this, of this stance."""

    words: str = ""
    about: str = ""
    stance: str = ""


def themes_in(activity_id: int) -> Sequence[Theme]:
    """The themes of an activity, those of most people first."""
    return db.session.scalars(
        select(Theme)
        .where(Theme.activity_id == activity_id, Theme.removed_at.is_(None))
        .order_by(Theme.people.desc(), Theme.id)
    ).all()


def theme_in(activity_id: int, theme_id: int) -> Theme:
    """A theme of this activity. Raises `NotFound`."""
    theme = db.session.get(Theme, theme_id)
    if theme is None or theme.activity_id != activity_id or theme.removed_at is not None:
        raise NotFound
    return theme


def theme_of(comment: Comment) -> Theme | None:
    """The theme a comment is in."""
    return db.session.get(Theme, comment.theme_id) if comment.theme_id is not None else None


def members(theme_id: int, before: int | None = None) -> Page:
    """The comments shown in a theme, newest first, without its answer under each."""
    query = _articles().where(Comment.theme_id == theme_id, SHOWN)
    if before is not None:
        query = query.where(Comment.id < before)
    return page_of(query.order_by(Comment.id.desc()))


def ungrouped(activity_id: int, sieve: Sieve, after: int | None = None) -> Page:
    """The comments shown that are in no theme yet, oldest first.

    Words are looked up as words, Thai ones too, in the index of telling words; one without any finds nothing.
    """
    query = _articles().where(Comment.listed_in == activity_id, Comment.theme_id.is_(None), SHOWN)
    if sieve.words:
        wanted = telling_words(sieve.words)
        holding = (
            select(Word.comment_id)
            .where(Word.activity_id == activity_id, Word.word.in_(wanted))
            .group_by(Word.comment_id)
            .having(func.count() == max(len(wanted), 1))
        )
        query = query.where(Comment.id.in_(holding))
    if sieve.about:
        query = query.where(Comment.about == sieve.about)
    if sieve.stance:
        query = query.where(Comment.stance == sieve.stance)
    if after is not None:
        query = query.where(Comment.id > after)
    return page_of(query.order_by(Comment.id))


def articles(comment_ids: Sequence[int]) -> Sequence[Any]:
    """These comments as a list shows them, in the order given: one statement."""
    rows = {row.id: row for row in db.session.execute(_articles().where(Comment.id.in_(comment_ids)))}
    return [rows[ident] for ident in comment_ids if ident in rows]


def _articles() -> Any:
    html = Comment.html_th if current_language() == "th" else Comment.html_en
    return select(Comment.id, Comment.supports, html.label("html"))
