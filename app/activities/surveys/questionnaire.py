"""What a survey asks, as plain values."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import rfc8785

from app.activities.surveys.codes import FEWEST_OPTIONS, STEPS, WITH_OPTIONS
from app.activities.surveys.logic import ConditionView, Dependence
from app.activities.surveys.replies import Reply
from app.activities.surveys.translation import Translated
from app.i18n import _l
from app.i18n.bilingual import Bilingual

__all__ = [
    "OptionView",
    "PageView",
    "QuestionDraft",
    "QuestionView",
    "Questionnaire",
    "Reply",
    "missing_from",
]


@dataclass(frozen=True)
class OptionView:
    """An answer to choose, or a row of a table. `other` asks for own words beside it."""

    id: int
    name: Bilingual
    other: bool = False
    code: str | None = None


@dataclass(frozen=True)
class PageView:
    """A page of questions; `number` is its place, from 1, `id` and `title` None of the one without a heading."""

    id: int | None
    number: int
    title: Translated | None = None
    conditions: tuple[ConditionView, ...] = ()


@dataclass(frozen=True)
class QuestionView:
    """A question as pages and rules read it; `number` is its place, counted from 1. See `models.Question`."""

    id: int
    number: int
    kind: str
    text: Bilingual
    required: bool
    options: tuple[OptionView, ...] = ()
    max_picks: int | None = None
    low: Bilingual | None = None
    high: Bilingual | None = None
    max_length: int | None = None
    rows: tuple[OptionView, ...] = ()
    least: int | None = None
    most: int | None = None
    places: int | None = None
    unit: Bilingual | None = None
    first_day: date | None = None
    last_day: date | None = None
    depth: str | None = None
    about: str | None = None
    code: str | None = None
    page_id: int | None = None
    conditions: tuple[ConditionView, ...] = ()
    page_conditions: tuple[ConditionView, ...] = ()

    @property
    def field(self) -> str:
        """The name of its form field."""
        return f"q{self.id}"

    @property
    def on_scale(self) -> bool:
        """Whether steps from 1 to 5 are chosen: a scale, or a table without columns of its own."""
        return self.kind == "scale" or (self.kind == "matrix" and not self.options)

    @property
    def choices(self) -> tuple[int, ...]:
        """What may be picked: ids of options, or steps; nothing where people write."""
        return tuple(STEPS) if self.on_scale else tuple(option.id for option in self.options)

    @property
    def picks_allowed(self) -> int:
        """How many picks an answer may have."""
        if self.kind in ("single", "scale"):
            return 1
        return len(self.options) if self.kind == "ranking" else self.max_picks or 0

    @property
    def other(self) -> OptionView | None:
        """The option that asks for own words."""
        return next((option for option in self.options if option.other), None)

    @property
    def sometimes(self) -> bool:
        """Whether only some people are asked."""
        return bool(self.conditions or self.page_conditions)

    @property
    def texts(self) -> Iterator[Bilingual]:
        """Everything of it that is read."""
        every = (self.text, self.low, self.high, self.unit, *(o.name for o in (*self.rows, *self.options)))
        return (text for text in every if text is not None)

    @property
    def stale(self) -> bool:
        """Whether any of its English is older than the Thai."""
        return any(isinstance(text, Translated) and text.stale for text in self.texts)


@dataclass(frozen=True)
class Questionnaire:
    """A survey with its questions in order. `responses` is how many people have answered."""

    activity_id: int
    intro: Bilingual | None = None
    satisfaction: bool = False
    responses: int = 0
    questions: tuple[QuestionView, ...] = ()
    pages: tuple[PageView, ...] = ()
    link: str = "person"
    repeats_id: int | None = None

    def on_page(self, page: PageView) -> tuple[QuestionView, ...]:
        """The questions of a page."""
        return tuple(question for question in self.questions if question.page_id == page.id)

    def page_of(self, question: QuestionView) -> PageView:
        """The page a question stands on."""
        return next(page for page in self.pages if page.id == question.page_id)

    def question(self, ident: int) -> QuestionView | None:
        """The question with this id, if it is one of this survey."""
        return next((question for question in self.questions if question.id == ident), None)

    @property
    def order(self) -> list[tuple[int, int | None]]:
        """Each question with its page, as `logic.out_of_order` takes them."""
        return [(question.id, question.page_id) for question in self.questions]

    @property
    def dependences(self) -> list[Dependence]:
        """What is shown only by an earlier answer."""
        found = [
            Dependence(condition.source_id, question_id=question.id)
            for question in self.questions
            for condition in question.conditions
        ]
        return found + [
            Dependence(condition.source_id, page_id=page.id)
            for page in self.pages
            for condition in page.conditions
        ]

    @property
    def stale(self) -> bool:
        """Whether any English is older than the Thai it translates."""
        heads = [self.intro, *(page.title for page in self.pages)]
        return any(question.stale for question in self.questions) or any(
            isinstance(text, Translated) and text.stale for text in heads
        )

    def digest(self) -> str:
        """SHA-256 of everything people are asked, in hex: the version of the questionnaire."""
        content: list[Any] = [
            _texts(self.intro),
            self.satisfaction,
            self.link,
            [[page.id, _texts(page.title), _tested(page.conditions)] for page in self.pages],
            [list(_content(question)) for question in self.questions],
        ]
        return hashlib.sha256(rfc8785.dumps(content)).hexdigest()


@dataclass(frozen=True)
class QuestionDraft:
    """A question as its writer gives it. `kept` are the ids of stored options and rows that these are the new
    words of, None for a new one; `confirmed` says that the English is right as it stands.
    """

    kind: str
    text: Bilingual
    required: bool
    options: tuple[Bilingual, ...] = ()
    max_picks: int | None = None
    low: Bilingual | None = None
    high: Bilingual | None = None
    max_length: int | None = None
    rows: tuple[Bilingual, ...] = ()
    other: bool = False
    least: int | None = None
    most: int | None = None
    places: int | None = None
    unit: Bilingual | None = None
    first_day: date | None = None
    last_day: date | None = None
    depth: str | None = None
    about: str | None = None
    code: str | None = None
    option_codes: tuple[str | None, ...] = ()
    kept_options: tuple[int | None, ...] = ()
    kept_rows: tuple[int | None, ...] = ()
    confirmed: bool = False


def draft_of(question: QuestionView) -> QuestionDraft:
    """A stored question as a new one to be written, for a copy."""
    plain = [option for option in question.options if not option.other]
    return QuestionDraft(
        kind=question.kind,
        text=question.text,
        required=question.required,
        options=tuple(option.name for option in plain),
        option_codes=tuple(option.code for option in plain),
        max_picks=question.max_picks,
        low=question.low,
        high=question.high,
        max_length=question.max_length,
        rows=tuple(row.name for row in question.rows),
        other=question.other is not None,
        least=question.least,
        most=question.most,
        places=question.places,
        unit=question.unit,
        first_day=question.first_day,
        last_day=question.last_day,
        depth=question.depth,
        about=question.about,
        code=question.code,
    )


def numbered(questions: Sequence[QuestionView]) -> tuple[QuestionView, ...]:
    """The questions with their numbers, in this order."""
    return tuple(replace(question, number=number) for number, question in enumerate(questions, 1))


def missing_from(survey: Questionnaire) -> Iterator[Any]:
    """What must be written before people may be asked, a sentence for each."""
    if not survey.questions:
        yield _l("Write at least one question")
    for question in survey.questions:
        if question.kind in WITH_OPTIONS and len(question.options) < FEWEST_OPTIONS:
            yield _l("Question %(number)s needs at least two answers to choose from", number=question.number)
        if question.kind == "matrix" and not question.rows:
            yield _l("Question %(number)s needs at least one row", number=question.number)
    for page in survey.pages:
        if not survey.on_page(page):
            yield _l("Page %(number)s has no questions. Add one, or remove the page.", number=page.number)


def _content(question: QuestionView) -> Iterator[Any]:
    yield from (question.id, question.kind, _texts(question.text), question.required)
    yield from (question.max_picks, _texts(question.low), _texts(question.high), question.max_length)
    yield [[option.id, _texts(option.name), option.other] for option in question.options]
    yield [[row.id, _texts(row.name)] for row in question.rows]
    yield [question.least, question.most, question.places, _texts(question.unit), question.depth]
    yield [day.isoformat() if day else None for day in (question.first_day, question.last_day)]
    yield [question.page_id, _tested(question.conditions)]


def _tested(conditions: Sequence[ConditionView]) -> list[Any]:
    return [[c.source_id, c.test, sorted(c.options), c.value] for c in sorted(conditions, key=lambda c: c.id)]


def _texts(value: Bilingual | None) -> list[str | None]:
    return [value.th, value.en] if value else [None, None]
