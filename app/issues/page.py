"""The issue page put together: eight statements at most, however much has happened in the issue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template
from markupsafe import Markup

from app.core.clock import now
from app.i18n.bilingual import Bilingual
from app.i18n.dates import end_of_day
from app.identity.viewer import Viewer
from app.issues.kinds import ActivityView, Summary, kind_of
from app.issues.models import Commitment, Response
from app.issues.queries import IssueView, answer_of, visible_issue


@dataclass(frozen=True)
class Section:
    """An activity with what its kind says about it."""

    activity: ActivityView
    summary: Summary


@dataclass(frozen=True)
class IssuePage:
    """Everything the page shows; `actions` are the open sections one can act in, the weightiest first."""

    issue: IssueView
    sections: Sequence[Section]
    actions: Sequence[Section]
    answer: Response | None
    commitments: Sequence[Commitment]
    now_at: int | None

    @property
    def groups(self) -> Sequence[dict[str, Any]]:
        """The groups the issue touches: {"sector": code, "name": Bilingual}."""
        return [
            {"sector": group["sector"], "name": Bilingual(group["th"], group["en"])}
            for group in self.issue.groups
        ]

    @property
    def answer_late(self) -> bool:
        """Whether the promised day of the answer has passed without one."""
        day = self.issue.answer_by
        return self.answer is None and day is not None and end_of_day(day) <= now()


def issue_page(issue_id: int, viewer: Viewer) -> IssuePage:
    """The page of one issue: itself with its activities, its answer, and one statement a kind.

    Raises `NotFound` for a draft of which the viewer may know nothing.
    """
    issue, activities = visible_issue(issue_id, viewer)
    answer, commitments = answer_of(issue_id)
    sections = _sections(activities, viewer)
    open_places = [
        n for n, part in enumerate(sections, 1) if part.activity.state == "open" and part.activity.closes_at
    ]
    return IssuePage(
        issue=issue,
        sections=sections,
        actions=sorted((part for part in sections if part.summary.action), key=_weight),
        answer=answer if answer is not None and answer.published_at is not None else None,
        commitments=commitments,
        now_at=open_places[-1] if open_places else None,
    )


def draw(section: Section, issue: IssueView) -> Markup:
    """A section's part of the page, from its kind's template."""
    context = {"activity": section.activity, "issue": issue, **section.summary.context}
    return Markup(render_template(section.summary.template, **context))


def _sections(activities: Sequence[ActivityView], viewer: Viewer) -> list[Section]:
    by_kind: dict[str, list[ActivityView]] = {}
    for activity in activities:
        by_kind.setdefault(activity.kind, []).append(activity)
    summaries: dict[int, Summary] = {}
    for code, members in by_kind.items():
        summaries.update(kind_of(code).summary(members, viewer))
    return [Section(activity, summaries[activity.id]) for activity in activities]


def _weight(section: Section) -> tuple[Any, ...]:
    """What decides most comes first; among equals what ends first."""
    closes_at = section.activity.closes_at
    return -section.activity.level, closes_at is None, closes_at or section.activity.opens_at
