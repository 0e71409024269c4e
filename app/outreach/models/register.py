"""The stakeholder register of an issue: groups, and the people who may be written to."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.agencies.sectors import SECTORS
from app.core.db import db, recorded
from app.core.text import CODE_POINTS
from app.i18n import LANGUAGES
from app.i18n.bilingual import Bilingual
from app.outreach.codes import ERASED_BY, GIVEN, GROUNDS, LINE, NAME, PHONE, one_of

_HERE = text("erased_at IS NULL")
_ADDRESSED = text("email IS NOT NULL")


class Group(db.Model):
    """A group of people the issue touches; `people` is how many they are, as far as anybody can say."""

    __tablename__ = "outreach_groups"

    id: Mapped[int] = mapped_column(primary_key=True)
    issue_id: Mapped[int] = mapped_column(ForeignKey("issues_issues.id"))
    sector: Mapped[str] = mapped_column(String(20))
    name_th: Mapped[str] = mapped_column(String(NAME * CODE_POINTS))
    name_en: Mapped[str | None] = mapped_column(String(NAME * CODE_POINTS))
    people: Mapped[int | None]

    __table_args__ = (
        UniqueConstraint("issue_id", "name_th"),
        CheckConstraint(one_of("sector", SECTORS), name="sector_known"),
        CheckConstraint("people >= 0", name="people_counted"),
        recorded("outreach"),
    )

    @property
    def name(self) -> Bilingual:
        return Bilingual(self.name_th, self.name_en)


class Contact(db.Model):
    """Somebody who may be invited: personal data, read by the agency's officers alone.

    `source` says from where the agency has it. `ground` is "consent" (then how and on which day it was given) or
    "law". Kept to the end of `keep_until` at the latest. Erasing empties the row and leaves its sector and group,
    so that the counts stand.
    """

    __tablename__ = "outreach_contacts"

    id: Mapped[int] = mapped_column(primary_key=True)
    issue_id: Mapped[int] = mapped_column(ForeignKey("issues_issues.id"))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("outreach_groups.id"))
    sector: Mapped[str] = mapped_column(String(20))
    name: Mapped[str | None] = mapped_column(String(NAME * CODE_POINTS))
    organisation: Mapped[str | None] = mapped_column(String(NAME * CODE_POINTS))
    email: Mapped[str | None] = mapped_column(String(254))
    address: Mapped[str | None] = mapped_column(Text)
    phone: Mapped[str | None] = mapped_column(String(PHONE * CODE_POINTS))
    lang: Mapped[str] = mapped_column(String(2))
    source: Mapped[str | None] = mapped_column(String(LINE * CODE_POINTS))
    ground: Mapped[str] = mapped_column(String(10))
    given: Mapped[str | None] = mapped_column(String(10))
    given_on: Mapped[date | None]
    keep_until: Mapped[date]
    added_at: Mapped[datetime]
    erased_at: Mapped[datetime | None]
    erased_by: Mapped[str | None] = mapped_column(String(10))

    __table_args__ = (
        CheckConstraint(one_of("sector", SECTORS), name="sector_known"),
        CheckConstraint(one_of("ground", GROUNDS), name="ground_known"),
        CheckConstraint(one_of("given", GIVEN), name="given_known"),
        CheckConstraint(one_of("lang", LANGUAGES), name="lang_known"),
        CheckConstraint(one_of("erased_by", ERASED_BY), name="erased_by_known"),
        CheckConstraint(
            "ground <> 'consent' OR (given IS NOT NULL AND given_on IS NOT NULL)", name="consent_told"
        ),
        CheckConstraint("(name IS NULL) = (erased_at IS NOT NULL)", name="name_until_erased"),
        CheckConstraint("(erased_at IS NULL) = (erased_by IS NULL)", name="erased_by_somebody"),
        CheckConstraint(
            "erased_at IS NULL OR (organisation IS NULL AND email IS NULL AND address IS NULL"
            " AND phone IS NULL AND source IS NULL)",
            name="erased_is_empty",
        ),
        CheckConstraint(
            "erased_at IS NOT NULL OR email IS NOT NULL OR address IS NOT NULL OR phone IS NOT NULL",
            name="can_be_reached",
        ),
        Index(
            "uq_outreach_contacts_email",
            "issue_id",
            "email",
            unique=True,
            sqlite_where=_ADDRESSED,
            postgresql_where=_ADDRESSED,
        ),
        Index("ix_outreach_contacts_issue_id", "issue_id", "id"),
        Index(
            "ix_outreach_contacts_keep_until",
            "keep_until",
            sqlite_where=_HERE,
            postgresql_where=_HERE,
        ),
        recorded("outreach"),
    )
