"""A panel's meetings: who came, the minutes with their files, and what was decided."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.activities.panels.models.columns import (
    LINE,
    NAME,
    Line,
    in_panel,
    in_two_languages,
    one_of,
)
from app.core.db import db, recorded
from app.core.text import CODE_POINTS
from app.i18n.bilingual import Bilingual
from app.issues.verdicts import VERDICTS


class Meeting(db.Model):
    """One meeting. `agenda` and `officials` are lists of lines in two languages: what stands on the
    programme, and who came for the agency (known with the attendance, recorded at `attended_at`).
    """

    __tablename__ = "panels_meetings"

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("panels_panels.activity_id"))
    number: Mapped[int]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    place_th: Mapped[str] = mapped_column(String(LINE * CODE_POINTS))
    place_en: Mapped[str | None] = mapped_column(String(LINE * CODE_POINTS))
    agenda: Mapped[list[Line]] = mapped_column(JSON)
    called_at: Mapped[datetime]
    changed_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    cancel_th: Mapped[str | None] = mapped_column(Text)
    cancel_en: Mapped[str | None] = mapped_column(Text)
    officials: Mapped[list[Line]] = mapped_column(JSON, default=list)
    attended_at: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("activity_id", "number"),
        UniqueConstraint("id", "activity_id"),
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        CheckConstraint("(cancelled_at IS NULL) = (cancel_th IS NULL)", name="cancelled_for_a_reason"),
        CheckConstraint("cancelled_at IS NULL OR attended_at IS NULL", name="cancelled_or_held"),
        Index("ix_panels_meetings_starts_at", "activity_id", "starts_at"),
        recorded("panels"),
    )

    @property
    def place(self) -> Bilingual:
        return Bilingual(self.place_th, self.place_en)

    @property
    def cancel_reason(self) -> Bilingual | None:
        return Bilingual(self.cancel_th, self.cancel_en) if self.cancel_th else None

    @property
    def agenda_lines(self) -> list[Bilingual]:
        return in_two_languages(self.agenda)

    @property
    def official_lines(self) -> list[Bilingual]:
        return in_two_languages(self.officials)

    @property
    def entered_late(self) -> bool:
        """Whether it was announced only after it had begun."""
        return self.called_at >= self.starts_at


class Attendance(db.Model):
    """Whether one member came to one meeting. `absence` is for the office: it may touch private life."""

    __tablename__ = "panels_attendance"

    meeting_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    member_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    activity_id: Mapped[int]
    came: Mapped[bool]
    absence: Mapped[str | None] = mapped_column(String(LINE * CODE_POINTS))

    __table_args__ = (
        in_panel("meeting_id", "panels_meetings", "fk_panels_attendance_meeting"),
        in_panel("member_id", "panels_members", "fk_panels_attendance_member"),
        CheckConstraint("absence IS NULL OR NOT came", name="absence_of_the_absent"),
        Index("ix_panels_attendance_member_id", "member_id"),
        recorded("panels"),
    )


class Minutes(db.Model):
    """One version of a meeting's minutes: a draft until `adopted_at`, never changed afterwards.

    A later version says why it was needed. What the public reads beside the text is kept with the version:
    `attendance` is a list of {"group": id, "came": n, "of": n}, `officials` that of the meeting.
    """

    __tablename__ = "panels_minutes"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("panels_meetings.id"))
    version: Mapped[int]
    text_th: Mapped[str] = mapped_column(Text)
    text_en: Mapped[str | None] = mapped_column(Text)
    html_th: Mapped[str] = mapped_column(Text)
    html_en: Mapped[str | None] = mapped_column(Text)
    reason_th: Mapped[str | None] = mapped_column(Text)
    reason_en: Mapped[str | None] = mapped_column(Text)
    attendance: Mapped[list[dict[str, int]] | None] = mapped_column(JSON(none_as_null=True))
    officials: Mapped[list[Line] | None] = mapped_column(JSON(none_as_null=True))
    drafted_at: Mapped[datetime]
    adopted_at: Mapped[datetime | None]
    adopted_by: Mapped[int | None] = mapped_column(ForeignKey("identity_grants.id"))

    __table_args__ = (
        UniqueConstraint("meeting_id", "version"),
        CheckConstraint("text_th <> ''", name="has_a_text"),
        CheckConstraint("version >= 1", name="version_counted"),
        CheckConstraint("(version = 1) = (reason_th IS NULL)", name="corrected_for_a_reason"),
        CheckConstraint(
            "(adopted_at IS NULL) = (adopted_by IS NULL) AND (adopted_at IS NULL) = (attendance IS NULL)"
            " AND (adopted_at IS NULL) = (officials IS NULL)",
            name="adopted_whole",
        ),
        Index(
            "uq_panels_minutes_draft",
            "meeting_id",
            unique=True,
            sqlite_where=text("adopted_at IS NULL"),
            postgresql_where=text("adopted_at IS NULL"),
        ),
        recorded("panels", derived=("html_th", "html_en")),
    )

    @property
    def official_lines(self) -> list[Bilingual]:
        return in_two_languages(self.officials or [])

    @property
    def html(self) -> Bilingual:
        return Bilingual(self.html_th, self.html_en)

    @property
    def reason(self) -> Bilingual | None:
        return Bilingual(self.reason_th, self.reason_en) if self.reason_th else None


class Attachment(db.Model):
    """A stored file that belongs to one version of minutes."""

    __tablename__ = "panels_attachments"

    id: Mapped[int] = mapped_column(primary_key=True)
    minutes_id: Mapped[int] = mapped_column(ForeignKey("panels_minutes.id"))
    title_th: Mapped[str] = mapped_column(String(NAME * CODE_POINTS))
    title_en: Mapped[str | None] = mapped_column(String(NAME * CODE_POINTS))
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    media: Mapped[str] = mapped_column(String(100))
    file_name: Mapped[str] = mapped_column(String(120))

    __table_args__ = (
        UniqueConstraint("minutes_id", "sha256"),
        CheckConstraint("size > 0", name="size_counted"),
        recorded("panels"),
    )

    @property
    def title(self) -> Bilingual:
        return Bilingual(self.title_th, self.title_en)


class Decision(db.Model):
    """What a meeting decided, and why; with what people had said before, where it answers that.

    `source_id` is the activity of the same issue in which it was said. `revision` counts from 1; when a
    decision is revised, `change_*` says why, and `earlier` keeps what stood before, oldest first, as
    {"verdict", "text_th", "text_en", "reason_th", "reason_en", "until"}.
    """

    __tablename__ = "panels_decisions"

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("panels_panels.activity_id"))
    meeting_id: Mapped[int]
    text_th: Mapped[str] = mapped_column(Text)
    text_en: Mapped[str | None] = mapped_column(Text)
    verdict: Mapped[str] = mapped_column(String(12))
    due_on: Mapped[date | None]
    reason_th: Mapped[str] = mapped_column(Text)
    reason_en: Mapped[str | None] = mapped_column(Text)
    said_th: Mapped[str | None] = mapped_column(Text)
    said_en: Mapped[str | None] = mapped_column(Text)
    source_id: Mapped[int | None] = mapped_column(ForeignKey("issues_activities.id"))
    made_at: Mapped[datetime]
    made_by: Mapped[int] = mapped_column(ForeignKey("identity_grants.id"))
    revision: Mapped[int] = mapped_column(default=1)
    change_th: Mapped[str | None] = mapped_column(Text)
    change_en: Mapped[str | None] = mapped_column(Text)
    earlier: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)

    __table_args__ = (
        in_panel("meeting_id", "panels_meetings", "fk_panels_decisions_meeting"),
        CheckConstraint(one_of("verdict", VERDICTS), name="verdict_known"),
        CheckConstraint("(verdict = 'under_review') = (due_on IS NOT NULL)", name="review_has_a_date"),
        CheckConstraint("text_th <> '' AND reason_th <> ''", name="has_a_reason"),
        CheckConstraint("said_en IS NULL OR said_th IS NOT NULL", name="said_thai_first"),
        CheckConstraint("source_id IS NULL OR said_th IS NOT NULL", name="source_of_what_was_said"),
        CheckConstraint("(revision = 1) = (change_th IS NULL)", name="revised_for_a_reason"),
        Index("ix_panels_decisions_activity_id", "activity_id", "id"),
        Index("ix_panels_decisions_meeting_id", "meeting_id", "id"),
        recorded("panels"),
    )

    @property
    def text(self) -> Bilingual:
        return Bilingual(self.text_th, self.text_en)

    @property
    def reason(self) -> Bilingual:
        return Bilingual(self.reason_th, self.reason_en)

    @property
    def said(self) -> Bilingual | None:
        return Bilingual(self.said_th, self.said_en) if self.said_th else None

    @property
    def change(self) -> Bilingual | None:
        return Bilingual(self.change_th, self.change_en) if self.change_th else None

    @property
    def history(self) -> list[dict[str, Any]]:
        """What stood before, the latest first, as {"verdict", "text", "reason", "until"}."""
        return [
            {
                "verdict": row["verdict"],
                "text": Bilingual(row["text_th"], row["text_en"]),
                "reason": Bilingual(row["reason_th"], row["reason_en"]),
                "until": date.fromisoformat(row["until"]),
            }
            for row in reversed(self.earlier)
        ]
