"""Agencies and areas. Membership is a role grant (identity)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, validates

from app.core.db import db, recorded
from app.core.text import sort_key
from app.i18n.bilingual import Bilingual

KINDS = ("ministry", "department", "province", "district", "local", "university", "region", "other")
"""Types of organisation the award programme knows (seed 002), and `other` where none is recorded."""


_BYTEWISE = Text().with_variant(Text(collation="C"), "postgresql")


class Area(db.Model):
    """A province (2-digit code), district (4) or sub-district (6) with its official code."""

    __tablename__ = "agencies_areas"

    code: Mapped[str] = mapped_column(String(6), primary_key=True)
    parent: Mapped[str | None] = mapped_column(ForeignKey("agencies_areas.code"), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    name_th: Mapped[str] = mapped_column(String(80))
    name_en: Mapped[str] = mapped_column(String(80))
    postcode: Mapped[str | None] = mapped_column(String(5))

    __table_args__ = (CheckConstraint("kind IN ('province', 'district', 'subdistrict')", name="kind_known"),)

    @property
    def name(self) -> Bilingual:
        return Bilingual(self.name_th, self.name_en)


class Agency(db.Model):
    """A public agency. Its `id` never changes: it names the agency's log. `short` begins its issues' numbers.

    Its validity is half-open: `valid_until` is the first day on which it is no more. `order_th` and `order_en`
    follow from the names: by them lists of each language stand in dictionary order.
    """

    __tablename__ = "agencies_agencies"

    id: Mapped[int] = mapped_column(primary_key=True)
    short: Mapped[str] = mapped_column(String(12), unique=True)
    name_th: Mapped[str] = mapped_column(Text)
    name_en: Mapped[str | None] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(String(12))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("agencies_agencies.id"))
    area_code: Mapped[str | None] = mapped_column(ForeignKey("agencies_areas.code"))
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
    contact_th: Mapped[str] = mapped_column(Text, default="")
    contact_en: Mapped[str | None] = mapped_column(Text)
    demo: Mapped[bool] = mapped_column(default=False)
    order_th: Mapped[str] = mapped_column(_BYTEWISE, server_default="")
    order_en: Mapped[str] = mapped_column(_BYTEWISE, server_default="")

    __table_args__ = (
        CheckConstraint(f"kind IN ({', '.join(map(repr, KINDS))})", name="kind_known"),
        CheckConstraint("valid_until IS NULL OR valid_until > valid_from", name="validity_ordered"),
        CheckConstraint("parent_id IS NULL OR parent_id <> id", name="parent_is_another"),
        Index("ix_agencies_agencies_order_th", "order_th", "id"),
        Index("ix_agencies_agencies_order_en", "order_en", "id"),
        recorded("agencies", derived=("order_th", "order_en")),
    )

    @validates("name_th", "name_en")
    def _ordered(self, column: str, name: str | None) -> str | None:
        names = {"name_th": self.name_th, "name_en": self.name_en, column: name}
        if names["name_th"]:
            self.order_th = sort_key(names["name_th"])
            self.order_en = sort_key(names["name_en"] or names["name_th"])
        return name

    @property
    def name(self) -> Bilingual:
        return Bilingual(self.name_th, self.name_en)

    @property
    def contact(self) -> Bilingual | None:
        return Bilingual(self.contact_th, self.contact_en) if self.contact_th else None

    def valid_on(self, day: date) -> bool:
        """Whether the agency exists on this day."""
        return self.valid_from <= day and (self.valid_until is None or day < self.valid_until)
