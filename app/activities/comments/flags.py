"""What a moderator's eye is drawn to in a comment: numbers of a person, rude words, the same words over and over.

A flag is advice. It hides, refuses and delays nothing; a moderator looks and decides, and may find it mistaken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from app.activities.comments.rude import RUDE_WORDS
from app.core.text import segment
from app.i18n import Lazy, _l

FLAGS: dict[str, Lazy] = {
    "national_id": _l("A national ID number"),
    "phone": _l("A telephone number"),
    "email": _l("An e-mail address"),
    "rude": _l("A rude word"),
    "burst": _l("The same words many times within an hour"),
}
PERSONAL = ("national_id", "phone", "email")

DIGIT = "[0-9๐-๙]"
_BETWEEN = r"[ \-.]?"
_AROUND = rf"(?<!{DIGIT}){{}}(?!{DIGIT})"
_ID = re.compile(_AROUND.format(rf"{DIGIT}(?:{_BETWEEN}{DIGIT}){{12}}"))
_MOBILE = rf"[0๐]{_BETWEEN}[689๖๘๙](?:{_BETWEEN}{DIGIT}){{8}}"
_FIXED = rf"[0๐]{_BETWEEN}[2-57๒-๕๗](?:{_BETWEEN}{DIGIT}){{7}}"
_ABROAD = rf"\+[6๖][6๖]{_BETWEEN}[2-9๒-๙](?:{_BETWEEN}{DIGIT}){{7,8}}"
_PHONE = re.compile(rf"(?<!{DIGIT})(?<!\+)(?:{_ABROAD}|{_MOBILE}|{_FIXED})(?!{DIGIT})")
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,63}){1,4}")


@dataclass(frozen=True)
class Found:
    """Where a flag's reason stands in a text."""

    flag: str
    start: int
    end: int


def find(text: str, words: Sequence[str] | None = None) -> list[Found]:
    """What a single text shows by itself, in the order of the text; nothing overlaps.

    `words` are those of the text where it was cut into words already.
    """
    words = segment(text) if words is None else words
    found = sorted([*_numbers(text), *_rude(text, words)], key=lambda one: (one.start, -one.end))
    kept: list[Found] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def personal_in(text: str) -> list[str]:
    """The flags of personal data in a text, each once, in the order of `PERSONAL`."""
    there = {one.flag for one in _numbers(text)}
    return [flag for flag in PERSONAL if flag in there]


def marked(text: str) -> Markup:
    """The text with what was found in it marked, for a moderator."""
    parts, at = [], 0
    for one in find(text):
        parts += [escape(text[at : one.start]), Markup("<mark>"), escape(text[one.start : one.end])]
        parts.append(Markup("</mark>"))
        at = one.end
    return Markup("").join([*parts, escape(text[at:])])


def is_national_id(digits: str) -> bool:
    """Whether 13 digits are a national ID: the last is the check digit of the others (domain.md 2.2)."""
    numbers = [int(digit) for digit in digits]  # int() reads Thai digits too.
    if len(numbers) != 13 or numbers[0] == 0:
        return False
    total = sum(number * (13 - place) for place, number in enumerate(numbers[:12]))
    return (11 - total % 11) % 10 == numbers[12]


def _numbers(text: str) -> Iterator[Found]:
    taken: list[tuple[int, int]] = []
    for match in _ID.finditer(text):
        if is_national_id("".join(char for char in match[0] if char.isdigit())):
            taken.append(match.span())
            yield Found("national_id", *match.span())
    for match in _PHONE.finditer(text):
        if not any(start <= match.start() < end for start, end in taken):
            yield Found("phone", *match.span())
    for match in _EMAIL.finditer(text):
        yield Found("email", *match.span())


def _rude(text: str, words: Sequence[str]) -> Iterator[Found]:
    """Whole words only: the letters of a rude word stand in many that are none."""
    at = 0
    for word in words:
        start = text.find(word, at)
        if start < 0:
            continue  # The segmenter has normalised it; its place cannot be told.
        at = start + len(word)
        if word.casefold() in RUDE_WORDS:
            yield Found("rude", start, at)
