"""What people answer: responses and their answers, what is not yet sent, and the links given out."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.activities.surveys.codes import MOST_CODE_POINTS, MOST_OPTIONS
from app.core.db import db, recorded

CHANNELS = ("web", "paper")

_MARKS = (
    "CASE kind WHEN 'single' THEN option_id IS NOT NULL AND step IS NULL"
    " WHEN 'multiple' THEN option_id IS NOT NULL AND step IS NULL"
    " WHEN 'ranking' THEN option_id IS NOT NULL AND step IS NOT NULL"
    " WHEN 'scale' THEN option_id IS NULL AND step IS NOT NULL"
    " WHEN 'matrix' THEN (option_id IS NULL) <> (step IS NULL)"
    " ELSE option_id IS NULL AND step IS NULL END"
)
_ONE_ROW = "kind NOT IN ('multiple', 'ranking', 'matrix')"
_BY_OPTION = "kind IN ('multiple', 'ranking')"


class Token(db.Model):
    """A link given out by the agency: a keyed hash of its secret, never the secret. `batch` counts the
    times the officer made some. A used one has its response.
    """

    __tablename__ = "surveys_tokens"

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("surveys_surveys.activity_id"), index=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    batch: Mapped[int]

    __table_args__ = (
        UniqueConstraint("id", "activity_id", name="uq_surveys_tokens_of_survey"),
        recorded("surveys"),
    )


class Receipt(db.Model):
    """That somebody has begun to answer by a link: a keyed hash of the code that brings them back to it."""

    __tablename__ = "surveys_receipts"

    token_id: Mapped[int] = mapped_column(
        ForeignKey("surveys_tokens.id"), primary_key=True, autoincrement=False
    )
    digest: Mapped[str] = mapped_column(String(64))


class Response(db.Model):
    """That somebody answered, on which day (in Bangkok), by which way and under which consent.

    One a person, one a link. `seconds` is how long answering took; `shuffle` is a random number in whose
    order responses are given out. Who has asked to be erased leaves the row without a name.
    """

    __tablename__ = "surveys_responses"

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("surveys_surveys.activity_id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("identity_people.id"), index=True)
    token_id: Mapped[int | None] = mapped_column(unique=True)
    channel: Mapped[str] = mapped_column(String(8), default="web", server_default="web")
    submitted_on: Mapped[date]
    seconds: Mapped[int | None]
    consent_version: Mapped[str] = mapped_column(String(20))
    shuffle: Mapped[int] = mapped_column(BigInteger, server_default="0")

    __table_args__ = (
        UniqueConstraint("activity_id", "person_id"),
        UniqueConstraint("id", "activity_id", name="uq_surveys_responses_answered"),
        ForeignKeyConstraint(
            ["token_id", "activity_id"],
            ["surveys_tokens.id", "surveys_tokens.activity_id"],
            name="fk_surveys_responses_token",
        ),
        CheckConstraint("person_id IS NULL OR token_id IS NULL", name="person_or_link"),
        CheckConstraint(f"channel IN {CHANNELS!r}", name="channel_known"),
        CheckConstraint("seconds >= 0", name="seconds_not_negative"),
        Index("ix_surveys_responses_export", "activity_id", "shuffle"),
        recorded("surveys"),
    )


class Answer(db.Model):
    """One option chosen (in a ranking with its rank as `step`), one step of a scale, one cell of a table's
    row, one number in hundredths, day, place or text; a question left out has no row.

    `shuffle` is a random number: words are read in its order, so that their order tells nothing about
    who wrote them. An erased person's words are NULL; the row still counts.
    """

    __tablename__ = "surveys_answers"

    id: Mapped[int] = mapped_column(primary_key=True)
    response_id: Mapped[int]
    activity_id: Mapped[int]
    question_id: Mapped[int]
    kind: Mapped[str] = mapped_column(String(8))
    row_id: Mapped[int | None]
    option_id: Mapped[int | None]
    step: Mapped[int | None]
    amount: Mapped[int | None] = mapped_column(BigInteger)
    day: Mapped[date | None]
    area_code: Mapped[str | None] = mapped_column(ForeignKey("agencies_areas.code"))
    words: Mapped[str | None] = mapped_column(Text)
    shuffle: Mapped[int] = mapped_column(BigInteger)

    __table_args__ = (
        ForeignKeyConstraint(
            ["response_id", "activity_id"],
            ["surveys_responses.id", "surveys_responses.activity_id"],
            name="fk_surveys_answers_response",
        ),
        ForeignKeyConstraint(
            ["question_id", "activity_id", "kind"],
            ["surveys_questions.id", "surveys_questions.activity_id", "surveys_questions.kind"],
            name="fk_surveys_answers_question",
        ),
        ForeignKeyConstraint(
            ["option_id", "question_id"],
            ["surveys_options.id", "surveys_options.question_id"],
            name="fk_surveys_answers_option",
        ),
        ForeignKeyConstraint(
            ["row_id", "question_id"],
            ["surveys_options.id", "surveys_options.question_id"],
            name="fk_surveys_answers_row",
        ),
        CheckConstraint(_MARKS, name="marks_of_kind"),
        CheckConstraint(f"step BETWEEN 1 AND {MOST_OPTIONS}", name="step_known"),
        CheckConstraint("kind NOT IN ('scale', 'matrix') OR step <= 5", name="step_on_scale"),
        CheckConstraint("(kind = 'matrix') = (row_id IS NOT NULL)", name="row_of_matrix"),
        CheckConstraint("(kind = 'number') = (amount IS NOT NULL)", name="amount_of_number"),
        CheckConstraint("(kind = 'date') = (day IS NOT NULL)", name="day_of_date"),
        CheckConstraint("(kind = 'place') = (area_code IS NOT NULL)", name="area_of_place"),
        CheckConstraint(
            "words IS NULL OR kind IN ('text', 'single', 'multiple')", name="words_where_written"
        ),
        CheckConstraint(f"length(words) <= {MOST_CODE_POINTS}", name="words_not_endless"),
        Index(
            "uq_surveys_answers_one",
            "response_id",
            "question_id",
            unique=True,
            sqlite_where=text(_ONE_ROW),
            postgresql_where=text(_ONE_ROW),
        ),
        Index(
            "uq_surveys_answers_option",
            "response_id",
            "option_id",
            unique=True,
            sqlite_where=text(_BY_OPTION),
            postgresql_where=text(_BY_OPTION),
        ),
        Index(
            "uq_surveys_answers_rank",
            "response_id",
            "question_id",
            "step",
            unique=True,
            sqlite_where=text("kind = 'ranking'"),
            postgresql_where=text("kind = 'ranking'"),
        ),
        UniqueConstraint("response_id", "row_id"),
        Index("ix_surveys_answers_question_id", "question_id", "shuffle"),
        Index("ix_surveys_answers_compared", "question_id", "response_id", "option_id", "step", "area_code"),
        recorded("surveys"),
    )


class Correction(db.Model):
    """That a response was corrected, on which day. Its entry speaks of it, not of the response: entries
    about one response must not be found together.
    """

    __tablename__ = "surveys_corrections"

    id: Mapped[int] = mapped_column(primary_key=True)
    response_id: Mapped[int] = mapped_column(ForeignKey("surveys_responses.id"), index=True)
    corrected_on: Mapped[date]

    __table_args__ = (recorded("surveys"),)


class Draft(db.Model):
    """Answers not yet sent: nobody reads or counts them. `replies` is a list of replies as plain data;
    `response_id` is the response being corrected, if it is one.
    """

    __tablename__ = "surveys_drafts"

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("surveys_surveys.activity_id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("identity_people.id"), index=True)
    token_id: Mapped[int | None] = mapped_column(ForeignKey("surveys_tokens.id"), unique=True)
    response_id: Mapped[int | None] = mapped_column(ForeignKey("surveys_responses.id"), unique=True)
    replies: Mapped[list[Any]] = mapped_column(JSON)
    seconds: Mapped[int]
    saved_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("activity_id", "person_id"),
        CheckConstraint("(person_id IS NULL) <> (token_id IS NULL)", name="one_owner"),
    )
