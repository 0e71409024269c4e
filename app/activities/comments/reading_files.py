"""Reading files of comments: our own CSV, the comments of Polis, one message a line."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app.activities.comments.models import MOST_CHARACTERS
from app.activities.comments.service.importing import Row
from app.core.text import normalise, normalise_line
from app.i18n.dates import BANGKOK
from app.identity.forms import LONGEST_NAME
from app.web.fields import text_length


@dataclass(frozen=True)
class Fault:
    """A row that cannot be taken in: the line it ends on, and why."""

    line: int
    words: str


class UnreadableFile(Exception):
    """The file as a whole is not of this format."""


def read(path: Path, kind: str) -> Iterator[Row | Fault]:
    """The rows of a file one by one; a row that does not fit is a `Fault` in its place.

    Raises `UnreadableFile` where columns are missing or the text is not UTF-8.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            if kind == "lines":
                yield from _lines(file)
            else:
                yield from _table(file, *TABLES[kind])
    except UnicodeDecodeError as error:
        raise UnreadableFile("the file is not in UTF-8") from error
    except csv.Error as error:
        raise UnreadableFile(f"not a CSV file: {error}") from error


def _lines(file: Iterator[str]) -> Iterator[Row | Fault]:
    number = 0
    for line, text in enumerate(file, 1):
        if text.strip():
            number += 1
            yield _checked(number, line, {"text": text})


def _table(
    file: Iterator[str], wanted: frozenset[str], pick: Callable[[Mapping[str, str]], dict[str, Any]]
) -> Iterator[Row | Fault]:
    reader = csv.DictReader(file)
    missing = wanted - set(reader.fieldnames or ())
    if missing:
        raise UnreadableFile(f"the file has no column {', '.join(sorted(missing))}")
    for number, values in enumerate(reader, 1):
        try:
            picked = pick({key: value for key, value in values.items() if isinstance(value, str)})
        except ValueError as error:
            yield Fault(reader.line_num, str(error))
        else:
            yield _checked(number, reader.line_num, picked)


def _own(values: Mapping[str, str]) -> dict[str, Any]:
    return {
        "text": values.get("text", ""),
        "lang": values.get("lang", "").strip() or None,
        "author": values.get("author"),
        "at": _moment(values.get("at", "").strip()),
    }


def _polis(values: Mapping[str, str]) -> dict[str, Any]:
    """Polis numbers its authors; a number is no name to show. What its moderators refused stays out."""
    if values.get("moderated", "").strip() == "-1":
        raise ValueError("left out: refused by the moderators of its own site")
    stamp = values.get("timestamp", "").strip()
    if not stamp.isdecimal():
        raise ValueError("timestamp is no number of milliseconds")
    try:
        at = datetime.fromtimestamp(int(stamp) / 1000, UTC)
    except (OverflowError, OSError):
        raise ValueError("timestamp is no moment") from None
    return {"text": values.get("comment-body", ""), "at": at}


TABLES: dict[str, tuple[frozenset[str], Callable[[Mapping[str, str]], dict[str, Any]]]] = {
    "csv": (frozenset({"text"}), _own),
    "polis": (frozenset({"comment-body", "timestamp"}), _polis),
}
FORMATS = (*TABLES, "lines")


def _checked(number: int, line: int, values: Mapping[str, Any]) -> Row | Fault:
    text = normalise(values["text"])
    lang, author = values.get("lang"), normalise_line(values.get("author") or "") or None
    if not text:
        return Fault(line, "there is no text")
    if text_length(text) > MOST_CHARACTERS:
        return Fault(line, f"the text is longer than {MOST_CHARACTERS:,} characters")
    if lang not in (None, "th", "en"):
        return Fault(line, "lang must be th or en")
    if author is not None and text_length(author) > LONGEST_NAME:
        return Fault(line, f"the author's name is longer than {LONGEST_NAME} characters")
    return Row(number, text, lang, author, values.get("at"))


def _moment(text: str) -> datetime | None:
    """A moment of ISO 8601; without a zone it is Bangkok's."""
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError("at must be a date and time such as 2026-04-30T09:00+07:00") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=BANGKOK)
