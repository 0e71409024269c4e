"""Keeping a thread's counts, in the database: transactions at once all count.

The thread's row comes first, so that whoever counts in a thread waits there and nowhere else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import distinct, func, select, tuple_, update
from sqlalchemy.dialects import postgresql, sqlite

from app.activities.comments.models import COUNTS, Comment, Tally, Theme, Thread
from app.activities.comments.queries.states import SHOWN
from app.core.db import db

Features = frozenset[tuple[str, str]]
QUIET = {"synchronize_session": False}


@dataclass(frozen=True)
class Standing:
    """What a comment added to the counts at some moment."""

    tally: Mapping[str, int]
    features: Features
    theme_id: int | None = None


NOTHING = Standing(dict.fromkeys(COUNTS, 0), frozenset())
"""A comment that is not there yet."""


def standing_of(comment: Comment) -> Standing:
    """What the comment adds to the counts as it is now."""
    return Standing(comment.tally, comment.features, comment.theme_id)


def count(comment: Comment, before: Standing) -> None:
    """Bring the counts up to date after the comment changed; the first of an activity brings its thread."""
    after = standing_of(comment)
    if after.tally["shown"] != before.tally["shown"] or after.theme_id != before.theme_id:
        recount({ident for ident in (before.theme_id, after.theme_id) if ident is not None})
    changes = {name: after.tally[name] - before.tally[name] for name in COUNTS}
    add_to_thread(comment.activity_id, changes, whole=before is NOTHING)
    add_to_tallies(comment.activity_id, dict.fromkeys(after.features - before.features, 1))
    take_from_tallies(comment.activity_id, before.features - after.features)


def add_to_thread(activity_id: int, changes: Mapping[str, int], *, whole: bool = False) -> None:
    """Change a thread's counts by these; `whole` where its row may not be there yet."""
    if whole:
        insert = sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
        values = {name: changes.get(name, 0) for name in COUNTS}
        moved = {name: getattr(Thread, name) + number for name, number in values.items() if number}
        statement = insert(Thread).values(activity_id=activity_id, **values)
        db.session.execute(
            statement.on_conflict_do_update(index_elements=["activity_id"], set_=moved),
            execution_options=QUIET,
        )
        return
    moved = {name: getattr(Thread, name) + number for name, number in changes.items() if number}
    # A change of features alone takes the thread's row as well: see above.
    db.session.execute(
        update(Thread).where(Thread.activity_id == activity_id).values(moved or {"shown": Thread.shown}),
        execution_options=QUIET,
    )


def recount(theme_ids: Collection[int]) -> None:
    """Count the comments and people of themes anew: by an index, in one statement for all."""
    if not theme_ids:
        return
    inside = (Comment.theme_id == Theme.id, SHOWN)
    # Nobody knows whether two without an account are one: each counts.
    people = func.count(distinct(Comment.person_id)) + func.count() - func.count(Comment.person_id)
    db.session.execute(
        update(Theme)
        .where(Theme.id.in_(theme_ids))
        .values(
            comments=select(func.count()).where(*inside).scalar_subquery(),
            people=select(people).where(*inside).scalar_subquery(),
        ),
        execution_options=QUIET,
    )


def add_to_tallies(activity_id: int, numbers: Mapping[tuple[str, str], int]) -> None:
    """Add to the number of each (feature, code): one statement for all."""
    if not numbers:
        return
    insert = sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
    rows = [
        {"activity_id": activity_id, "feature": feature, "code": code, "number": number}
        for (feature, code), number in sorted(numbers.items())
    ]
    statement = insert(Tally).values(rows)
    db.session.execute(
        statement.on_conflict_do_update(
            index_elements=["activity_id", "feature", "code"],
            set_={"number": Tally.number + statement.excluded.number},
        ),
        execution_options=QUIET,
    )


def take_from_tallies(activity_id: int, pairs: Iterable[tuple[str, str]]) -> None:
    """Take one from each (feature, code)."""
    if pairs := sorted(pairs):
        db.session.execute(
            update(Tally)
            .where(Tally.activity_id == activity_id, tuple_(Tally.feature, Tally.code).in_(pairs))
            .values(number=Tally.number - 1),
            execution_options=QUIET,
        )
