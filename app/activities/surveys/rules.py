"""What may be asked and answered: refusals at the field they belong to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from app.activities.surveys.codes import (
    CHOICES,
    CODE_LENGTHS,
    DEPTHS,
    FEWEST_OPTIONS,
    HUNDRED,
    KINDS,
    LARGEST_NUMBER,
    MOST_CHARACTERS,
    MOST_OPTIONS,
    MOST_OTHER,
    MOST_RANKED,
    WITH_OPTIONS,
)
from app.activities.surveys.logic import shown
from app.activities.surveys.questionnaire import QuestionDraft, QuestionView
from app.activities.surveys.replies import Replies, Reply, by_question
from app.core.errors import DomainError
from app.i18n import _l
from app.i18n.bilingual import Bilingual
from app.i18n.dates import format_date
from app.i18n.digits import format_number
from app.web.fields import text_length

WRONG_CHOICE = _l("Choose one of the answers shown.")

# ---------------------------------------------------------------- questions


def check_draft(draft: QuestionDraft) -> None:
    """Refuse, at its field, what cannot be asked. Raises `DomainError`."""
    if draft.kind not in KINDS:
        raise DomainError(_l("Choose one of the kinds of question shown"), "kind")
    if not draft.text.th:
        raise DomainError(_l("Write the question in Thai"), "text_th")
    if draft.kind in WITH_OPTIONS:
        _check_names(draft.options, "option", FEWEST_OPTIONS)
    if check := _DRAFTS.get(draft.kind):
        check(draft)


def _check_names(names: Sequence[Bilingual], field: str, fewest: int) -> None:
    thai = [name.th for name in names]
    if len(thai) < fewest:
        message = _l("Write at least one row")
        if fewest > 1:
            message = _l("Write at least two answers to choose from")
        raise DomainError(message, f"{field}{len(thai) + 1}_th")
    if len(thai) > MOST_OPTIONS:
        raise DomainError(_l("At most %(most)s answers are possible", most=MOST_OPTIONS))
    for place, name in enumerate(thai):
        if name in thai[:place]:
            raise DomainError(_l("This answer stands here twice"), f"{field}{place + 1}_th")


def _check_multiple(draft: QuestionDraft) -> None:
    most = len(draft.options) + draft.other
    if not 1 <= (draft.max_picks or 0) <= most:
        raise DomainError(
            _l("Enter a number from 1 to %(most)s, the number of your answers", most=most), "max_picks"
        )


def _check_ends(draft: QuestionDraft) -> None:
    if not (draft.low and draft.low.th):
        raise DomainError(_l("Name the lower end in Thai"), "low_th")
    if not (draft.high and draft.high.th):
        raise DomainError(_l("Name the upper end in Thai"), "high_th")


def _check_matrix(draft: QuestionDraft) -> None:
    _check_names(draft.rows, "row", 1)
    if draft.options:
        _check_names(draft.options, "option", FEWEST_OPTIONS)
    else:
        _check_ends(draft)


def _check_ranking(draft: QuestionDraft) -> None:
    if len(draft.options) > MOST_RANKED:
        raise DomainError(_l("People can put at most %(most)s answers in order", most=MOST_RANKED))


def _check_number(draft: QuestionDraft) -> None:
    limit = LARGEST_NUMBER * HUNDRED
    if draft.least is None or not -limit <= draft.least <= limit:
        raise DomainError(_l("Enter the smallest number that is possible"), "least")
    if draft.most is None or not -limit <= draft.most <= limit:
        raise DomainError(_l("Enter the largest number that is possible"), "most")
    if draft.least >= draft.most:
        raise DomainError(_l("The largest number must be above the smallest"), "most")
    if draft.places not in (0, 1, 2):
        raise DomainError(_l("Choose 0, 1 or 2 digits"), "places")
    if draft.least % 10 ** (2 - draft.places):
        raise DomainError(_l("Write it with as many digits as people may type"), "least")
    if draft.most % 10 ** (2 - draft.places):
        raise DomainError(_l("Write it with as many digits as people may type"), "most")


def _check_days(draft: QuestionDraft) -> None:
    if draft.first_day and draft.last_day and draft.first_day > draft.last_day:
        raise DomainError(_l("Choose a day that is not before the first day."), "last_day")


def _check_depth(draft: QuestionDraft) -> None:
    if draft.depth not in DEPTHS:
        raise DomainError(_l("Choose how exactly people say the place"), "depth")


def _check_length(draft: QuestionDraft) -> None:
    if not 1 <= (draft.max_length or 0) <= MOST_CHARACTERS:
        raise DomainError(_l("Enter a number from 1 to %(most)s", most=MOST_CHARACTERS), "max_length")


_DRAFTS: dict[str, Callable[[QuestionDraft], None]] = {
    "multiple": _check_multiple,
    "scale": _check_ends,
    "matrix": _check_matrix,
    "ranking": _check_ranking,
    "number": _check_number,
    "date": _check_days,
    "place": _check_depth,
    "text": _check_length,
}

# ---------------------------------------------------------------- answers

Given = list[tuple[QuestionView, Reply]]
"""The answers given, each with its question, in the order of the questions."""


def check_replies(questions: Sequence[QuestionView], replies: Sequence[Reply]) -> Given:
    """The answers to store: those to questions that are shown. Raises `DomainError` at the field at fault.

    What was answered to a question that is not shown is left out; what is shown and must be answered is
    asked for.
    """
    given = foreign_free(questions, replies)
    found = shown(questions, given)
    answered: Given = []
    for question in questions:
        reply = found.get(question.id)
        if reply is not None:
            check_reply(question, reply)
            answered.append((question, reply))
        elif question.required and question.id in found:
            raise DomainError(_l("Answer question %(number)s", number=question.number), question.field)
    if not answered:
        raise DomainError(_l("Answer at least one question"))
    return answered


def foreign_free(questions: Sequence[QuestionView], replies: Sequence[Reply]) -> Replies:
    """The given replies by question. Raises `DomainError` where one belongs to another survey, or is double."""
    given = by_question(replies)
    if len(given) < sum(reply.given for reply in replies) or not given.keys() <= {q.id for q in questions}:
        raise DomainError(_l("These answers belong to another survey. Open the survey again."))
    return given


def check_reply(question: QuestionView, reply: Reply) -> None:
    """Refuse, at the question's field, what is no answer to it. Raises `DomainError`."""
    if reply != _only(question, reply):
        raise DomainError(WRONG_CHOICE, question.field)
    _REPLIES[question.kind](question, reply)


