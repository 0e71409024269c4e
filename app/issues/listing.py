"""Lists of published issues: filtered, newest first, by keyset; one statement a list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from flask import url_for
from sqlalchemy import ColumnElement, and_, exists, or_, select

from app.agencies.models import Agency
from app.core.clock import now
from app.core.db import db
from app.core.text import cut, sort_key
from app.i18n.bilingual import Bilingual
from app.issues.kinds import kind_of
from app.issues.models import Activity, Issue, Response
from app.issues.queries import activity_view
from app.issues.windows import State, issue_state
from app.web.keyset import Cursor, older_than

PAGE = 20
TEASER = 160
"""Characters of a text in a list."""

Archive = Literal["with", "without", "only"]
ListedState = Literal["open", "upcoming", "closed"]


@dataclass(frozen=True)
class Filters:
    """What a reader asked for; None asks for everything. `archive`: imported issues."""

    province: str | None = None
    level: int | None = None
    state: ListedState | None = None
    agency_id: int | None = None
    archive: Archive = "with"


@dataclass(frozen=True)
class IssueRow:
    """A published issue as lists show it. `answered_at`: when the agency's answer was published."""

    id: int
    number: str
    agency_id: int
    agency: Bilingual
    title: Bilingual
    summary: Bilingual
    level: int | None
    published_at: datetime
    opens_at: datetime | None
    closes_at: datetime | None
    closed_at: datetime | None
    annulled_at: datetime | None
    answer_by: date | None
    answered_at: datetime | None
    invented: bool
    source: str | None
    source_replies: int | None
    state: State

    @property
    def teaser(self) -> Bilingual:
        return shortened(self.summary)


@dataclass(frozen=True)
class Listed:
    """One page of a list; `next` is where the following one begins."""

    rows: Sequence[IssueRow]
    next: Cursor | None


COLUMNS = (
    Issue.id,
    Issue.number,
    Issue.title_th,
    Issue.title_en,
    Issue.summary_th,
    Issue.summary_en,
    Issue.level,
    Issue.published_at,
    Issue.opens_at,
    Issue.closes_at,
    Issue.closed_at,
    Issue.annulled_at,
    Issue.answer_by,
    Issue.invented,
    Issue.source,
    Issue.source_replies,
    Issue.agency_id,
    Agency.name_th.label("agency_th"),
    Agency.name_en.label("agency_en"),
    Response.published_at.label("answered_at"),
)


def shortened(text: Bilingual) -> Bilingual:
    """The beginning of a text, for lists."""
    return Bilingual(cut(text.th, TEASER), cut(text.en, TEASER) if text.en else None)


def list_issues(filters: Filters, after: Cursor | None = None, limit: int = PAGE) -> Listed:
    """Published issues, the newest first, beginning after `after`."""
    query = _listed().where(*_conditions(filters, now()))
    if after is not None:
        query = query.where(older_than(Issue.published_at, Issue.id, after))
    rows = [issue_row(row) for row in db.session.execute(query.limit(limit + 1))]
    more = rows[limit:]
    last = rows[limit - 1] if more else None
    return Listed(rows[:limit], Cursor(last.published_at, last.id) if last else None)


@dataclass(frozen=True)
class OpenAction:
    """What one can do in an issue now: the level it has, its page, and until when."""

    level: int
    url: str
    closes_at: datetime | None


def open_actions(rows: Sequence[IssueRow]) -> Mapping[int, OpenAction]:
    """For each issue the open activity that decides most, if people can act in one: one statement."""
    open_ids = [row.id for row in rows if row.state == "open"]
    query = (
        select(Activity, Issue)
        .join(Issue, Issue.id == Activity.issue_id)
        .where(Activity.issue_id.in_(open_ids), Activity.annulled_at.is_(None), Activity.level > 1)
        .order_by(Activity.level, Activity.id.desc())
    )
    views = (activity_view(row.Activity, row.Issue) for row in db.session.execute(query))
    return {
        view.issue_id: OpenAction(
            view.level, url_for(kind_of(view.kind).page, activity_id=view.id), view.closes_at
        )
        for view in views
        if view.state == "open"
    }


def publishing_agencies() -> list[tuple[int, Bilingual]]:
    """The agencies that have published something, for the list's filter, in dictionary order."""
    published = exists().where(Issue.agency_id == Agency.id, Issue.published_at <= now())
    query = select(Agency.id, Agency.name_th, Agency.name_en).where(published)
    found = [(row.id, Bilingual(row.name_th, row.name_en)) for row in db.session.execute(query)]
    return sorted(found, key=lambda agency: sort_key(str(agency[1])))


def issue_row(row: Any) -> IssueRow:
    """The view of a row of `COLUMNS`."""
    return IssueRow(
        id=row.id,
        number=row.number,
        agency_id=row.agency_id,
        agency=Bilingual(row.agency_th, row.agency_en),
        title=Bilingual(row.title_th, row.title_en),
        summary=Bilingual(row.summary_th, row.summary_en),
        level=row.level,
        published_at=row.published_at,
        opens_at=row.opens_at,
        closes_at=row.closes_at,
        closed_at=row.closed_at,
        annulled_at=row.annulled_at,
        answer_by=row.answer_by,
        answered_at=row.answered_at,
        invented=row.invented,
        source=row.source,
        source_replies=row.source_replies,
        state=issue_state(row, now()),
    )


def _listed() -> Any:
    return (
        select(*COLUMNS)
        .select_from(Issue)
        .join(Agency, Agency.id == Issue.agency_id)
        .outerjoin(Response, Response.issue_id == Issue.id)
        .order_by(Issue.published_at.desc(), Issue.id.desc())
    )


def _conditions(filters: Filters, moment: datetime) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [Issue.published_at <= moment]
    if filters.province is not None:
        conditions.append(Issue.province_code == filters.province)
    if filters.level is not None:
        conditions.append(Issue.level == filters.level)
    if filters.agency_id is not None:
        conditions.append(Issue.agency_id == filters.agency_id)
    if filters.archive != "with":
        imported = Issue.source.is_not(None)
        conditions.append(imported if filters.archive == "only" else ~imported)
    if filters.state is not None:
        conditions.append(in_state(filters.state, moment))
    return conditions


def in_state(state: ListedState, moment: datetime) -> ColumnElement[bool]:
    """`windows.issue_state` as a condition on published issues; an annulled one counts as closed."""
    ended = or_(Issue.annulled_at.is_not(None), Issue.closed_at <= moment)
    upcoming = and_(Issue.opens_at.is_not(None), Issue.opens_at > moment)
    over = and_(Issue.closes_at.is_not(None), Issue.closes_at <= moment)
    living = and_(Issue.annulled_at.is_(None), or_(Issue.closed_at.is_(None), Issue.closed_at > moment))
    if state == "closed":
        return or_(ended, and_(~upcoming, over))
    return and_(living, upcoming) if state == "upcoming" else and_(living, ~upcoming, ~over)
