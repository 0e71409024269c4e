"""Comments without an account: taken in unverified, shown only once a moderator has admitted them."""

from __future__ import annotations

from sqlalchemy import func, select

from app.activities.comments import facts, mails
from app.activities.comments.codes import HIDING_REASONS
from app.activities.comments.models import Comment
from app.activities.comments.render import dress
from app.activities.comments.service.comments import keep_files
from app.activities.comments.service.content import Content, write_into
from app.activities.comments.service.counting import NOTHING, count, standing_of
from app.activities.comments.service.moderation import Acts, count_act
from app.activities.comments.service.shared import (
    KIND_CODE,
    check_code,
    held_comment,
    hold_open_thread,
    let_flags_be,
    record_about,
)
from app.core.clock import now
from app.core.db import db
from app.core.errors import DomainError, NotFound
from app.i18n import _l
from app.identity.viewer import Viewer
from app.issues.kinds import ActivityView
from app.issues.queries import activity_with_issue
from app.ledger.facts import SYSTEM, Actor


def receive_comment(
    *, activity_id: int, content: Content, email: str | None, consent_version: str
) -> Comment:
    """Take in a comment from somebody without an account; it waits for a moderator.

    `email` is where they want to be told of the answer; nothing proves that it is theirs. Raises `NotFound`
    where the activity is not open to all.
    """
    held = hold_open_thread(activity_id, content.question_id)
    if not held.thread.open_to_all:
        raise NotFound
    comment = Comment(
        activity_id=activity_id,
        unverified=True,
        email=email,
        consent_version=consent_version,
        sent_at=now(),
        revision=0,
    )
    write_into(comment, content, held)
    dress(comment)
    db.session.add(comment)
    db.session.flush()
    record_about(
        facts.RECEIVED,
        comment,
        held.activity,
        SYSTEM,
        data={"lang": comment.lang},
        private={"text": comment.body, "name": comment.name},
        files=keep_files(comment, content),
    )
    count(comment, NOTHING)
    return comment


def forget_address(*, comment_id: int) -> int:
    """Erase the address left with a comment wherever it was left: nobody writes to it about a comment any more.

    What was said stays. Returns with how many comments it stood.
    """
    address = db.session.scalar(select(func.lower(Comment.email)).where(Comment.id == comment_id))
    if address is None:
        return 0
    comments = db.session.scalars(
        select(Comment).where(func.lower(Comment.email) == address).order_by(Comment.id).with_for_update()
    ).all()
    for comment in comments:
        comment.email, comment.theme_news = None, False
        db.session.flush()
        activity, _issue = activity_with_issue(comment.activity_id, KIND_CODE)
        record_about(facts.ADDRESS_ERASED, comment, activity, SYSTEM)
    return len(comments)


def admit_comment(*, comment_id: int, viewer: Viewer, later: Acts | None = None) -> Comment:
    """Show a comment that waited; it stays marked as not verified."""
    comment, activity = held_comment(comment_id)
    _refuse_unless_pending(comment)
    admit_held(comment, activity, viewer.acting("comments.moderate", activity.agency_id))
    count_act(activity.agency_id, "admitted", later=later)
    mails.tell_author(comment, activity, "admitted")
    return comment


def admit_held(comment: Comment, activity: ActivityView, actor: Actor) -> None:
    """Show a comment, which is held and waited or was refused, with its entry."""
    before = standing_of(comment)
    comment.admitted_at, comment.refused_at, comment.refused_reason = now(), None, None
    comment.moderated_by = None
    comment.worded = False  # Its words are looked up from now on.
    dress(comment)
    db.session.flush()
    record_about(facts.ADMITTED, comment, activity, actor)
    count(comment, before)


def refuse_comment(*, comment_id: int, viewer: Viewer, reason: str, later: Acts | None = None) -> Comment:
    """Keep a comment that waited from ever being shown, for one of the reasons for hiding."""
    comment, activity = held_comment(comment_id)
    check_code(reason, HIDING_REASONS, "reason")
    _refuse_unless_pending(comment)
    before = standing_of(comment)
    comment.refused_at, comment.refused_reason = now(), reason
    comment.moderated_by = viewer.person_id
    dress(comment)
    db.session.flush()
    let_flags_be(comment)
    actor = viewer.acting("comments.moderate", activity.agency_id)
    record_about(facts.REFUSED, comment, activity, actor, data={"reason": reason})
    count(comment, before)
    count_act(activity.agency_id, "refused", reason, later=later)
    mails.tell_author(comment, activity, "refused")
    return comment


def _refuse_unless_pending(comment: Comment) -> None:
    if comment.state != "pending":
        raise DomainError(_l("A colleague has already decided on this comment."))
