"""What a text can be found by: its words as readers know them, and the smaller ones they are made of.

Thai is written without spaces, and where a compound ends is a matter of taste: น้ำท่วม is one word of the
dictionary, and who looks for ท่วม means it too. So both cuts go into the index, and a word that is looked for
is found by itself or by all its parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.core.text import finer, normalise_line, segment

MOST_WORDS = 12
"""Words of one search that count; what follows them is not looked for."""

_NO_WORDS = str.maketrans("ๆฯ", "  ")
_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_SIGNS = re.compile(r"[.,:'’]")
_THAI = re.compile("[ก-๎]")
# What may be an abbreviation without its dots: พรบ, กทม. A dictionary cuts it anywhere.
_INITIALS = re.compile("(?<![ก-๎])[ก-ฮ]{2,5}(?![ก-๎.])")
# A name written in one piece, as hashtags are: SiamParagon, adidasTH.
_HUMPS = re.compile(r"[^\W\d_a-z]+(?![a-z])|[^\W\d_a-z]?[^\W\d_A-Z]+")


@dataclass(frozen=True)
class Word:
    """A word in the form it is looked up by, and what it is made of: at least itself."""

    whole: str
    parts: tuple[str, ...]

    @property
    def compound(self) -> bool:
        return len(self.parts) > 1


@dataclass(frozen=True)
class Placed:
    """A word where it stands: `text[start:end]`."""

    form: str
    start: int
    end: int


@dataclass(frozen=True)
class Indexed:
    """What a text is found by: its smallest words in order, and, in no order, the compounds they make."""

    line: tuple[str, ...] = ()
    more: frozenset[str] = frozenset()


def words_of(text: str) -> list[Word]:
    """The words of a text, in its order."""
    return [found for piece in segment(_plain(text)) if (found := _word(piece)).whole]


def wanted_words(query: str) -> list[Word]:
    """What somebody looks for: each word once, at most `MOST_WORDS`."""
    words = [word for chunk in query.split() for word in _wanted(chunk)]
    return list(dict.fromkeys(words))[:MOST_WORDS]


def indexed(text: str) -> Indexed:
    """Everything a text is found by."""
    words = words_of(text)
    line = tuple(part for word in words for part in word.parts)
    # In its sentence a word may be cut as it is not when it stands alone: both cuts count.
    plain = normalise_line(_plain(text))
    more = {*finer(plain), *_INITIALS.findall(plain), *(word.whole for word in words)}
    return Indexed(line, frozenset(more.difference(line)))


def placed_words(text: str) -> Iterator[Placed]:
    """The words of a text and, after each, what it is made of, with their places. `text` is normalised."""
    end = 0
    for piece in segment(_plain(text)):
        start = text.find(piece, end)
        if start < 0:
            continue
        end = start + len(piece)
        yield Placed(_folded(piece), start, end)
        place = start
        for part in _cut(piece):
            place = text.index(part, place)
            yield Placed(_folded(part), place, place + len(part))
            place += len(part)


def _wanted(chunk: str) -> list[Word]:
    words = words_of(chunk)
    if len(words) > 1 and _INITIALS.fullmatch(chunk):
        return [Word(chunk, tuple(part for word in words for part in word.parts))]
    return words


def _word(piece: str) -> Word:
    whole = _folded(piece)
    parts = tuple(form for part in _cut(piece) if (form := _folded(part)))
    return Word(whole, parts or (whole,))


def _cut(piece: str) -> list[str]:
    """The parts of one word as it was written. Abbreviations and numbers with thousands have none."""
    if _THAI.search(piece):
        return [] if "." in piece else finer(piece)
    if piece[0].isdigit():
        return [] if "," in piece else re.split(r"[.:]", piece)
    return [hump for name in re.split("['’]", piece) for hump in _HUMPS.findall(name) if len(hump) > 1]


def _plain(text: str) -> str:
    """ๆ and ฯ belong to no word: จริงๆ is found as จริง."""
    return text.translate(_NO_WORDS)


def _folded(piece: str) -> str:
    """One form for พ.ร.บ. and พรบ, for ๒๕๖๙ and 2569, for Thai and THAI."""
    return _SIGNS.sub("", piece.translate(_DIGITS)).casefold()
