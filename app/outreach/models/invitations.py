"""Invitations: each sending, who was asked by it, and the replies that name nobody."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.agencies.sectors import SECTORS
from app.core.db import db, recorded
from app.core.text import CODE_POINTS
from app.i18n.bilingual import Bilingual
from app.outreach.codes import ANSWERS, TITLE, WAYS, one_of


class Sending(db.Model):
    """One invitation to an activity, sent to many at once by e-mail or as letters.

    `sent_by` is the role grant of the officer. `sent_on` is the day on which it left: unset while letters are
    printed and not yet posted.
    """

    __tablename__ = "outreach_sendings"

    id: Mapped[int] = mapped_column(primary_key=True)
    issue_id: Mapped[int] = mapped_column(ForeignKey("issues_issues.id"), index=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("issues_activities.id"))
    way: Mapped[str] = mapped_column(String(6))
    subject_th: Mapped[str] = mapped_column(String(TITLE * CODE_POINTS))
    subject_en: Mapped[str | None] = mapped_column(String(TITLE * CODE_POINTS))
    text_th: Mapped[str] = mapped_column(Text)
    text_en: Mapped[str | None] = mapped_column(Text)
    made_at: Mapped[datetime]
    sent_by: Mapped[int]
    sent_on: Mapped[date | None]

    __table_args__ = (
        CheckConstraint(one_of("way", WAYS), name="way_known"),
        CheckConstraint("way <> 'email' OR sent_on IS NOT NULL", name="mail_leaves_at_once"),
        recorded("outreach"),
    )

    @property
    def subject(self) -> Bilingual:
        return Bilingual(self.subject_th, self.subject_en)

    @property
    def text(self) -> Bilingual:
        return Bilingual(self.text_th, self.text_en)


class Invited(db.Model):
    """A contact asked to an activity: once, whatever is sent again.

    `digest` is a keyed hash of the secret in their link. The secret itself stands here only while letters wait to
    be posted, since they may have to be printed again. `mail_id` is the mail that was put in the queue.
    """

    __tablename__ = "outreach_invited"

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("issues_activities.id"))
    contact_id: Mapped[int] = mapped_column(ForeignKey("outreach_contacts.id"), index=True)
    sending_id: Mapped[int] = mapped_column(ForeignKey("outreach_sendings.id"), index=True)
    sector: Mapped[str] = mapped_column(String(20))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("outreach_groups.id"))
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    token: Mapped[str | None] = mapped_column(String(32))
    mail_id: Mapped[int | None]

    __table_args__ = (
        UniqueConstraint("activity_id", "contact_id"),
        CheckConstraint(one_of("sector", SECTORS), name="sector_known"),
        recorded("outreach"),
    )


class Reply(db.Model):
    """What somebody invited answered, by sector alone.

    `key` is another keyed hash of the secret in their link: who has the link may change the reply, but nobody can
    tell from the tables whose reply it is.
    """

    __tablename__ = "outreach_replies"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("issues_activities.id"))
    sector: Mapped[str] = mapped_column(String(20))
    answer: Mapped[str] = mapped_column(String(6))

    __table_args__ = (
        CheckConstraint(one_of("sector", SECTORS), name="sector_known"),
        CheckConstraint(one_of("answer", ANSWERS), name="answer_known"),
        Index("ix_outreach_replies_activity_id", "activity_id", "sector"),
        recorded("outreach"),
    )
