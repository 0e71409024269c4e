"""What remains of a session: its minutes with the points made, and pictures people agreed to."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.activities.forums.models.columns import LINE, Line, in_two_languages
from app.core.db import db, recorded
from app.core.text import CODE_POINTS
from app.i18n.bilingual import Bilingual


class Minutes(db.Model):
    """One version of a session's minutes: a draft until `published_at`, never changed afterwards.

    `points` is what was said, one line each; a later version says why it was needed. `attendance` keeps how many came
    by sector when it was published: {code: number}.
    """

    __tablename__ = "forums_minutes"

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("forums_sessions.id"))
    version: Mapped[int]
    text_th: Mapped[str] = mapped_column(Text)
    text_en: Mapped[str | None] = mapped_column(Text)
    html_th: Mapped[str] = mapped_column(Text)
    html_en: Mapped[str | None] = mapped_column(Text)
    points: Mapped[list[Line]] = mapped_column(JSON)
    reason_th: Mapped[str | None] = mapped_column(Text)
    reason_en: Mapped[str | None] = mapped_column(Text)
    attendance: Mapped[dict[str, int] | None] = mapped_column(JSON(none_as_null=True))
    drafted_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    published_by: Mapped[int | None] = mapped_column(ForeignKey("identity_grants.id"))

    __table_args__ = (
        UniqueConstraint("session_id", "version"),
        CheckConstraint("text_th <> ''", name="has_a_text"),
        CheckConstraint("version >= 1", name="version_counted"),
        CheckConstraint("(version = 1) = (reason_th IS NULL)", name="corrected_for_a_reason"),
        CheckConstraint(
            "(published_at IS NULL) = (published_by IS NULL) AND (published_at IS NULL) = (attendance IS NULL)",
            name="published_whole",
        ),
        Index(
            "uq_forums_minutes_draft",
            "session_id",
            unique=True,
            sqlite_where=text("published_at IS NULL"),
            postgresql_where=text("published_at IS NULL"),
        ),
        recorded("forums", derived=("html_th", "html_en")),
    )

    @property
    def html(self) -> Bilingual:
        return Bilingual(self.html_th, self.html_en)

    @property
    def reason(self) -> Bilingual | None:
        return Bilingual(self.reason_th, self.reason_en) if self.reason_th else None

    @property
    def point_lines(self) -> list[Bilingual]:
        return in_two_languages(self.points)


class Photo(db.Model):
    """A picture of a session, made anew without what the camera wrote into it.

    `agreed_on` is the day on which everyone who can be recognised had agreed. A withdrawn picture is shown nowhere; its
    file is removed from the disk afterwards (`removed_at`).
    """

    __tablename__ = "forums_photos"

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("forums_sessions.id"), index=True)
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    width: Mapped[int]
    height: Mapped[int]
    alt_th: Mapped[str] = mapped_column(String(LINE * CODE_POINTS))
    alt_en: Mapped[str | None] = mapped_column(String(LINE * CODE_POINTS))
    agreed_on: Mapped[date]
    agreed_by: Mapped[int] = mapped_column(ForeignKey("identity_grants.id"))
    added_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    removed_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint("alt_th <> ''", name="told_in_words"),
        CheckConstraint("size > 0 AND width > 0 AND height > 0", name="size_counted"),
        CheckConstraint("removed_at IS NULL OR withdrawn_at IS NOT NULL", name="removed_after_withdrawn"),
        Index(
            "ix_forums_photos_unremoved",
            "withdrawn_at",
            sqlite_where=text("withdrawn_at IS NOT NULL AND removed_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NOT NULL AND removed_at IS NULL"),
        ),
        recorded("forums", derived=("removed_at",)),
    )

    @property
    def alt(self) -> Bilingual:
        return Bilingual(self.alt_th, self.alt_en)
