"""The issue page put together: eight statements at most, however much has happened in the issue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import render_template
from markupsafe import Markup

from app.core.clock import now
from app.i18n.bilingual import Bilingual
from app.i18n.dates import local_day
from app.identity.viewer import Viewer
from app.issues.kinds import ActivityView, Summary, kind_of
from app.issues.models import Commitment, Response
from app.issues.notice import RULES, due_by
from app.issues.particulars import Stated, stated
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
    def days_late(self) -> int:
        """By how many days the promised answer is overdue; 0 while it is not, or once it was given."""
        return days_late(self.issue, self.answer)

    @property
    def summary_due(self) -> date | None:
        """The last day for the summary by the legal basis, where that sets one."""
        return due_by(
            self.issue, [part.activity for part in self.sections if part.activity.state != "annulled"]
        )

    @property
    def reported(self) -> bool:
        """Whether everyone may read the hearing report: from the answer on."""
        return is_public(self.issue, self.answer)

    @property
    def particulars(self) -> Sequence[Stated]:
        """What is stated of the project."""
        return [one for one in stated(self.issue.particulars) if one.text is not None]

    @property
    def waivers(self) -> Sequence[dict[str, Any]]:
        """The rules of notice that were set aside: {"rule": Rule, "reason": Bilingual, "on": day, "days"}."""
        return waivers_of(self.issue)


def waivers_of(issue: IssueView) -> Sequence[dict[str, Any]]:
    """The rules of notice an issue set aside: {"rule": Rule, "reason": Bilingual, "on": day, "days"}."""
    return [
        {
            "rule": RULES[kept["rule"]],
            "reason": Bilingual(kept["th"], kept["en"]),
            "on": date.fromisoformat(kept["on"]),
            "days": kept["days"],
        }
        for kept in issue.waivers
        if kept["rule"] in RULES
    ]


def is_public(issue: IssueView, answer: Response | None) -> bool:
    """Whether everyone may read the hearing report: the answer is published, or the issue closed without owing one."""
    if issue.source is not None or issue.annulled_at is not None:
        return False
    answered = answer is not None and answer.published_at is not None
    return answered or issue.closed_at is not None


def days_late(issue: IssueView, answer: Response | None) -> int:
    """By how many days an issue's promised answer is overdue; 0 once it was given, or will not be."""
    if answer is not None or issue.answer_by is None or issue.annulled_at is not None:
        return 0
    return max((local_day(now()) - issue.answer_by).days, 0)


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
