"""The agency's answer to a comment."""

from __future__ import annotations

from datetime import date

from app.activities.comments import facts, mails
from app.activities.comments.models import Comment
from app.activities.comments.render import dress
from app.activities.comments.service.counting import count, standing_of
from app.activities.comments.service.shared import check_code, held_comment, record_about
from app.core.clock import now
from app.core.db import db
from app.core.errors import DomainError
from app.i18n import _l
from app.i18n.dates import local_day
from app.identity.viewer import Viewer
from app.issues.verdicts import VERDICTS


def answer_comment(
    *,
    comment_id: int,
    viewer: Viewer,
    verdict: str,
    reason_th: str,
    reason_en: str | None,
    due_on: date | None,
    revision: int,
    edits: int = 0,
) -> Comment:
    """Give the agency's answer, or replace it; the author is told by mail.

    `revision` is the number of answers the officer has seen, so that two do not overwrite each other
    unawares; `edits` how often the author had changed the words the officer read. `due_on` belongs to
    "under review" alone. Raises `DomainError` where a rule is broken.
    """
    comment, activity = held_comment(comment_id)
    _check_verdict(verdict, due_on)
    if comment.state != "shown":
        raise DomainError(_l("This comment is not shown to the public, so it cannot be answered."))
    if comment.revision != revision:
        raise DomainError(
            _l("Someone has answered this comment meanwhile. Read their answer below before you replace it.")
        )
    if comment.edits != edits:
        raise DomainError(
            _l("The author has changed this comment meanwhile. Read it again before you answer.")
        )
    before = standing_of(comment)
    grant = viewer.acting("comments.answer", activity.agency_id)
    comment.verdict, comment.due_on = verdict, due_on
    comment.reason_th, comment.reason_en = reason_th, reason_en
    comment.answered_at, comment.answered_by = now(), grant.grant_id
    comment.revision += 1
    dress(comment)
    db.session.flush()
    record_about(
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
    count(comment, before)
    mails.tell_author(comment, activity, "answered")
    return comment


def _check_verdict(verdict: str, due_on: date | None) -> None:
    check_code(verdict, VERDICTS, "verdict")
    if verdict != "under_review" and due_on is not None:
        raise DomainError(_l("Only an answer under review names a day."), "due_on")
    if verdict == "under_review" and due_on is None:
        raise DomainError(_l("Name the day by which you will decide."), "due_on")
    if due_on is not None and due_on < local_day(now()):
        raise DomainError(_l("Choose a day that is still to come."), "due_on")
