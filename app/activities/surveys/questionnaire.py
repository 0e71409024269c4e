"""What a survey asks and what somebody answers: plain values, and the rules they keep."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import rfc8785

from app.activities.surveys.codes import (
    CHOICES,
    FEWEST_OPTIONS,
    KINDS,
    MOST_CHARACTERS,
    MOST_OPTIONS,
    STEPS,
)
from app.core.errors import DomainError
from app.i18n import _l
from app.i18n.bilingual import Bilingual
from app.web.fields import text_length


@dataclass(frozen=True)
class OptionView:
    """An answer to choose."""

    id: int
    name: Bilingual


@dataclass(frozen=True)
class QuestionView:
    """A question as pages and rules read it; `number` is its place, counted from 1."""

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

    @property
    def field(self) -> str:
        """The name of its form field."""
        return f"q{self.id}"

    @property
    def choices(self) -> tuple[int, ...]:
        """What may be picked: ids of options, or steps; nothing where people write."""
        return tuple(STEPS) if self.kind == "scale" else tuple(option.id for option in self.options)

    @property
    def picks_allowed(self) -> int:
        return self.max_picks or (0 if self.kind == "text" else 1)


@dataclass(frozen=True)
class Questionnaire:
    """A survey with its questions in order. `responses` is how many people have answered."""

    activity_id: int
    intro: Bilingual | None = None
    satisfaction: bool = False
    responses: int = 0
    questions: tuple[QuestionView, ...] = ()

    def digest(self) -> str:
        """SHA-256 of everything people are asked, in hex."""
        content: list[Any] = [
            _texts(self.intro),
            self.satisfaction,
            [list(_content(question)) for question in self.questions],
        ]
        return hashlib.sha256(rfc8785.dumps(content)).hexdigest()


@dataclass(frozen=True)
class Reply:
    """Somebody's answer to one question: options or a step picked, or words. Empty where it was left out."""

    question_id: int
    picks: tuple[int, ...] = ()
    words: str = ""

    @property
    def given(self) -> bool:
        return bool(self.picks or self.words)


@dataclass(frozen=True)
class QuestionDraft:
    """A question as an officer writes it."""

    kind: str
    text: Bilingual
    required: bool
    options: tuple[Bilingual, ...] = ()
    max_picks: int | None = None
    low: Bilingual | None = None
    high: Bilingual | None = None
    max_length: int | None = None


def check_draft(draft: QuestionDraft) -> None:
    """Refuse, at its field, what cannot be asked. Raises `DomainError`."""
    if draft.kind not in KINDS:
        raise DomainError(_l("Choose one of the four kinds of question"), "kind")
    if not draft.text.th:
        raise DomainError(_l("Write the question in Thai"), "text_th")
    if draft.kind in CHOICES:
        _check_options(draft)
    if draft.kind == "multiple" and not 1 <= (draft.max_picks or 0) <= len(draft.options):
        raise DomainError(
            _l("Enter a number from 1 to %(most)s, the number of your answers", most=len(draft.options)),
            "max_picks",
        )
    if draft.kind == "scale" and not (draft.low and draft.low.th):
        raise DomainError(_l("Name the lower end in Thai"), "low_th")
    if draft.kind == "scale" and not (draft.high and draft.high.th):
        raise DomainError(_l("Name the upper end in Thai"), "high_th")
    if draft.kind == "text" and not 1 <= (draft.max_length or 0) <= MOST_CHARACTERS:
        raise DomainError(_l("Enter a number from 1 to %(most)s", most=MOST_CHARACTERS), "max_length")


def _check_options(draft: QuestionDraft) -> None:
    names = [option.th for option in draft.options]
    if len(names) < FEWEST_OPTIONS:
        raise DomainError(_l("Write at least two answers to choose from"), f"option{len(names) + 1}_th")
    if len(names) > MOST_OPTIONS:
        raise DomainError(_l("At most %(most)s answers are possible", most=MOST_OPTIONS))
    for place, name in enumerate(names):
        if name in names[:place]:
            raise DomainError(_l("This answer stands here twice"), f"option{place + 1}_th")


def missing_from(survey: Questionnaire) -> Iterator[Any]:
    """What must be written before people may be asked, a sentence for each."""
    if not survey.questions:
        yield _l("Write at least one question")
    for question in survey.questions:
        if question.kind in CHOICES and len(question.options) < FEWEST_OPTIONS:
            yield _l("Question %(number)s needs at least two answers to choose from", number=question.number)


def check_replies(
    questions: Sequence[QuestionView], replies: Sequence[Reply]
) -> list[tuple[QuestionView, Reply]]:
    """The answers given, each with its question. Raises `DomainError` at the field of what is wrong."""
    asked = {question.id: question for question in questions}
    given = {reply.question_id: reply for reply in replies if reply.given}
    if len(given) < sum(reply.given for reply in replies) or not given.keys() <= asked.keys():
        raise DomainError(_l("These answers belong to another survey. Open the survey again."))
    for question in questions:
        reply = given.get(question.id)
        if reply is not None:
            _check_reply(question, reply)
        elif question.required:
            raise DomainError(_l("Answer question %(number)s", number=question.number), question.field)
    if not given:
        raise DomainError(_l("Answer at least one question"))
    return [(asked[ident], given[ident]) for ident in asked if ident in given]


def _check_reply(question: QuestionView, reply: Reply) -> None:
    foreign = not set(reply.picks) <= set(question.choices) or (reply.words and question.kind != "text")
    if foreign or len(set(reply.picks)) < len(reply.picks):
        raise DomainError(_l("Choose one of the answers shown."), question.field)
    if len(reply.picks) > question.picks_allowed:
        raise DomainError(too_many_picks(question), question.field)
    if text_length(reply.words) > (question.max_length or 0):
        raise DomainError(_l("Write at most %(most)s characters", most=question.max_length), question.field)


def too_many_picks(question: QuestionView) -> Any:
    """The words for who picked more than allowed."""
    return _l(
        "Question %(number)s: choose at most %(most)s", number=question.number, most=question.picks_allowed
    )


def _content(question: QuestionView) -> Iterator[Any]:
    yield from (question.id, question.kind, _texts(question.text), question.required)
    yield from (question.max_picks, _texts(question.low), _texts(question.high), question.max_length)
    yield [[option.id, _texts(option.name)] for option in question.options]


def _texts(value: Bilingual | None) -> list[str | None]:
    return [value.th, value.en] if value else [None, None]
