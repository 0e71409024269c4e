"""Themes: those of an activity, one with its comments, and the comments that are in none yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased

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
    The longest, which tells most, is read in order from its place in that index, only as far as the page goes.
    """
    query = _articles().where(Comment.listed_in == activity_id, Comment.theme_id.is_(None), SHOWN)
    ident: Any = Comment.id
    if sieve.words:
        longest, *others = telling_words(sieve.words) or [""]
        ident = Word.comment_id
        query = query.join(Word, Word.comment_id == Comment.id).where(
            Word.activity_id == activity_id, Word.word == longest
        )
        for word in others:
            also = aliased(Word)
            query = query.where(
                exists().where(
                    also.activity_id == activity_id, also.word == word, also.comment_id == Word.comment_id
                )
            )
    if sieve.about:
        query = query.where(Comment.about == sieve.about)
    if sieve.stance:
        query = query.where(Comment.stance == sieve.stance)
    if after is not None:
        query = query.where(ident > after)
    return page_of(query.order_by(ident))


def articles(comment_ids: Sequence[int]) -> Sequence[Any]:
    """These comments as a list shows them, in the order given: one statement."""
    rows = {row.id: row for row in db.session.execute(_articles().where(Comment.id.in_(comment_ids)))}
    return [rows[ident] for ident in comment_ids if ident in rows]


def _articles() -> Any:
    html = Comment.html_th if current_language() == "th" else Comment.html_en
    return select(Comment.id, Comment.supports, html.label("html"))
