"""Who registered for a session, who waits, and who came."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from app.activities.forums.codes import STATES, WAYS
from app.activities.forums.models.columns import LIVE, one_of, only_where
from app.core.db import db, recorded


class Registration(db.Model):
    """A person on the list of one session: seated, waiting in the order of `id`, or cancelled.

    Who came without registering is a `walk_in`, without an account and without a seat. `token` stands in the
    address of the QR code and tells nothing of the person. `needs` and `needs_note` are sensitive: given with a
    consent of their own (`needs_agreed_at`), read by the agency's officers alone, and erased some weeks after the
    session. `entries` are the ids of the ledger's entries about the row, so that what opens them can be erased.
    """

    __tablename__ = "forums_registrations"

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("forums_sessions.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("identity_people.id"), index=True)
    name: Mapped[str | None] = mapped_column(String(500))
    sector: Mapped[str] = mapped_column(String(20))
    way: Mapped[str] = mapped_column(String(6))
    state: Mapped[str] = mapped_column(String(9))
    needs: Mapped[list[str]] = mapped_column(JSON, default=list)
    needs_note: Mapped[str | None] = mapped_column(Text)
    needs_agreed_at: Mapped[datetime | None]
    consent_version: Mapped[str | None] = mapped_column(String(20))
    token: Mapped[str | None] = mapped_column(String(32), unique=True)
    sent_at: Mapped[datetime]
    cancelled_at: Mapped[datetime | None]
    arrived_at: Mapped[datetime | None]
    entries: Mapped[list[str]] = mapped_column(JSON, default=list)
    erased_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint(one_of("state", STATES), name="state_known"),
        CheckConstraint(one_of("way", WAYS), name="way_known"),
        CheckConstraint("(state = 'cancelled') = (cancelled_at IS NOT NULL)", name="cancelled_at_a_moment"),
        CheckConstraint("arrived_at IS NULL OR state <> 'cancelled'", name="came_or_cancelled"),
        CheckConstraint("(name IS NULL) = (erased_at IS NOT NULL)", name="name_until_erased"),
        CheckConstraint("erased_at IS NULL OR (person_id IS NULL AND token IS NULL)", name="erased_is_empty"),
        CheckConstraint("needs_agreed_at IS NOT NULL OR needs_note IS NULL", name="needs_with_consent"),
        CheckConstraint("person_id IS NULL OR consent_version IS NOT NULL", name="registered_with_consent"),
        only_where("uq_forums_registrations_live", "session_id", "person_id", condition=LIVE),
        Index("ix_forums_registrations_session_id", "session_id", "state", "way", "id"),
        Index(
            "ix_forums_registrations_needs",
            "needs_agreed_at",
            sqlite_where=text("needs_agreed_at IS NOT NULL"),
            postgresql_where=text("needs_agreed_at IS NOT NULL"),
        ),
        recorded("forums"),
    )

    @property
    def is_live(self) -> bool:
        """Whether the person may still come."""
        return self.state != "cancelled" and self.erased_at is None
