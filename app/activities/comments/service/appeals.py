"""An author's one appeal, and its decision by somebody who did not take the comment from view."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.activities.comments import facts, mails
from app.activities.comments.models import Appeal, Comment
from app.activities.comments.service.moderation import count_act, unhide
from app.activities.comments.service.shared import held_comment, record_about, refuse_own
from app.activities.comments.service.visitors import admit_held
from app.core.clock import now
from app.core.db import db, lock
from app.core.errors import DomainError
from app.i18n import _l
from app.identity.viewer import Viewer
from app.ledger.facts import SYSTEM, Citizen

APPEALED_WITHIN = timedelta(days=15)
"""As long as the summary of a hearing may take (PM's Office Regulation 2548, clause 12): time to hear of it."""


def last_moment(comment: Comment) -> datetime | None:
    """Until when an appeal is possible; None for a comment that is in view."""
    since = comment.hidden_at or comment.refused_at
    return since + APPEALED_WITHIN if since is not None else None


def lodge_appeal(*, comment_id: int, words: str) -> Appeal:
    """Ask that somebody else looks again; whoever holds the signed link is the author.

    Raises `DomainError` for a second appeal, after the time for it, and for a comment that is in view.
    """
    comment, activity = held_comment(comment_id)
    if comment.state not in ("hidden", "refused"):
        raise DomainError(_l("This comment is not hidden."))
    if db.session.get(Appeal, comment_id) is not None:
        raise DomainError(_l("You have appealed already. One appeal is possible for a comment."))
    until = last_moment(comment)
    if until is None or now() >= until:
        raise DomainError(_l("The 15 days for an appeal are over."))
    appeal = Appeal(
        comment_id=comment_id,
        agency_id=activity.agency_id,
        words=words,
        lodged_at=now(),
        hider_id=comment.moderated_by,
    )
    db.session.add(appeal)
    db.session.flush()
    actor = Citizen(comment.person_id) if comment.person_id is not None else SYSTEM
    record_about(facts.APPEALED, comment, activity, actor, private={"words": words})
    return appeal


def decide_appeal(*, comment_id: int, viewer: Viewer, overturn: bool, reason: str) -> Appeal:
    """Uphold what a colleague did, or undo it; the author is told why.

    Raises `DomainError` for whoever took the comment from view, then or since, for its author, and for an
    appeal already decided.
    """
    comment, activity = held_comment(comment_id)
    appeal = lock(Appeal, comment_id)
    actor = viewer.acting("comments.decide_appeals", activity.agency_id)
    if appeal.decided_at is not None:
        raise DomainError(_l("A colleague has already decided this appeal."))
    refuse_own(comment, viewer)
    # Hidden anew meanwhile, it has another hider than the one the appeal was against.
    if viewer.person_id in (appeal.hider_id, comment.moderated_by):
        raise DomainError(_l("You took this comment from view, so somebody else must decide."))
    if comment.state not in ("hidden", "refused"):
        raise DomainError(_l("This comment is no longer hidden, so there is nothing to decide."))
    code = comment.hidden_reason or comment.refused_reason or ""
    appeal.decided_at, appeal.decider_id = now(), viewer.person_id
    appeal.overturned, appeal.reason = overturn, reason
    db.session.flush()
    record_about(
        facts.APPEAL_DECIDED,
        comment,
        activity,
        actor,
        data={"overturned": overturn},
        private={"reason": reason},
    )
    count_act(activity.agency_id, "overturned" if overturn else "upheld", code)
    if overturn:
        if comment.state == "hidden":
            unhide(comment, activity, actor)
        else:
            admit_held(comment, activity, actor)
    mails.tell_of_appeal(comment, activity, appeal)
    return appeal
