"""The public timeline of an issue: the ledger's entries as people read them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

from app.i18n import Lazy, _, _l
from app.i18n.dates import format_date, format_datetime, format_deadline, local_day, start_of_day
from app.issues.facts import ACTIVITY_CHANGED
from app.issues.kinds import ActivityView
from app.issues.service import utc_text
from app.ledger.read import EntryView, entries_of_issue

PAGE = 50

ACTORS: dict[str, Lazy] = {
    "citizen": _l("A citizen"),
    "officer": _l("An officer of the agency"),
    "executive": _l("An executive of the agency"),
    "moderator": _l("A moderator"),
    "evaluator": _l("An evaluator"),
    "committee": _l("The sub-committee"),
    "admin": _l("The programme's administrator"),
    "system": _l("The system"),
}
"""Who acted, by the first part of an entry's actor: the role, never the person."""


@dataclass(frozen=True)
class DateChange:
    """A date that was announced and then changed; None is no end."""

    word: Any
    before: datetime | None
    after: datetime | None
    closing: bool

    @property
    def told(self) -> str:
        """The change in words: "Opening: was 23 Apr 2026, now 24 Apr 2026"."""
        before, after = (self._day(moment) for moment in (self.before, self.after))
        return _("%(what)s: was %(before)s, now %(after)s", what=self.word, before=before, after=after)

    def _day(self, moment: datetime | None) -> str:
        if moment is None:
            return _("without end")
        if self.closing:
            return format_deadline(moment)
        return format_date(moment) if moment == start_of_day(local_day(moment)) else format_datetime(moment)


@dataclass(frozen=True)
class TimelineRow:
    """One entry: what happened, when, by whom; `number` is its place in the log, None while it waits."""

    id: str
    sentence: str
    when: datetime
    actor: Any
    title: Any
    level: int | None
    number: int | None
    moved: tuple[DateChange, ...] = ()


def timeline_of(
    issue_id: int, titles: Mapping[int, Any], before: tuple[str, str] | None
) -> tuple[Sequence[TimelineRow], str | None]:
    """A page of an issue's entries, newest first, and the mark of the next page: one statement."""
    entries = entries_of_issue(issue_id, before=before, limit=PAGE + 1)
    rows = [_row(entry, titles) for entry in entries[:PAGE]]
    last = entries[PAGE - 1] if len(entries) > PAGE else None
    return rows, f"{last.body['at']}_{last.id}" if last else None


def _row(entry: EntryView, titles: Mapping[int, Any]) -> TimelineRow:
    body = entry.body
    return TimelineRow(
        id=entry.id,
        sentence=entry.sentence,
        when=datetime.fromisoformat(body["at"]).replace(tzinfo=UTC),
        actor=ACTORS.get(body["actor"].partition(":")[0], body["actor"]),
        title=titles.get(body["activity"]),
        level=body["level"],
        number=entry.idx,
        moved=date_changes(body["data"]) if body["fact"] == ACTIVITY_CHANGED.name else (),
    )


def date_changes(data: Mapping[str, Any]) -> tuple[DateChange, ...]:
    """The dates that differ in an entry about a changed activity; older entries do not tell the old ones."""
    pairs = ((_l("Opening"), "opens"), (_l("Closing"), "closes"))
    return tuple(
        DateChange(word, _moment(data[f"{name}_before"]), _moment(data[f"{name}_at"]), name == "closes")
        for word, name in pairs
        if f"{name}_before" in data and data[f"{name}_before"] != data[f"{name}_at"]
    )


def announced_changes(activity: ActivityView) -> list[tuple[datetime, tuple[DateChange, ...]]]:
    """When an activity's dates were changed after they had been announced, and from what to what."""
    windows = [
        *activity.earlier,
        {"opens_at": utc_text(activity.opens_at), "closes_at": utc_text(activity.closes_at)},
    ]
    return [
        (
            datetime.fromisoformat(before["at"]),
            date_changes(
                {
                    "opens_before": before["opens_at"],
                    "closes_before": before["closes_at"],
                    "opens_at": after["opens_at"],
                    "closes_at": after["closes_at"],
                }
            ),
        )
        for before, after in pairwise(windows)
    ]


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
