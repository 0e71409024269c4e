"""What moderators look at and answer for: flags on comments, appeals of their authors, a public tally."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from app.activities.comments.codes import HIDING_REASONS
from app.activities.comments.flags import FLAGS
from app.activities.comments.models.checks import one_of
from app.core.db import db, recorded

ACTS = ("hidden", "shown_again", "admitted", "refused", "upheld", "overturned")
"""What moderators do, as the public tally counts it; the last two are decisions on appeals."""


class Flag(db.Model):
    """Something in a comment that a moderator should look at; made anew whenever its words change.

    No evidence of anything, so no fact tells of it. `cleared_at`: a moderator has looked and let it be.
    """

    __tablename__ = "comments_flags"

    comment_id: Mapped[int] = mapped_column(ForeignKey("comments_comments.id"), primary_key=True)
    flag: Mapped[str] = mapped_column(String(12), primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("issues_activities.id"))
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies_agencies.id"))
    found_at: Mapped[datetime]
    cleared_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint(one_of("flag", FLAGS), name="flag_known"),
        Index(
            "ix_comments_flags_open",
            "agency_id",
            "comment_id",
            sqlite_where=text("cleared_at IS NULL"),
            postgresql_where=text("cleared_at IS NULL"),
        ),
    )


class Appeal(db.Model):
    """An author's one appeal against the hiding or refusing of a comment.

    `hider_id` is the person who took it from view, None where that was not noted; never who decides. Once
    the author has left, `words` is empty.
    """

    __tablename__ = "comments_appeals"

    comment_id: Mapped[int] = mapped_column(ForeignKey("comments_comments.id"), primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies_agencies.id"))
    words: Mapped[str] = mapped_column(Text)
    lodged_at: Mapped[datetime]
    hider_id: Mapped[int | None] = mapped_column(ForeignKey("identity_people.id"))
    decided_at: Mapped[datetime | None]
    decider_id: Mapped[int | None] = mapped_column(ForeignKey("identity_people.id"))
    overturned: Mapped[bool | None]
    reason: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (
        CheckConstraint(
            "decider_id IS NULL OR hider_id IS NULL OR decider_id <> hider_id", name="by_another"
        ),
        CheckConstraint(
            "(decided_at IS NULL) = (decider_id IS NULL) AND (decided_at IS NULL) = (overturned IS NULL)"
            " AND (decided_at IS NULL) = (reason IS NULL)",
            name="decided_whole",
        ),
        Index(
            "ix_comments_appeals_waiting",
            "agency_id",
            "lodged_at",
            sqlite_where=text("decided_at IS NULL"),
            postgresql_where=text("decided_at IS NULL"),
        ),
        recorded("comments"),
    )


class Moderated(db.Model):
    """How often an agency's moderators did something in a month of Bangkok's calendar, by reason.

    `reason` is empty where an act has none. Kept by the verbs, shown to everyone.
    """

    __tablename__ = "comments_moderated"

    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies_agencies.id"), primary_key=True)
    month: Mapped[str] = mapped_column(String(7), primary_key=True)
    act: Mapped[str] = mapped_column(String(12), primary_key=True)
    reason: Mapped[str] = mapped_column(String(16), primary_key=True)
    number: Mapped[int]

    __table_args__ = (
        CheckConstraint(one_of("act", ACTS), name="act_known"),
        CheckConstraint(one_of("reason", ("", *HIDING_REASONS)), name="reason_known"),
        CheckConstraint("number > 0", name="counted"),
    )
