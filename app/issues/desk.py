"""The officer's overview: what must be done, the issues at work, how punctually the agency answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import url_for
from sqlalchemy import select

from app.core.clock import now
from app.core.db import db
from app.i18n import _, _l, _n
from app.i18n.bilingual import Bilingual
from app.i18n.dates import format_date, last_day, local_day
from app.identity.viewer import Viewer
from app.issues.kinds import ActivityView, kind_of
from app.issues.models import Activity, Commitment, Issue, Response
from app.issues.queries import activity_view, agencies_named
from app.issues.readiness import ANSWERED_FROM
from app.issues.windows import State, issue_state

SOON_DAYS = 7
AHEAD_DAYS = 30
LOOK_BACK_DAYS = 365
MOST_ISSUES = 100


@dataclass(frozen=True)
class Work:
    """An issue of the desk: itself, its activities, when its answer was published, its state."""

    issue: Issue
    activities: Sequence[ActivityView]
    answered: bool
    state: State

    @property
    def owes_answer(self) -> bool:
        return (
            (self.issue.level or 0) >= ANSWERED_FROM
            and not self.answered
            and self.state not in ("draft", "annulled")
        )

    @property
    def answer_is_due(self) -> bool:
        """Whether the answer should be worked on: nobody can send anything more, or its day is near."""
        day = self.issue.answer_by
        near = day is not None and day <= local_day(now()) + timedelta(days=SOON_DAYS)
        return self.owes_answer and (self.state == "closed" or near)

    @property
    def next_day(self) -> tuple[Any, date] | None:
        """The next date that matters, with its word."""
        today = local_day(now())
        days: list[tuple[Any, date]] = []
        for activity in self.activities:
            if activity.state == "upcoming":
                days.append((_l("opens"), local_day(activity.opens_at)))
            elif activity.state == "open" and activity.closes_at:
                days.append((_l("closes"), last_day(activity.closes_at)))
        if self.owes_answer and self.issue.answer_by:
            days.append((_l("answer due"), self.issue.answer_by))
        coming = [item for item in days if item[1] >= today] or days
        return min(coming, key=lambda item: item[1], default=None)


@dataclass(frozen=True)
class Desk:
    """What the page shows; `todo` are rows of the to-do macro, the most urgent first."""

    agencies: Sequence[tuple[int, Bilingual]]
    todo: Sequence[dict[str, Any]]
    works: Sequence[Work]
    commitments: int
    punctual: tuple[int, int]


def desk_of(viewer: Viewer) -> Desk:
    """The desk of a holder of office: four statements, and one for each activity that opens soon."""
    ids = viewer.agencies("issues.see_drafts")
    works = _works(ids)
    owed = _commitments(ids)
    tasks = [*_issue_tasks(works, viewer), *_commitment_tasks(owed, viewer)]
    tasks.sort(key=lambda task: task["day"] or date.max)
    return Desk(agencies_named(ids), tasks, works, len(owed), _punctuality(ids))


def _works(agency_ids: Sequence[int]) -> list[Work]:
    recent = (
        select(Issue.id)
        .where(
            Issue.agency_id.in_(agency_ids),
            Issue.source.is_(None),
            Issue.closed_at.is_(None),
            Issue.annulled_at.is_(None),
        )
        .order_by(Issue.id.desc())
        .limit(MOST_ISSUES)
    )
    rows = db.session.execute(
        select(Issue, Response.published_at.label("answered_at"), Activity)
        .outerjoin(Response, Response.issue_id == Issue.id)
        .outerjoin(Activity, (Activity.issue_id == Issue.id) & Activity.annulled_at.is_(None))
        .where(Issue.id.in_(recent))
        .order_by(Issue.id.desc(), Activity.opens_at)
    ).all()
    issues = {row.Issue.id: (row.Issue, row.answered_at) for row in rows}
    activities: dict[int, list[ActivityView]] = {ident: [] for ident in issues}
    for row in rows:
        if row.Activity is not None:
            activities[row.Issue.id].append(activity_view(row.Activity, row.Issue))
    return [
        Work(issue, activities[ident], answered_at is not None, issue_state(issue, now()))
        for ident, (issue, answered_at) in issues.items()
    ]


def _issue_tasks(works: Sequence[Work], viewer: Viewer) -> Iterator[dict[str, Any]]:
    for work in works:
        agency_id = work.issue.agency_id
        if work.state == "draft":
            yield from _draft_tasks(work, viewer)
        elif work.answer_is_due and viewer.may("issues.respond", agency_id):
            yield _task(work, _("Publish the answer"), "issues.response", work.issue.answer_by)
        elif not work.owes_answer and work.state == "closed" and viewer.may("issues.close", agency_id):
            yield _task(work, _("Close the issue"), "issues.close", None)
        if viewer.may("issues.draft", agency_id):
            yield from _unready_tasks(work)


def _draft_tasks(work: Work, viewer: Viewer) -> Iterator[dict[str, Any]]:
    agency_id, proposed = work.issue.agency_id, work.issue.proposed_at
    if proposed and viewer.may("issues.publish", agency_id):
        task = _task(work, _("Decide on publication"), "issues.publish", local_day(proposed))
        yield {**task, "kind": "soon", "status": _("asked on %(day)s", day=format_date(proposed))}
    elif not proposed and viewer.may("issues.draft", agency_id):
        yield _task(work, _("Finish the draft"), "issues.prepare", None)


def _unready_tasks(work: Work) -> Iterator[dict[str, Any]]:
    """Announced activities that open within days and are not prepared."""
    until = local_day(now()) + timedelta(days=SOON_DAYS)
    for activity in work.activities:
        opens = local_day(activity.opens_at)
        if activity.state == "upcoming" and opens <= until and kind_of(activity.kind).ready(activity.id):
            task = _task(work, _("Prepare “%(title)s”", title=activity.title), "issues.prepare", opens)
            yield {**task, "url": url_for(kind_of(activity.kind).setup, activity_id=activity.id)}


def _commitment_tasks(owed: Sequence[tuple[Commitment, Issue]], viewer: Viewer) -> Iterator[dict[str, Any]]:
    until = local_day(now()) + timedelta(days=AHEAD_DAYS)
    for commitment, issue in owed:
        if commitment.due_on <= until and viewer.may("issues.respond", issue.agency_id):
            yield {
                "label": _("Carry out: %(what)s", what=commitment.text),
                "url": url_for("issues.commitment_done", commitment_id=commitment.id),
                "detail": str(commitment.owner),
                "day": commitment.due_on,
                **_urgency(commitment.due_on),
            }


def _task(work: Work, label: str, endpoint: str, day: date | None) -> dict[str, Any]:
    title = Bilingual(work.issue.title_th, work.issue.title_en)
    url = url_for(endpoint, issue_id=work.issue.id)
    return {"label": label, "url": url, "detail": str(title), "day": day, **_urgency(day)}


def _urgency(day: date | None) -> dict[str, Any]:
    """How soon, as a status: kind and words."""
    if day is None:
        return {"kind": "", "status": None}
    left = (day - local_day(now())).days
    if left < 0:
        late = _n("%(num)s day late", "%(num)s days late", -left)
        return {"kind": "bad", "status": late}
    if left == 0:
        return {"kind": "bad", "status": _("due today")}
    words = _n("%(num)s day left", "%(num)s days left", left)
    return {"kind": "soon" if left <= SOON_DAYS else "", "status": words}


def _commitments(agency_ids: Sequence[int]) -> list[tuple[Commitment, Issue]]:
    query = (
        select(Commitment, Issue)
        .join(Issue, Issue.id == Commitment.issue_id)
        .where(Issue.agency_id.in_(agency_ids), Commitment.done_at.is_(None))
        .order_by(Commitment.due_on, Commitment.id)
    )
    return [(row.Commitment, row.Issue) for row in db.session.execute(query)]


def _punctuality(agency_ids: Sequence[int]) -> tuple[int, int]:
    """How many answers of the last year came by the promised day, and for how many one was promised."""
    since = now() - timedelta(days=LOOK_BACK_DAYS)
    rows = db.session.execute(
        select(Issue.answer_by, Response.published_at)
        .join(Issue, Issue.id == Response.issue_id)
        .where(Issue.agency_id.in_(agency_ids), Issue.answer_by.is_not(None), Response.published_at >= since)
    ).all()
    punctual = [local_day(row.published_at) <= row.answer_by for row in rows]
    return sum(punctual), len(punctual)
