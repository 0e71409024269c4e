"""The trace of influence: the themes with their answers, and from what changed back to what people said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func, literal, null, select, union_all

from app.activities.comments.models import Comment, Theme
from app.activities.comments.queries.states import SHOWN
from app.core.db import db
from app.i18n.bilingual import Bilingual
from app.issues import contracts
from app.issues.contracts import Address, Credit, Outcome
from app.issues.listing import shortened

MOST_SINGLE = 50
"""Single comments named for all outcomes of an issue, the newest: many that say much the same belong in a theme."""


def themes_in(activity_ids: Sequence[int]) -> Sequence[contracts.Theme]:
    """The themes of these activities, those of most people first: one statement."""
    if not activity_ids:
        return ()
    themes = db.session.scalars(
        select(Theme)
        .where(Theme.activity_id.in_(activity_ids), Theme.removed_at.is_(None))
        .order_by(Theme.people.desc(), Theme.id)
    )
    return [
        contracts.Theme(
            subject=f"theme/{theme.id}",
            activity_id=theme.activity_id,
            title=theme.title,
            comments=theme.comments,
            people=theme.people,
            address=Address("comments.theme", {"activity_id": theme.activity_id, "theme_id": theme.id}),
            verdict=theme.verdict,
            reason=theme.reason,
            due_on=theme.due_on,
            answered_at=theme.answered_at,
            outcome=_outcome(theme),
        )
        for theme in themes
    ]


def credits_in(activity_ids: Sequence[int]) -> Mapping[str, Sequence[Credit]]:
    """The answered themes and single comments that led to each outcome: one statement."""
    if not activity_ids:
        return {}
    themes = select(
        literal("theme").label("thing"),
        Theme.id,
        Theme.activity_id,
        Theme.outcome,
        Theme.title_th.label("th"),
        Theme.title_en.label("en"),
        Theme.people,
        null().label("lang"),
    ).where(Theme.activity_id.in_(activity_ids), Theme.outcome.is_not(None), Theme.removed_at.is_(None))
    single = (
        select(
            literal("comment").label("thing"),
            Comment.id,
            Comment.activity_id,
            Comment.outcome,
            Comment.body.label("th"),
            null().label("en"),
            literal(1).label("people"),
            Comment.lang,
        )
        .where(Comment.activity_id.in_(activity_ids), Comment.outcome.is_not(None), SHOWN)
        .order_by(Comment.id.desc())
        .limit(MOST_SINGLE)
        .subquery()
    )
    rows = db.session.execute(union_all(themes, select(single))).all()
    found: dict[str, list[Credit]] = {}
    for row in sorted(rows, key=lambda row: (-row.people, row.thing, row.id)):
        found.setdefault(row.outcome, []).append(_credit(row))
    return found


def themes_under_review(activity_id: int) -> int:
    """How many themes the agency has yet to decide."""
    query = select(func.count()).where(
        Theme.activity_id == activity_id, Theme.removed_at.is_(None), Theme.verdict == "under_review"
    )
    return db.session.scalar(query) or 0


def _credit(row: Any) -> Credit:
    words = Bilingual(row.th, row.en)
    if row.thing == "comment":
        words = shortened(Bilingual(row.th, row.th if row.lang == "en" else None))
        address = Address("comments.one", {"activity_id": row.activity_id, "comment_id": row.id})
    else:
        address = Address("comments.theme", {"activity_id": row.activity_id, "theme_id": row.id})
    return Credit(words, row.people, address)


def _outcome(theme: Theme) -> Outcome | None:
    """What changed, as the theme's answer named it; the page of comments leads to it as it is now."""
    if theme.outcome is None or theme.outcome_title is None or theme.answered_at is None:
        return None
    subject, _at, version = theme.outcome.partition("@")
    address = Address("comments.outcome", {"activity_id": theme.activity_id, "of": theme.outcome})
    return Outcome(
        subject, int(version) if version else None, theme.outcome_title, address, theme.answered_at
    )
