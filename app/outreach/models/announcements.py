"""How people were told of an issue: each use of a channel, with every correction of it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import db, recorded
from app.core.text import CODE_POINTS
from app.i18n.bilingual import Bilingual
from app.outreach.codes import CHANNELS, KNOWN_BY, LINE, one_of


class Announcement(db.Model):
    """One use of a channel; `current` is the number of its latest version."""

    __tablename__ = "outreach_announcements"

    id: Mapped[int] = mapped_column(primary_key=True)
    issue_id: Mapped[int] = mapped_column(ForeignKey("issues_issues.id"), index=True)
    current: Mapped[int]

    __table_args__ = (CheckConstraint("current >= 1", name="current_counted"), recorded("outreach"))


class AnnouncementVersion(db.Model):
    """What was recorded of it, as it was written; never changed or deleted.

    A later version says in `note_th` what was wrong before. With `taken_back` it says that this did not happen,
    and `note_th` why it had been recorded. `reached` is a number of people, as `known_by` tells.
    """

    __tablename__ = "outreach_announcement_versions"

    announcement_id: Mapped[int] = mapped_column(ForeignKey("outreach_announcements.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    channel: Mapped[str] = mapped_column(String(20))
    what_th: Mapped[str] = mapped_column(Text)
    what_en: Mapped[str | None] = mapped_column(Text)
    place_th: Mapped[str | None] = mapped_column(String(LINE * CODE_POINTS))
    place_en: Mapped[str | None] = mapped_column(String(LINE * CODE_POINTS))
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    reached: Mapped[int | None]
    known_by: Mapped[str] = mapped_column(String(10))
    sha256: Mapped[str | None] = mapped_column(String(64))
    size: Mapped[int | None]
    media: Mapped[str | None] = mapped_column(String(100))
    file_name: Mapped[str | None] = mapped_column(String(120))
    note_th: Mapped[str | None] = mapped_column(String(LINE * CODE_POINTS))
    note_en: Mapped[str | None] = mapped_column(String(LINE * CODE_POINTS))
    taken_back: Mapped[bool] = mapped_column(default=False)
    written_at: Mapped[datetime]

    __table_args__ = (
        CheckConstraint(one_of("channel", CHANNELS), name="channel_known"),
        CheckConstraint(one_of("known_by", KNOWN_BY), name="known_by_known"),
        CheckConstraint("(known_by = 'unknown') = (reached IS NULL)", name="number_where_known"),
        CheckConstraint("reached >= 0", name="reached_counted"),
        CheckConstraint("until_on >= from_on", name="days_ordered"),
        CheckConstraint("number = 1 OR note_th IS NOT NULL", name="change_explained"),
        CheckConstraint("number > 1 OR NOT taken_back", name="first_stands"),
        CheckConstraint("(sha256 IS NULL) = (file_name IS NULL)", name="file_whole"),
        recorded("outreach"),
    )

    @property
    def what(self) -> Bilingual:
        return Bilingual(self.what_th, self.what_en)

    @property
    def place(self) -> Bilingual | None:
        return Bilingual(self.place_th, self.place_en) if self.place_th else None

    @property
    def note(self) -> Bilingual | None:
        return Bilingual(self.note_th, self.note_en) if self.note_th else None
