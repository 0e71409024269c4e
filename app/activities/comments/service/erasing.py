"""Taking a person out of what they wrote and supported."""

from __future__ import annotations

from sqlalchemy import delete, or_, select, update

from app.activities.comments import facts
from app.activities.comments.models import Appeal, Attachment, Comment, Edition, Flag, Support, Word
from app.activities.comments.render import dress
from app.activities.comments.service.counting import count, standing_of
from app.activities.comments.service.settling import hold_themes
from app.activities.comments.service.shared import KIND_CODE, end_open_appeal, record_about, subject_of
from app.activities.comments.service.supports import take_back_all
from app.core.clock import now
from app.core.db import db
from app.issues.queries import activity_with_issue
from app.ledger.erase import forget
from app.ledger.facts import SYSTEM


def erase(person_id: int) -> int:
    """Take a person out of their comments, the words with them; what the agency answered stays.

    The salts of what they wrote, and of notes to them, go too: the log can no longer be tied to anyone.
    What they supported loses their support. Returns how many rows were erased.
    """
    supported = select(Support.comment_id).where(Support.person_id == person_id)
    themes = select(Comment.theme_id).where(Comment.person_id == person_id, Comment.theme_id.is_not(None))
    hold_themes([ident for ident in db.session.scalars(themes.distinct()) if ident is not None])
    # All in the order of ids, so that no two who hold several comments wait in a circle.
    held = db.session.scalars(
        select(Comment)
        .where(or_(Comment.person_id == person_id, Comment.id.in_(supported)))
        .order_by(Comment.id)
        .with_for_update()
    ).all()
    supports = take_back_all(person_id)
    comments = [comment for comment in held if comment.person_id == person_id]
    for comment in comments:
        _erase(comment)
    ids = [comment.id for comment in comments]
    db.session.execute(
        update(Appeal).where(Appeal.comment_id.in_(ids)).values(words=""),
        execution_options={"synchronize_session": False},
    )
    for table in (Edition, Attachment, Word, Flag):
        db.session.execute(
            delete(table).where(table.comment_id.in_(ids)), execution_options={"synchronize_session": False}
        )
    subjects = [subject_of(comment) for comment in comments]
    forget(
        "comments",
        subjects,
        only=(facts.SUBMITTED, facts.EDITED, facts.WITHDRAWN, facts.HIDDEN, facts.APPEALED),
    )
    return len(comments) + supports


def _erase(comment: Comment) -> None:
    before = standing_of(comment)
    comment.person_id = comment.name = comment.relation = comment.hidden_note = None
    comment.stance = comment.sector = comment.area_code = comment.quote = None
    comment.body, comment.digest, comment.erased_at = "", "", now()
    comment.worded, comment.theme_news = True, False
    dress(comment)
    db.session.flush()
    end_open_appeal(comment)
    activity, _issue = activity_with_issue(comment.activity_id, KIND_CODE)
    record_about(facts.ERASED, comment, activity, SYSTEM)
    count(comment, before)
