"""One issue in full, as open data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from flask import url_for

from app.config import current_settings
from app.core.clock import now
from app.core.errors import NotFound
from app.i18n import LANGUAGES
from app.i18n.bilingual import Bilingual
from app.issues.contracts import Theme
from app.issues.kinds import ActivityView, kind_of
from app.issues.queries import issue_with_activities
from app.issues.told import themes_of


def issue_in_full(issue_id: int) -> dict[str, Any]:
    """A published issue with its activities and themes: one statement, and two for each kind of activity.

    Raises `NotFound` for a draft whoever asks: the answer is the same for every reader.
    """
    issue, activities = issue_with_activities(issue_id)
    if issue.published_at is None or issue.published_at > now():
        raise NotFound
    counts = _counts(activities)
    return {
        "id": issue.id,
        "number": issue.number,
        "title": both(issue.title),
        "summary": both(issue.summary),
        "level": issue.level,
        "promise": both(issue.promise) if issue.promise else None,
        "legal_basis": issue.legal_basis or None,
        "answer_by": issue.answer_by.isoformat() if issue.answer_by else None,
        "agency": {"id": issue.agency_id, **both(issue.agency)},
        "area": {"code": issue.area_code, **both(issue.area)} if issue.area else None,
        "published_at": issue.published_at.isoformat(),
        "window": window(issue.opens_at, issue.closes_at),
        "state": issue.state,
        "source": issue.source,
        "activities": [_activity(activity, counts.get(activity.id, {})) for activity in activities],
        "themes": [_theme(theme) for theme in themes_of(activities)],
        "url": addresses("issues.show", issue_id=issue.id),
    }


def _theme(theme: Theme) -> dict[str, Any]:
    return {
        "id": theme.subject,
        "activity": theme.activity_id,
        "title": both(theme.title),
        "comments": theme.comments,
        "people": theme.people,
        "verdict": theme.verdict,
        "reason": both(theme.reason) if theme.reason else None,
        "due_on": theme.due_on.isoformat() if theme.due_on else None,
        "answered_at": theme.answered_at.isoformat() if theme.answered_at else None,
        "outcome": theme.outcome.key if theme.outcome else None,
        "url": addresses(theme.address.endpoint, **theme.address.values),
    }


def _counts(activities: Sequence[ActivityView]) -> dict[int, Mapping[str, int]]:
    by_kind: dict[str, list[int]] = {}
    for activity in activities:
        by_kind.setdefault(activity.kind, []).append(activity.id)
    counts: dict[int, Mapping[str, int]] = {}
    for kind, ids in by_kind.items():
        counts |= kind_of(kind).counts(ids)
    return counts


def _activity(activity: ActivityView, counts: Mapping[str, int]) -> dict[str, Any]:
    return {
        "id": activity.id,
        "kind": activity.kind,
        "level": activity.level,
        "stage": activity.stage,
        "title": both(activity.title),
        "window": window(activity.opens_at, activity.closes_at),
        "state": activity.state,
        "counts": dict(counts),
        "url": addresses(kind_of(activity.kind).page, activity_id=activity.id),
    }


def window(opens_at: datetime | None, closes_at: datetime | None) -> dict[str, str | None]:
    """A window as open data tells it: ISO 8601, half-open."""
    return {
        "opens_at": opens_at.isoformat() if opens_at else None,
        "closes_at": closes_at.isoformat() if closes_at else None,
    }


def both(text: Bilingual) -> dict[str, str | None]:
    """A text in both languages."""
    return {"th": text.th, "en": text.en}


def address(endpoint: str, **values: Any) -> str:
    """The whole address of a page."""
    return current_settings().base_url + url_for(endpoint, **values)


def addresses(endpoint: str, **values: Any) -> dict[str, str]:
    """The whole address of a page in each language."""
    return {lang: address(endpoint, lang=lang, **values) for lang in LANGUAGES}
