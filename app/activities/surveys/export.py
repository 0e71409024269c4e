"""A survey's answers as data: what everyone may have, and what its agency may.

**Public**: for every question the numbers its results show, hidden ones empty; no words, nothing of single
people, so that no answers of one person can be put together. **Full**: a row for every response, in an order
that tells nothing, with what people wrote; no name, no account, no time of day. Both come with a code book.
Rows are read by a cursor and given out in chunks, in one statement however many there are.
"""

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import xlsxwriter
from sqlalchemy import select

from app.activities.surveys.codes import HUNDRED
from app.activities.surveys.models import Answer, Response
from app.activities.surveys.queries import questionnaire, tallies
from app.activities.surveys.queries.answers import replies_from
from app.activities.surveys.questionnaire import Questionnaire, QuestionView
from app.activities.surveys.replies import Reply
from app.activities.surveys.results import Line, results_of
from app.activities.surveys.wording import step_words
from app.core.db import db
from app.i18n import _
from app.i18n.bilingual import Bilingual, bi_plain

FORMS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json; charset=utf-8",
}
CHUNK = 64 * 1024
BATCH = 1_000
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "'")
"""With these a spreadsheet begins a formula; text that does gets a quote before it, and so does a quote."""

Cell = str | int | float | None
Row = Sequence[Cell]


# ---------------------------------------------------------------- what everyone may have


def public_rows(survey: Questionnaire) -> Iterator[Row]:
    """The heading, then a row for every answer of every question with its number, empty where it is hidden."""
    yield ("question", "text", "row", "answer", "people", "percent")
    for result in results_of(survey, tallies(survey.activity_id)) or ():
        number, text = result.question.number, bi_plain(result.question.text)
        for line in result.lines:
            yield (number, text, "", _told(line.label), *_numbers(line))
        for part in result.parts:
            for line in part.lines:
                yield (number, text, _told(part.label), _told(line.label), *_numbers(line))


def _numbers(line: Line) -> tuple[Cell, Cell]:
    return line.value, None if line.percent is None else float(line.percent)


def _told(label: Any) -> str:
    return bi_plain(label) if isinstance(label, Bilingual) else str(label)


# ---------------------------------------------------------------- what the agency may have


def responses(activity_id: int) -> Iterator[tuple[Any, list[Reply]]]:
    """Every response with its replies, in random order: one statement, read in batches."""
    rows = db.session.execute(
        select(
            Response.id,
            Response.channel,
            Response.submitted_on,
            Response.consent_version,
            Answer.question_id,
            Answer.kind,
            Answer.row_id,
            Answer.option_id,
            Answer.step,
            Answer.amount,
            Answer.day,
            Answer.area_code,
            Answer.words,
        )
        .join(Answer, Answer.response_id == Response.id)
        .where(Response.activity_id == activity_id)
        .order_by(Response.shuffle, Response.id, Answer.id)
        .execution_options(yield_per=BATCH)
    )
    for _ident, found in groupby(rows, key=lambda row: row.id):
        answers = list(found)
        yield answers[0], replies_from(answers)


def full_rows(survey: Questionnaire) -> Iterator[Row]:
    """The heading, then a row for every response. Several answers stand in a column each."""
    columns = [column for question in survey.questions for column in _columns(question)]
    yield ["channel", "day", *columns]
    for response, replies in responses(survey.activity_id):
        given = {reply.question_id: reply for reply in replies}
        cells: list[Cell] = [response.channel, response.submitted_on.isoformat()]
        for question in survey.questions:
            cells.extend(_cells(question, given.get(question.id) or Reply(question.id)))
        yield cells


def _columns(question: QuestionView) -> Iterator[str]:
    """The columns of a question; the code book tells what q3_17 stands for."""
    name = f"q{question.number}"
    if question.kind in ("multiple", "ranking"):
        yield from (f"{name}_{option.id}" for option in question.options)
    elif question.kind == "matrix":
        yield from (f"{name}_{row.id}" for row in question.rows)
    else:
        yield name
    if question.other:
        yield f"{name}_words"


def _cells(question: QuestionView, reply: Reply) -> Iterator[Cell]:
    names = {option.id: bi_plain(option.name) for option in question.options}
    if question.kind == "multiple":
        asked = reply.given
        yield from (int(o.id in reply.picks) if asked else None for o in question.options)
    elif question.kind == "ranking":
        ranks: dict[int, int] = {option: rank for rank, option in enumerate(reply.picks, 1)}
        yield from (ranks.get(option.id) for option in question.options)
    elif question.kind == "matrix":
        cells = dict(reply.cells)
        for row in question.rows:
            pick = cells.get(row.id)
            yield pick if pick is None or question.on_scale else names[pick]
    elif question.kind == "scale":
        yield reply.picks[0] if reply.picks else None
    elif question.kind == "single":
        yield names[reply.picks[0]] if reply.picks else None
    elif question.kind == "number":
        yield _number(reply.amount)
    elif question.kind == "date":
        yield reply.day.isoformat() if reply.day else None
    elif question.kind == "place":
        yield reply.area or None
    else:
        yield reply.words or None
    if question.other:
        yield reply.words or None


def _number(amount: int | None) -> Cell:
    if amount is None:
        return None
    return amount // HUNDRED if amount % HUNDRED == 0 else amount / HUNDRED


# ---------------------------------------------------------------- code book


