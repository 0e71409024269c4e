"""What a survey asks: its pages, its questions with what may be chosen, and when they are shown."""

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
    false,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.activities.surveys.codes import DEPTHS, KINDS, LINKS, MOST_CHARACTERS, TESTS
from app.activities.surveys.translation import DIGEST_LENGTH, Translated, translated
from app.core.db import db, recorded

_KNOWN = {
    name: f"({', '.join(map(repr, codes))})"
    for name, codes in {"kind": KINDS, "test": TESTS, "depth": DEPTHS, "link": LINKS}.items()
}


class Survey(db.Model):
    """The survey of one activity. `satisfaction` marks one that measures how content people are with a
    service; `repeats_id` is the one it repeats; `link` says who may answer; `responses` counts the people
    who answered, `compared` is how many there were when all pairs of questions were counted (`Together`). The
    row comes with the first thing prepared.
    """

    __tablename__ = "surveys_surveys"

    activity_id: Mapped[int] = mapped_column(
        ForeignKey("issues_activities.id"), primary_key=True, autoincrement=False
    )
    intro_th: Mapped[str | None] = mapped_column(Text)
    intro_en: Mapped[str | None] = mapped_column(Text)
    intro_en_of: Mapped[str | None] = mapped_column(String(DIGEST_LENGTH))
    satisfaction: Mapped[bool] = mapped_column(default=False)
    repeats_id: Mapped[int | None] = mapped_column(ForeignKey("surveys_surveys.activity_id"), index=True)
    link: Mapped[str] = mapped_column(String(8), default="person", server_default="person")
    responses: Mapped[int] = mapped_column(default=0)
    compared: Mapped[int] = mapped_column(default=0, server_default="0")

    __table_args__ = (
        CheckConstraint("intro_en IS NULL OR intro_th IS NOT NULL", name="thai_first"),
        CheckConstraint("responses >= 0", name="responses_not_negative"),
        CheckConstraint(f"link IN {_KNOWN['link']}", name="link_known"),
        CheckConstraint("repeats_id <> activity_id", name="repeats_another"),
        recorded("surveys", derived=("responses", "compared")),
    )

    @property
    def intro(self) -> Translated | None:
        return translated(self.intro_th, self.intro_en, self.intro_en_of)


class Page(db.Model):
    """A page of questions under its own heading. Questions without a page come first, without a heading."""

    __tablename__ = "surveys_pages"

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("surveys_surveys.activity_id"))
    position: Mapped[int]
    title_th: Mapped[str] = mapped_column(Text)
    title_en: Mapped[str | None] = mapped_column(Text)
    title_en_of: Mapped[str | None] = mapped_column(String(DIGEST_LENGTH))

    __table_args__ = (
        UniqueConstraint("id", "activity_id", name="uq_surveys_pages_of_survey"),
        Index("ix_surveys_pages_activity_id", "activity_id", "position"),
        recorded("surveys"),
    )

    @property
    def title(self) -> Translated:
        return Translated(self.title_th, self.title_en, self.title_en_of)


class Question(db.Model):
    """One question; its number is its place in the order of its page and `position`.

    `max_picks` is how many options may be chosen where several may; `low_*` and `high_*` name the ends of
    a scale; `max_length` is in readers' characters; `least` and `most` are hundredths of a number, typed
    with `places` digits after the point; `depth` is how exactly a place is asked for. `about` marks the
    question of which sector people are from; `code` is the same in every repetition of a survey.
    """

    __tablename__ = "surveys_questions"

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("surveys_surveys.activity_id"))
    page_id: Mapped[int | None]
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(String(8))
    code: Mapped[str | None] = mapped_column(String(32))
    about: Mapped[str | None] = mapped_column(String(8))
    text_th: Mapped[str] = mapped_column(Text)
    text_en: Mapped[str | None] = mapped_column(Text)
    text_en_of: Mapped[str | None] = mapped_column(String(DIGEST_LENGTH))
    required: Mapped[bool]
    max_picks: Mapped[int | None]
    low_th: Mapped[str | None] = mapped_column(String(80))
    low_en: Mapped[str | None] = mapped_column(String(80))
    low_en_of: Mapped[str | None] = mapped_column(String(DIGEST_LENGTH))
    high_th: Mapped[str | None] = mapped_column(String(80))
    high_en: Mapped[str | None] = mapped_column(String(80))
    high_en_of: Mapped[str | None] = mapped_column(String(DIGEST_LENGTH))
    max_length: Mapped[int | None]
    least: Mapped[int | None] = mapped_column(BigInteger)
    most: Mapped[int | None] = mapped_column(BigInteger)
    places: Mapped[int | None]
    unit_th: Mapped[str | None] = mapped_column(String(80))
    unit_en: Mapped[str | None] = mapped_column(String(80))
    unit_en_of: Mapped[str | None] = mapped_column(String(DIGEST_LENGTH))
    first_day: Mapped[date | None]
    last_day: Mapped[date | None]
    depth: Mapped[str | None] = mapped_column(String(12))

    __table_args__ = (
        UniqueConstraint("id", "activity_id", "kind", name="uq_surveys_questions_answered"),
        UniqueConstraint("id", "activity_id", name="uq_surveys_questions_of_survey"),
        ForeignKeyConstraint(
            ["page_id", "activity_id"],
            ["surveys_pages.id", "surveys_pages.activity_id"],
            name="fk_surveys_questions_page",
        ),
        CheckConstraint(f"kind IN {_KNOWN['kind']}", name="kind_known"),
        CheckConstraint("(kind = 'multiple') = (max_picks IS NOT NULL)", name="picks_of_multiple"),
        CheckConstraint("max_picks >= 1", name="picks_at_least_one"),
        CheckConstraint(
            "kind = 'matrix' OR (kind = 'scale') = (low_th IS NOT NULL)", name="low_end_of_scale"
        ),
        CheckConstraint("(low_th IS NULL) = (high_th IS NULL)", name="both_ends_of_scale"),
        CheckConstraint("(kind = 'text') = (max_length IS NOT NULL)", name="length_of_text"),
        CheckConstraint(f"max_length BETWEEN 1 AND {MOST_CHARACTERS}", name="length_not_endless"),
        CheckConstraint("(kind = 'number') = (least IS NOT NULL)", name="least_of_number"),
        CheckConstraint("(kind = 'number') = (most IS NOT NULL)", name="most_of_number"),
        CheckConstraint("(kind = 'number') = (places IS NOT NULL)", name="places_of_number"),
        CheckConstraint("places BETWEEN 0 AND 2", name="places_known"),
        CheckConstraint("least < most", name="number_ordered"),
        CheckConstraint("first_day <= last_day", name="days_ordered"),
        CheckConstraint("(kind = 'place') = (depth IS NOT NULL)", name="depth_of_place"),
        CheckConstraint(f"depth IN {_KNOWN['depth']}", name="depth_known"),
        CheckConstraint("about IN ('sector')", name="about_known"),
        Index("ix_surveys_questions_activity_id", "activity_id", "position"),
        recorded("surveys"),
    )

    @property
    def text(self) -> Translated:
        return Translated(self.text_th, self.text_en, self.text_en_of)

    @property
    def low(self) -> Translated | None:
        return translated(self.low_th, self.low_en, self.low_en_of)

    @property
    def high(self) -> Translated | None:
        return translated(self.high_th, self.high_en, self.high_en_of)

    @property
    def unit(self) -> Translated | None:
        return translated(self.unit_th, self.unit_en, self.unit_en_of)


