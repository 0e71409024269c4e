"""A thread: what an activity asks, whom it lets write, and what was counted in it."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from app.activities.comments.codes import WHO
from app.activities.comments.models.checks import one_of
from app.core.db import db, recorded
from app.i18n.bilingual import Bilingual

COUNTS = (
    "shown",
    "replies",
    "waiting",
    "answered",
    "reviewing",
    "hidden",
    "erased",
    "withdrawn",
    "unverified",
    "pending",
    "refused",
)
"""The columns of a thread that count its comments."""

MOST_QUESTIONS = 20


class Thread(db.Model):
    """The comments of one activity: the question asked, and counts kept by the verbs that change them.

    `who` is "account", or "open" where people may write without one. `stances` and `files`: whether a
    comment may say for or against, and carry files.

    A comment is shown, hidden, erased, withdrawn, pending (to be admitted by a moderator) or refused, so
    these six add up. `replies` and `unverified` are parts of `shown`. `waiting` counts the shown comments
    without an answer of their own or their theme's (a reply is not owed one), `reviewing` those whose own
    answer is "under review", `answered` those with an answer people can read: that to an erased or withdrawn
    comment stays.
    The row comes with the question or with the first comment.
    """

    __tablename__ = "comments_threads"

    activity_id: Mapped[int] = mapped_column(
        ForeignKey("issues_activities.id"), primary_key=True, autoincrement=False
    )
    question_th: Mapped[str | None] = mapped_column(Text)
    question_en: Mapped[str | None] = mapped_column(Text)
    who: Mapped[str] = mapped_column(String(8), default="account", server_default="account")
    stances: Mapped[bool] = mapped_column(default=False, server_default=false())
    files: Mapped[bool] = mapped_column(default=False, server_default=false())
    shown: Mapped[int] = mapped_column(default=0)
    replies: Mapped[int] = mapped_column(default=0, server_default="0")
    waiting: Mapped[int] = mapped_column(default=0)
    answered: Mapped[int] = mapped_column(default=0)
    reviewing: Mapped[int] = mapped_column(default=0)
    hidden: Mapped[int] = mapped_column(default=0)
    erased: Mapped[int] = mapped_column(default=0)
    withdrawn: Mapped[int] = mapped_column(default=0, server_default="0")
    unverified: Mapped[int] = mapped_column(default=0, server_default="0")
    pending: Mapped[int] = mapped_column(default=0, server_default="0")
    refused: Mapped[int] = mapped_column(default=0, server_default="0")

    __table_args__ = (
        CheckConstraint("question_en IS NULL OR question_th IS NOT NULL", name="thai_first"),
        CheckConstraint(one_of("who", WHO), name="who_known"),
        CheckConstraint("shown >= 0 AND hidden >= 0 AND erased >= 0", name="counts_not_negative"),
        CheckConstraint("withdrawn >= 0 AND pending >= 0 AND refused >= 0", name="others_not_negative"),
        CheckConstraint("replies BETWEEN 0 AND shown", name="replies_are_shown"),
        CheckConstraint("unverified BETWEEN 0 AND shown", name="unverified_are_shown"),
        CheckConstraint("waiting BETWEEN 0 AND shown", name="waiting_are_shown"),
        CheckConstraint("answered BETWEEN 0 AND shown + erased + withdrawn", name="answered_are_readable"),
        CheckConstraint("reviewing BETWEEN 0 AND answered", name="reviewing_are_answered"),
        recorded("comments", derived=COUNTS),
    )

    @property
    def question(self) -> Bilingual | None:
        return Bilingual(self.question_th, self.question_en) if self.question_th else None

    @property
    def received(self) -> int:
        """How many were heard: what was taken back or never admitted is not among them."""
        return self.shown + self.hidden + self.erased

    @property
    def comments(self) -> int:
        """Those shown that are no replies."""
        return self.shown - self.replies

    @property
    def open_to_all(self) -> bool:
        return self.who == "open"


class Question(db.Model):
    """One of the questions a thread asks, in the order of `place`; set before it opens."""

    __tablename__ = "comments_questions"

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("issues_activities.id"))
    place: Mapped[int]
    text_th: Mapped[str] = mapped_column(Text)
    text_en: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (
        UniqueConstraint("activity_id", "place"),
        CheckConstraint(f"place BETWEEN 1 AND {MOST_QUESTIONS}", name="place_in_range"),
        recorded("comments"),
    )

    @property
    def text(self) -> Bilingual:
        return Bilingual(self.text_th, self.text_en)

    @property
    def about(self) -> str:
        """The question in one word, as a comment on it holds it."""
        return f"question/{self.id}"


class Tally(db.Model):
    """How many shown comments of an activity have a feature: a channel, a stance, what they are about.

    `feature` is one of `FEATURES`, `code` the feature's code. Kept by the verbs, so that nobody counts
    a hundred thousand comments to show five numbers. A code nobody has used has no row.
    """

    __tablename__ = "comments_tallies"

    activity_id: Mapped[int] = mapped_column(ForeignKey("issues_activities.id"), primary_key=True)
    feature: Mapped[str] = mapped_column(String(8), primary_key=True)
    code: Mapped[str] = mapped_column(String(200), primary_key=True)
    number: Mapped[int]

    __table_args__ = (CheckConstraint("number >= 0", name="not_negative"),)


FEATURES = ("channel", "stance", "sector", "area", "about", "section")
"""`about` counts comments by what they are on, `section` by "about#section" of a document."""
