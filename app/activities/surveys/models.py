"""What a survey asks, what people answered, and the counts kept of it.

The tables hold together by themselves: an answer's question is one of its response's survey and of the
kind the answer is typed for, and its option is one of that question.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import (
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

from app.activities.surveys.codes import KINDS, MOST_CHARACTERS, MOST_CODE_POINTS
from app.core.db import db, recorded
from app.i18n.bilingual import Bilingual

_KIND_KNOWN = f"kind IN ({', '.join(map(repr, KINDS))})"
_PICKED = "kind IN ('single', 'multiple')"


class Survey(db.Model):
    """The survey of one activity. `satisfaction` marks one that measures how content people are with a
    service; `responses` counts the people who answered. The row comes with the first thing prepared.
    """

    __tablename__ = "surveys_surveys"

    activity_id: Mapped[int] = mapped_column(
        ForeignKey("issues_activities.id"), primary_key=True, autoincrement=False
    )
    intro_th: Mapped[str | None] = mapped_column(Text)
    intro_en: Mapped[str | None] = mapped_column(Text)
    satisfaction: Mapped[bool] = mapped_column(default=False)
    responses: Mapped[int] = mapped_column(default=0)

    __table_args__ = (
        CheckConstraint("intro_en IS NULL OR intro_th IS NOT NULL", name="thai_first"),
        CheckConstraint("responses >= 0", name="responses_not_negative"),
        recorded("surveys", derived=("responses",)),
    )

    @property
    def intro(self) -> Bilingual | None:
        return Bilingual(self.intro_th, self.intro_en) if self.intro_th else None


class Question(db.Model):
    """One question; its number is its place in the order of `position`.

    `max_picks` is how many options may be chosen where several may; `low_*` and `high_*` name the ends of
    a scale; `max_length` is in readers' characters.
    """

    __tablename__ = "surveys_questions"

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("surveys_surveys.activity_id"))
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(String(8))
    text_th: Mapped[str] = mapped_column(Text)
    text_en: Mapped[str | None] = mapped_column(Text)
    required: Mapped[bool]
    max_picks: Mapped[int | None]
    low_th: Mapped[str | None] = mapped_column(String(80))
    low_en: Mapped[str | None] = mapped_column(String(80))
    high_th: Mapped[str | None] = mapped_column(String(80))
    high_en: Mapped[str | None] = mapped_column(String(80))
    max_length: Mapped[int | None]

    __table_args__ = (
        UniqueConstraint("id", "activity_id", "kind", name="uq_surveys_questions_answered"),
        CheckConstraint(_KIND_KNOWN, name="kind_known"),
        CheckConstraint("(kind = 'multiple') = (max_picks IS NOT NULL)", name="picks_of_multiple"),
        CheckConstraint("max_picks >= 1", name="picks_at_least_one"),
        CheckConstraint("(kind = 'scale') = (low_th IS NOT NULL)", name="low_end_of_scale"),
        CheckConstraint("(kind = 'scale') = (high_th IS NOT NULL)", name="high_end_of_scale"),
        CheckConstraint("(kind = 'text') = (max_length IS NOT NULL)", name="length_of_text"),
        CheckConstraint(f"max_length BETWEEN 1 AND {MOST_CHARACTERS}", name="length_not_endless"),
        Index("ix_surveys_questions_activity_id", "activity_id", "position"),
        recorded("surveys"),
    )


class Option(db.Model):
    """An answer to choose."""

    __tablename__ = "surveys_options"

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("surveys_questions.id"))
    position: Mapped[int]
    name_th: Mapped[str] = mapped_column(Text)
    name_en: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (
        UniqueConstraint("id", "question_id", name="uq_surveys_options_answered"),
        Index("ix_surveys_options_question_id", "question_id", "position"),
        recorded("surveys"),
    )


class Response(db.Model):
    """That somebody answered, on which day (in Bangkok) and under which consent. One a person.

    Who has asked to be erased leaves the row without a name.
    """

    __tablename__ = "surveys_responses"

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("surveys_surveys.activity_id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("identity_people.id"), index=True)
    submitted_on: Mapped[date]
    consent_version: Mapped[str] = mapped_column(String(20))

    __table_args__ = (
        UniqueConstraint("activity_id", "person_id"),
        UniqueConstraint("id", "activity_id", name="uq_surveys_responses_answered"),
        recorded("surveys"),
    )


class Answer(db.Model):
    """One option chosen, one step of a scale, or one text; a question left out has no row.

    `shuffle` is a random number: words are read in its order, so that their order tells nothing about
    who wrote them. An erased person's words are NULL; the row still counts.
    """

    __tablename__ = "surveys_answers"

    id: Mapped[int] = mapped_column(primary_key=True)
    response_id: Mapped[int]
    activity_id: Mapped[int]
    question_id: Mapped[int]
    kind: Mapped[str] = mapped_column(String(8))
    option_id: Mapped[int | None]
    step: Mapped[int | None]
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
        CheckConstraint(f"({_PICKED}) = (option_id IS NOT NULL)", name="option_where_picked"),
        CheckConstraint("(kind = 'scale') = (step IS NOT NULL)", name="step_on_scale"),
        CheckConstraint("step BETWEEN 1 AND 5", name="step_known"),
        CheckConstraint("words IS NULL OR kind = 'text'", name="words_where_written"),
        CheckConstraint(f"length(words) <= {MOST_CODE_POINTS}", name="words_not_endless"),
        Index(
            "uq_surveys_answers_one",
            "response_id",
            "question_id",
            unique=True,
            sqlite_where=text("kind <> 'multiple'"),
            postgresql_where=text("kind <> 'multiple'"),
        ),
        UniqueConstraint("response_id", "option_id"),
        Index("ix_surveys_answers_question_id", "question_id", "shuffle"),
        recorded("surveys"),
    )


class Tally(db.Model):
    """How many people gave an answer. `choice` is an option's id or a scale's step; `ANYTHING` stands for
    whatever answer, so that those who left the question out can be counted too.
    """

    __tablename__ = "surveys_tallies"

    ANYTHING = 0

    question_id: Mapped[int] = mapped_column(ForeignKey("surveys_questions.id"), primary_key=True)
    choice: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    n: Mapped[int]

    __table_args__ = (
        CheckConstraint("n > 0", name="counted"),
        recorded("surveys", derived=("n",)),
    )
