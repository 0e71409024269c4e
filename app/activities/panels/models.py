"""A panel: its seats by group, who applied, who sits, when it met, what was minuted and decided.

The tables hold together by themselves: an application's group and a meeting's members are those of its
own panel, a group never has more members than seats, and a person sits on a panel once.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.activities.panels.codes import APPLICATION_STATES, ENDINGS, VERDICTS
from app.agencies.sectors import SECTORS
from app.core.db import db, recorded
from app.i18n.bilingual import Bilingual

NAME, LINE, REASON, PASSAGE, MINUTES = 100, 300, 500, 1_000, 20_000
"""Characters as readers count them: of a name, a line, a reason, a passage, a meeting's minutes."""

MOST_SEATS = 500
CODE_POINTS = 8
"""The most code points a character may take on average (see `app/web/fields.py`)."""

WAITING = "state = 'waiting'"
LIVE = "left_at IS NULL"

Line = dict[str, str | None]
"""A line in two languages, as JSON columns keep it: {"th": text, "en": text or None}."""


def _one_of(column: str, codes: Iterable[str]) -> str:
    return f"{column} IN ({', '.join(map(repr, codes))})"


def _in_panel(column: str, table: str, name: str) -> ForeignKeyConstraint:
    """`column` points to a row of the same panel."""
    target = [f"{table}.id", f"{table}.activity_id"]
    return ForeignKeyConstraint([column, "activity_id"], target, name=name)


def _only_where(name: str, column: str, other: str, condition: str) -> Index:
    """`column` and `other` together stand once among the rows that meet the condition."""
    where = text(condition)
    return Index(name, column, other, unique=True, sqlite_where=where, postgresql_where=where)


class Panel(db.Model):
    """The panel of one activity: what it is for, how its members are chosen, what was agreed with it.

    `last_number` is the number of the meeting called last.
    """

    __tablename__ = "panels_panels"

    activity_id: Mapped[int] = mapped_column(
        ForeignKey("issues_activities.id"), primary_key=True, autoincrement=False
    )
    purpose_th: Mapped[str] = mapped_column(Text)
    purpose_en: Mapped[str | None] = mapped_column(Text)
    choosing_th: Mapped[str | None] = mapped_column(Text)
    choosing_en: Mapped[str | None] = mapped_column(Text)
    agreement_th: Mapped[str | None] = mapped_column(Text)
    agreement_en: Mapped[str | None] = mapped_column(Text)
    last_number: Mapped[int] = mapped_column(default=0)

    __table_args__ = (
        CheckConstraint("purpose_th <> ''", name="has_a_purpose"),
        CheckConstraint("choosing_en IS NULL OR choosing_th IS NOT NULL", name="choosing_thai_first"),
        CheckConstraint("agreement_en IS NULL OR agreement_th IS NOT NULL", name="agreement_thai_first"),
        recorded("panels", derived=("last_number",)),
    )

    @property
    def purpose(self) -> Bilingual:
        return Bilingual(self.purpose_th, self.purpose_en)

    @property
    def choosing(self) -> Bilingual | None:
        return Bilingual(self.choosing_th, self.choosing_en) if self.choosing_th else None

    @property
    def agreement(self) -> Bilingual | None:
        return Bilingual(self.agreement_th, self.agreement_en) if self.agreement_th else None


class SeatGroup(db.Model):
    """The seats of one stakeholder group; `taken` counts its members and never exceeds `seats`."""

    __tablename__ = "panels_seat_groups"

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("panels_panels.activity_id"))
    position: Mapped[int]
    sector: Mapped[str] = mapped_column(String(20))
    name_th: Mapped[str] = mapped_column(String(NAME * CODE_POINTS))
    name_en: Mapped[str | None] = mapped_column(String(NAME * CODE_POINTS))
    seats: Mapped[int]
    taken: Mapped[int] = mapped_column(default=0)

    __table_args__ = (
        UniqueConstraint("id", "activity_id"),
        CheckConstraint(_one_of("sector", SECTORS), name="sector_known"),
        CheckConstraint(f"seats BETWEEN 1 AND {MOST_SEATS}", name="seats_counted"),
        CheckConstraint("taken BETWEEN 0 AND seats", name="taken_within_seats"),
        Index("ix_panels_seat_groups_activity_id", "activity_id", "position"),
        recorded("panels", derived=("taken",)),
    )

    @property
    def name(self) -> Bilingual:
        return Bilingual(self.name_th, self.name_en)

    @property
    def free(self) -> int:
        return self.seats - self.taken


