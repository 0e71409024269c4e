"""The agency's answer to a comment, and to a theme with every comment in it."""

from __future__ import annotations

from datetime import date

from app.activities.comments import facts, mails
from app.activities.comments.models import Comment, Theme
from app.activities.comments.render import dress, dress_theme
from app.activities.comments.service.counting import count, standing_of
from app.activities.comments.service.settling import settle
from app.activities.comments.service.shared import check_code, held_comment, record_about
from app.activities.comments.service.themes import held_theme
from app.core.clock import now
from app.core.db import db
from app.core.errors import DomainError
from app.i18n import _l
from app.i18n.dates import local_day
from app.identity.viewer import Viewer
from app.issues.contracts import Outcome
from app.issues.kinds import ActivityView
from app.issues.queries import activity_place
from app.issues.told import outcomes_in
from app.issues.verdicts import VERDICTS
from app.ledger.record import record


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
    outcome: str | None = None,
) -> Comment:
    """Give the agency's answer, or replace it; the author is told by mail.

    `revision` is the number of answers the officer has seen, so that two do not overwrite each other
    unawares; `edits` how often the author had changed the words the officer read. `due_on` belongs to
    "under review" alone. `outcome` is the key of what changed because of it. Raises `DomainError` where a
    rule is broken.
    """
    comment, activity = held_comment(comment_id)
    check_verdict(verdict, due_on)
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
    check_outcome(activity, outcome)
    before = standing_of(comment)
    grant = viewer.acting("comments.answer", activity.agency_id)
    comment.verdict, comment.due_on = verdict, due_on
    comment.reason_th, comment.reason_en = reason_th, reason_en
    comment.answered_at, comment.answered_by = now(), grant.grant_id
    comment.revision, comment.outcome = comment.revision + 1, outcome
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
            **outcome_data(outcome),
        },
        private={"reason_th": reason_th, "reason_en": reason_en},
    )
    count(comment, before)
    mails.tell_author(comment, activity, "answered")
    return comment


def outcome_data(outcome: str | None) -> dict[str, object]:
    """An outcome's key as facts hold it: its subject, and the version if it has one."""
    if outcome is None:
        return {}
    subject, _at, version = outcome.partition("@")
    return {"outcome": subject, **({"version": int(version)} if version else {})}


def check_outcome(activity: ActivityView, outcome: str | None) -> Outcome | None:
    """Refuse what is no public document version, decision or result of the activity's issue."""
    if outcome is None:
        return None
    for one in outcomes_in(activity.issue_id):
        if one.key == outcome:
            return one
    raise DomainError(_l("Choose what changed from the list."), "outcome")


def check_verdict(verdict: str, due_on: date | None) -> None:
    check_code(verdict, VERDICTS, "verdict")
    if verdict != "under_review" and due_on is not None:
        raise DomainError(_l("Only an answer under review names a day."), "due_on")
    if verdict == "under_review" and due_on is None:
        raise DomainError(_l("Name the day by which you will decide."), "due_on")
    if due_on is not None and due_on < local_day(now()):
        raise DomainError(_l("Choose a day that is still to come."), "due_on")


def answer_theme(
    *,
    theme_id: int,
    viewer: Viewer,
    verdict: str,
    reason_th: str,
    reason_en: str | None,
    due_on: date | None,
    revision: int,
    outcome: str | None = None,
    tell: bool = True,
) -> Theme:
    """Give the agency's one answer to all comments of a theme, or replace it: as many statements for
    50,000 comments as for one.

    `revision` is the number of answers the officer has seen. `tell`: whether the authors are told; of a first
    answer, and of another verdict, they always are. The worker tells them, after the commit.
    """
    theme, activity = held_theme(theme_id)
    check_verdict(verdict, due_on)
    changed = check_outcome(activity, outcome)
    if theme.revision != revision:
        raise DomainError(
            _l("Someone has answered this theme meanwhile. Read their answer below before you replace it.")
        )
    tell = tell or theme.verdict != verdict
    grant = viewer.acting("comments.answer", activity.agency_id)
    theme.verdict, theme.due_on, theme.outcome = verdict, due_on, outcome
    theme.outcome_th, theme.outcome_en = (changed.title.th, changed.title.en) if changed else (None, None)
    theme.reason_th, theme.reason_en = reason_th, reason_en
    theme.answered_at, theme.answered_by = now(), grant.grant_id
    theme.revision += 1
    dress_theme(theme)
    db.session.flush()
    record(
        facts.THEME_ANSWERED,
        subject=f"theme/{theme.id}",
        actor=grant,
        place=activity_place(activity),
        data={
            "verdict": verdict,
            "revision": theme.revision,
            "due_on": due_on.isoformat() if due_on else None,
            "comments": theme.comments,
            **outcome_data(outcome),
        },
        private={"reason_th": reason_th, "reason_en": reason_en},
    )
    settle(theme.activity_id, Comment.theme_id == theme_id, theme, tell=tell)
    return theme
