"""What a person with an account does with a comment: send it, reply to one, change it, take it back."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import delete, insert

from app.activities.comments import facts
from app.activities.comments.models import Attachment, Comment, Edition, Flag
from app.activities.comments.render import dress
from app.activities.comments.service.content import Content, write_into, write_words
from app.activities.comments.service.counting import NOTHING, QUIET, count, standing_of
from app.activities.comments.service.shared import (
    Held,
    end_open_appeal,
    hold_open_thread,
    hold_parent,
    record_about,
)
from app.activities.comments.service.supports import end_support
from app.core.clock import now
from app.core.db import db, lock
from app.core.errors import DomainError, NotFound
from app.i18n import _l
from app.identity.viewer import Viewer
from app.ledger.facts import FileDigest


def submit_comment(*, activity_id: int, viewer: Viewer, content: Content, consent_version: str) -> Comment:
    """Take in a citizen's comment and show it at once.

    Raises `DomainError` unless the activity is open at this moment, or where it does not take what the
    content holds; `NotFound` for a question or a passage that is not there.
    """
    held = hold_open_thread(activity_id, content.question_id)
    comment = Comment(
        activity_id=activity_id,
        person_id=viewer.person_id,
        consent_version=consent_version,
        sent_at=now(),
        revision=0,
    )
    write_into(comment, content, held)
    _take_in(comment, content, held, viewer)
    return comment


def reply_to_comment(*, comment_id: int, viewer: Viewer, content: Content, consent_version: str) -> Comment:
    """Take in a reply to a comment. A reply itself is not replied to.

    What the comment is about, its reply is about; so of the content the words alone count.
    """
    parent = _comment(comment_id)
    held = hold_open_thread(parent.activity_id)
    parent = lock(Comment, comment_id)
    if parent.parent_id is not None:
        raise DomainError(_l("Reply to the comment above: replies stand one below the other."))
    if parent.state != "shown":
        raise DomainError(_l("This comment is no longer shown, so it cannot be replied to."))
    reply = Comment(
        activity_id=parent.activity_id,
        parent_id=parent.id,
        place=take_place(parent),
        person_id=viewer.person_id,
        consent_version=consent_version,
        sent_at=now(),
        revision=0,
    )
    write_words(reply, content, held)
    _take_in(reply, replace(content, files=()), held, viewer, {"to": parent.id})
    return reply


def edit_comment(*, comment_id: int, viewer: Viewer, content: Content, edits: int) -> Comment:
    """Change one's own comment while the activity is open; what it said before is kept.

    `edits` is how many changes the author has seen, so that two windows do not overwrite each other. An
    answered comment keeps its words: the answer is to them. Who supported it supported what it said: with other
    words or another stance it begins without support.
    """
    hold_parent(comment_id)
    comment, held = _own(comment_id, viewer)
    if comment.state != "shown":
        raise DomainError(_l("This comment is not shown to the public, so it cannot be changed."))
    if comment.answered:
        raise DomainError(
            _l("The agency has answered this comment, so its words stay. Send another comment.")
        )
    if comment.edits != edits:
        raise DomainError(_l("You have changed this comment in another window. Read it again first."))
    before = standing_of(comment)
    # What moderators were to look at, or had looked at, was in the words as they were.
    db.session.execute(delete(Flag).where(Flag.comment_id == comment.id), execution_options=QUIET)
    db.session.add(
        Edition(
            comment_id=comment.id,
            number=comment.edits + 1,
            body=comment.body,
            lang=comment.lang,
            stance=comment.stance,
            written_at=comment.edited_at or comment.sent_at,
        )
    )
    said = (comment.body, comment.stance)
    write_words(comment, content, held)
    lapsed = 0 if said == (comment.body, comment.stance) else end_support(comment)
    comment.edits, comment.edited_at = comment.edits + 1, now()
    dress(comment)
    db.session.flush()
    record_about(
        facts.EDITED,
        comment,
        held.activity,
        viewer.as_citizen(),
        data={"lang": comment.lang, "edition": comment.edits, "lapsed": lapsed},
        private={"text": comment.body, "name": comment.name},
    )
    count(comment, before)
    return comment


def withdraw_comment(*, comment_id: int, viewer: Viewer) -> Comment:
    """Take one's own comment back while the activity is open: nobody reads its words any more.

    Its place stays only if there are replies or an answer of its own. It leaves its theme.
    """
    parent = hold_parent(comment_id)
    comment, held = _own(comment_id, viewer)
    if comment.state not in ("shown", "hidden"):
        raise DomainError(_l("This comment has already been taken back."))
    before, had_place = standing_of(comment), comment.has_place
    comment.withdrawn_at = now()
    comment.theme_id, comment.theme_verdict, comment.theme_news = None, None, False
    dress(comment)
    if parent is not None and had_place and not comment.has_place:
        parent.replies -= 1
        dress(parent)  # Withdrawn itself, it stood for the sake of its replies.
    db.session.flush()
    end_open_appeal(comment)
    db.session.execute(delete(Flag).where(Flag.comment_id == comment.id), execution_options=QUIET)
    record_about(facts.WITHDRAWN, comment, held.activity, viewer.as_citizen())
    count(comment, before)
    return comment


def take_place(parent: Comment) -> int:
    """The next place under a comment that is held; what stands there is counted among its replies."""
    parent.replied += 1
    parent.replies += 1
    return parent.replied


def keep_files(comment: Comment, content: Content) -> tuple[FileDigest, ...]:
    """Attach the stored files to a comment that has its id."""
    if content.files:
        rows = {
            file.sha256: {
                "comment_id": comment.id,
                "sha256": file.sha256,
                "name": file.name,
                "size": file.size,
                "media": file.media,
            }
            for file in content.files
        }
        db.session.execute(insert(Attachment), list(rows.values()))
    return tuple(FileDigest(file.sha256, file.size, file.media) for file in content.files)


def _take_in(
    comment: Comment,
    content: Content,
    held: Held,
    viewer: Viewer,
    data: dict[str, object] | None = None,
) -> None:
    dress(comment)
    db.session.add(comment)
    db.session.flush()
    record_about(
        facts.SUBMITTED,
        comment,
        held.activity,
        viewer.as_citizen(),
        data={"lang": comment.lang, **(data or {})},
        private={"text": comment.body, "name": comment.name},
        files=keep_files(comment, content),
    )
    count(comment, NOTHING)


def _own(comment_id: int, viewer: Viewer) -> tuple[Comment, Held]:
    """The viewer's own comment, locked, in an open activity. Anybody else's does not exist."""
    held = hold_open_thread(_comment(comment_id).activity_id)
    comment = lock(Comment, comment_id)
    if comment.person_id is None or comment.person_id != viewer.person_id:
        raise NotFound
    return comment, held


def _comment(comment_id: int) -> Comment:
    comment = db.session.get(Comment, comment_id)
    if comment is None:
        raise NotFound
    return comment