class Application(db.Model):
    """A citizen's wish for a seat in a group. `note` is the officer's reason, which the applicant reads.

    `entries` are the ids of the ledger's entries about it: their subject is the activity, so that no two
    of them lead to the same person, and erasing must find them. An erased one keeps neither its author
    nor the words.
    """

    __tablename__ = "panels_applications"

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("panels_panels.activity_id"))
    group_id: Mapped[int]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("identity_people.id"), index=True)
    reason: Mapped[str] = mapped_column(Text)
    show_name: Mapped[bool]
    consent_version: Mapped[str] = mapped_column(String(20))
    sent_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(9), default="waiting")
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("identity_grants.id"))
    note: Mapped[str | None] = mapped_column(Text)
    entries: Mapped[list[str]] = mapped_column(JSON, default=list)
    erased_at: Mapped[datetime | None]

    __table_args__ = (
        _in_panel("group_id", "panels_seat_groups", "fk_panels_applications_group"),
        CheckConstraint(_one_of("state", APPLICATION_STATES), name="state_known"),
        CheckConstraint("(state = 'waiting') = (decided_at IS NULL)", name="waiting_until_decided"),
        CheckConstraint(
            "(decided_by IS NOT NULL) = (state IN ('seated', 'declined'))", name="decided_by_the_agency"
        ),
        CheckConstraint(
            "state NOT IN ('seated', 'declined') OR note IS NOT NULL OR erased_at IS NOT NULL",
            name="decided_for_a_reason",
        ),
        CheckConstraint("(person_id IS NULL) = (erased_at IS NOT NULL)", name="author_until_erased"),
        CheckConstraint(
            "erased_at IS NULL OR (reason = '' AND note IS NULL)", name="erased_is_empty"
        ),
        CheckConstraint(f"length(reason) <= {REASON * CODE_POINTS}", name="reason_not_endless"),
        _only_where("uq_panels_applications_waiting", "activity_id", "person_id", WAITING),
        Index("ix_panels_applications_activity_id", "activity_id", "state", "id"),
        recorded("panels"),
    )


class Member(db.Model):
    """Somebody who holds a seat, or held one until `left_at`.

    Who applied has an account and an application; whom the agency named has neither, but an
    `organisation`. The name is kept for the office and the minutes; the public reads it only where
    `show_name` is set. `entries`: as in an application.
    """

    __tablename__ = "panels_members"

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("panels_panels.activity_id"))
    group_id: Mapped[int]
    application_id: Mapped[int | None] = mapped_column(ForeignKey("panels_applications.id"), unique=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("identity_people.id"), index=True)
    name: Mapped[str | None] = mapped_column(String(500))
    organisation: Mapped[str | None] = mapped_column(String(NAME * CODE_POINTS))
    show_name: Mapped[bool]
    seated_at: Mapped[datetime]
    left_at: Mapped[datetime | None]
    ended_by: Mapped[str | None] = mapped_column(String(6))
    end_reason: Mapped[str | None] = mapped_column(Text)
    entries: Mapped[list[str]] = mapped_column(JSON, default=list)
    erased_at: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("id", "activity_id"),
        _in_panel("group_id", "panels_seat_groups", "fk_panels_members_group"),
        CheckConstraint(_one_of("ended_by", ENDINGS), name="ending_known"),
        CheckConstraint("(left_at IS NULL) = (ended_by IS NULL)", name="ended_by_somebody"),
        CheckConstraint("(application_id IS NULL) = (organisation IS NOT NULL)", name="applied_or_named"),
        CheckConstraint("organisation IS NULL OR person_id IS NULL", name="named_has_no_account"),
        CheckConstraint("(name IS NULL) = (erased_at IS NOT NULL)", name="name_until_erased"),
        CheckConstraint("erased_at IS NULL OR left_at IS NOT NULL", name="erased_has_left"),
        CheckConstraint("left_at >= seated_at", name="left_after_seated"),
        _only_where("uq_panels_members_live", "activity_id", "person_id", LIVE),
        Index("ix_panels_members_activity_id", "activity_id", "group_id", "id"),
        recorded("panels"),
    )

    @property
    def named(self) -> bool:
        """Whether the agency named this member; who applied has an application."""
        return self.application_id is None


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
        _in_panel("meeting_id", "panels_meetings", "fk_panels_attendance_meeting"),
        _in_panel("member_id", "panels_members", "fk_panels_attendance_member"),
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
        _in_panel("meeting_id", "panels_meetings", "fk_panels_decisions_meeting"),
        CheckConstraint(_one_of("verdict", VERDICTS), name="verdict_known"),
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
