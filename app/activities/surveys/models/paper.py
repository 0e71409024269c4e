"""Paper questionnaires: each sheet is keyed twice, by two officers who do not see each other's work."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import db, recorded

STATES = ("once", "differs", "ready", "stored")


class Sheet(db.Model):
    """A sheet of paper with the number written on it. `state`: keyed once, twice but differently, settled
    after the closing and waiting for others (with one reading left), or stored as a response.
    """

    __tablename__ = "surveys_sheets"

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("surveys_surveys.activity_id"))
    number: Mapped[int]
    state: Mapped[str] = mapped_column(String(8))
    response_id: Mapped[int | None] = mapped_column(ForeignKey("surveys_responses.id"), unique=True)

    __table_args__ = (
        UniqueConstraint("activity_id", "number"),
        CheckConstraint("number BETWEEN 1 AND 999999", name="number_possible"),
        CheckConstraint(f"state IN {STATES!r}", name="state_known"),
        CheckConstraint("(state = 'stored') = (response_id IS NOT NULL)", name="stored_with_response"),
        recorded("surveys"),
    )


class Keying(db.Model):
    """What one officer read on a sheet. It goes when the sheet is stored."""

    __tablename__ = "surveys_keyings"

    id: Mapped[int] = mapped_column(primary_key=True)
    sheet_id: Mapped[int] = mapped_column(ForeignKey("surveys_sheets.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("identity_people.id"), index=True)
    replies: Mapped[list[Any]] = mapped_column(JSON)
    keyed_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("sheet_id", "person_id"), recorded("surveys"))
