"""Taking over comments from a file: in batches, each row once, however often the file is read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select

from app.activities.comments import facts
from app.activities.comments.models import Comment, ImportedRow
from app.activities.comments.render import dress, language_of
from app.activities.comments.service.content import digest_of
from app.activities.comments.service.counting import add_to_tallies, add_to_thread
from app.activities.comments.service.shared import hold_thread, subject_of
from app.core.clock import now
from app.core.db import db
from app.core.errors import DomainError
from app.i18n import _l
from app.issues.queries import activity_place
from app.ledger.facts import SYSTEM
from app.ledger.record import Told, record_all

FILLED = tuple(column.key for column in Comment.__table__.columns if column.key != "id")


@dataclass(frozen=True)
class Row:
    """A row of a file: its number (the first is 1), the words, and what else the file says of them."""

    number: int
    text: str
    lang: str | None = None
    author: str | None = None
    at: datetime | None = None


def import_rows(*, activity_id: int, sha256: str, rows: Sequence[Row]) -> int:
    """Take in those of these rows that were not before; return how many.

    `sha256` is the digest of the file they stand in. Raises `DomainError` where the activity takes nothing in.
    """
    held = hold_thread(activity_id)
    if held.activity.state in ("draft", "annulled") or held.issue.closed_at is not None:
        raise DomainError(_l("This activity takes nothing in: it is not public yet, or it is over."))
    new = _not_yet(activity_id, sha256, rows)
    if not new:
        return 0
    comments = [_comment(activity_id, row) for row in new]
    ids = _insert(comments)
    marks = [
        {"activity_id": activity_id, "file_sha256": sha256, "row": row.number, "comment_id": ident}
        for row, ident in zip(new, ids, strict=True)
    ]
    db.session.execute(insert(ImportedRow), marks)
    for ident, comment in zip(ids, comments, strict=True):
        comment.id = ident
    told = [_told(comment, sha256, row.number) for row, comment in zip(new, comments, strict=True)]
    record_all(facts.IMPORTED, told, actor=SYSTEM, place=activity_place(held.activity))
    changes: Counter[str] = Counter()
    for comment in comments:
        changes.update(comment.tally)
    add_to_thread(activity_id, changes, whole=True)
    add_to_tallies(activity_id, {("channel", "import"): len(comments)})
    return len(comments)


def _not_yet(activity_id: int, sha256: str, rows: Sequence[Row]) -> list[Row]:
    taken = db.session.scalars(
        select(ImportedRow.row).where(
            ImportedRow.activity_id == activity_id,
            ImportedRow.file_sha256 == sha256,
            ImportedRow.row.in_([row.number for row in rows]),
        )
    ).all()
    return [row for row in rows if row.number not in set(taken)]


def _comment(activity_id: int, row: Row) -> Comment:
    comment = Comment(
        activity_id=activity_id,
        channel="import",
        body=row.text,
        lang=row.lang or language_of(row.text),
        digest=digest_of(row.text),
        name=row.author,
        sent_at=row.at or now(),
        revision=0,
        unverified=False,
        edits=0,
        replied=0,
        supports=0,
        replies=0,
        about="",
        section="",
        worded=False,
    )
    dress(comment)
    return comment


def _insert(comments: Sequence[Comment]) -> list[int]:
    """Their ids, in their order."""
    rows: list[dict[str, Any]] = [{name: getattr(one, name) for name in FILLED} for one in comments]
    made = db.session.scalars(insert(Comment).returning(Comment.id, sort_by_parameter_order=True), rows)
    return list(made.all())


def _told(comment: Comment, sha256: str, number: int) -> Told:
    return Told(
        subject_of(comment),
        data={"lang": comment.lang, "sha256": sha256, "row": number},
        private={"text": comment.body, "name": comment.name},
    )
