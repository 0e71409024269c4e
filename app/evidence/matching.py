"""Which exhibits a search means: dated in a period, speaking for evidence that is asked for, naming a sector."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Text, and_, cast, false, func, or_

from app.evidence.kinds_of_evidence import EvidenceAsked
from app.evidence.models import Document, Exhibit
from app.i18n.dates import end_of_day, local_day, start_of_day
from app.issues.models import Issue
from app.ledger.models import Entry

DAY_LENGTH = len("2026-04-18")
"""An entry's time has this length where its fact tells only the day."""

_shown = cast(Exhibit.demonstrates, Text)


def within(first: date, last: date) -> ColumnElement[bool]:
    """Documents dated in the period, and other exhibits of which an act may lie in it."""
    return or_(
        Document.dated_on.between(first, last),
        and_(
            Document.id.is_(None),
            or_(*_compared(Entry.at, "<", end_of_day(last), last)),
            or_(*_compared(Exhibit.at, ">=", start_of_day(first), first)),
        ),
    )


def _compared(column: Any, sign: str, bound: datetime, day: date) -> Iterator[ColumnElement[bool]]:
    """An entry's time against a bound: entries tell a moment in UTC, or only Bangkok's day."""
    moment = bound.strftime("%Y-%m-%dT%H:%M:%SZ")
    yield and_(func.length(column) > DAY_LENGTH, column.op(sign, is_comparison=True)(moment))
    within_day = "<=" if sign == "<" else sign
    yield and_(func.length(column) == DAY_LENGTH, column.op(within_day, is_comparison=True)(day.isoformat()))


def speaking_for(asked: Sequence[EvidenceAsked]) -> ColumnElement[bool]:
    """Exhibits of a kind that is asked for, at its level or above: who decided together has also been heard."""
    return or_(
        false(),
        *(
            and_(
                func.coalesce(Exhibit.level, 0) >= (part.level or 0),
                or_(*(_shown.contains(f'"{kind}"', autoescape=True) for kind in part.kinds)),
            )
            for part in asked
        ),
    )


def touching(sector: str) -> ColumnElement[bool]:
    """Exhibits that name a sector of stakeholders: a document its own, any other those of its issue."""
    quoted = cast(Document.sectors, Text).contains(f'"{sector}"', autoescape=True)
    grouped = cast(Issue.groups, Text).contains(f'"sector": "{sector}"', autoescape=True)
    return or_(quoted, and_(Document.id.is_(None), grouped))


def day_of(at: str) -> date:
    """The day of an entry's time in Bangkok."""
    return date.fromisoformat(at) if len(at) == DAY_LENGTH else local_day(datetime.fromisoformat(at))
