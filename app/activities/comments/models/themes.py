"""Themes: comments that say much the same, the agency's one answer to them, and who was told of it."""

from __future__ import annotations

from datetime import date, datetime

from markupsafe import Markup
from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.activities.comments.models.checks import one_of
from app.core.db import db, recorded
from app.i18n.bilingual import Bilingual
from app.issues.verdicts import VERDICTS


class Theme(db.Model):
    """One theme of an activity. A comment says that it belongs here (`Comment.theme_id`), to one theme at most.

    `comments` is how many shown comments are in it, `people` how many wrote them; of those without an account
    each counts as another person. `revision` counts the answers given, as a comment's does. `outcome` is the
    key of what changed because of it ("publication/12@3"), with its title as it was when the answer was given.
    `html_th` and `html_en` are the answer as it stands under each of its comments, empty until there is one.
    A theme that was removed keeps its row: what the ledger says of it must not become another theme's.
    """

    __tablename__ = "comments_themes"

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("issues_activities.id"))
    title_th: Mapped[str] = mapped_column(Text)
    title_en: Mapped[str | None] = mapped_column(Text)
    made_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]

    verdict: Mapped[str | None] = mapped_column(String(12))
    due_on: Mapped[date | None]
    reason_th: Mapped[str | None] = mapped_column(Text)
    reason_en: Mapped[str | None] = mapped_column(Text)
    outcome: Mapped[str | None] = mapped_column(String(80))
    outcome_th: Mapped[str | None] = mapped_column(Text)
    outcome_en: Mapped[str | None] = mapped_column(Text)
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("identity_grants.id"))
    revision: Mapped[int] = mapped_column(default=0)

    comments: Mapped[int] = mapped_column(default=0)
    people: Mapped[int] = mapped_column(default=0)
    html_th: Mapped[str] = mapped_column(Text, default="")
    html_en: Mapped[str] = mapped_column(Text, default="")
    html_version: Mapped[str] = mapped_column(String(16), default="")

    __table_args__ = (
        UniqueConstraint("activity_id", "id"),  # A comment's key to its theme holds the activity too.
        CheckConstraint("title_th <> ''", name="has_a_title"),
        CheckConstraint("people BETWEEN 0 AND comments", name="counts_add_up"),
        CheckConstraint(one_of("verdict", VERDICTS), name="verdict_known"),
        CheckConstraint(
            "(verdict IS NULL) = (answered_at IS NULL) AND (verdict IS NULL) = (reason_th IS NULL)"
            " AND (verdict IS NULL) = (revision = 0) AND (verdict IS NOT NULL OR outcome IS NULL)"
            " AND (outcome IS NULL) = (outcome_th IS NULL)",
            name="answer_whole",
        ),
        CheckConstraint(
            "(coalesce(verdict, '') = 'under_review') = (due_on IS NOT NULL)", name="review_has_a_date"
        ),
        Index("ix_comments_themes_html_version", "html_version"),
        recorded("comments", derived=("comments", "people", "html_th", "html_en", "html_version")),
    )

    @property
    def title(self) -> Bilingual:
        return Bilingual(self.title_th, self.title_en)

    @property
    def reason(self) -> Bilingual | None:
        return Bilingual(self.reason_th, self.reason_en) if self.reason_th else None

    @property
    def outcome_title(self) -> Bilingual | None:
        return Bilingual(self.outcome_th, self.outcome_en) if self.outcome_th else None

    def html(self, lang: str) -> Markup:
        """The stored answer in a language."""
        return Markup(self.html_th if lang == "th" else self.html_en)


class Told(db.Model):
    """That somebody was told of one answer to a theme: the key sees to it that nobody is told twice.

    `reader` is "person/12", or the digest of the address of somebody without an account.
    """

    __tablename__ = "comments_told"

    theme_id: Mapped[int] = mapped_column(ForeignKey("comments_themes.id"), primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    reader: Mapped[str] = mapped_column(String(64), primary_key=True)
    told_at: Mapped[datetime]

    __table_args__ = (CheckConstraint("revision > 0", name="of_an_answer"),)
