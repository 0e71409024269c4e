"""What is still missing before an issue may be published."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from app.core.clock import now
from app.core.errors import DomainError
from app.i18n import _l
from app.i18n.bilingual import Bilingual
from app.i18n.dates import last_day, local_day
from app.issues.kinds import kind_of
from app.issues.models import Activity, Issue

ANSWERED_FROM = 2
"""The level from which people are heard, so that the agency owes them an answer by a date."""


@dataclass(frozen=True)
class Gap:
    """Something missing: where it is filled (a part of the task list, or `activity/<id>`), and in words."""

    place: str
    words: Any


class NotReady(DomainError):
    """Several things stand in the way; `missing` has a sentence for each."""

    def __init__(self, missing: Sequence[Any]) -> None:
        super().__init__(missing[0])
        self.missing = list(missing)


def missing_for_publication(issue: Issue, activities: Sequence[Activity]) -> list[Gap]:
    """Every gap of a draft, in the order of the task list; empty when it may be published."""
    return [
        *_missing_content(issue),
        *_missing_date(issue, activities),
        *_missing_activities(issue, activities),
    ]


def _missing_content(issue: Issue) -> Iterator[Gap]:
    if not issue.summary_th:
        yield Gap("texts", _l("Describe the issue in Thai"))
    if not issue.groups:
        yield Gap("groups", _l("Name at least one group of people the issue touches"))
    if not issue.legal_basis:
        yield Gap("ground", _l("Name the legal basis"))


def _missing_date(issue: Issue, activities: Sequence[Activity]) -> Iterator[Gap]:
    if (issue.level or 0) < ANSWERED_FROM:
        return
    if issue.answer_by is None:
        yield Gap("promise", _l("Say by which day the agency will answer"))
        return
    closings = [last_day(activity.closes_at) for activity in activities if activity.closes_at]
    if issue.answer_by < max([local_day(now()), *closings]):
        yield Gap("promise", _l("The day of the answer must not lie before the last activity's end"))


def _missing_activities(issue: Issue, activities: Sequence[Activity]) -> Iterator[Gap]:
    if not any(activity.level == issue.level for activity in activities):
        words = _l("Add an activity of level %(level)s: the issue promises it", level=issue.level)
        yield Gap("activities", words)
    for activity in activities:
        place, title = f"activity/{activity.id}", Bilingual(activity.title_th, activity.title_en)
        if activity.closes_at is not None and activity.closes_at <= now():
            yield Gap(place, _l("“%(title)s” would have ended before it began", title=title))
        for words in kind_of(activity.kind).ready(activity.id):
            yield Gap(place, _l("“%(title)s”: %(what)s", title=title, what=words))