class Option(db.Model):
    """An answer to choose, or (`part` "row") a row of a table. `other` asks for own words beside it.

    `code` names a sector, or the same option in every repetition of a survey.
    """

    __tablename__ = "surveys_options"

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("surveys_questions.id"))
    part: Mapped[str] = mapped_column(String(6), default="option", server_default="option")
    position: Mapped[int]
    name_th: Mapped[str] = mapped_column(Text)
    name_en: Mapped[str | None] = mapped_column(Text)
    name_en_of: Mapped[str | None] = mapped_column(String(DIGEST_LENGTH))
    other: Mapped[bool] = mapped_column(default=False, server_default=false())
    code: Mapped[str | None] = mapped_column(String(32))

    __table_args__ = (
        UniqueConstraint("id", "question_id", name="uq_surveys_options_answered"),
        CheckConstraint("part IN ('option', 'row')", name="part_known"),
        Index("ix_surveys_options_question_id", "question_id", "position"),
        recorded("surveys"),
    )

    @property
    def name(self) -> Translated:
        return Translated(self.name_th, self.name_en, self.name_en_of)


class Condition(db.Model):
    """A question or a page is shown only if an earlier question's answer passes a test.

    `value` is a scale's step, or a number in hundredths; the options of "is" and "is_not" are rows of their
    own. Where a target has several conditions, all must hold. The keys stop anyone from taking away what a
    condition asks for.
    """

    __tablename__ = "surveys_conditions"

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("surveys_surveys.activity_id"), index=True)
    question_id: Mapped[int | None]
    page_id: Mapped[int | None]
    source_id: Mapped[int]
    test: Mapped[str] = mapped_column(String(8))
    value: Mapped[int | None] = mapped_column(BigInteger)

    __table_args__ = (
        UniqueConstraint("id", "source_id", name="uq_surveys_conditions_tested"),
        *(
            ForeignKeyConstraint(
                [column, "activity_id"],
                [f"{table}.id", f"{table}.activity_id"],
                name=f"fk_surveys_conditions_{column.removesuffix('_id')}",
            )
            for column, table in (
                ("question_id", "surveys_questions"),
                ("page_id", "surveys_pages"),
                ("source_id", "surveys_questions"),
            )
        ),
        CheckConstraint("(question_id IS NULL) <> (page_id IS NULL)", name="one_target"),
        CheckConstraint("source_id <> question_id", name="not_of_itself"),
        CheckConstraint(f"test IN {_KNOWN['test']}", name="test_known"),
        CheckConstraint("(test IN ('at_least', 'at_most')) = (value IS NOT NULL)", name="value_compared"),
        recorded("surveys"),
    )


class ConditionOption(db.Model):
    """An option that a condition asks for."""

    __tablename__ = "surveys_condition_options"

    condition_id: Mapped[int] = mapped_column(primary_key=True)
    option_id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int]

    __table_args__ = (
        ForeignKeyConstraint(
            ["condition_id", "source_id"],
            ["surveys_conditions.id", "surveys_conditions.source_id"],
            name="fk_surveys_condition_options_condition",
        ),
        ForeignKeyConstraint(
            ["option_id", "source_id"],
            ["surveys_options.id", "surveys_options.question_id"],
            name="fk_surveys_condition_options_option",
        ),
        recorded("surveys"),
    )