def code_book(survey: Questionnaire) -> dict[str, Any]:
    """What everything in the exports stands for, and what was done to them."""
    return {
        "survey": survey.activity_id,
        "version": survey.digest(),
        "responses_shown_from": 20,
        "json_amounts_in": "1/100",
        "protection": {
            "public": _(
                "The public export holds the numbers the results page shows: nothing where fewer than 20 people "
                "answered, no number under 5 nor one by which it could be worked out (an empty cell), numbers and "
                "days in ranges, places by province, and nothing of what people wrote. It holds no rows of single "
                "people, so that no two answers of one person can be put together."
            ),
            "full": _(
                "The full export is for the agency alone. It holds a row for each response in random order, with "
                "what people wrote, the day and the channel, and no name, account or time. An empty cell is a "
                "question left out or not asked."
            ),
            "text": _(
                "In CSV, text that begins like a formula (= + - @, a tab or a quote) has a quote before it."
            ),
        },
        "questions": [_described(question) for question in survey.questions],
    }


def _described(question: QuestionView) -> dict[str, Any]:
    ends = {"1": question.low, "5": question.high} if question.on_scale else {}
    return {
        "id": question.id,
        "number": question.number,
        "kind": question.kind,
        "text": _both(question.text),
        "required": question.required,
        "columns": list(_columns(question)),
        "options": [
            {"id": o.id, "text": _both(o.name), "other": o.other, "code": o.code} for o in question.options
        ],
        "rows": [{"id": row.id, "text": _both(row.name)} for row in question.rows],
        "scale": {step: _both(text) for step, text in ends.items() if text},
        "limits": {
            "least": _number(question.least),
            "most": _number(question.most),
            "unit": _both(question.unit),
            "first_day": question.first_day.isoformat() if question.first_day else None,
            "last_day": question.last_day.isoformat() if question.last_day else None,
            "depth": question.depth,
        },
        "shown_if": [
            {"question": c.source_id, "test": c.test, "options": sorted(c.options), "value": c.value}
            for c in (*question.page_conditions, *question.conditions)
        ],
    }


def _both(text: Bilingual | None) -> dict[str, str | None] | None:
    return {"th": text.th, "en": text.en} if text else None


# ---------------------------------------------------------------- writing


def written(activity_id: int, form: str, *, full: bool) -> Iterator[bytes]:
    """The export in chunks, in one of `FORMS`."""
    survey = questionnaire(activity_id)
    if form == "json":
        return _chunked(_json(survey, full=full))
    rows = full_rows(survey) if full else public_rows(survey)
    return _chunked(_csv(rows)) if form == "csv" else _xlsx(survey, rows)


def guarded(cell: Cell) -> Cell:
    """Text that a spreadsheet would take for a formula, made into text; numbers stay numbers."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(DANGEROUS) else cell


def _csv(rows: Iterable[Row]) -> Iterator[str]:
    yield "\ufeff"
    for row in rows:
        line = io.StringIO()
        csv.writer(line).writerow([guarded(cell) for cell in row])
        yield line.getvalue()


def _json(survey: Questionnaire, *, full: bool) -> Iterator[str]:
    yield '{"code_book": ' + json.dumps(code_book(survey), ensure_ascii=False)
    yield f', "{"responses" if full else "results"}": ['
    found = _responses_as_data(survey) if full else _results_as_data(survey)
    for place, item in enumerate(found):
        yield (",\n" if place else "\n") + json.dumps(item, ensure_ascii=False)
    yield "\n]}\n"


def _responses_as_data(survey: Questionnaire) -> Iterator[dict[str, Any]]:
    for response, replies in responses(survey.activity_id):
        yield {
            "channel": response.channel,
            "day": response.submitted_on.isoformat(),
            "answers": [reply.as_data() for reply in replies],
        }


def _results_as_data(survey: Questionnaire) -> Iterator[dict[str, Any]]:
    rows = public_rows(survey)
    heading = [str(cell) for cell in next(rows)]
    for row in rows:
        yield dict(zip(heading, row, strict=True))


def _xlsx(survey: Questionnaire, rows: Iterable[Row]) -> Iterator[bytes]:
    """A workbook, written row by row to a file that is then given out: its cells are never formulas."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "answers.xlsx"
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        book = xlsxwriter.Workbook(str(path), options)
        _fill(book.add_worksheet("answers"), rows)
        _fill(book.add_worksheet("code book"), _book_rows(survey))
        book.close()
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                yield chunk


def _fill(sheet: Any, rows: Iterable[Row]) -> None:
    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(number, place, cell)
            elif cell is not None:
                sheet.write_number(number, place, cell)


def _book_rows(survey: Questionnaire) -> Iterator[Row]:
    book = code_book(survey)
    for words in book["protection"].values():
        yield (words,)
    yield ()
    yield ("column", "question", "kind", "what it stands for")
    for question in survey.questions:
        parts = {f"q{question.number}_{o.id}": bi_plain(o.name) for o in (*question.options, *question.rows)}
        for column in _columns(question):
            meaning = parts.get(column, "; ".join(_values(question)))
            yield (column, bi_plain(question.text), question.kind, meaning)


def _values(question: QuestionView) -> Iterator[str]:
    if question.kind == "scale":
        yield from (step_words(question, step) for step in question.choices)
    else:
        yield from (bi_plain(option.name) for option in question.options)


def _chunked(texts: Iterable[str]) -> Iterator[bytes]:
    """The same text in pieces of a size that the network likes."""
    waiting, size = [], 0
    for text in texts:
        data = text.encode()
        waiting.append(data)
        size += len(data)
        if size >= CHUNK:
            yield b"".join(waiting)
            waiting, size = [], 0
    yield b"".join(waiting)