def _only(question: QuestionView, reply: Reply) -> Reply:
    """The reply as far as it says what a question of this kind asks."""
    kind = question.kind
    return Reply(
        question.id,
        picks=reply.picks if kind in ("single", "multiple", "scale", "ranking") else (),
        words=reply.words if kind == "text" or question.other else "",
        cells=reply.cells if kind == "matrix" else (),
        amount=reply.amount if kind == "number" else None,
        day=reply.day if kind == "date" else None,
        area=reply.area if kind == "place" else "",
    )


def _check_picks(question: QuestionView, reply: Reply) -> None:
    if not set(reply.picks) <= set(question.choices) or len(set(reply.picks)) < len(reply.picks):
        raise DomainError(WRONG_CHOICE, question.field)
    if len(reply.picks) > question.picks_allowed:
        raise DomainError(too_many_picks(question), question.field)
    if question.kind in CHOICES and question.other:
        _check_other(question, question.other.id in reply.picks, reply.words)


def _check_other(question: QuestionView, picked: bool, words: str) -> None:
    if picked and not words:
        raise DomainError(_l("Write what you mean by the last answer"), question.field)
    if words and not picked:
        raise DomainError(_l("Choose the last answer too, or clear what you wrote beside it"), question.field)
    if text_length(words) > MOST_OTHER:
        raise DomainError(_l("Write at most %(most)s characters", most=MOST_OTHER), question.field)


def _check_ranks(question: QuestionView, reply: Reply) -> None:
    if set(reply.picks) != set(question.choices) or len(reply.picks) != len(question.choices):
        raise DomainError(
            _l("Give each answer a place of its own, from the first to the last"), question.field
        )


def _check_cells(question: QuestionView, reply: Reply) -> None:
    rows = [row for row, _pick in reply.cells]
    known = {row.id for row in question.rows}
    if not set(rows) <= known or len(set(rows)) < len(rows):
        raise DomainError(WRONG_CHOICE, question.field)
    if not {pick for _row, pick in reply.cells} <= set(question.choices):
        raise DomainError(WRONG_CHOICE, question.field)
    if question.required and set(rows) != known:
        raise DomainError(
            _l("Answer every row of question %(number)s", number=question.number), question.field
        )


def _check_amount(question: QuestionView, reply: Reply) -> None:
    assert reply.amount is not None
    assert question.least is not None
    assert question.most is not None
    if not question.least <= reply.amount <= question.most:
        raise DomainError(
            _l(
                "Enter a number from %(least)s to %(most)s",
                least=format_number(question.least / HUNDRED),
                most=format_number(question.most / HUNDRED),
            ),
            question.field,
        )
    if reply.amount % 10 ** (2 - (question.places or 0)):
        raise DomainError(_l("Enter it without so many digits after the point"), question.field)


def _check_day(question: QuestionView, reply: Reply) -> None:
    day = reply.day or date.min
    if question.first_day and day < question.first_day:
        message = _l("Choose a day from %(day)s on", day=format_date(question.first_day))
        raise DomainError(message, question.field)
    if question.last_day and day > question.last_day:
        raise DomainError(
            _l("Choose a day up to %(day)s", day=format_date(question.last_day)), question.field
        )


def _check_area(question: QuestionView, reply: Reply) -> None:
    """Whether there is such an area is the table's to say: a page offers only those there are."""
    if not reply.area.isascii() or not reply.area.isdigit():
        raise DomainError(WRONG_CHOICE, question.field)
    if len(reply.area) != CODE_LENGTHS[question.depth or "province"]:
        raise DomainError(_l("Choose the place to its last step"), question.field)


def _check_words(question: QuestionView, reply: Reply) -> None:
    if text_length(reply.words) > (question.max_length or 0):
        raise DomainError(_l("Write at most %(most)s characters", most=question.max_length), question.field)


_REPLIES: dict[str, Callable[[QuestionView, Reply], None]] = {
    "single": _check_picks,
    "multiple": _check_picks,
    "scale": _check_picks,
    "matrix": _check_cells,
    "ranking": _check_ranks,
    "number": _check_amount,
    "date": _check_day,
    "place": _check_area,
    "text": _check_words,
}


def too_many_picks(question: QuestionView) -> Any:
    """The words for who picked more than allowed."""
    return _l(
        "Question %(number)s: choose at most %(most)s", number=question.number, most=question.picks_allowed
    )
