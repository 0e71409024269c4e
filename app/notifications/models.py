"""Who follows what, and what they have been told.

Following is private: no table here is recorded in the ledger, and nothing of it is counted in public.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, get_args

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import db
from app.ledger.facts import Tells

WHAT = ("opening", *get_args(Tells))
"""What followers are told: openings are found by the clock, the rest is `Fact.tells`."""


class Follow(db.Model):
    """Somebody follows an issue: a person with an account, or an address whose owner has confirmed it.

    `lang` is the language of the page on which it was asked for; mails are written in it. `key` is in each
    mail and ends the following. It is kept as it is, not as a digest: every mail names it anew, and the
    worst it can do to its owner is to end these mails.
    """

    __tablename__ = "notifications_follows"

    id: Mapped[int] = mapped_column(primary_key=True)
    issue_id: Mapped[int] = mapped_column(ForeignKey("issues_issues.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("identity_people.id"), index=True)
    email: Mapped[str | None] = mapped_column(String(254), index=True)
    lang: Mapped[str] = mapped_column(String(2))
    key: Mapped[str] = mapped_column(String(32), unique=True)
    created_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("issue_id", "person_id", name="uq_notifications_follows_person"),
        UniqueConstraint("issue_id", "email", name="uq_notifications_follows_email"),
        CheckConstraint("(person_id IS NULL) <> (email IS NULL)", name="person_or_address"),
        CheckConstraint("lang IN ('th', 'en')", name="lang_known"),
        Index("ix_notifications_follows_issue", "issue_id", "id"),
    )


class FollowRequest(db.Model):
    """An address somebody typed, until the link sent to it is opened; it goes when the link is too old.

    `digest` is that of the link's token.
    """

    __tablename__ = "notifications_requests"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    issue_id: Mapped[int] = mapped_column(ForeignKey("issues_issues.id"))
    email: Mapped[str] = mapped_column(String(254), index=True)
    lang: Mapped[str] = mapped_column(String(2))
    expires_at: Mapped[datetime] = mapped_column(index=True)


class Cursor(db.Model):
    """How far a log has been read for what followers are told."""

    __tablename__ = "notifications_cursors"

    log: Mapped[str] = mapped_column(String(64), primary_key=True)
    next_idx: Mapped[int]


class Round(db.Model):
    """One mail to everyone who follows an issue, on all its occasions that waited when it began.

    `after_id` is the last following that was dealt with. An issue has one round at a time; what happens
    meanwhile waits for the next.
    """

    __tablename__ = "notifications_rounds"

    id: Mapped[int] = mapped_column(primary_key=True)
    issue_id: Mapped[int] = mapped_column(ForeignKey("issues_issues.id"))
    after_id: Mapped[int] = mapped_column(default=0)
    begun_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    __table_args__ = (
        Index(
            "uq_notifications_rounds_running",
            "issue_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )


class Occasion(db.Model):
    """Something followers are told once.

    `source` is where it was found: "entry/<id>" of the ledger, or "opening/<activity id>". Who followed
    before the moment `before` is told. `data` is what the entry said: dates, numbers, codes.
    """

    __tablename__ = "notifications_occasions"

    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(String(60), unique=True)
    issue_id: Mapped[int] = mapped_column(ForeignKey("issues_issues.id"), index=True)
    activity_id: Mapped[int | None] = mapped_column(ForeignKey("issues_activities.id"), index=True)
    what: Mapped[str] = mapped_column(String(12))
    data: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    before: Mapped[datetime]
    round_id: Mapped[int | None] = mapped_column(ForeignKey("notifications_rounds.id"), index=True)

    __table_args__ = (
        CheckConstraint(f"what IN ({', '.join(map(repr, WHAT))})", name="what_known"),
        CheckConstraint("what <> 'opening' OR activity_id IS NOT NULL", name="opening_of_an_activity"),
    )


class Told(db.Model):
    """That a follower was told of an occasion: written with the mail, so that there is never a second one."""

    __tablename__ = "notifications_told"

    occasion_id: Mapped[int] = mapped_column(ForeignKey("notifications_occasions.id"), primary_key=True)
    follow_id: Mapped[int] = mapped_column(
        ForeignKey("notifications_follows.id", ondelete="CASCADE"), primary_key=True, index=True
    )
