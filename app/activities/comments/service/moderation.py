"""Taking comments from view, showing them again, letting a flag be.

What changes what the public reads counts in the public tally; letting a flag be changes nothing.
"""

from __future__ import annotations

from collections import Counter

from sqlalchemy.dialects import postgresql, sqlite

from app.activities.comments import facts, mails
from app.activities.comments.codes import HIDING_REASONS
from app.activities.comments.models import Comment, Moderated
from app.activities.comments.render import dress
from app.activities.comments.service.counting import QUIET, count, standing_of
from app.activities.comments.service.shared import (
    check_code,
    end_open_appeal,
    held_comment,
    let_flags_be,
    record_about,
    refuse_own,
    refuse_unread,
)
from app.core.clock import now
from app.core.db import db
from app.core.errors import DomainError
from app.i18n import _l
from app.i18n.dates import local_day
from app.identity.viewer import Viewer
from app.issues.kinds import ActivityView
from app.ledger.facts import Actor

Acts = Counter[tuple[int, str, str]]
"""How often each (agency, act, reason) was done."""


def hide_comment(
    *,
    comment_id: int,
    viewer: Viewer,
    reason: str,
    note: str,
    edits: int | None = None,
    later: Acts | None = None,
) -> Comment:
    """Take a comment from view: everyone reads the reason, its author also the note.

    `edits` is how often its author had changed the words the moderator read.
    """
    comment, activity = held_comment(comment_id)
    check_code(reason, HIDING_REASONS, "reason")
    if comment.state != "shown":
        raise DomainError(_l("This comment is already out of view."))
    refuse_own(comment, viewer)
    refuse_unread(comment, edits)
    before = standing_of(comment)
    end_open_appeal(comment)  # One against an earlier hiding is no appeal against this one.
    comment.hidden_at, comment.hidden_reason, comment.hidden_note = now(), reason, note
    comment.moderated_by = viewer.person_id
    dress(comment)
    db.session.flush()
    let_flags_be(comment)
    actor = viewer.acting("comments.moderate", activity.agency_id)
    record_about(facts.HIDDEN, comment, activity, actor, data={"reason": reason}, private={"note": note})
    count(comment, before)
    count_act(activity.agency_id, "hidden", reason, later=later)
    mails.tell_author(comment, activity, "hidden")
    return comment


def show_again(*, comment_id: int, viewer: Viewer, later: Acts | None = None) -> Comment:
    """Undo the hiding of a comment; its author is told."""
    comment, activity = held_comment(comment_id)
    if comment.state != "hidden":
        raise DomainError(_l("This comment is not hidden."))
    refuse_own(comment, viewer)
    reason = comment.hidden_reason or ""
    unhide(comment, activity, viewer.acting("comments.moderate", activity.agency_id))
    count_act(activity.agency_id, "shown_again", reason, later=later)
    mails.tell_author(comment, activity, "unhidden")
    return comment


def unhide(comment: Comment, activity: ActivityView, actor: Actor) -> None:
    """Bring a hidden comment, which is held, back into view, with its entry."""
    before, reason = standing_of(comment), comment.hidden_reason
    comment.hidden_at = comment.hidden_reason = comment.hidden_note = comment.moderated_by = None
    dress(comment)
    db.session.flush()
    end_open_appeal(comment)
    record_about(facts.UNHIDDEN, comment, activity, actor, data={"reason": reason})
    count(comment, before)


def clear_flags(*, comment_id: int, viewer: Viewer, edits: int | None = None) -> Comment:
    """Say that a moderator has looked and nothing is the matter; new words are looked at anew."""
    comment, activity = held_comment(comment_id)
    viewer.acting("comments.moderate", activity.agency_id)
    refuse_own(comment, viewer)
    refuse_unread(comment, edits)
    if not let_flags_be(comment):
        raise DomainError(_l("A colleague has already looked at this comment."))
    return comment


def count_act(agency_id: int, act: str, reason: str = "", *, later: Acts | None = None) -> None:
    """Count an act of moderation in this month's public tally; `later`: once all acts of a row are done."""
    if later is not None:
        later[agency_id, act, reason] += 1
    else:
        count_acts(Counter({(agency_id, act, reason): 1}))


def count_acts(acts: Acts) -> None:
    """Count acts in this month's public tally: always in one order, so that no two wait in a circle."""
    for (agency_id, act, reason), number in sorted(acts.items()):
        _add(agency_id, act, reason, number)


def _add(agency_id: int, act: str, reason: str, number: int) -> None:
    insert = sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
    month = local_day(now()).isoformat()[:7]
    counted = insert(Moderated).values(
        agency_id=agency_id, month=month, act=act, reason=reason, number=number
    )
    db.session.execute(
        counted.on_conflict_do_update(
            index_elements=["agency_id", "month", "act", "reason"], set_={"number": Moderated.number + number}
        ),
        execution_options=QUIET,
    )
