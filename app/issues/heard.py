"""What an agency heard: who spoke and how, what changed, what did not and why, and the clock of the answer.

Small numbers are hidden: counts under 5, and breakdowns of opinions or people while fewer than 20 are in them
(architecture.md, fixed points).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.agencies.queries import province_choices
from app.agencies.sectors import SECTORS
from app.core.clock import now
from app.i18n.dates import local_day
from app.identity.viewer import Viewer
from app.issues.channels import ARRIVALS
from app.issues.contracts import Heard, Theme
from app.issues.kinds import ActivityView
from app.issues.models import Response
from app.issues.page import days_late
from app.issues.queries import IssueView, answer_of, visible_issue
from app.issues.stances import STANCES
from app.issues.told import heard_in, themes_of

LEAST_COUNT = 5
LEAST_BREAKDOWN = 20

CHANGED = ("adopted", "partly")
NOT_CHANGED = ("declined", "superseded")


@dataclass(frozen=True)
class HeardPage:
    """Everything the page shows. `days_left` is None without a promised day, or once there is an answer."""

    issue: IssueView
    answer: Response | None
    parts: Sequence[tuple[ActivityView, int | None]]
    tables: Mapping[str, Sequence[dict[str, Any]]]
    themes: Sequence[Theme]
    day: date

    @property
    def changed(self) -> list[Theme]:
        return [theme for theme in self.themes if theme.verdict in CHANGED]

    @property
    def unchanged(self) -> list[Theme]:
        return [theme for theme in self.themes if theme.verdict in NOT_CHANGED]

    @property
    def reviewed(self) -> list[Theme]:
        """The themes under review, the most pressing first."""
        waiting = [theme for theme in self.themes if theme.verdict == "under_review"]
        return sorted(waiting, key=lambda theme: (theme.due_on or self.day, theme.subject))

    @property
    def unanswered(self) -> list[Theme]:
        return [theme for theme in self.themes if theme.verdict is None]

    @property
    def late_reviews(self) -> int:
        """How many themes should have been decided by now."""
        return sum(theme.due_on is not None and theme.due_on < self.day for theme in self.themes)

    @property
    def days_late(self) -> int:
        return days_late(self.issue, self.answer)

    @property
    def days_left(self) -> int | None:
        if self.answer is not None or self.issue.answer_by is None or self.issue.annulled_at is not None:
            return None
        return max((self.issue.answer_by - self.day).days, 0)


def heard_page(issue_id: int, viewer: Viewer) -> HeardPage:
    """What was heard in an issue: two statements, and at most two for each kind present.

    Raises `NotFound` for a draft of which the viewer may know nothing.
    """
    issue, activities = visible_issue(issue_id, viewer)
    answer, _commitments = answer_of(issue_id)
    heard = heard_in(activities)
    return HeardPage(
        issue=issue,
        answer=answer if answer is not None and answer.published_at is not None else None,
        parts=[(one, shown(heard[one.id].total)) for one in activities if one.id in heard],
        tables=tables_of(heard.values()),
        themes=themes_of(activities),
        day=local_day(now()),
    )


def shown(number: int) -> int | None:
    """A count as everyone may read it: None where it is small."""
    return number if number == 0 or number >= LEAST_COUNT else None


def tables_of(heard: Iterable[Heard]) -> dict[str, list[dict[str, Any]]]:
    """The rows of each breakdown, all activities together: {"label", "value"}, with None for a small value.

    A breakdown of opinions or people by fewer than 20 has no rows. Where one value alone is small, the next
    smallest is hidden with it: the sum, which stands elsewhere, would tell it.
    """
    summed: dict[str, dict[str, int]] = {}
    for one in heard:
        for feature, numbers in one.by.items():
            for code, number in numbers.items():
                found = summed.setdefault(feature, {})
                found[code] = found.get(code, 0) + number
    names: dict[str, Mapping[str, Any]] = {
        "channel": ARRIVALS,
        "stance": STANCES,
        "sector": SECTORS,
        "area": dict(province_choices()),
    }
    return {feature: _rows(words, summed.get(feature, {}), feature) for feature, words in names.items()}


def _rows(words: Mapping[str, Any], numbers: Mapping[str, int], feature: str) -> list[dict[str, Any]]:
    said = [(code, numbers[code]) for code in words if numbers.get(code)]
    if feature != "channel" and sum(number for _code, number in said) < LEAST_BREAKDOWN:
        return []
    small = {code for code, number in said if number < LEAST_COUNT}
    others = sorted((number, code) for code, number in said if code not in small)
    if len(small) == 1 and others:
        small.add(others[0][1])
    return [{"label": words[code], "value": None if code in small else number} for code, number in said]
