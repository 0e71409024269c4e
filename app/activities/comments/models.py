"""What people said in an activity, what the agency answered, what a moderator took from view."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from markupsafe import Markup
from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from app.activities.comments.codes import HIDING_REASONS, RELATIONS
from app.core.db import db, recorded
from app.i18n.bilingual import Bilingual
from app.issues.verdicts import VERDICTS

MOST_CHARACTERS = 2_000
"""Of a comment, as readers count them."""

MOST_CODE_POINTS = 16_000
"""What the form lets 2,000 characters take at most (eight signs each); Thai takes about 3,000."""

COUNTS = ("shown", "waiting", "answered", "reviewing", "hidden", "erased")
"""The columns of a thread that count its comments."""

_WAITING = text("verdict IS NULL AND hidden_at IS NULL AND erased_at IS NULL")


def _one_of(column: str, codes: Iterable[str]) -> str:
    return f"{column} IN ({', '.join(map(repr, codes))})"


class Thread(db.Model):
    """The comments of one activity: the question asked, and counts kept by the verbs that change them.

    A comment received is either shown, hidden or erased, so the three add up. `waiting` counts the
    shown comments without an answer, `reviewing` those whose answer is "under review", `answered` the
    answers people can read: that to an erased comment stays.
    The row comes with the question or with the first comment.
    """

    __tablename__ = "comments_threads"

    activity_id: Mapped[int] = mapped_column(
        ForeignKey("issues_activities.id"), primary_key=True, autoincrement=False
    )
    question_th: Mapped[str | None] = mapped_column(Text)
    question_en: Mapped[str | None] = mapped_column(Text)
    shown: Mapped[int] = mapped_column(default=0)
    waiting: Mapped[int] = mapped_column(default=0)
    answered: Mapped[int] = mapped_column(default=0)
    reviewing: Mapped[int] = mapped_column(default=0)
    hidden: Mapped[int] = mapped_column(default=0)
    erased: Mapped[int] = mapped_column(default=0)

    __table_args__ = (
        CheckConstraint("question_en IS NULL OR question_th IS NOT NULL", name="thai_first"),
        CheckConstraint("shown >= 0 AND hidden >= 0 AND erased >= 0", name="counts_not_negative"),
        CheckConstraint("waiting BETWEEN 0 AND shown", name="waiting_are_shown"),
        CheckConstraint("answered BETWEEN 0 AND shown + erased", name="answered_are_readable"),
        CheckConstraint("reviewing BETWEEN 0 AND answered", name="reviewing_are_answered"),
        recorded("comments", derived=COUNTS),
    )

    @property
    def question(self) -> Bilingual | None:
        return Bilingual(self.question_th, self.question_en) if self.question_th else None

    @property
    def received(self) -> int:
        return self.shown + self.hidden + self.erased


class Comment(db.Model):
    """One comment with its answer.

    `name` is the name to show, None for "not shown". `lang` is the language of `body`, told from its
    letters. `revision` counts the answers given: 1 is the first, more are corrections or what came of
    a review. `answered_by` is the id of the officer's grant. `html_th` and `html_en` are the whole
    article as pages show it, made by `render.dress` whenever the rest of the row changes.
    An erased comment keeps neither its author nor the words.
    """

    __tablename__ = "comments_comments"

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("issues_activities.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("identity_people.id"))
    name: Mapped[str | None] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)
    lang: Mapped[str] = mapped_column(String(2))
    relation: Mapped[str | None] = mapped_column(String(12))
    consent_version: Mapped[str] = mapped_column(String(20))
    sent_at: Mapped[datetime]
    erased_at: Mapped[datetime | None]

    hidden_at: Mapped[datetime | None]
    hidden_reason: Mapped[str | None] = mapped_column(String(16))
    hidden_note: Mapped[str | None] = mapped_column(Text)

    verdict: Mapped[str | None] = mapped_column(String(12))
    due_on: Mapped[date | None]
    reason_th: Mapped[str | None] = mapped_column(Text)
    reason_en: Mapped[str | None] = mapped_column(Text)
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("identity_grants.id"))
    revision: Mapped[int] = mapped_column(default=0)

    html_th: Mapped[str] = mapped_column(Text)
    html_en: Mapped[str] = mapped_column(Text)
    html_version: Mapped[str] = mapped_column(String(16))

    __table_args__ = (
        CheckConstraint(f"length(body) <= {MOST_CODE_POINTS}", name="body_not_endless"),
        CheckConstraint("lang IN ('th', 'en')", name="lang_known"),
        CheckConstraint(_one_of("relation", RELATIONS), name="relation_known"),
        CheckConstraint("(person_id IS NULL) = (erased_at IS NOT NULL)", name="author_until_erased"),
        CheckConstraint("erased_at IS NULL OR (body = '' AND name IS NULL)", name="erased_is_empty"),
        CheckConstraint(_one_of("hidden_reason", HIDING_REASONS), name="hidden_reason_known"),
        CheckConstraint("(hidden_at IS NULL) = (hidden_reason IS NULL)", name="hidden_for_a_reason"),
        CheckConstraint(_one_of("verdict", VERDICTS), name="verdict_known"),
        CheckConstraint(
            "(verdict IS NULL) = (answered_at IS NULL) AND (verdict IS NULL) = (reason_th IS NULL)"
            " AND (verdict IS NULL) = (revision = 0)",
            name="answer_whole",
        ),
        CheckConstraint(
            "(coalesce(verdict, '') = 'under_review') = (due_on IS NOT NULL)", name="review_has_a_date"
        ),
        Index("ix_comments_comments_activity_id", "activity_id", "id"),
        Index("ix_comments_comments_person_id", "person_id", "id"),
        Index("ix_comments_comments_html_version", "html_version"),
        Index(
            "ix_comments_comments_waiting",
            "activity_id",
            "id",
            sqlite_where=_WAITING,
            postgresql_where=_WAITING,
        ),
        recorded("comments", derived=("html_th", "html_en", "html_version")),
    )

    @property
    def state(self) -> str:
        """One of "shown", "hidden" and "erased"."""
        if self.erased_at is not None:
            return "erased"
        return "shown" if self.hidden_at is None else "hidden"

    def html(self, lang: str) -> Markup:
        """The stored article in a language."""
        return Markup(self.html_th if lang == "th" else self.html_en)

    @property
    def tally(self) -> dict[str, int]:
        """What this comment adds to each of its thread's counts."""
        shown = self.state == "shown"
        counted = {
            "shown": shown,
            "waiting": shown and self.verdict is None,
            "answered": self.verdict is not None and self.hidden_at is None,
            "reviewing": shown and self.verdict == "under_review",
            "hidden": self.state == "hidden",
            "erased": self.state == "erased",
        }
        return {name: int(counted[name]) for name in COUNTS}

    @property
    def reason(self) -> Bilingual | None:
        return Bilingual(self.reason_th, self.reason_en) if self.reason_th else None
