"""Supporting a comment: one each, kept by the table's key; the number stands beside the comment."""

from __future__ import annotations

from sqlalchemy import CursorResult, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from app.activities.comments import facts
from app.activities.comments.models import Comment, Support
from app.activities.comments.service.counting import QUIET
from app.activities.comments.service.shared import KIND_CODE, refuse_unread
from app.core.clock import now
from app.core.db import db, lock
from app.core.errors import DomainError, NotFound
from app.i18n import _l
from app.identity.viewer import Viewer
from app.issues.holds import refuse_unless_open
from app.issues.models import Activity, Issue
from app.issues.queries import activity_place, activity_view, activity_with_issue
from app.ledger.facts import SYSTEM, Fact, Place
from app.ledger.record import record


def give_support(*, comment_id: int, viewer: Viewer, edits: int | None = None) -> int:
    """Count the viewer among the comment's supporters, once however often; return the activity's id.

    `edits` is how often the author had changed the words the viewer read, None where a list does not say.
    Raises `DomainError` unless the activity is open and the comment shown. Nobody supports their own.
    """
    comment, place = _held(comment_id)
    if comment.state != "shown":
        raise DomainError(_l("This comment is no longer shown, so it cannot be supported."))
    if comment.person_id == viewer.person_id:
        raise DomainError(_l("This is your own comment: it counts already."))
    refuse_unread(comment, edits)
    insert = sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
    given = db.session.execute(
        insert(Support)
        .values(comment_id=comment_id, person_id=viewer.person_id, given_at=now())
        .on_conflict_do_nothing(index_elements=["comment_id", "person_id"])
        # Without it PostgreSQL's driver does not tell whether a row went in, to us or to the guard.
        .execution_options(preserve_rowcount=True)
    )
    if _changed(given):
        _move(comment_id, 1)
        _record(facts.SUPPORTED, comment_id, place)
    return comment.activity_id


def take_back_support(*, comment_id: int, viewer: Viewer) -> int:
    """No longer count the viewer among the supporters; return the activity's id."""
    comment, place = _held(comment_id)
    taken = db.session.execute(
        delete(Support).where(Support.comment_id == comment_id, Support.person_id == viewer.person_id),
        execution_options=QUIET,
    )
    if _changed(taken):
        _move(comment_id, -1)
        _record(facts.UNSUPPORTED, comment_id, place)
    return comment.activity_id


def take_back_all(person_id: int) -> int:
    """Take a person out of everything they supported; return how many comments that were."""
    ids = db.session.scalars(
        select(Support.comment_id).where(Support.person_id == person_id).order_by(Support.comment_id)
    ).all()
    for comment_id in ids:
        db.session.execute(
            delete(Support).where(Support.comment_id == comment_id, Support.person_id == person_id),
            execution_options=QUIET,
        )
        _move(comment_id, -1)
        activity_id = db.session.scalar(select(Comment.activity_id).where(Comment.id == comment_id)) or 0
        activity, _issue = activity_with_issue(activity_id, KIND_CODE)
        _record(facts.UNSUPPORTED, comment_id, activity_place(activity))
    return len(ids)


def end_support(comment: Comment) -> int:
    """Let all support of a comment lapse whose row is locked; return how many supporters it had."""
    ended = db.session.execute(
        delete(Support).where(Support.comment_id == comment.id), execution_options=QUIET
    )
    assert isinstance(ended, CursorResult)
    comment.supports = 0
    return ended.rowcount


def _held(comment_id: int) -> tuple[Comment, Place]:
    """A comment in an open activity, its row held after them and before any support of it.

    Whoever changes the words holds it too and then lets the support lapse: in another order the two would wait
    in a circle. Supporters of one comment wait for each other there, as they would to count.
    """
    row = db.session.execute(
        select(Activity, Issue)
        .select_from(Comment)
        .join(Activity, Activity.id == Comment.activity_id)
        .join(Issue, Issue.id == Activity.issue_id)
        .where(Comment.id == comment_id)
        .with_for_update(read=True, of=(Activity, Issue))
        .execution_options(populate_existing=True)
    ).one_or_none()
    if row is None:
        raise NotFound
    activity = activity_view(row.Activity, row.Issue)
    refuse_unless_open(activity)
    return lock(Comment, comment_id), activity_place(activity)


def _move(comment_id: int, by: int) -> None:
    db.session.execute(
        update(Comment).where(Comment.id == comment_id).values(supports=Comment.supports + by),
        execution_options=QUIET,
    )


def _changed(result: object) -> bool:
    assert isinstance(result, CursorResult)
    return result.rowcount == 1


def _record(fact: Fact, comment_id: int, place: Place) -> None:
    """Sealed and without the person: that a support was counted can be checked, not whose it was."""
    record(fact, subject=f"comment/{comment_id}", actor=SYSTEM, place=place)
