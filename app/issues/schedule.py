"""The verbs of an issue's programme: dated activities are added, changed and cancelled.

An issue's own window (`opens_at`, `closes_at`) follows from its activities'; it is kept here.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypedDict

from sqlalchemy import func, select

from app.core.clock import now
from app.core.db import db, lock
from app.core.errors import DomainError, NotFound
from app.i18n import _l
from app.i18n.dates import end_of_day, local_day
from app.issues import facts
from app.issues.content import check_seen, content_digest
from app.issues.kinds import kind_of
from app.issues.models import Activity, Issue
from app.issues.notice import Breach, Reason, breaches
from app.issues.queries import activities_of, activity_place, activity_view, issue_place
from app.issues.readiness import ANSWERED_FROM
from app.issues.service import hold_living, record_announced, utc_text, waive, window_data
from app.issues.windows import activity_state
from app.ledger.facts import Actor
from app.ledger.record import record


class ActivityContent(TypedDict):
    """What an officer says about an activity; `closes_at` is a half-open bound, None for no end."""

    level: int
    stage: str
    title_th: str
    title_en: str | None
    opens_at: datetime
    closes_at: datetime | None


def add_activity(
    *, issue_id: int, kind: str, content: ActivityContent, actor: Actor, reason: Reason | None = None
) -> Activity:
    """Add an activity to an issue. Raises `DomainError` where kind, level, stage or window do not fit.

    In a published issue it opens tomorrow at the earliest, so that it can be prepared; where that keeps to
    a rule of notice no longer, `reason` must say why.
    """
    issue = hold_living(issue_id)
    _check(issue, kind, content)
    if issue.published_at is not None and content["opens_at"] < end_of_day(local_day(now())):
        message = _l("The issue is already public, so a new activity opens tomorrow at the earliest.")
        raise DomainError(message, "opens_on")
    known = _known_breaches(issue)
    activity = Activity(issue_id=issue.id, kind=kind, created_at=now(), **content)
    db.session.add(activity)
    db.session.flush()
    _refresh_window(issue)
    if issue.published_at is None:
        _record_draft(issue, actor, "activity", kind)
    else:
        _waive_new(issue, known, reason, actor)
        record_announced(activity, issue, actor)
    return activity


def revise_activity(
    *,
    activity_id: int,
    content: ActivityContent,
    actor: Actor,
    seen: str | None = None,
    reason: Reason | None = None,
) -> Activity:
    """Change an activity: freely before it opens, afterwards only its title and a later end.

    `seen` is `activity_digest` of the page it was changed on. Raises `DomainError` when it stands differently
    by now, for what would change under the people taking part, and where a published issue no longer keeps to
    a rule of notice and `reason` does not say why.
    """
    activity, issue = _held(activity_id)
    check_seen(seen, activity_digest(activity, issue))
    changed = sorted(name for name, value in content.items() if getattr(activity, name) != value)
    if not changed:
        return activity
    _check(issue, activity.kind, content)
    _check_change(activity, issue, content, changed)
    known, before = _known_breaches(issue), _window_before(activity, changed)
    for name in changed:
        setattr(activity, name, content[name])  # type: ignore[literal-required]
    if issue.published_at is not None and before:
        activity.earlier = [*activity.earlier, before]
    db.session.flush()
    _refresh_window(issue)
    if issue.published_at is None:
        _record_draft(issue, actor, "activity", activity.kind)
    else:
        _waive_new(issue, known, reason, actor)
        _record_public(facts.ACTIVITY_CHANGED, activity, issue, actor, changed)
    return activity


def remove_activity(*, activity_id: int, actor: Actor) -> Activity:
    """Cancel an activity that has not opened. A draft's is gone; an announced one is shown as cancelled."""
    activity, issue = _held(activity_id)
    if activity_state(activity, issue, now()) not in ("draft", "upcoming"):
        raise DomainError(_l("People have already taken part, so this activity cannot be cancelled."))
    activity.annulled_at = now()
    db.session.flush()
    _refresh_window(issue)
    if issue.published_at is None:
        _record_draft(issue, actor, "activity", activity.kind)
    else:
        _record_public(facts.ACTIVITY_REMOVED, activity, issue, actor)
    return activity


def _known_breaches(issue: Issue) -> dict[str, Breach]:
    """The rules of notice an issue does not keep already, by their codes."""
    return {breach.rule.code: breach for breach in breaches(issue, activities_of(issue))}


def _waive_new(issue: Issue, known: dict[str, Breach], reason: Reason | None, actor: Actor) -> None:
    """Set aside, for the one reason given, the rules that are broken anew."""
    now_broken = breaches(issue, activities_of(issue))
    found = [breach for breach in now_broken if breach.worse_than(known.get(breach.rule.code))]
    reasons = {breach.rule.code: reason for breach in found if reason is not None}
    waive(issue, found, reasons, actor, field="reason_th")


