"""The verbs of themes: making one, putting comments in and taking them out, merging, removing.

A theme is held before its comments, and a comment's theme before the comment (`shared.hold_parent`), so none
wait in a circle. What many comments gain or lose by it is written by a few statements, however many they are.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, select

from app.activities.comments import facts
from app.activities.comments.models import Comment, Theme
from app.activities.comments.queries.states import SHOWN
from app.activities.comments.render import dress_theme
from app.activities.comments.service.settling import hold_themes, settle
from app.activities.comments.service.shared import KIND_CODE
from app.core.clock import now
from app.core.db import db
from app.core.errors import DomainError, NotFound
from app.i18n import _l
from app.identity.viewer import Viewer
from app.issues.kinds import ActivityView
from app.issues.queries import activity_place, activity_with_issue
from app.ledger.facts import Fact
from app.ledger.record import record

PERMISSION = "comments.answer"
NONE_CHOSEN = _l("Choose at least one comment.")


def make_theme(
    *,
    activity_id: int,
    viewer: Viewer,
    title_th: str,
    title_en: str | None,
    comment_ids: Sequence[int] = (),
) -> Theme:
    """Begin a theme, with the first comments the officer has ticked, if any."""
    activity, _issue = activity_with_issue(activity_id, KIND_CODE)
    theme = Theme(
        activity_id=activity_id, title_th=title_th, title_en=title_en, made_at=now(), revision=0, comments=0
    )
    theme.people = 0
    dress_theme(theme)
    db.session.add(theme)
    db.session.flush()
    _record(facts.THEME_MADE, theme, activity, viewer, private={"title_th": title_th, "title_en": title_en})
    if comment_ids:
        put_in_theme(theme_id=theme.id, viewer=viewer, comment_ids=comment_ids)
    return theme


def rename_theme(*, theme_id: int, viewer: Viewer, title_th: str, title_en: str | None) -> Theme:
    """Give a theme another title; an answer it has stays."""
    theme, activity = held_theme(theme_id)
    theme.title_th, theme.title_en = title_th, title_en
    dress_theme(theme)
    db.session.flush()
    _record(
        facts.THEME_RENAMED, theme, activity, viewer, private={"title_th": title_th, "title_en": title_en}
    )
    return theme


def put_in_theme(*, theme_id: int, viewer: Viewer, comment_ids: Sequence[int]) -> int:
    """Put comments into a theme; return how many went in.

    Those a colleague put elsewhere meanwhile, or that are no longer shown, are left out. Authors of what goes
    into an answered theme are told of the answer. Raises `DomainError` where none went in.
    """
    theme, activity = held_theme(theme_id)
    free = _held(
        theme.activity_id, comment_ids, Comment.theme_id.is_(None), Comment.parent_id.is_(None), SHOWN
    )
    if not free:
        raise DomainError(NONE_CHOSEN, "comments")
    settle(theme.activity_id, Comment.id.in_(free), theme, tell=True)
    _record(facts.THEME_FILLED, theme, activity, viewer, data={"comments": len(free)}, private={"ids": free})
    return len(free)


def take_out_of_theme(*, theme_id: int, viewer: Viewer, comment_ids: Sequence[int]) -> int:
    """Take comments out of a theme; return how many. They stand ungrouped again, without its answer."""
    theme, activity = held_theme(theme_id)
    ids = _held(theme.activity_id, comment_ids, Comment.theme_id == theme_id)
    if not ids:
        raise DomainError(NONE_CHOSEN, "comments")
    settle(theme.activity_id, Comment.id.in_(ids), None, left=[theme_id])
    _record(facts.THEME_THINNED, theme, activity, viewer, data={"comments": len(ids)}, private={"ids": ids})
    return len(ids)


def merge_theme(*, theme_id: int, into_id: int, viewer: Viewer) -> Theme:
    """Put all comments of a theme into another one of the activity, and remove the first.

    An answered theme goes only into an answered one: nobody loses the answer they were given. The authors that
    come with it are told of the answer that covers them now.
    """
    if theme_id == into_id:
        raise DomainError(_l("Choose another theme."), "into")
    held = {theme.id: theme for theme in hold_themes([theme_id, into_id])}
    theme, into = held.get(theme_id), held.get(into_id)
    if theme is None or into is None or theme.activity_id != into.activity_id:
        raise NotFound
    if theme.verdict is not None and into.verdict is None:
        raise DomainError(
            _l("This theme has an answer and the other one has none. Merge the other one into this."), "into"
        )
    activity, _issue = activity_with_issue(theme.activity_id, KIND_CODE)
    data: dict[str, object] = {"comments": theme.comments, "into": into.id}
    settle(theme.activity_id, Comment.theme_id == theme_id, into, tell=True, left=[theme_id])
    theme.removed_at = now()
    db.session.flush()
    _record(facts.THEME_MERGED, theme, activity, viewer, data=data)
    return into


def remove_theme(*, theme_id: int, viewer: Viewer) -> Theme:
    """Remove a theme. Its comments stand ungrouped again, without its answer."""
    theme, activity = held_theme(theme_id)
    data: dict[str, object] = {"comments": theme.comments}
    settle(theme.activity_id, Comment.theme_id == theme_id, None, left=[theme_id])
    theme.removed_at = now()
    db.session.flush()
    _record(facts.THEME_REMOVED, theme, activity, viewer, data=data)
    return theme


def held_theme(theme_id: int) -> tuple[Theme, ActivityView]:
    """A theme held for an act of office, with its activity. Raises `NotFound` for one that was removed."""
    held = hold_themes([theme_id])
    if not held:
        raise NotFound
    activity, _issue = activity_with_issue(held[0].activity_id, KIND_CODE)
    return held[0], activity


def _held(activity_id: int, comment_ids: Sequence[int], *conditions: ColumnElement[bool]) -> list[int]:
    """The comments among these of which that is true, held."""
    return list(
        db.session.scalars(
            select(Comment.id)
            .where(Comment.id.in_(comment_ids), Comment.activity_id == activity_id, *conditions)
            .order_by(Comment.id)
            .with_for_update(key_share=True)
        )
    )


def _record(
    fact: Fact,
    theme: Theme,
    activity: ActivityView,
    viewer: Viewer,
    *,
    data: dict[str, object] | None = None,
    private: dict[str, object] | None = None,
) -> None:
    record(
        fact,
        subject=f"theme/{theme.id}",
        actor=viewer.acting(PERMISSION, activity.agency_id),
        place=activity_place(activity),
        data=data,
        private=private,
    )
