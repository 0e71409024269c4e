"""A forum and its sessions: when and where, how many seats, what is there for everyone, what to read."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.activities.forums.codes import FORMS, MODES
from app.activities.forums.models.columns import ADDRESS, LINE, MOST_SEATS, NAME, one_of
from app.core.db import db, recorded
from app.core.text import CODE_POINTS
from app.i18n.bilingual import Bilingual


class Forum(db.Model):
    """What a forum activity is: a public forum or a focus group, and what it is for."""

    __tablename__ = "forums_forums"

    activity_id: Mapped[int] = mapped_column(ForeignKey("issues_activities.id"), primary_key=True)
    form: Mapped[str] = mapped_column(String(11))
    purpose_th: Mapped[str] = mapped_column(Text)
    purpose_en: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (
        CheckConstraint(one_of("form", FORMS), name="form_known"),
        CheckConstraint("purpose_th <> ''", name="has_a_purpose"),
        recorded("forums"),
    )

    @property
    def purpose(self) -> Bilingual:
        return Bilingual(self.purpose_th, self.purpose_en)


class Session(db.Model):
    """One session of a forum.

    `seats` are in the room and `online_seats` behind the online address, 0 where there is none; `seated` and
    `online_seated` count who holds one and never exceed them. `announced_at` is when it became public.
    `uid` names it in calendars for ever and `sequence` rises with each change. `earlier` keeps when and where it was
    to be before, oldest first: {"starts_at", "ends_at" (ISO), "place_th", "place_en", "until" (ISO day)}.
    `counted_at` is when the list of who came was last declared complete.
    """

    __tablename__ = "forums_sessions"

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("forums_forums.activity_id"))
    title_th: Mapped[str] = mapped_column(String(NAME * CODE_POINTS))
    title_en: Mapped[str | None] = mapped_column(String(NAME * CODE_POINTS))
    mode: Mapped[str] = mapped_column(String(6))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    register_until: Mapped[datetime]
    place_th: Mapped[str | None] = mapped_column(String(NAME * CODE_POINTS))
    place_en: Mapped[str | None] = mapped_column(String(NAME * CODE_POINTS))
    address_th: Mapped[str | None] = mapped_column(String(LINE * CODE_POINTS))
    address_en: Mapped[str | None] = mapped_column(String(LINE * CODE_POINTS))
    area_code: Mapped[str | None] = mapped_column(ForeignKey("agencies_areas.code"))
    coordinates: Mapped[str | None] = mapped_column(String(40))
    online_url: Mapped[str | None] = mapped_column(String(ADDRESS))
    seats: Mapped[int]
    online_seats: Mapped[int]
    seated: Mapped[int] = mapped_column(default=0)
    online_seated: Mapped[int] = mapped_column(default=0)
    access: Mapped[list[str]] = mapped_column(JSON, default=list)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    sequence: Mapped[int] = mapped_column(default=0)
    earlier: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    made_at: Mapped[datetime]
    announced_at: Mapped[datetime | None]
    changed_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    cancel_th: Mapped[str | None] = mapped_column(Text)
    cancel_en: Mapped[str | None] = mapped_column(Text)
    counted_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint(one_of("mode", MODES), name="mode_known"),
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        CheckConstraint("register_until <= starts_at", name="registers_before_the_start"),
        CheckConstraint("(mode = 'online') = (seats = 0)", name="seats_of_the_place"),
        CheckConstraint("(mode = 'person') = (online_seats = 0)", name="seats_online"),
        CheckConstraint("(mode = 'online') = (place_th IS NULL)", name="place_where_people_come"),
        CheckConstraint("online_url IS NULL OR mode <> 'person'", name="address_of_the_online"),
        CheckConstraint(f"seats <= {MOST_SEATS} AND online_seats <= {MOST_SEATS}", name="seats_bounded"),
        CheckConstraint("seated BETWEEN 0 AND seats", name="never_overbooked"),
        CheckConstraint("online_seated BETWEEN 0 AND online_seats", name="never_overbooked_online"),
        CheckConstraint("(cancelled_at IS NULL) = (cancel_th IS NULL)", name="cancelled_for_a_reason"),
        CheckConstraint("cancelled_at IS NULL OR counted_at IS NULL", name="cancelled_or_held"),
        Index("ix_forums_sessions_starts_at", "activity_id", "starts_at"),
        Index("ix_forums_sessions_ends_at", "ends_at"),
        Index("ix_forums_sessions_announced_at", "announced_at"),
        recorded("forums", derived=("seated", "online_seated")),
    )

    @property
    def title(self) -> Bilingual:
        return Bilingual(self.title_th, self.title_en)

    @property
    def place(self) -> Bilingual | None:
        return Bilingual(self.place_th, self.place_en) if self.place_th else None

    @property
    def address(self) -> Bilingual | None:
        return Bilingual(self.address_th, self.address_en) if self.address_th else None

    @property
    def cancel_reason(self) -> Bilingual | None:
        return Bilingual(self.cancel_th, self.cancel_en) if self.cancel_th else None

    @property
    def ways(self) -> tuple[str, ...]:
        """How people may take part."""
        return ("person", "online") if self.mode == "both" else (self.mode,)

    @property
    def all_seats(self) -> int:
        return self.seats + self.online_seats

    @property
    def all_seated(self) -> int:
        return self.seated + self.online_seated

    def free(self, way: str) -> int:
        """How many seats are left for those who take part this way."""
        return self.seats - self.seated if way == "person" else self.online_seats - self.online_seated

    def take(self, way: str, number: int = 1) -> None:
        """Count somebody in (or out, with -1); the row must be held."""
        if way == "person":
            self.seated += number
        else:
            self.online_seated += number


class Material(db.Model):
    """A stored file people read before or after a session."""

    __tablename__ = "forums_materials"

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("forums_sessions.id"))
    title_th: Mapped[str] = mapped_column(String(NAME * CODE_POINTS))
    title_en: Mapped[str | None] = mapped_column(String(NAME * CODE_POINTS))
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    media: Mapped[str] = mapped_column(String(100))
    file_name: Mapped[str] = mapped_column(String(120))
    added_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("session_id", "sha256"),
        CheckConstraint("size > 0", name="size_counted"),
        recorded("forums"),
    )

    @property
    def title(self) -> Bilingual:
        return Bilingual(self.title_th, self.title_en)
