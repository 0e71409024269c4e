"""Answers put into words: for checking, for a copy to keep, for comparing two readings of a sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from app.activities.surveys.codes import HUNDRED
from app.activities.surveys.logic import shown
from app.activities.surveys.questionnaire import Questionnaire, QuestionView
from app.activities.surveys.replies import Replies, Reply
from app.agencies.models import Area
from app.core.db import db
from app.i18n import _
from app.i18n.bilingual import Bilingual, bi_plain
from app.i18n.dates import format_date, format_date_long
from app.i18n.digits import format_number


@dataclass(frozen=True)
class Line:
    """One question with the words of its answer, one a part; none where it was left out."""

    question: QuestionView
    words: tuple[str, ...]
    page: int

    @property
    def typed(self) -> bool:
        """Whether the words keep the line breaks they were typed with."""
        return self.question.kind == "text"


def lines(survey: Questionnaire, replies: Replies) -> list[Line]:
    """Every question that is shown to who answered so."""
    found = shown(survey.questions, replies)
    names = area_names([reply.area for reply in found.values() if reply and reply.area])
    return [
        Line(question, tuple(words_of(question, found[question.id], names)), survey.page_of(question).number)
        for question in survey.questions
        if question.id in found
    ]


def words_of(question: QuestionView, reply: Reply | None, areas: Mapping[str, str]) -> Iterator[str]:
    """The words of one answer in the reader's language."""
    if reply is None:
        return
    names = {option.id: bi_plain(option.name) for option in (*question.options, *question.rows)}
    if question.kind == "text":
        yield reply.words
    elif question.kind == "ranking":
        yield from (f"{rank}. {names.get(pick, '')}" for rank, pick in enumerate(reply.picks, 1))
    elif question.kind == "matrix":
        cells = dict(reply.cells)
        for row in question.rows:
            if row.id in cells:
                pick = cells[row.id]
                yield f"{bi_plain(row.name)}: {step_words(question, pick) if question.on_scale else names[pick]}"
    elif reply.amount is not None:
        unit = f" {bi_plain(question.unit)}" if question.unit else ""
        yield f"{format_number(reply.amount / HUNDRED)}{unit}"
    elif reply.day is not None:
        yield format_date(reply.day)
    elif reply.area:
        yield areas.get(reply.area, reply.area)
    elif question.kind == "scale":
        yield from (step_words(question, pick) for pick in reply.picks)
    else:
        other = question.other.id if question.other else None
        for option in question.options:
            if option.id in reply.picks:
                yield f"{names[option.id]}: {reply.words}" if option.id == other else names[option.id]


def step_words(question: QuestionView, step: int) -> str:
    """ "5 Strongly agree": the ends of a scale have words, the steps between them have none."""
    label = step_label(question, step)
    return bi_plain(label) if isinstance(label, Bilingual) else str(label)


def step_label(question: QuestionView, step: int) -> Any:
    """The same in both languages, where it has words."""
    end = {question.choices[0]: question.low, question.choices[-1]: question.high}.get(step)
    if end is None:
        return str(step)
    return Bilingual(f"{step} {end.th}", f"{step} {end.en}" if end.en else None)


def as_text(title: Bilingual, survey: Questionnaire, replies: Replies, day: date) -> str:
    """One's answers as a plain text, to keep."""
    head = [bi_plain(title), _("Answered on %(day)s", day=format_date_long(day)), ""]
    for line in lines(survey, replies):
        head.append(f"{line.question.number}. {bi_plain(line.question.text)}")
        head.extend(f"   {word}" for word in line.words or (_("Not answered"),))
        head.append("")
    return "\r\n".join(head)


def area_names(codes: Sequence[str]) -> Mapping[str, str]:
    """Areas with those around them, in words: one statement, none where there is no area."""
    if not codes:
        return {}
    wanted = {code[:length] for code in codes for length in (2, 4, 6) if len(code) >= length}
    rows = db.session.execute(select(Area.code, Area.name_th, Area.name_en).where(Area.code.in_(wanted)))
    names = {row.code: str(Bilingual(row.name_th, row.name_en)) for row in rows}
    return {
        code: ", ".join(
            names[code[:length]] for length in (6, 4, 2) if code[:length] in names and len(code) >= length
        )
        for code in codes
    }
