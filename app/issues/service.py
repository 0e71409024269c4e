"""The verbs of an issue's life: drafted, published, raised, closed or annulled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from app.agencies.models import Agency
from app.core.clock import now
from app.core.db import db, lock
from app.core.errors import DomainError, NotFound
from app.i18n import _l
from app.i18n.dates import BUDDHIST_ERA, local_day
from app.issues import facts
from app.issues.content import (
    PROMISE,
    IssueContent,
    apply_content,
    check_content,
    check_seen,
    content_digest,
    differing,
    draft_digest,
    issue_digest,
    parts_digest,
    standard_promise,
)
from app.issues.duties import unmet_duties
from app.issues.levels import ANNUL_REASONS
from app.issues.models import Activity, Issue, IssueNumber
from app.issues.notice import Breach, Reason, breaches, unreasoned, waiver
from app.issues.queries import activities_of, activity_place, activity_view, issue_place
from app.issues.readiness import (
    ANSWERED_FROM,
    NotReady,
    ended_agency,
    missing_for_publication,
    wrong_answer_day,
)
from app.ledger.facts import Actor
from app.ledger.record import record

REWRITTEN = _l("The promise has been published. It can be raised to a higher level, not rewritten.")


def draft_issue(*, agency_id: int, content: IssueContent, actor: Actor, invented: bool = False) -> Issue:
    """Begin an issue: it gets its number, and the level's standard promise where none is given.

    `invented` marks what a demonstration made up. Raises `DomainError` at the part that is wrong, and for an
    agency that does not exist today.
    """
    _refuse_ended(agency_id)
    check_content(content)
    thai, english = standard_promise(content["level"])
    issue = Issue(
        agency_id=agency_id,
        number=_next_number(agency_id),
        promise_th=thai,
        promise_en=english,
        legal_basis="",
        groups=[],
        invented=invented,
        created_at=now(),
    )
    apply_content(issue, content)
    db.session.add(issue)
    db.session.flush()
    _record(facts.DRAFTED, issue, actor, {"level": issue.level})
    return issue


def revise_issue(*, issue_id: int, content: IssueContent, actor: Actor, seen: str | None = None) -> Issue:
    """Change parts of an issue: a draft freely, a published one all but its promise, each time recorded.

    `seen` is `parts_digest` of these parts on the page they were changed on. A draft proposed before it was
    changed must be proposed again. Raises `DomainError` when something else stands there by now, and for a
    promise that was already made; `raise_level` makes a higher one.
    """
    issue = hold_living(issue_id)
    check_seen(seen, parts_digest(issue, content))
    check_content(content)
    changed = differing(issue, content)
    if not changed:
        return issue
    if issue.published_at is not None:
        _keep_promise(issue, changed, content)
    elif content.get("level", issue.level) != issue.level:
        _cover_activities(issue, content["level"])
    apply_content(issue, content)
    if issue.published_at is None:
        issue.proposed_at = None
    db.session.flush()
    if issue.published_at is None:
        _record(facts.REDRAFTED, issue, actor, {"changed": sorted(changed)})
    else:
        _record(facts.CORRECTED, issue, actor, {"changed": sorted(changed), "content": issue_digest(issue)})
    return issue


def propose_issue(*, issue_id: int, actor: Actor) -> Issue:
    """Ask an executive to publish a draft. Raises `NotReady` while something is missing."""
    issue = _held_draft(issue_id)
    _refuse_unready(issue)
    issue.proposed_at = now()
    db.session.flush()
    _record(facts.PROPOSED, issue, actor)
    return issue


def publish_issue(
    *,
    issue_id: int,
    actor: Actor,
    seen: str | None = None,
    reasons: Mapping[str, Reason] | None = None,
) -> Issue:
    """Publish a draft: its promise and its dated activities bind the agency from now on.

    `seen` is `draft_digest` of what the executive was shown. Raises `NotReady` with each thing that is missing,
    and `DomainError` for another draft than that, or for a rule of notice that is not kept and has no reason
    in `reasons`. The announcement of every activity is recorded too.
    """
    issue = _held_draft(issue_id)
    activities = activities_of(issue)
    _refuse_unready(issue)
    signed = draft_digest(issue, [activity_view(activity, issue) for activity in activities])
    check_seen(seen, signed)
    issue.published_at = now()
    waive(issue, breaches(issue, activities), reasons or {}, actor)
    db.session.flush()
    data = {
        "level": issue.level,
        "legal_basis": issue.legal_basis,
        "groups": len(issue.groups),
        "sectors": sorted({group["sector"] for group in issue.groups}),
        "activities": [activity.id for activity in activities],
        "answer_by": issue.answer_by.isoformat() if issue.answer_by else None,
        "content": issue_digest(issue),
        "signed": signed,
    }
    _record(facts.PUBLISHED, issue, actor, data)
    for activity in activities:
        record_announced(activity, issue, actor)
    return issue


def waive(
    issue: Issue,
    found: Sequence[Breach],
    reasons: Mapping[str, Reason],
    actor: Actor,
    field: str = "why_{}_th",
) -> None:
    """Set rules of notice aside, each for its reason, which everyone can read.

    Raises `DomainError` at `field` for the first one without a reason in Thai.
    """
    for breach in unreasoned(found, reasons):
        words = _l("Say in Thai why you go on all the same: %(rule)s", rule=breach.rule.what)
        raise DomainError(words, field.format(breach.rule.code))
    for breach in found:
        kept = waiver(breach, reasons[breach.rule.code])
        issue.waivers = [*issue.waivers, kept]
        db.session.flush()
        content = content_digest({"th": kept["th"], "en": kept["en"]})
        data = {"rule": breach.rule.code, "days": breach.days, "content": content}
        _record(facts.NOTICE_WAIVED, issue, actor, data)


def raise_level(
    *,
    issue_id: int,
    level: int,
    promise_th: str,
    promise_en: str | None,
    actor: Actor,
    answer_by: date | None = None,
) -> Issue:
    """Promise more than was promised at publication. Raises `DomainError` for the same or a lower level.

    From level 2 on an answer is owed: `answer_by` is its day where none has been promised, and refused where
    one has.
    """
    issue = hold_living(issue_id)
    if issue.published_at is None:
        raise DomainError(_l("A draft's level is changed on its promise page."))
    before = issue.level or 0
    if level <= before:
        raise DomainError(_l("After publication the level may rise, but never fall."), "level")
    _refuse_ended(issue.agency_id)
    content = IssueContent(level=level, promise_th=promise_th, promise_en=promise_en)
    check_content(content)
    content["answer_by"] = _answer_day(issue, answer_by)
    apply_content(issue, content)
    db.session.flush()
    data = {
        "before": before,
        "after": level,
        "answer_by": issue.answer_by.isoformat() if issue.answer_by else None,
        "content": issue_digest(issue),
    }
    _record(facts.LEVEL_RAISED, issue, actor, data)
    return issue


def close_issue(*, issue_id: int, actor: Actor) -> Issue:
    """End an issue with its promise kept. Raises `NotReady` naming each duty that is unmet."""
    issue = hold_living(issue_id)
    if issue.published_at is None:
        raise DomainError(_l("A draft cannot be closed. It can be discarded."))
    views = [activity_view(activity, issue) for activity in activities_of(issue)]
    unmet = unmet_duties(issue.id, issue.level, views)
    if unmet:
        raise NotReady([duty.words for duty in unmet])
    issue.closed_at = now()
    db.session.flush()
    _record(facts.CLOSED, issue, actor, {"level": issue.level})
    return issue


def annul_issue(*, issue_id: int, reason: str, actor: Actor, seen: str | None = None) -> Issue:
    """End an issue without an answer, for a reason everyone is told; a draft is discarded unseen.

    `seen` is `parts_digest` of no part: who discards a draft does not end what was published meanwhile.
    """
    issue = hold_living(issue_id)
    check_seen(seen, parts_digest(issue, ()))
    if reason not in ANNUL_REASONS:
        raise DomainError(_l("Choose a reason from the list"), "reason")
    issue.annulled_at = now()
    issue.annul_reason = reason
    db.session.flush()
    fact = facts.DISCARDED if issue.published_at is None else facts.ANNULLED
    _record(fact, issue, actor, {"reason": reason})
    return issue


def hold_living(issue_id: int) -> Issue:
    """Lock an issue that is neither closed nor annulled nor imported. Raises `NotFound`, `DomainError`."""
    issue = lock(Issue, issue_id)
    if issue.source is not None:
        raise NotFound
    if issue.closed_at is not None or issue.annulled_at is not None:
        raise DomainError(_l("This issue has ended, so it can no longer be changed."))
    return issue


def record_announced(activity: Activity, issue: Issue, actor: Actor) -> None:
    """Write the public announcement of an activity and its window into the ledger."""
    record(
        facts.ACTIVITY_ADDED,
        subject=f"activity/{activity.id}",
        actor=actor,
        place=activity_place(activity_view(activity, issue)),
        data=window_data(activity),
    )


def window_data(activity: Activity) -> dict[str, object]:
    """An activity's kind and window, as entries tell them."""
    return {
        "kind": activity.kind,
        "opens_at": utc_text(activity.opens_at),
        "closes_at": utc_text(activity.closes_at),
    }


