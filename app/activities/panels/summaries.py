"""What the issue page shows of its panels: one statement, of which each row is one thing of one panel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Date,
    Integer,
    Row,
    Select,
    String,
    Text,
    case,
    cast,
    func,
    literal,
    null,
    select,
    union_all,
)
from sqlalchemy.types import TypeDecorator, TypeEngine

from app.activities.panels.models import Decision, Meeting, Minutes, Panel, SeatGroup
from app.core.db import UTCDateTime, db
from app.i18n.bilingual import Bilingual

NEWEST = 3
"""How many decisions the issue page shows of each panel."""

COLUMNS: dict[str, TypeEngine[Any] | TypeDecorator[Any]] = {
    "part": String(8),
    "activity_id": Integer(),
    "id": Integer(),
    "first": Integer(),
    "second": Integer(),
    "code": String(20),
    "th": Text(),
    "en": Text(),
    "more_th": Text(),
    "more_en": Text(),
    "at": UTCDateTime(),
    "until": UTCDateTime(),
    "day": Date(),
}
"""The columns every part has; what a part does not use is NULL of the column's type."""


@dataclass(frozen=True)
class Group:
    """A group with its seats and how many are taken."""

    position: int
    name: Bilingual
    sector: str
    seats: int
    taken: int


@dataclass(frozen=True)
class MeetingLine:
    """A meeting in short; `minuted` says whether its minutes can be read."""

    id: int
    number: int
    place: Bilingual
    starts_at: datetime
    ends_at: datetime
    minuted: bool


@dataclass(frozen=True)
class DecisionLine:
    """A decision in short."""

    id: int
    verdict: str
    text: Bilingual
    reason: Bilingual
    due_on: Any


@dataclass
class PanelSummary:
    """What is known of one panel; `purpose` is None while nobody has prepared it."""

    purpose: Bilingual | None = None
    decided: int = 0
    groups: list[Group] = field(default_factory=list)
    meetings: list[MeetingLine] = field(default_factory=list)
    decisions: list[DecisionLine] = field(default_factory=list)

    @property
    def seats(self) -> int:
        return sum(group.seats for group in self.groups)

    @property
    def taken(self) -> int:
        return sum(group.taken for group in self.groups)


def panel_summaries(activity_ids: Sequence[int]) -> Mapping[int, PanelSummary]:
    """The panels of several activities, with the newest decisions of each: one statement."""
    found = {activity_id: PanelSummary() for activity_id in activity_ids}
    if not found:
        return found
    parts = [_panels(activity_ids), _groups(activity_ids), _meetings(activity_ids)]
    parts += [_newest_decisions(activity_id) for activity_id in activity_ids]
    together = union_all(*parts).subquery()
    for row in db.session.execute(select(together)):
        _TAKE[row.part](found[row.activity_id], row)
    for summary in found.values():
        summary.groups.sort(key=lambda group: group.position)
        summary.meetings.sort(key=lambda meeting: (meeting.starts_at, meeting.id))
        summary.decisions.sort(key=lambda decision: -decision.id)
    return found


def _part(name: str, **given: Any) -> Select[Any]:
    """One part of the union: what is given, in the order of the columns, and NULL for the rest."""
    values = {"part": literal(name), **given}
    return select(*(values.get(column, cast(null(), kind)).label(column) for column, kind in COLUMNS.items()))


def _panels(activity_ids: Sequence[int]) -> Select[Any]:
    decided = select(func.count()).where(Decision.activity_id == Panel.activity_id).scalar_subquery()
    return _part(
        "panel",
        activity_id=Panel.activity_id,
        first=decided,
        th=Panel.purpose_th,
        en=Panel.purpose_en,
    ).where(Panel.activity_id.in_(activity_ids))


def _groups(activity_ids: Sequence[int]) -> Select[Any]:
    return _part(
        "group",
        activity_id=SeatGroup.activity_id,
        id=SeatGroup.position,
        first=SeatGroup.seats,
        second=SeatGroup.taken,
        code=SeatGroup.sector,
        th=SeatGroup.name_th,
        en=SeatGroup.name_en,
    ).where(SeatGroup.activity_id.in_(activity_ids))


def _meetings(activity_ids: Sequence[int]) -> Select[Any]:
    minuted = (
        select(Minutes.id).where(Minutes.meeting_id == Meeting.id, Minutes.adopted_at.is_not(None)).exists()
    )
    return _part(
        "meeting",
        activity_id=Meeting.activity_id,
        id=Meeting.id,
        first=Meeting.number,
        second=case((minuted, 1), else_=0),
        th=Meeting.place_th,
        en=Meeting.place_en,
        at=Meeting.starts_at,
        until=Meeting.ends_at,
    ).where(Meeting.activity_id.in_(activity_ids), Meeting.cancelled_at.is_(None))


def _newest_decisions(activity_id: int) -> Select[Any]:
    newest = (
        _part(
            "decision",
            activity_id=Decision.activity_id,
            id=Decision.id,
            code=Decision.verdict,
            th=Decision.text_th,
            en=Decision.text_en,
            more_th=Decision.reason_th,
            more_en=Decision.reason_en,
            day=Decision.due_on,
        )
        .where(Decision.activity_id == activity_id)
        .order_by(Decision.id.desc())
        .limit(NEWEST)
        .subquery()
    )
    return select(newest)


def _take_panel(summary: PanelSummary, row: Row[Any]) -> None:
    summary.purpose, summary.decided = Bilingual(row.th, row.en), row.first


def _take_group(summary: PanelSummary, row: Row[Any]) -> None:
    name = Bilingual(row.th, row.en)
    summary.groups.append(Group(row.id, name, row.code, row.first, row.second))


def _take_meeting(summary: PanelSummary, row: Row[Any]) -> None:
    place = Bilingual(row.th, row.en)
    summary.meetings.append(
        MeetingLine(row.id, row.first, place, row.at, row.until, minuted=bool(row.second))
    )


def _take_decision(summary: PanelSummary, row: Row[Any]) -> None:
    text, reason = Bilingual(row.th, row.en), Bilingual(row.more_th, row.more_en)
    summary.decisions.append(DecisionLine(row.id, row.code, text, reason, row.day))


_TAKE = {
    "panel": _take_panel,
    "group": _take_group,
    "meeting": _take_meeting,
    "decision": _take_decision,
}
