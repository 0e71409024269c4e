"""The verbs of comments, the only writers of its tables.

Each changes a row, makes its HTML anew, keeps the thread's counts, and records what happened. The
counts come last, so that people who comment at the same time wait for each other as briefly as can be.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite

from app.activities.comments import facts, mails
from app.activities.comments.codes import HIDING_REASONS, RELATIONS
from app.activities.comments.models import Comment, Thread
from app.activities.comments.render import dress, language_of
from app.core.clock import now
from app.core.db import db, lock
from app.core.errors import DomainError, NotFound
from app.i18n import _l
from app.i18n.dates import local_day
from app.identity.viewer import Viewer
from app.issues.holds import hold_open, hold_unopened
from app.issues.kinds import ActivityView
from app.issues.queries import activity_place, activity_with_issue
from app.issues.verdicts import VERDICTS
from app.ledger.erase import forget
from app.ledger.facts import SYSTEM, Actor, Fact
from app.ledger.record import record

KIND_CODE = "comments"


def prepare_thread(
    *, activity_id: int, viewer: Viewer, question_th: str | None, question_en: str | None
) -> Thread:
    """Set the question people are asked; refused once they may have answered it."""
    activity = hold_unopened(activity_id)
    if activity.kind != KIND_CODE:
        raise NotFound
    thread = db.session.get(Thread, activity_id) or Thread(activity_id=activity_id)
    thread.question_th, thread.question_en = question_th, question_en
    db.session.add(thread)
    db.session.flush()
    record(
        facts.PREPARED,
        subject=f"activity/{activity_id}",
        actor=viewer.acting("comments.prepare", activity.agency_id),
        place=activity_place(activity),
        private={"question_th": question_th, "question_en": question_en},
    )
    return thread


def submit_comment(
    *,
    activity_id: int,
    viewer: Viewer,
    body: str,
    name: str | None,
    relation: str | None,
    consent_version: str,
) -> Comment:
    """Take in a citizen's comment and show it at once; without `name` none is shown.

    Raises `DomainError` unless the activity is open at this moment.
    """
    activity = hold_open(activity_id)
    if activity.kind != KIND_CODE:
        raise NotFound
    _check_code(relation, RELATIONS, "relation")
    comment = Comment(
        activity_id=activity.id,
        person_id=viewer.person_id,
        name=name,
        body=body,
        lang=language_of(body),
        relation=relation,
        consent_version=consent_version,
        sent_at=now(),
        revision=0,
    )
    dress(comment)
    db.session.add(comment)
    db.session.flush()
    _record(
        facts.SUBMITTED,
        comment,
        activity,
        viewer.as_citizen(),
        data={"lang": comment.lang},
        private={"text": body, "name": name},
    )
    _count_new(comment)
    return comment


def answer_comment(
    *,
    comment_id: int,
    viewer: Viewer,
    verdict: str,
    reason_th: str,
    reason_en: str | None,
    due_on: date | None,
    revision: int,
) -> Comment:
    """Give the agency's answer, or replace it; the author is told by mail.

    `revision` is the number of answers the officer has seen, so that two do not overwrite each other
    unawares. `due_on` belongs to "under review" alone. Raises `DomainError` where a rule is broken.
    """
    comment, activity = _held(comment_id)
    _check_verdict(verdict, due_on)
    if comment.state != "shown":
        raise DomainError(_l("This comment is not shown to the public, so it cannot be answered."))
    if comment.revision != revision:
        raise DomainError(
            _l("Someone has answered this comment meanwhile. Read their answer below before you replace it.")
        )
    before = comment.tally
    grant = viewer.acting("comments.answer", activity.agency_id)
    comment.verdict, comment.due_on = verdict, due_on
    comment.reason_th, comment.reason_en = reason_th, reason_en
    comment.answered_at, comment.answered_by = now(), grant.grant_id
    comment.revision += 1
    dress(comment)
    db.session.flush()
    _record(
        facts.ANSWERED,
        comment,
        activity,
        grant,
        data={
            "verdict": verdict,
            "revision": comment.revision,
            "due_on": due_on.isoformat() if due_on else None,
        },
        private={"reason_th": reason_th, "reason_en": reason_en},
    )
    _count(comment, before)
    mails.tell_author(comment, activity, "answered")
    return comment


def hide_comment(*, comment_id: int, viewer: Viewer, reason: str, note: str) -> Comment:
    """Take a comment from view: everyone reads the reason, its author also the note."""
    comment, activity = _held(comment_id)
    _check_code(reason, HIDING_REASONS, "reason")
    if comment.state != "shown":
        raise DomainError(_l("This comment is already out of view."))
    before = comment.tally
    comment.hidden_at, comment.hidden_reason, comment.hidden_note = now(), reason, note
    dress(comment)
    db.session.flush()
    actor = viewer.acting("comments.moderate", activity.agency_id)
    _record(facts.HIDDEN, comment, activity, actor, data={"reason": reason}, private={"note": note})
    _count(comment, before)
    mails.tell_author(comment, activity, "hidden")
    return comment


def show_again(*, comment_id: int, viewer: Viewer) -> Comment:
    """Undo the hiding of a comment; its author is told."""
    comment, activity = _held(comment_id)
    if comment.state != "hidden":
        raise DomainError(_l("This comment is not hidden."))
    before, reason = comment.tally, comment.hidden_reason
    comment.hidden_at = comment.hidden_reason = comment.hidden_note = None
    dress(comment)
    db.session.flush()
    actor = viewer.acting("comments.moderate", activity.agency_id)
    _record(facts.UNHIDDEN, comment, activity, actor, data={"reason": reason})
    _count(comment, before)
    mails.tell_author(comment, activity, "unhidden")
    return comment


def erase(person_id: int) -> int:
    """Take a person out of their comments, the words with them; what the agency answered stays.

    The salts of what they wrote, and of notes to them, go too: the log can no longer be tied to anyone.
    Returns how many comments were erased.
    """
    comments = db.session.scalars(
        select(Comment).where(Comment.person_id == person_id).order_by(Comment.id).with_for_update()
    ).all()
    for comment in comments:
        _erase(comment)
    subjects = [_subject(comment) for comment in comments]
    forget("comments", subjects, only=(facts.SUBMITTED, facts.HIDDEN))
    return len(comments)


def _erase(comment: Comment) -> None:
    before = comment.tally
    comment.person_id = comment.name = comment.relation = comment.hidden_note = None
    comment.body, comment.erased_at = "", now()
    dress(comment)
    db.session.flush()
    activity, _issue = activity_with_issue(comment.activity_id, KIND_CODE)
    _record(facts.ERASED, comment, activity, SYSTEM)
    _count(comment, before)


def _held(comment_id: int) -> tuple[Comment, ActivityView]:
    comment = lock(Comment, comment_id)
    activity, _issue = activity_with_issue(comment.activity_id, KIND_CODE)
    return comment, activity


def _check_verdict(verdict: str, due_on: date | None) -> None:
    _check_code(verdict, VERDICTS, "verdict")
    if verdict != "under_review" and due_on is not None:
        raise DomainError(_l("Only an answer under review names a day."), "due_on")
    if verdict == "under_review" and due_on is None:
        raise DomainError(_l("Name the day by which you will decide."), "due_on")
    if due_on is not None and due_on < local_day(now()):
        raise DomainError(_l("Choose a day that is still to come."), "due_on")


def _check_code(code: str | None, codes: dict[str, Any], field: str) -> None:
    if code is not None and code not in codes:
        raise DomainError(_l("Choose one of the answers shown."), field)


def _subject(comment: Comment) -> str:
    return f"comment/{comment.id}"


def _record(
    fact: Fact,
    comment: Comment,
    activity: ActivityView,
    actor: Actor,
    *,
    data: dict[str, object] | None = None,
    private: dict[str, Any] | None = None,
) -> None:
    place = activity_place(activity)
    record(fact, subject=_subject(comment), actor=actor, place=place, data=data, private=private)


def _count(comment: Comment, before: dict[str, int]) -> None:
    """Bring the thread's counts up to date, in the database: two transactions at once both count."""
    changes = {
        name: getattr(Thread, name) + now_counted - before[name]
        for name, now_counted in comment.tally.items()
        if now_counted != before[name]
    }
    if changes:
        db.session.execute(
            update(Thread)
            .where(Thread.activity_id == comment.activity_id)
            .values(changes)
            .execution_options(synchronize_session=False)
        )


def _count_new(comment: Comment) -> None:
    """Count a new comment; the first one of an activity brings the thread's row with it."""
    insert = sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
    db.session.execute(
        insert(Thread)
        .values(activity_id=comment.activity_id, **comment.tally)
        .on_conflict_do_update(
            index_elements=["activity_id"],
            set_={"shown": Thread.shown + 1, "waiting": Thread.waiting + 1},
        )
        .execution_options(synchronize_session=False)
    )