def _window_before(activity: Activity, changed: list[str]) -> dict[str, Any]:
    """The window as it was announced, to be kept beside a new one; nothing where no date changes."""
    if not {"opens_at", "closes_at"} & set(changed):
        return {}
    dates = {name: utc_text(getattr(activity, name)) for name in ("opens_at", "closes_at")}
    return {"at": utc_text(now()), **dates}


def activity_digest(activity: Activity, issue: Issue) -> str:
    """The digest of an activity as an officer sees it on a page, and of whether it is announced yet."""
    names = ActivityContent.__annotations__
    stored = {name: getattr(activity, name) for name in names}
    return content_digest({"public": issue.published_at is not None, **stored})


def _held(activity_id: int) -> tuple[Activity, Issue]:
    activity = lock(Activity, activity_id)
    if activity.annulled_at is not None:
        raise NotFound
    return activity, hold_living(activity.issue_id)


def _check(issue: Issue, code: str, content: ActivityContent) -> None:
    try:
        kind = kind_of(code)
    except KeyError:
        raise DomainError(_l("Choose what kind of activity it is"), "kind") from None
    if not content["title_th"]:
        raise DomainError(_l("Enter the title in Thai"), "title_th")
    if content["level"] not in kind.levels:
        raise DomainError(_l("This kind of activity does not serve that level"), "level")
    if content["level"] > (issue.level or 0):
        message = _l("The issue promises level %(level)s. An activity cannot go above it.", level=issue.level)
        raise DomainError(message, "level")
    if content["stage"] not in kind.stages:
        raise DomainError(_l("This kind of activity does not serve that stage"), "stage")
    _check_window(content)


def _check_window(content: ActivityContent) -> None:
    closes_at = content["closes_at"]
    if closes_at is None:
        if content["level"] >= ANSWERED_FROM:
            message = _l("Say on which day it ends: the agency's answer waits until everyone could be heard.")
            raise DomainError(message, "closes_on")
        return
    if closes_at <= content["opens_at"]:
        raise DomainError(_l("The end must come after the beginning"), "closes_on")
    if closes_at <= now():
        raise DomainError(_l("The end must lie in the future"), "closes_on")


def _check_change(activity: Activity, issue: Issue, content: ActivityContent, changed: list[str]) -> None:
    state = activity_state(activity, issue, now())
    if state == "draft":
        return
    if state == "upcoming":
        if "opens_at" in changed and content["opens_at"] < end_of_day(local_day(now())):
            raise DomainError(_l("The issue is already public: choose tomorrow or later."), "opens_on")
        return
    fixed = {"level", "stage", "opens_at"} | ({"closes_at"} if state != "open" else set())
    if fixed & set(changed):
        message = _l("This has already opened to people: only its title and a later end can be set.")
        raise DomainError(message)
    if "closes_at" in changed:
        _check_extension(activity, content["closes_at"])


def _check_extension(activity: Activity, closes_at: datetime | None) -> None:
    if not kind_of(activity.kind).extendable:
        raise DomainError(_l("The end of this kind of activity is fixed once it has opened."), "closes_on")
    if activity.closes_at is None or (closes_at is not None and closes_at < activity.closes_at):
        message = _l("People rely on the end that was announced: it can only be set later.")
        raise DomainError(message, "closes_on")


def _refresh_window(issue: Issue) -> None:
    """Keep the issue's first opening and last closing; an end left open does not count."""
    window = select(func.min(Activity.opens_at), func.max(Activity.closes_at))
    living = window.where(Activity.issue_id == issue.id, Activity.annulled_at.is_(None))
    issue.opens_at, issue.closes_at = db.session.execute(living).one()
    db.session.flush()


def _record_draft(issue: Issue, actor: Actor, part: str, kind: str) -> None:
    """Record the change; who was asked to publish the draft as it was before must be asked again."""
    issue.proposed_at = None
    db.session.flush()
    record(
        facts.REDRAFTED,
        subject=f"issue/{issue.id}",
        actor=actor,
        place=issue_place(issue),
        data={"changed": [part], "kind": kind},
    )


def _record_public(
    fact: facts.Fact, activity: Activity, issue: Issue, actor: Actor, changed: list[str] | None = None
) -> None:
    data: dict[str, Any] = window_data(activity)
    if changed is None:
        data = {"kind": activity.kind}
    else:
        data["changed"] = changed
        if {"opens_at", "closes_at"} & set(changed):
            before = activity.earlier[-1]
            data |= {"opens_before": before["opens_at"], "closes_before": before["closes_at"]}
    record(
        fact,
        subject=f"activity/{activity.id}",
        actor=actor,
        place=activity_place(activity_view(activity, issue)),
        data=data,
    )