def utc_text(moment: datetime | None) -> str | None:
    """A moment as entries write it; None stays None."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if moment else None


def _held_draft(issue_id: int) -> Issue:
    issue = hold_living(issue_id)
    if issue.published_at is not None:
        raise DomainError(_l("This issue has already been published."))
    return issue


def _refuse_ended(agency_id: int) -> None:
    """Hold the agency, so that it is not ended meanwhile, and refuse one that does not exist today."""
    if ended := ended_agency(lock(Agency, agency_id, share=True)):
        raise DomainError(ended)


def _answer_day(issue: Issue, day: date | None) -> date:
    """The day of the answer once the level is raised: the one promised, or the one promised now."""
    if (issue.level or 0) >= ANSWERED_FROM and issue.answer_by is not None:
        if day not in (None, issue.answer_by):
            raise DomainError(REWRITTEN, "answer_by")
        return issue.answer_by
    wrong = wrong_answer_day(day, activities_of(issue))
    if wrong or day is None:
        raise DomainError(wrong, "answer_by")
    return day


def _refuse_unready(issue: Issue) -> None:
    lock(Agency, issue.agency_id, share=True)
    missing = missing_for_publication(issue, activities_of(issue))
    if missing:
        raise NotReady([gap.words for gap in missing])


def _keep_promise(issue: Issue, changed: Sequence[str], content: IssueContent) -> None:
    promised = [name for name in changed if name in PROMISE]
    if "level" in promised and content["level"] < (issue.level or 0):
        raise DomainError(_l("After publication the level may rise, but never fall."), "level")
    if promised:
        raise DomainError(REWRITTEN, promised[0])


def _cover_activities(issue: Issue, level: int) -> None:
    highest = max((activity.level for activity in activities_of(issue)), default=1)
    if level < highest:
        message = _l("An activity serves level %(level)s. Change or remove it first.", level=highest)
        raise DomainError(message, "level")


def _record(fact: facts.Fact, issue: Issue, actor: Actor, data: Mapping[str, object] | None = None) -> None:
    record(fact, subject=f"issue/{issue.id}", actor=actor, place=issue_place(issue), data=data)


def _next_number(agency_id: int) -> str:
    """The agency's next number of this year: counted up in one statement, so no two can be the same."""
    short = db.session.scalar(select(Agency.short).where(Agency.id == agency_id))
    if short is None:
        raise NotFound
    year = local_day(now()).year + BUDDHIST_ERA
    insert = sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
    counted = (
        insert(IssueNumber)
        .values(agency_id=agency_id, year=year, last=1)
        .on_conflict_do_update(index_elements=["agency_id", "year"], set_={"last": IssueNumber.last + 1})
        .returning(IssueNumber.last)
    )
    return f"{short}-{year}-{db.session.execute(counted).scalar_one():03}"
