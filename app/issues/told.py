"""What the kinds of an issue tell of it: outcomes, credits, themes, who was heard. One statement a kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from app.issues.contracts import Credit, Heard, Outcome, Theme
from app.issues.kinds import ActivityView, Kind, kind_of
from app.issues.queries import issue_with_activities


def outcomes_in(issue_id: int) -> list[Outcome]:
    """What the issue has that people's words may have changed, the newest first."""
    _issue, activities = issue_with_activities(issue_id)
    return outcomes_of(activities)


def outcomes_of(activities: Sequence[ActivityView]) -> list[Outcome]:
    """The same of activities already read."""
    found = [outcome for kind, ids in by_kind(activities) for outcome in kind.outcomes(ids)]
    return sorted(found, key=lambda outcome: (outcome.at, outcome.key), reverse=True)


def credits_of(activities: Sequence[ActivityView]) -> Mapping[str, list[Credit]]:
    """What people said that led to each outcome, by the outcome's key."""
    found: dict[str, list[Credit]] = {}
    for kind, ids in by_kind(activities):
        for key, credits in kind.credits(ids).items():
            found.setdefault(key, []).extend(credits)
    return found


def credits_in(issue_id: int) -> Mapping[str, list[Credit]]:
    """The same of an issue."""
    _issue, activities = issue_with_activities(issue_id)
    return credits_of(activities)


def themes_of(activities: Sequence[ActivityView]) -> list[Theme]:
    """The themes of what people said, with the agency's answers."""
    return [theme for kind, ids in by_kind(activities) for theme in kind.themes(ids)]


def heard_in(activities: Sequence[ActivityView]) -> Mapping[int, Heard]:
    """Who took part in each activity."""
    found: dict[int, Heard] = {}
    for kind, ids in by_kind(activities):
        found |= kind.heard(ids)
    return found


def by_kind(activities: Sequence[ActivityView]) -> Iterator[tuple[Kind, list[int]]]:
    """The activities that were not cancelled, by their kinds."""
    living = sorted((one for one in activities if one.state != "annulled"), key=lambda one: one.kind)
    for code, members in groupby(living, key=lambda one: one.kind):
        yield kind_of(code), [one.id for one in sorted(members, key=lambda one: (one.opens_at, one.id))]
