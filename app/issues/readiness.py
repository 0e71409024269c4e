"""What is still missing before an issue may be published."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.agencies.models import Agency
from app.core.clock import now
from app.core.db import db
from app.core.errors import DomainError
from app.i18n import _l
from app.i18n.bilingual import Bilingual
from app.i18n.dates import last_day, local_day
from app.issues.kinds import ActivityView, kind_of
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
        *_missing_agency(issue),
        *_missing_content(issue),
        *_missing_date(issue, activities),
        *_missing_activities(issue, activities),
    ]


def wrong_answer_day(day: date | None, activities: Sequence[Activity]) -> Any | None:
    """What is wrong with the day by which an agency will answer what is said in these activities, if anything."""
    if day is None:
        return _l("Say by which day the agency will answer")
    closings = [last_day(activity.closes_at) for activity in activities if activity.closes_at]
    if day < max([local_day(now()), *closings]):
        return _l("The day of the answer must not lie before the last activity's end")
    return None


def heard_until(activities: Sequence[ActivityView]) -> datetime | None:
    """The moment from which nobody can be heard any more; None when that has come.

    An answer waits for it: published earlier, it would not answer those who came later.
    """
    ends = [
        activity.closes_at or activity.opens_at
        for activity in activities
        if activity.level >= ANSWERED_FROM
        and (activity.state == "upcoming" or (activity.state == "open" and activity.closes_at is not None))
    ]
    return max(ends, default=None)


def ended_agency(agency: Agency) -> Any | None:
    """Why an agency may promise nothing new today, if so: it is not there (yet, or any more)."""
    if agency.valid_on(local_day(now())):
        return None
    return _l("This agency is not valid today, so it can promise nothing new.")


def _missing_agency(issue: Issue) -> Iterator[Gap]:
    """An agency that exists, and can be reached by those who do not use the web."""
    agency = db.session.get_one(Agency, issue.agency_id)
    if ended := ended_agency(agency):
        yield Gap("agency", ended)
    if not agency.contact_th:
        yield Gap(
            "agency", _l("Have the agency's contact entered in the register: not everyone uses the web")
        )


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
    if wrong := wrong_answer_day(issue.answer_by, activities):
        yield Gap("promise", wrong)


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
