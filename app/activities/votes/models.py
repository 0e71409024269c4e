"""A vote: its question, rule and commitment; the roll; marks of who has voted; nameless ballots; the result.

A mark says that somebody has voted, a ballot what somebody chose. Nothing stored joins the two: a ballot
has a random key, no person and no time, and on SQLite both tables have no hidden row number that would
tell the order. What remains is the database's own trace of a transaction that writes both (PostgreSQL's
`xmin` and the place of a row, both engines' write-ahead logs): whoever runs the server could join them.
The pages say so. The protocol to come (blind tokens, ballots cast in another service and database) takes
the ballots out of here; the roll, the marks and the result stay.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.activities.votes.roll import LONGEST_ADDRESS
from app.activities.votes.tally import HUNDREDTHS, OUTCOMES, Rule, share
from app.core.db import db, recorded
from app.i18n.bilingual import Bilingual

FEWEST_OPTIONS = 2
MOST_OPTIONS = 12

_COMPLETE = (
    "question_th IS NOT NULL AND quorum IS NOT NULL AND threshold IS NOT NULL AND base IS NOT NULL"
    " AND legal_basis IS NOT NULL AND commitment_th IS NOT NULL AND owner_th IS NOT NULL"
    " AND due_on IS NOT NULL AND roll_size > 0 AND roll_digest IS NOT NULL"
)


class Poll(db.Model):
    """The vote of one activity. Empty parts are still being prepared; `frozen_at` ends every change.

    `quorum` and `threshold_share` are in hundredths of a per cent. `threshold` is "majority" (more than
    half) or "share" (at least `threshold_share`). `announced_at` is when the frozen roll's digest became
    public: at the freezing, or with the issue. Every vote is binding only if `binding` was declared.
    """

    __tablename__ = "votes_polls"

    activity_id: Mapped[int] = mapped_column(
        ForeignKey("issues_activities.id"), primary_key=True, autoincrement=False
    )
    question_th: Mapped[str | None] = mapped_column(Text)
    question_en: Mapped[str | None] = mapped_column(Text)
    quorum: Mapped[int | None]
    threshold: Mapped[str | None] = mapped_column(String(10))
    threshold_share: Mapped[int | None]
    base: Mapped[str | None] = mapped_column(String(10))
    legal_basis: Mapped[str | None] = mapped_column(String(30))
    binding: Mapped[bool] = mapped_column(default=False)
    commitment_th: Mapped[str | None] = mapped_column(Text)
    commitment_en: Mapped[str | None] = mapped_column(Text)
    owner_th: Mapped[str | None] = mapped_column(Text)
    owner_en: Mapped[str | None] = mapped_column(Text)
    due_on: Mapped[date | None]
    roll_size: Mapped[int | None]
    roll_digest: Mapped[str | None] = mapped_column(String(64))
    frozen_at: Mapped[datetime | None]
    announced_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint(f"quorum BETWEEN 0 AND {HUNDREDTHS}", name="quorum_is_a_share"),
        CheckConstraint(f"threshold_share BETWEEN 1 AND {HUNDREDTHS}", name="threshold_is_a_share"),
        CheckConstraint("threshold IN ('majority', 'share')", name="threshold_known"),
        CheckConstraint(
            "(coalesce(threshold, '') = 'share') = (threshold_share IS NOT NULL)", name="threshold_whole"
        ),
        CheckConstraint("base IN ('valid', 'roll')", name="base_known"),
        CheckConstraint(f"frozen_at IS NULL OR ({_COMPLETE})", name="frozen_when_complete"),
        CheckConstraint("announced_at IS NULL OR frozen_at IS NOT NULL", name="announced_after_frozen"),
        recorded("votes"),
    )

    @property
    def question(self) -> Bilingual | None:
        return Bilingual(self.question_th, self.question_en) if self.question_th else None

    @property
    def commitment(self) -> Bilingual | None:
        return Bilingual(self.commitment_th, self.commitment_en) if self.commitment_th else None

    @property
    def owner(self) -> Bilingual | None:
        return Bilingual(self.owner_th, self.owner_en) if self.owner_th else None

    @property
    def rule(self) -> Rule | None:
        """The rule, once it is whole."""
        if self.quorum is None or self.threshold is None or self.base is None:
            return None
        threshold = None if self.threshold_share is None else share(self.threshold_share)
        return Rule(share(self.quorum), threshold, "roll" if self.base == "roll" else "valid")


class Option(db.Model):
    """Something to choose; `position` is its place on the ballot, from 1."""

    __tablename__ = "votes_options"

    id: Mapped[int] = mapped_column(primary_key=True)
    poll_id: Mapped[int] = mapped_column(ForeignKey("votes_polls.activity_id"))
    position: Mapped[int]
    name_th: Mapped[str] = mapped_column(Text)
    name_en: Mapped[str | None] = mapped_column(Text)
    detail_th: Mapped[str | None] = mapped_column(Text)
    detail_en: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (
        UniqueConstraint("poll_id", "position"),
        UniqueConstraint("poll_id", "id"),
        CheckConstraint(f"position BETWEEN 1 AND {MOST_OPTIONS}", name="position_on_ballot"),
        CheckConstraint("detail_en IS NULL OR detail_th IS NOT NULL", name="thai_first"),
        recorded("votes"),
    )

    @property
    def name(self) -> Bilingual:
        return Bilingual(self.name_th, self.name_en)

    @property
    def detail(self) -> Bilingual | None:
        return Bilingual(self.detail_th, self.detail_en) if self.detail_th else None


class Listed(db.Model):
    """An address on the list of a vote that is being prepared, kept as it was entered until the freezing.

    Whether it belongs to an account is asked only then: a list that said so would tell an officer who has one.
    """

    __tablename__ = "votes_listed"

    poll_id: Mapped[int] = mapped_column(ForeignKey("votes_polls.activity_id"), primary_key=True)
    address: Mapped[str] = mapped_column(String(LONGEST_ADDRESS), primary_key=True)

    __table_args__ = (Index("ix_votes_listed_address", "address"), recorded("votes"))


class RollEntry(db.Model):
    """Somebody who may vote, from the freezing on.

    `leaf` is SHA-256(salt ‖ "person/<id>"); the roll's digest is made of leaves. The salt goes when the
    person is erased; the leaf stays, so that the digest can still be computed.
    """

    __tablename__ = "votes_roll"

    poll_id: Mapped[int] = mapped_column(ForeignKey("votes_polls.activity_id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("identity_people.id"), primary_key=True)
    salt: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    leaf: Mapped[bytes] = mapped_column(LargeBinary(32))

    __table_args__ = (Index("ix_votes_roll_person_id", "person_id"), recorded("votes"))


class Mark(db.Model):
    """That somebody on the roll has voted: the primary key allows it once. No time is kept."""

    __tablename__ = "votes_marks"

    poll_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    person_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    consent_version: Mapped[str] = mapped_column(String(20))

    __table_args__ = (
        ForeignKeyConstraint(["poll_id", "person_id"], ["votes_roll.poll_id", "votes_roll.person_id"]),
        {**recorded("votes"), "sqlite_with_rowid": False},
    )


class Ballot(db.Model):
    """What somebody chose; None is "no option". Nothing here tells who or when."""

    __tablename__ = "votes_ballots"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    poll_id: Mapped[int] = mapped_column(ForeignKey("votes_polls.activity_id"))
    option_id: Mapped[int | None]

    __table_args__ = (
        ForeignKeyConstraint(["poll_id", "option_id"], ["votes_options.poll_id", "votes_options.id"]),
        Index("ix_votes_ballots_count", "poll_id", "option_id"),
        {**recorded("votes"), "sqlite_with_rowid": False},
    )


class Result(db.Model):
    """The declared result with every number of its arithmetic. `counts` is a list of [option id, votes]."""

    __tablename__ = "votes_results"

    poll_id: Mapped[int] = mapped_column(
        ForeignKey("votes_polls.activity_id"), primary_key=True, autoincrement=False
    )
    roll: Mapped[int]
    ballots: Mapped[int]
    abstained: Mapped[int]
    counts: Mapped[list[Any]] = mapped_column(JSON)
    quorum_needed: Mapped[int]
    quorum_met: Mapped[bool]
    base_size: Mapped[int]
    threshold_needed: Mapped[int]
    threshold_met: Mapped[bool]
    outcome: Mapped[str] = mapped_column(String(20))
    winner_id: Mapped[int | None]
    declared_at: Mapped[datetime]

    __table_args__ = (
        ForeignKeyConstraint(["poll_id", "winner_id"], ["votes_options.poll_id", "votes_options.id"]),
        CheckConstraint("abstained <= ballots AND ballots <= roll", name="no_more_than_roll"),
        CheckConstraint(f"outcome IN ({', '.join(map(repr, OUTCOMES))})", name="outcome_known"),
        CheckConstraint("(winner_id IS NOT NULL) = (outcome = 'decided')", name="winner_if_decided"),
        recorded("votes"),
    )

    @property
    def valid(self) -> int:
        """Ballots that chose an option."""
        return self.ballots - self.abstained

    def votes_for(self, option_id: int) -> int:
        """How many ballots chose an option."""
        return next((int(votes) for option, votes in self.counts if option == option_id), 0)

    @property
    def most(self) -> int:
        """The votes of the leading option, or options."""
        return max((int(votes) for _option, votes in self.counts), default=0)
