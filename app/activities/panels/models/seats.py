"""A panel, the seats of its groups, who applied for them and who holds them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.activities.panels.codes import APPLICATION_STATES, ENDINGS
from app.activities.panels.models.columns import (
    LIVE,
    MOST_SEATS,
    NAME,
    REASON,
    WAITING,
    in_panel,
    one_of,
    only_where,
)
from app.agencies.sectors import SECTORS
from app.core.db import db, recorded
from app.core.text import CODE_POINTS
from app.i18n.bilingual import Bilingual


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
        CheckConstraint(one_of("sector", SECTORS), name="sector_known"),
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
        in_panel("group_id", "panels_seat_groups", "fk_panels_applications_group"),
        CheckConstraint(one_of("state", APPLICATION_STATES), name="state_known"),
        CheckConstraint("(state = 'waiting') = (decided_at IS NULL)", name="waiting_until_decided"),
        CheckConstraint(
            "(decided_by IS NOT NULL) = (state IN ('seated', 'declined'))", name="decided_by_the_agency"
        ),
        CheckConstraint(
            "state NOT IN ('seated', 'declined') OR note IS NOT NULL OR erased_at IS NOT NULL",
            name="decided_for_a_reason",
        ),
        CheckConstraint("(person_id IS NULL) = (erased_at IS NOT NULL)", name="author_until_erased"),
        CheckConstraint("erased_at IS NULL OR (reason = '' AND note IS NULL)", name="erased_is_empty"),
        CheckConstraint(f"length(reason) <= {REASON * CODE_POINTS}", name="reason_not_endless"),
        only_where("uq_panels_applications_waiting", "activity_id", "person_id", WAITING),
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
        in_panel("group_id", "panels_seat_groups", "fk_panels_members_group"),
        CheckConstraint(one_of("ended_by", ENDINGS), name="ending_known"),
        CheckConstraint("(left_at IS NULL) = (ended_by IS NULL)", name="ended_by_somebody"),
        CheckConstraint("(application_id IS NULL) = (organisation IS NOT NULL)", name="applied_or_named"),
        CheckConstraint("organisation IS NULL OR person_id IS NULL", name="named_has_no_account"),
        CheckConstraint("(name IS NULL) = (erased_at IS NOT NULL)", name="name_until_erased"),
        CheckConstraint("erased_at IS NULL OR left_at IS NOT NULL", name="erased_has_left"),
        CheckConstraint("left_at >= seated_at", name="left_after_seated"),
        only_where("uq_panels_members_live", "activity_id", "person_id", LIVE),
        Index("ix_panels_members_activity_id", "activity_id", "group_id", "id"),
        recorded("panels"),
    )

    @property
    def named(self) -> bool:
        """Whether the agency named this member; who applied has an application."""
        return self.application_id is None
