"""One act of moderation on several comments: each gets its own entry, its author their own mail."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from sqlalchemy import select

from app.activities.comments import mails
from app.activities.comments.models import Comment, Thread
from app.activities.comments.service.moderation import Acts, clear_flags, count_acts, hide_comment, show_again
from app.activities.comments.service.settling import hold_themes
from app.activities.comments.service.visitors import admit_comment, refuse_comment
from app.core.db import db
from app.core.errors import DomainError
from app.i18n import Lazy, _l
from app.identity.viewer import Viewer

MOST_AT_ONCE = 100

ACTIONS: dict[str, Lazy] = {
    "hide": _l("Hide"),
    "show": _l("Show again"),
    "admit": _l("Admit"),
    "refuse": _l("Refuse"),
    "fine": _l("Nothing is the matter"),
}
WITH_REASON = frozenset({"hide", "refuse"})
TOLD = frozenset(ACTIONS) - {"fine"}
"""What a comment's author is told of."""


@dataclass(frozen=True)
class Done:
    """The comments it was done to, and why the others were left as they are: (id, sentence).

    `told` is of how many of them the author was told: nobody knows the address of some.
    """

    done: tuple[int, ...]
    left: tuple[tuple[int, Any], ...]
    told: int


def moderate(
    *,
    comment_ids: Sequence[int],
    viewer: Viewer,
    action: str,
    reason: str = "",
    note: str = "",
    edits: Mapping[int, int] = MappingProxyType({}),
) -> Done:
    """Do one of `ACTIONS` to these comments, lowest id first; what changed meanwhile is left and named.

    `edits` is how often the author of each had changed the words the moderator read. The caller has made sure
    that all are of the viewer's agencies. Raises `DomainError` for more than
    `MOST_AT_ONCE`, and where not one could be moderated.
    """
    if len(comment_ids) > MOST_AT_ONCE:
        raise DomainError(_l("Tick %(most)s comments at most.", most=MOST_AT_ONCE))
    acts: Acts = Counter()
    act = _act(action, viewer, reason, note, edits, acts)
    _hold(comment_ids)
    done: list[int] = []
    left: list[tuple[int, Any]] = []
    told = 0
    for comment_id in sorted(set(comment_ids)):
        try:
            comment = act(comment_id)
        except DomainError as error:
            if error.field is not None:
                raise  # A wrong reason is wrong for all of them.
            left.append((comment_id, error.message))
        else:
            done.append(comment_id)
            told += action in TOLD and mails.has_address(comment)
    if not done:
        raise DomainError(left[0][1] if left else _l("Tick at least one comment."))
    count_acts(acts)
    return Done(tuple(done), tuple(left), told)


def _hold(comment_ids: Sequence[int]) -> None:
    """Hold all that will be written: themes, comments, threads, each by id, as whoever holds one or several does.

    One comment after the other, two moderators over the same two activities would wait in a circle.
    """
    rows = db.session.execute(
        select(Comment.id, Comment.parent_id, Comment.theme_id, Comment.activity_id).where(
            Comment.id.in_(comment_ids)
        )
    ).all()
    hold_themes({row.theme_id for row in rows if row.theme_id is not None})
    ids = {ident for row in rows for ident in (row.id, row.parent_id) if ident is not None}
    for table, key, found in (
        (Comment, Comment.id, ids),
        (Thread, Thread.activity_id, {row.activity_id for row in rows}),
    ):
        db.session.execute(
            select(key).select_from(table).where(key.in_(found)).order_by(key).with_for_update(key_share=True)
        )


def _act(
    action: str, viewer: Viewer, reason: str, note: str, edits: Mapping[int, int], later: Acts
) -> Callable[[int], Comment]:
    """The verb for an action; every one refuses before it writes anything."""
    acts: dict[str, Callable[[int], Comment]] = {
        "hide": lambda one: hide_comment(
            comment_id=one, viewer=viewer, reason=reason, note=note, edits=edits.get(one), later=later
        ),
        "show": lambda one: show_again(comment_id=one, viewer=viewer, later=later),
        "admit": lambda one: admit_comment(comment_id=one, viewer=viewer, later=later),
        "refuse": lambda one: refuse_comment(comment_id=one, viewer=viewer, reason=reason, later=later),
        "fine": lambda one: clear_flags(comment_id=one, viewer=viewer, edits=edits.get(one)),
    }
    if action not in acts:
        raise DomainError(_l("Choose one of the answers shown."), "action")
    return acts[action]
