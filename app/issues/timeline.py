"""The public timeline of an issue: the ledger's entries as people read them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from app.i18n import Lazy, _l
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
class TimelineRow:
    """One entry: what happened, when, by whom; `number` is its place in the log, None while it waits."""

    id: str
    sentence: str
    when: datetime
    actor: Any
    title: Any
    level: int | None
    number: int | None


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
    )
