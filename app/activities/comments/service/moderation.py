"""Taking comments from view, and showing them again."""

from __future__ import annotations

from app.activities.comments import facts, mails
from app.activities.comments.codes import HIDING_REASONS
from app.activities.comments.models import Comment
from app.activities.comments.render import dress
from app.activities.comments.service.counting import count, standing_of
from app.activities.comments.service.shared import check_code, held_comment, record_about
from app.core.clock import now
from app.core.db import db
from app.core.errors import DomainError
from app.i18n import _l
from app.identity.viewer import Viewer


def hide_comment(*, comment_id: int, viewer: Viewer, reason: str, note: str) -> Comment:
    """Take a comment from view: everyone reads the reason, its author also the note."""
    comment, activity = held_comment(comment_id)
    check_code(reason, HIDING_REASONS, "reason")
    if comment.state != "shown":
        raise DomainError(_l("This comment is already out of view."))
    before = standing_of(comment)
    comment.hidden_at, comment.hidden_reason, comment.hidden_note = now(), reason, note
    dress(comment)
    db.session.flush()
    actor = viewer.acting("comments.moderate", activity.agency_id)
    record_about(facts.HIDDEN, comment, activity, actor, data={"reason": reason}, private={"note": note})
    count(comment, before)
    mails.tell_author(comment, activity, "hidden")
    return comment


def show_again(*, comment_id: int, viewer: Viewer) -> Comment:
    """Undo the hiding of a comment; its author is told."""
    comment, activity = held_comment(comment_id)
    if comment.state != "hidden":
        raise DomainError(_l("This comment is not hidden."))
    before, reason = standing_of(comment), comment.hidden_reason
    comment.hidden_at = comment.hidden_reason = comment.hidden_note = None
    dress(comment)
    db.session.flush()
    actor = viewer.acting("comments.moderate", activity.agency_id)
    record_about(facts.UNHIDDEN, comment, activity, actor, data={"reason": reason})
    count(comment, before)
    mails.tell_author(comment, activity, "unhidden")
    return comment
