"""Counts kept of the answers, and the people the answers are compared with."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, ForeignKeyConstraint, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import db, recorded


class Tally(db.Model):
    """How many people gave an answer.

    `choice` is an option's id, a scale's step, a rank (`part` is then the option), a number in hundredths, a
    day's ordinal or an area's code as a number; `part` is a table's row, else 0. Choice `ANYTHING` with part
    `WHOLE` stands for whatever answer, so that those who left the question out can be counted too.
    """

    __tablename__ = "surveys_tallies"

    ANYTHING = 0
    WHOLE = -1

    question_id: Mapped[int] = mapped_column(ForeignKey("surveys_questions.id"), primary_key=True)
    part: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, server_default="0")
    choice: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    n: Mapped[int]

    __table_args__ = (
        CheckConstraint("n >= 0", name="counted"),
        recorded("surveys", derived=("n",)),
    )


class Time(db.Model):
    """How many people took so long: `pace` is the time in tens of seconds. By this the median is found
    without reading the responses.
    """

    __tablename__ = "surveys_times"

    activity_id: Mapped[int] = mapped_column(ForeignKey("surveys_surveys.activity_id"), primary_key=True)
    pace: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    n: Mapped[int]

    __table_args__ = (CheckConstraint("n >= 0", name="counted"), recorded("surveys", derived=("n",)))


class Together(db.Model):
    """How many people gave which answers to two questions together, counted once when a large survey has closed.

    `counts` are lists of a table's row (else 0), the answer to `by`, the answer to the question, and the
    number. They hold while the survey has as many `responses` as when they were counted.
    """

    __tablename__ = "surveys_together"

    question_id: Mapped[int] = mapped_column(ForeignKey("surveys_questions.id"), primary_key=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("surveys_questions.id"), primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("surveys_surveys.activity_id"), index=True)
    responses: Mapped[int]
    counts: Mapped[list[Any]] = mapped_column(JSON)


class Population(db.Model):
    """Whom the answers to a question are compared with: the numbers' source and their (Christian) year."""

    __tablename__ = "surveys_populations"

    question_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    activity_id: Mapped[int] = mapped_column(index=True)
    source: Mapped[str] = mapped_column(Text)
    year: Mapped[int]

    __table_args__ = (
        ForeignKeyConstraint(
            ["question_id", "activity_id"],
            ["surveys_questions.id", "surveys_questions.activity_id"],
            name="fk_surveys_populations_question",
        ),
        CheckConstraint("year BETWEEN 1900 AND 2200", name="year_possible"),
        recorded("surveys"),
    )


class PopulationPart(db.Model):
    """How many people of the population belong to one answer: `choice` as in the tallies."""

    __tablename__ = "surveys_population_parts"

    question_id: Mapped[int] = mapped_column(
        ForeignKey("surveys_populations.question_id"), primary_key=True, autoincrement=False
    )
    choice: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    label: Mapped[str] = mapped_column(String(200))
    people: Mapped[int] = mapped_column(BigInteger)

    __table_args__ = (CheckConstraint("people >= 0", name="people_not_negative"), recorded("surveys"))
