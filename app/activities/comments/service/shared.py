"""What the verbs share: holding what they work on, and recording what they did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, delete, select, update

from app.activities.comments.models import Appeal, Comment, Flag, Question, Theme, Thread
from app.core.clock import now
from app.core.db import db, lock
from app.core.errors import DomainError, NotFound
from app.i18n import _l
from app.identity.viewer import Viewer
from app.issues.holds import refuse_unless_open
from app.issues.kinds import ActivityView
from app.issues.models import Activity, Issue
from app.issues.queries import activity_place, activity_view, activity_with_issue
from app.ledger.facts import Actor, Fact, FileDigest
from app.ledger.record import record

KIND_CODE = "comments"


@dataclass(frozen=True)
class Held:
    """An activity held while a verb works in it, what its thread offers, and a question if one was named."""

    activity: ActivityView
    issue: Issue
    thread: Thread
    question: Question | None


def hold_thread(activity_id: int, question_id: int | None = None) -> Held:
    """Hold activity and issue shared, and read the thread with them: one statement on the way of every comment.

    People do not wait for each other, only for who would change the window. Raises `NotFound`, also for
    a question of another activity.
    """
    row = db.session.execute(
        select(Activity, Issue, Thread, Question)
        .join(Issue, Issue.id == Activity.issue_id)
        .outerjoin(Thread, Thread.activity_id == Activity.id)
        .outerjoin(Question, and_(Question.activity_id == Activity.id, Question.id == (question_id or 0)))
        .where(Activity.id == activity_id, Activity.kind == KIND_CODE)
        .with_for_update(read=True, of=(Activity, Issue))
        .execution_options(populate_existing=True)
    ).one_or_none()
    if row is None or (question_id is not None and row.Question is None):
        raise NotFound
    thread = row.Thread or Thread(activity_id=activity_id, who="account", stances=False, files=False)
    return Held(activity_view(row.Activity, row.Issue), row.Issue, thread, row.Question)


def hold_open_thread(activity_id: int, question_id: int | None = None) -> Held:
    """The same for a citizen's act: refused with a message unless the activity is open at this moment."""
    held = hold_thread(activity_id, question_id)
    refuse_unless_open(held.activity)
    return held


def held_comment(comment_id: int) -> tuple[Comment, ActivityView]:
    """A comment locked for an act of office, with its activity; a reply's comment is held before it."""
    hold_parent(comment_id)
    comment = lock(Comment, comment_id)
    activity, _issue = activity_with_issue(comment.activity_id, KIND_CODE)
    return comment, activity


def hold_parent(comment_id: int) -> Comment | None:
    """Lock the comment this one replies to, or its theme, always before it itself: none wait in a circle."""
    row = db.session.execute(
        select(Comment.parent_id, Comment.theme_id).where(Comment.id == comment_id)
    ).one_or_none()
    if row is not None and row.theme_id is not None:
        lock(Theme, row.theme_id)
    return lock(Comment, row.parent_id) if row is not None and row.parent_id is not None else None


def refuse_own(comment: Comment, viewer: Viewer) -> None:
    """Nobody is judge of their own words: a moderator's comment is left to a colleague."""
    if comment.person_id is not None and comment.person_id == viewer.person_id:
        raise DomainError(_l("You wrote this comment, so somebody else must decide."))


def let_flags_be(comment: Comment) -> int:
    """A moderator has looked at the comment; return how many flags that was about."""
    cleared = db.session.execute(
        update(Flag)
        .where(Flag.comment_id == comment.id, Flag.cleared_at.is_(None))
        .values(cleared_at=now())
        .returning(Flag.flag),
        execution_options={"synchronize_session": False},
    )
    return len(cleared.all())


def end_open_appeal(comment: Comment) -> None:
    """An appeal nobody has decided falls away where nothing is left to decide; its author may lodge one again."""
    db.session.execute(
        delete(Appeal).where(Appeal.comment_id == comment.id, Appeal.decided_at.is_(None)),
        execution_options={"synchronize_session": False},
    )


def refuse_unread(comment: Comment, edits: int | None) -> None:
    """Refuse an act on words nobody saw: `edits` is how many changes the page showed, None where it said nothing."""
    if edits is not None and comment.edits != edits:
        raise DomainError(_l("The author has changed this comment meanwhile. Read it again first."))


def check_code(code: str | None, codes: dict[str, Any], field: str) -> None:
    """Refuse, at its field, a code that is not among these."""
    if code is not None and code not in codes:
        raise DomainError(_l("Choose one of the answers shown."), field)


def subject_of(comment: Comment) -> str:
    """The comment as the ledger names it."""
    return f"comment/{comment.id}"


def record_about(
    fact: Fact,
    comment: Comment,
    activity: ActivityView,
    actor: Actor,
    *,
    data: dict[str, object] | None = None,
    private: dict[str, Any] | None = None,
    files: tuple[FileDigest, ...] = (),
) -> None:
    """Record what was done with a comment."""
    record(
        fact,
        subject=subject_of(comment),
        actor=actor,
        place=activity_place(activity),
        data=data,
        private=private,
        files=files,
    )
