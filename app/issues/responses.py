"""The verbs of the agency's answer: written, published, corrected; commitments made and carried out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, TypedDict

from app.core.clock import now
from app.core.db import db, lock
from app.core.errors import DomainError, NotFound
from app.i18n import _l
from app.i18n.dates import format_deadline, local_day
from app.issues import facts
from app.issues.content import check_seen, content_digest
from app.issues.models import Activity, Commitment, Issue, Response
from app.issues.queries import activities_of, activity_place, activity_view, issue_place
from app.issues.readiness import ANSWERED_FROM, NotReady, heard_until
from app.issues.service import hold_living
from app.ledger.facts import Actor, Place
from app.ledger.record import record


class ResponseContent(TypedDict):
    """The three parts of an answer; Thai is needed to publish, English is optional."""

    heard_th: str
    heard_en: str | None
    decided_th: str
    decided_en: str | None
    will_do_th: str
    will_do_en: str | None


class Plan(TypedDict):
    """A commitment as it is written: what, by whom, until which day."""

    text_th: str
    text_en: str | None
    owner_th: str
    owner_en: str | None
    due_on: date


PARTS = tuple(ResponseContent.__annotations__)


def write_response(
    *,
    issue_id: int,
    content: ResponseContent,
    plans: Sequence[Plan],
    actor: Actor,
    seen: str | None = None,
) -> Response:
    """Write the answer, or correct a published one, whose commitments stay as they were made.

    `seen` is `answer_digest` of the page it was written on, so that nobody overwrites a colleague's text, or
    corrects in public, unawares. Raises `DomainError` then, and while the issue is a draft: nobody has said
    anything yet.
    """
    issue = hold_living(issue_id)
    if issue.published_at is None:
        raise DomainError(_l("An issue is answered after it has been published."))
    stored = db.session.get(Response, issue_id, populate_existing=True)
    check_seen(seen, answer_digest(stored))
    response = stored or Response(issue_id=issue_id)
    changed = sorted(name for name in PARTS if getattr(response, name) != content[name])  # type: ignore[literal-required]
    for name in changed:
        setattr(response, name, content[name])  # type: ignore[literal-required]
    if response.published_at is not None:
        return _correct(response, issue, changed, actor)
    response.plans = [{**plan, "due_on": plan["due_on"].isoformat()} for plan in plans]
    response.written_at = now()
    db.session.add(response)
    db.session.flush()
    _record(facts.RESPONSE_DRAFTED, issue, actor)
    return response


def publish_response(*, issue_id: int, actor: Actor, seen: str | None = None) -> Response:
    """Publish the answer and make its commitments. Raises `NotReady` naming each part that is empty.

    `seen` is `answer_digest` of what was checked. Raises `DomainError` for another answer than that, and while
    people can still be heard or will be: an answer is to all of them.
    """
    issue = hold_living(issue_id)
    response = db.session.get(Response, issue_id, populate_existing=True)
    if response is None:
        raise DomainError(_l("Write the answer first."))
    if response.published_at is not None:
        raise DomainError(_l("This answer has already been published."))
    check_seen(seen, answer_digest(response))
    _wait_for_everyone(issue)
    missing = missing_for_answer(response)
    if missing:
        raise NotReady(missing)
    response.published_at = now()
    db.session.flush()
    data = {"content": _digest(response), "commitments": len(response.plans)}
    _record(facts.RESPONSE_PUBLISHED, issue, actor, data)
    for plan in response.plans:
        due_on = date.fromisoformat(plan["due_on"])
        make_commitment(issue_id=issue_id, actor=actor, **{**plan, "due_on": due_on})
    return response


def answer_digest(response: Response | None) -> str:
    """The digest of the answer as an officer sees it on a page, and of whether it is public yet; "" for none."""
    if response is None:
        return ""
    parts = {name: getattr(response, name) for name in PARTS}
    return content_digest({"public": response.published_at is not None, "plans": response.plans, **parts})


def missing_for_answer(response: Response) -> list[Any]:
    """What an answer lacks before it may be published, as sentences."""
    parts = {
        "heard_th": _l("Write what was heard"),
        "decided_th": _l("Write what was decided"),
        "will_do_th": _l("Write what will be done"),
    }
    words: list[Any] = [text for name, text in parts.items() if not getattr(response, name)]
    today = local_day(now()).isoformat()
    if response.published_at is None and any(plan["due_on"] < today for plan in response.plans):
        words.append(_l("The day of a commitment lies in the past"))
    return words


def make_commitment(
    *,
    issue_id: int,
    text_th: str,
    text_en: str | None,
    owner_th: str,
    owner_en: str | None,
    due_on: date,
    actor: Actor,
    activity_id: int | None = None,
) -> Commitment:
    """Bind the agency to something, by whom and until when; `activity_id` where a vote decided it.

    Raises `DomainError` for a day in the past; but what a vote decided was promised before it, and binds
    also where the day has passed meanwhile.
    """
    if activity_id is None and due_on < local_day(now()):
        raise DomainError(_l("The day must not lie in the past"), "due_on")
    commitment = Commitment(
        issue_id=issue_id,
        activity_id=activity_id,
        text_th=text_th,
        text_en=text_en,
        owner_th=owner_th,
        owner_en=owner_en,
        due_on=due_on,
        made_at=now(),
    )
    db.session.add(commitment)
    db.session.flush()
    texts = {"text_th": text_th, "text_en": text_en, "owner_th": owner_th, "owner_en": owner_en}
    data = {"due_on": due_on.isoformat(), "content": content_digest(texts)}
    _record_commitment(facts.COMMITMENT_MADE, commitment, actor, data)
    return commitment


def mark_commitment_done(*, commitment_id: int, actor: Actor) -> Commitment:
    """Say that a commitment was carried out, also after the issue was closed."""
    commitment = lock(Commitment, commitment_id)
    if commitment.done_at is not None:
        raise DomainError(_l("This commitment is already marked as done."))
    commitment.done_at = now()
    db.session.flush()
    late = local_day(now()) > commitment.due_on
    data = {"due_on": commitment.due_on.isoformat(), "late": late}
    _record_commitment(facts.COMMITMENT_DONE, commitment, actor, data)
    return commitment


def _correct(response: Response, issue: Issue, changed: list[str], actor: Actor) -> Response:
    missing = missing_for_answer(response)
    if missing:
        raise NotReady(missing)
    if changed:
        response.written_at = now()
        db.session.flush()
        data = {"changed": changed, "content": _digest(response)}
        _record(facts.RESPONSE_CORRECTED, issue, actor, data)
    return response


def _wait_for_everyone(issue: Issue) -> None:
    until = heard_until([activity_view(activity, issue) for activity in activities_of(issue)])
    if until is not None:
        day = format_deadline(until)
        raise DomainError(_l("People can be heard until %(day)s. Publish the answer after that.", day=day))


def _digest(response: Response) -> str:
    return content_digest({name: getattr(response, name) for name in PARTS})


def _record(fact: facts.Fact, issue: Issue, actor: Actor, data: Mapping[str, object] | None = None) -> None:
    place = replace(issue_place(issue), level=ANSWERED_FROM)
    record(fact, subject=f"response/{issue.id}", actor=actor, place=place, data=data)


def _record_commitment(
    fact: facts.Fact, commitment: Commitment, actor: Actor, data: Mapping[str, object]
) -> None:
    subject = f"commitment/{commitment.id}"
    record(fact, subject=subject, actor=actor, place=_place(commitment), data=data)


def _place(commitment: Commitment) -> Place:
    issue = db.session.get(Issue, commitment.issue_id)
    if issue is None:
        raise NotFound
    activity = db.session.get(Activity, commitment.activity_id) if commitment.activity_id else None
    return activity_place(activity_view(activity, issue)) if activity else issue_place(issue)
