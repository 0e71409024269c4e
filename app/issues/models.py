"""The spine: issues and their dated activities, and the agency's answer."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import db, recorded
from app.core.text import CODE_POINTS
from app.i18n.bilingual import Bilingual
from app.issues.levels import STAGES

TITLE, LINE, NAME, PASSAGE = 150, 300, 100, 3000
"""Characters as readers count them: an issue's title, a commitment, an activity's or owner's name, a text."""


class Issue(db.Model):
    """A public issue: what it is, whom it touches, and the promise made at one level.

    The level may rise but not fall after publication. An imported issue (`source` set) carries what was
    published elsewhere: it has no level and no promise, because none was recorded.
    `groups` is a list of {"sector": code, "th": name, "en": name or null}. `proposed_at` is when an officer
    asked for publication. `legal_basis` is empty while nobody has named one. `waivers` are the rules of
    notice that were set aside, with the published reason (see `notice.waiver`). `particulars` are what is
    stated of the project (see `particulars.PARTICULARS`).
    """

    __tablename__ = "issues_issues"

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies_agencies.id"))
    number: Mapped[str] = mapped_column(String(40), unique=True)
    title_th: Mapped[str] = mapped_column(String(TITLE * CODE_POINTS))
    title_en: Mapped[str | None] = mapped_column(String(TITLE * CODE_POINTS))
    summary_th: Mapped[str] = mapped_column(Text)
    summary_en: Mapped[str | None] = mapped_column(Text)
    area_code: Mapped[str | None] = mapped_column(ForeignKey("agencies_areas.code"))
    province_code: Mapped[str | None] = mapped_column(String(2))
    groups: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    legal_basis: Mapped[str] = mapped_column(String(30))
    level: Mapped[int | None]
    promise_th: Mapped[str | None] = mapped_column(Text)
    promise_en: Mapped[str | None] = mapped_column(Text)
    answer_by: Mapped[date | None]
    created_at: Mapped[datetime]
    proposed_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    annulled_at: Mapped[datetime | None]
    annul_reason: Mapped[str | None] = mapped_column(String(20))
    opens_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]
    invented: Mapped[bool] = mapped_column(default=False)
    source: Mapped[str | None] = mapped_column(String(40))
    source_ref: Mapped[str | None] = mapped_column(String(40))
    source_replies: Mapped[int | None]
    waivers: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list, server_default="[]")
    particulars: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, server_default="{}")

    __table_args__ = (
        UniqueConstraint("source", "source_ref"),
        CheckConstraint("level BETWEEN 1 AND 5", name="level_known"),
        CheckConstraint(
            "source IS NOT NULL OR (level IS NOT NULL AND promise_th IS NOT NULL)", name="promise_made"
        ),
        CheckConstraint("closed_at IS NULL OR published_at IS NOT NULL", name="closed_after_published"),
        Index("ix_issues_issues_published", "published_at", "id"),
        Index("ix_issues_issues_province", "province_code", "published_at", "id"),
        Index("ix_issues_issues_agency_id", "agency_id"),
        recorded("issues", derived=("opens_at", "closes_at")),
    )

    @property
    def title(self) -> Bilingual:
        return Bilingual(self.title_th, self.title_en)

    @property
    def summary(self) -> Bilingual:
        return Bilingual(self.summary_th, self.summary_en)

    @property
    def promise(self) -> Bilingual | None:
        return Bilingual(self.promise_th, self.promise_en) if self.promise_th else None


class IssueNumber(db.Model):
    """How many issues an agency has begun in a year (B.E.): numbers are counted up, never looked for."""

    __tablename__ = "issues_numbers"

    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies_agencies.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]


class Activity(db.Model):
    """Something dated that an issue opens, of one kind, level and stage. Its kind's tables point here.

    `earlier` are the windows announced before, oldest first: {"at": when it was changed, "opens_at",
    "closes_at"}, moments as ISO texts in UTC.
    """

    __tablename__ = "issues_activities"

    id: Mapped[int] = mapped_column(primary_key=True)
    issue_id: Mapped[int] = mapped_column(ForeignKey("issues_issues.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    level: Mapped[int]
    stage: Mapped[str] = mapped_column(String(12))
    title_th: Mapped[str] = mapped_column(String(NAME * CODE_POINTS))
    title_en: Mapped[str | None] = mapped_column(String(NAME * CODE_POINTS))
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    annulled_at: Mapped[datetime | None]
    earlier: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list, server_default="[]")

    __table_args__ = (
        CheckConstraint("level BETWEEN 1 AND 5", name="level_known"),
        CheckConstraint(f"stage IN ({', '.join(map(repr, STAGES))})", name="stage_known"),
        CheckConstraint("closes_at IS NULL OR closes_at > opens_at", name="window_ordered"),
        recorded("issues"),
    )

    @property
    def title(self) -> Bilingual:
        return Bilingual(self.title_th, self.title_en)


class Response(db.Model):
    """The agency's answer to an issue: what was heard, what was decided, what will be done.

    `plans` are the commitments written with it, as lists of a commitment's texts and its ISO due date; they
    become commitments when the answer is published.
    """

    __tablename__ = "issues_responses"

    issue_id: Mapped[int] = mapped_column(ForeignKey("issues_issues.id"), primary_key=True)
    heard_th: Mapped[str] = mapped_column(Text)
    heard_en: Mapped[str | None] = mapped_column(Text)
    decided_th: Mapped[str] = mapped_column(Text)
    decided_en: Mapped[str | None] = mapped_column(Text)
    will_do_th: Mapped[str] = mapped_column(Text)
    will_do_en: Mapped[str | None] = mapped_column(Text)
    plans: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    written_at: Mapped[datetime]
    published_at: Mapped[datetime | None]

    __table_args__ = (recorded("issues"),)

    @property
    def heard(self) -> Bilingual:
        return Bilingual(self.heard_th, self.heard_en)

    @property
    def decided(self) -> Bilingual:
        return Bilingual(self.decided_th, self.decided_en)

    @property
    def will_do(self) -> Bilingual:
        return Bilingual(self.will_do_th, self.will_do_en)


class Commitment(db.Model):
    """Something the agency has bound itself to do, by whom and until when, in an answer or a vote."""

    __tablename__ = "issues_commitments"

    id: Mapped[int] = mapped_column(primary_key=True)
    issue_id: Mapped[int] = mapped_column(ForeignKey("issues_issues.id"), index=True)
    activity_id: Mapped[int | None] = mapped_column(ForeignKey("issues_activities.id"), index=True)
    text_th: Mapped[str] = mapped_column(String(LINE * CODE_POINTS))
    text_en: Mapped[str | None] = mapped_column(String(LINE * CODE_POINTS))
    owner_th: Mapped[str] = mapped_column(String(NAME * CODE_POINTS))
    owner_en: Mapped[str | None] = mapped_column(String(NAME * CODE_POINTS))
    due_on: Mapped[date]
    done_at: Mapped[datetime | None]
    made_at: Mapped[datetime]

    __table_args__ = (recorded("issues"),)

    @property
    def text(self) -> Bilingual:
        return Bilingual(self.text_th, self.text_en)

    @property
    def owner(self) -> Bilingual:
        return Bilingual(self.owner_th, self.owner_en)
