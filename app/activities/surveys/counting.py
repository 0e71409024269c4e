"""The counts kept of the answers: added to when somebody answers, exchanged when they correct."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import and_, case, or_, update
from sqlalchemy.dialects import postgresql, sqlite

from app.activities.surveys.models import Survey, Tally, Time
from app.activities.surveys.questionnaire import QuestionView
from app.activities.surveys.replies import Reply
from app.activities.surveys.rules import Given
from app.core.db import db

Key = tuple[int, int, int]
"""Question, part, choice: see `models.Tally`."""

PACE_SECONDS = 10
LONGEST_PACE = 6 * 60
"""An hour: whoever took longer is counted as taking that long."""


def keys(given: Given) -> list[Key]:
    """What these answers count as, in one order, so that people who answer at once only wait."""
    return sorted(key for question, reply in given for key in _keys(question, reply))


def _keys(question: QuestionView, reply: Reply) -> Iterator[Key]:
    yield question.id, Tally.WHOLE, Tally.ANYTHING
    if question.kind == "ranking":
        yield from ((question.id, option, rank) for rank, option in enumerate(reply.picks, 1))
    elif question.kind == "matrix":
        yield from ((question.id, row, pick) for row, pick in reply.cells)
    elif reply.amount is not None:
        yield question.id, 0, reply.amount
    elif reply.day is not None:
        yield question.id, 0, reply.day.toordinal()
    elif reply.area:
        yield question.id, 0, int(reply.area)
    else:
        yield from ((question.id, 0, pick) for pick in reply.picks)


def count_in(activity_id: int, given: Given, seconds: int | None) -> None:
    """Add one person's answers, and the person."""
    _add(dict.fromkeys(keys(given), 1))
    if seconds is not None:
        pace = min(seconds // PACE_SECONDS, LONGEST_PACE)
        new = upsert()(Time).values(activity_id=activity_id, pace=pace, n=1)
        db.session.execute(
            new.on_conflict_do_update(
                index_elements=["activity_id", "pace"], set_={"n": Time.n + 1}
            ).execution_options(synchronize_session=False)
        )
    db.session.execute(
        update(Survey)
        .where(Survey.activity_id == activity_id)
        .values(responses=Survey.responses + 1)
        .execution_options(synchronize_session=False)
    )


def exchange(old: Given, new: Given) -> None:
    """Count a person's new answers instead of the old ones.

    Every count touched is first held in the one order in which all hold them, then changed: counts may go
    down, which an insert with a refused negative number could not say.
    """
    change = Counter(keys(new))
    change.subtract(keys(old))
    changed = {key: n for key, n in change.items() if n}
    if not changed:
        return
    _add(dict.fromkeys(changed, 0))
    ups = [_is(key) for key, n in changed.items() if n > 0]
    downs = [_is(key) for key, n in changed.items() if n < 0]
    parts = [(or_(*found), step) for found, step in ((ups, 1), (downs, -1)) if found]
    db.session.execute(
        update(Tally)
        .where(or_(*ups, *downs))
        .values(n=Tally.n + case(*parts, else_=0))
        .execution_options(synchronize_session=False)
    )


def _is(key: Key) -> Any:
    question, part, choice = key
    return and_(Tally.question_id == question, Tally.part == part, Tally.choice == choice)


def _add(counted: Mapping[Key, int]) -> None:
    rows = [
        {"question_id": question, "part": part, "choice": choice, "n": counted[question, part, choice]}
        for question, part, choice in sorted(counted)
    ]
    new = upsert()(Tally).values(rows)
    db.session.execute(
        new.on_conflict_do_update(
            index_elements=["question_id", "part", "choice"], set_={"n": Tally.n + new.excluded.n}
        ).execution_options(synchronize_session=False)
    )


def upsert() -> Any:
    """The engine's own insert, that knows what to do with a row already there."""
    return sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
