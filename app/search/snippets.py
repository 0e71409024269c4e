"""The passage of a text that shows why it was found, with the found words marked.

Only a window around the first likely place is cut into words: a document of a hundred pages costs what a
comment does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.core.text import cut, grapheme_len, graphemes, normalise_line
from app.i18n import Language
from app.search.words import Placed, Word, placed_words

LONGEST = 200
"""Characters as readers count them, both ellipses included."""

BEFORE = 60
"""About so many characters of the passage stand before the first word found."""

MOST_TRIES = 20
_WINDOW = 3 * LONGEST
_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_THAI = re.compile("[ก-๎]")

Span = tuple[int, int]


@dataclass(frozen=True)
class Snippet:
    """A passage in pieces: (words, whether they are marked). `lang` is the language it is in."""

    pieces: Sequence[tuple[str, bool]]
    lang: Language

    def __str__(self) -> str:
        return "".join(words for words, _marked in self.pieces)


def snippet(text: str, words: Sequence[Word], known: Language | None, reader: Language) -> Snippet:
    """The passage of `text` that holds most of what was looked for first, or else its beginning."""
    lines = [line for line in text.split("\n") if line.strip()]
    # The reader's language first: of a text in two languages both lines may hold the word.
    lines.sort(key=lambda line: (known or language_of(line)) != reader)
    for line in lines:
        line = normalise_line(line)
        for window in _windows(line, words):
            spans = marks(window, words)
            if spans:
                return Snippet(_passage(window, spans, line), known or language_of(line))
    beginning = cut(normalise_line(lines[0]), LONGEST) if lines else ""
    return Snippet([(beginning, False)] if beginning else [], known or language_of(beginning))


def language_of(text: str) -> Language:
    """The language of a line in one of our two: one letter of Thai is enough."""
    return "th" if _THAI.search(text) else "en"


def marks(text: str, words: Sequence[Word]) -> list[Span]:
    """Where in a normalised text the words stand, whole or in parts one after the other, in order."""
    wholes = {word.whole for word in words}
    compounds = [word.parts for word in words if word.compound]
    placed = list(placed_words(text))
    spans = {(place.start, place.end) for place in placed if place.form in wholes}
    for parts in compounds:
        spans.update(_in_a_row(_smallest(placed), parts))
    return _merged(sorted(spans))


def _smallest(placed: Sequence[Placed]) -> list[Placed]:
    """Without the words whose parts follow them."""
    following = [*placed[1:], None]
    return [
        place
        for place, after in zip(placed, following, strict=True)
        if after is None or after.start >= place.end or (after.start, after.end) == (place.start, place.end)
    ]


def _in_a_row(placed: Sequence[Placed], parts: Sequence[str]) -> Iterator[Span]:
    placed = list(dict.fromkeys(placed))
    forms = [place.form for place in placed]
    for start in range(len(forms) - len(parts) + 1):
        if forms[start : start + len(parts)] == list(parts):
            yield placed[start].start, placed[start + len(parts) - 1].end


def _merged(spans: Sequence[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def _windows(line: str, words: Sequence[Word]) -> Iterator[str]:
    """Passages of a line in which one of the words may stand: around each place its letters do."""
    if len(line) <= _WINDOW:
        yield line
        return
    folded = "".join(small if len(small := sign.lower()) == 1 else sign for sign in line.translate(_DIGITS))
    needles = [re.escape(part) for word in words for part in (word.whole, word.parts[0])]
    tries = 0
    end = 0
    for found in re.finditer("|".join(needles), folded):
        if found.start() < end:
            continue
        start, end = _around(line, found.start())
        yield line[start:end]
        tries += 1
        if tries == MOST_TRIES:
            return


def _around(line: str, place: int) -> Span:
    """A window about `place` that begins and ends where a reader's character does, at a blank if one is near."""
    start, end = max(place - LONGEST, 0), min(place + 2 * LONGEST, len(line))
    if start:
        blank = line.find(" ", start, place - BEFORE)
        start = blank + 1 if blank >= 0 else start + len(graphemes(line[start : start + 8])[0])
    while end < len(line) and len(graphemes(line[end - 1 : end + 1])) == 1:
        end += 1
    return start, end


def _passage(window: str, spans: Sequence[Span], line: str) -> list[tuple[str, bool]]:
    """The marked pieces of a window, shortened at words to what a result may show."""
    starts = [0, *(place.start for place in placed_words(window))]
    first = spans[0][0]
    begin = 0 if first <= BEFORE else min((s for s in starts if s >= first - BEFORE), default=first)
    begin = min(begin, first)
    end = _fitting(window, begin, starts)
    pieces: list[tuple[str, bool]] = []
    if begin or not line.startswith(window):
        pieces.append(("…", False))
    at = begin
    for start, stop in spans:
        if start >= end:
            break
        if start > at:
            pieces.append((window[at:start], False))
        pieces.append((window[start : min(stop, end)], True))
        at = min(stop, end)
    if at < end:
        pieces.append((window[at:end], False))
    if end < len(window) or not line.endswith(window):
        pieces.append(("…", False))
    return pieces


def _fitting(window: str, begin: int, starts: Sequence[int]) -> int:
    """Where the passage from `begin` ends: before the word that would make it too long."""
    room = LONGEST - 2
    if grapheme_len(window[begin:]) <= room:
        return len(window)
    longest = begin + len("".join(graphemes(window[begin:])[:room]))
    return max((start for start in starts if begin < start <= longest), default=longest)
