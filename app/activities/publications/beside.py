"""What stands beside a document: where people comment on it, on which version, and what came of what they said.

A comment period freezes a version: the one that was there when the period opened. A newer one does not move
the comments. The kinds that take them are asked through the registry.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from app.activities.publications.passages import subject_of
from app.activities.publications.queries import Edition
from app.issues.contracts import Address, Credit, Remarks
from app.issues.kinds import ActivityView, kind_of


@dataclass(frozen=True)
class Period:
    """An activity that takes or took comments on a document, and the number of the version it froze."""

    activity: ActivityView
    number: int
    remarks: Remarks

    @property
    def open(self) -> bool:
        return self.activity.state == "open" and self.remarks.write is not None

    def count(self, section: str) -> int:
        """How many comments a section has."""
        return self.remarks.counts.get(section, 0)

    @property
    def total(self) -> int:
        """How many comments the version has, on its sections and on the whole."""
        counts = self.remarks.counts
        return counts[""] if "" in counts else sum(counts.values())

    def write_url(self, section: str = "") -> str | None:
        """Where one comments on a section, or on the whole."""
        return _at(self.remarks.write, section) if self.open and self.remarks.write else None

    def read_url(self, section: str = "") -> str:
        """Where the comments on a section stand."""
        return _at(self.remarks.read, section)


def periods(
    activities: Sequence[ActivityView], document_id: int, number: int, editions: Sequence[Edition]
) -> list[Period]:
    """The comment periods that have opened beside a version: one statement for each kind that takes comments."""
    found: list[Period] = []
    for code, members in _by_kind(activities):
        takes = kind_of(code).remarks
        opened = [activity for activity in members if activity.state in ("open", "closed")]
        if takes is None or not opened:
            continue
        by_id = {activity.id: activity for activity in opened}
        for remarks in takes(opened, subject_of(document_id), number):
            activity = by_id[remarks.activity_id]
            frozen = frozen_version(editions, activity)
            if frozen is not None:
                found.append(Period(activity, frozen, remarks))
    return found


def frozen_version(editions: Sequence[Edition], activity: ActivityView) -> int | None:
    """The version that was public when an activity opened, or the first one published after that."""
    public = sorted(
        (edition.published_at, edition.number) for edition in editions if edition.published_at is not None
    )
    before = [number for moment, number in public if moment <= activity.opens_at]
    return before[-1] if before else next((number for _moment, number in public), None)


def credits_for(activities: Sequence[ActivityView], document_id: int, number: int) -> list[Credit]:
    """What people said that led to a version: one statement for each kind that answers them."""
    key = f"{subject_of(document_id)}@{number}"
    return [
        credit
        for code, members in _by_kind(activities)
        for credit in kind_of(code).credits([activity.id for activity in members]).get(key, ())
    ]


def _by_kind(activities: Sequence[ActivityView]) -> Iterator[tuple[str, list[ActivityView]]]:
    living = sorted((one for one in activities if one.state != "annulled"), key=lambda one: one.kind)
    for code, members in groupby(living, key=lambda one: one.kind):
        yield code, sorted(members, key=lambda one: (one.opens_at, one.id))


def _at(address: Address, section: str) -> str:
    return Address(address.endpoint, {**address.values, "section": section or None}).url()
