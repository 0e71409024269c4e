"""Thai text: one stored form, counting as readers count, dictionary order, words.

Everything here is pure and knows no domain. Rules: Unicode UAX #29 for what a reader calls a
character, the CLDR collation for Thai for order, the project's notes on Thai (domain.md §4) for
the repairs of typing.
"""

from __future__ import annotations

import importlib
import os
import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache
from itertools import pairwise

CODE_POINTS = 8
"""The most code points a character may take on average, for columns and for refusing marks heaped on marks.

The longest cluster in honest use (a family of emoji) has eleven, and no text is made of those alone.
"""

# Marks standing on or under a consonant, in the order they are stored: phinthu, below vowels,
# above vowels, nikhahit, tones, silencers. The order agrees with Unicode's canonical order.
_MARK_ORDER = {mark: place for place, marks in enumerate(("ฺ", "ุู", "ัิีึื็", "ํ", "่้๊๋", "์๎")) for mark in marks}
_MARKS = "".join(_MARK_ORDER)
_TONES = "่้๊๋"

# Fonts of the 1990s put shifted marks into the private use area; copying from old PDF files still
# brings them in. Each goes back to the letter it shows.
_LEGACY = dict(
    zip(
        range(0xF700, 0xF71B),
        "ฐิีึื่้๊๋์่้๊๋์ญัํ็่้๊๋์ฺุู",
        strict=True,
    )
)

_LINE_BREAK = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# Controls, invisible spaces and joiners without use in Thai, direction overrides, lone surrogates,
# noncharacters. U+200D stays: it holds emoji together.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e"
    "\u2060-\u2064\u2066-\u206f\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff"
    "\U000e0001]"
)
_BLANKS = re.compile("[\t \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_MARK_RUN = re.compile(f"[{_MARKS}]{{2,}}")
# Without looking back, a long row of า would be tried again from each of its letters.
_TONE_AFTER_VOWEL = re.compile(f"(?<![ะาำ])([ะาำ]+)([{_TONES}]+)")
_SPLIT_AM = re.compile(f"ํ([{_TONES}]*)า")
_DOUBLED = re.compile(f"([{_MARKS}ำ])\\1+")
_LAKKHANGYAO = re.compile("(?<![ฤฦ])ๅ")
_EMPTY_LINES = re.compile("\n{3,}")


def normalise(text: str) -> str:
    """The one stored form of a text of several lines.

    NFC; marks in order, ํา as ำ, เเ as แ; nothing invisible; runs of blanks become one space,
    lines are trimmed, at most one empty line stands between two paragraphs. Idempotent.
    """
    text = _INVISIBLE.sub("", _LINE_BREAK.sub("\n", text).translate(_LEGACY))
    text = _repair(text)
    lines = (_BLANKS.sub(" ", line).strip(" ") for line in text.split("\n"))
    return _EMPTY_LINES.sub("\n\n", "\n".join(lines)).strip("\n")


def normalise_line(text: str) -> str:
    """The stored form of a text of one line: as `normalise`, with line breaks made spaces."""
    return " ".join(normalise(text).split("\n")).replace("  ", " ")


def _repair(text: str) -> str:
    """`text` with Thai marks as a careful typist leaves them.

    One repair can make room for another (a tone typed after the vowel, then a silencer), so the
    repairs are tried again until nothing changes; three rounds are enough for any slip seen.
    """
    for _ in range(6):
        before = text
        text = unicodedata.normalize("NFC", text)
        text = _LAKKHANGYAO.sub("า", text.replace("เเ", "แ"))
        text = _TONE_AFTER_VOWEL.sub(r"\2\1", text)
        text = _SPLIT_AM.sub(r"\1ำ", _MARK_RUN.sub(_in_order, text))
        text = _DOUBLED.sub(r"\1", text)
        if text == before:
            break
    return text


def _in_order(run: re.Match[str]) -> str:
    return "".join(sorted(run.group(), key=_MARK_ORDER.__getitem__))


# ---------------------------------------------------------------- what a reader calls a character


def graphemes(text: str) -> list[str]:
    """`text` cut into what its reader calls characters: กี้ and น้ำ are one each.

    Extended grapheme clusters of UAX #29 but for conjoining Hangul and Indic conjuncts.
    """
    if not text:
        return []
    starts = [0]
    for place in range(1, len(text)):
        if not _joins(text, starts[-1], place):
            starts.append(place)
    return [text[start:end] for start, end in pairwise([*starts, len(text)])]


def grapheme_len(text: str) -> int:
    """How many characters a reader counts in `text`."""
    return len(text) if text.isascii() and "\r" not in text else len(graphemes(text))


def cut(text: str, n: int) -> str:
    """`text` in at most `n` graphemes, the last one an ellipsis where something was cut."""
    clusters = graphemes(text)
    if len(clusters) <= n:
        return text
    return "".join(clusters[: max(n - 1, 0)]).rstrip() + "…" if n > 0 else ""


def _joins(text: str, start: int, place: int) -> bool:
    """Whether the sign at `place` belongs to the cluster that began at `start`."""
    last, char = text[place - 1], text[place]
    if last == "\r":
        return char == "\n"
    if char < "\u0300" or _is_control(last):
        return False
    if _extends(char):
        return True
    if last == "\u200d":
        return _is_pictograph(char) and _is_pictograph(text[start])
    return _is_flag_letter(char) and _is_flag_letter(last) and start == place - 1


def _extends(char: str) -> bool:
    return (
        char in "\u0e33\u0eb3\u200c\u200d\uff9e\uff9f"
        or "\U0001f3fb" <= char <= "\U0001f3ff"
        or "\U000e0020" <= char <= "\U000e007f"
        or unicodedata.category(char) in {"Mn", "Me", "Mc"}
    )


def _is_control(char: str) -> bool:
    return unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"} and not _extends(char)


def _is_pictograph(char: str) -> bool:
    return (
        char in "©®‼⁉™"
        or "\u2190" <= char <= "\u2bff"
        or char in "\u3030\u303d\u3297\u3299"
        or "\U0001f000" <= char <= "\U0001faff"
    ) and not _is_flag_letter(char)


def _is_flag_letter(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


# ---------------------------------------------------------------- dictionary order

_LEADING_VOWEL = re.compile("([เ-ไ])([ก-ฮ])")
# CLDR for Thai: ํ sorts before ะ, ฺ after ไ, ำ as า with ํ, ๅ as า, Thai digits as digits.
_PRIMARY = str.maketrans(
    {"ํ": "ฯ", "ฺ": "ๅ", "ำ": "าฯ", "ๅ": "า"}
    | {chr(0x0E50 + digit): str(digit) for digit in range(10)}
    # Latin letters follow the Thai ones: their full-width forms stand higher in Unicode.
    | {chr(letter): chr(letter - 0x61 + 0xFF41) for letter in range(0x61, 0x7B)}
)
_SECONDARY = {mark: chr(0x22 + place) for place, mark in enumerate("๎์็่้๊๋")}
_PLAIN = "!"


def sort_key(text: str) -> str:
    """A key whose plain code point order is Thai dictionary order.

    Consonants before the vowels written in front of them, tones only where all else is equal,
    punctuation and spaces ignored, digits, then Thai, then Latin. Keys may be stored and compared
    byte-wise (COLLATE "C" in PostgreSQL, BINARY in SQLite).
    """
    letters = _LEADING_VOWEL.sub(r"\2\1", unicodedata.normalize("NFD", normalise_line(text)))
    primary, secondary = [], []
    for char in letters.casefold():
        if char in _SECONDARY:
            secondary.append(_SECONDARY[char])
        elif (char.isalnum() and char not in "ฯๆ") or char in _MARK_ORDER:
            primary.append(char.translate(_PRIMARY))
            secondary.append(_PLAIN)
        elif unicodedata.combining(char):
            secondary.append(char)
    return "\x01".join(("".join(primary), "".join(secondary).rstrip(_PLAIN), text))


# ---------------------------------------------------------------- words


@cache
def _newmm() -> Callable[..., list[str]]:
    """The dictionary segmenter, loaded at its first use: it costs two thirds of a second."""
    os.environ.setdefault("PYTHAINLP_READ_ONLY", "1")
    return importlib.import_module("pythainlp.tokenize").word_tokenize


# Only Thai letters (with the dots of abbreviations) need the dictionary; numbers and foreign words
# are found by form, which also keeps a long row of digits away from the slow paths of newmm.
_WORD = re.compile(r"([ก-๎][ก-๎.]*)|\d+(?:[.,:]\d+)*|[^\W\d_ก-๎]+(?:['’][^\W\d_ก-๎]+)*")


_THAI = re.compile("[ก-๎]+")


def segment(text: str) -> list[str]:
    """The words of `text`, without blanks and punctuation.

    "ประชุม 16.30 น. ที่ city hall" gives ["ประชุม", "16.30", "น.", "ที่", "city", "hall"].
    """
    words: list[str] = []
    for found in _WORD.finditer(normalise(text)):
        words += _newmm()(found[0], engine="newmm-safe") if found[1] else [found[0]]
    return [word for word in words if word.strip(".")]


@cache
def _breaker() -> Callable[[str, str], Iterable[str]]:
    """ICU's cutter, loaded at its first use."""
    return importlib.import_module("icu4py.breakers").WordBreaker


def finer(words: str) -> list[str]:
    """The smaller Thai words `words` is made of: น้ำท่วม gives น้ำ and ท่วม, which `segment` keeps whole.

    ICU's dictionary holds few compounds. What is not Thai is left out.
    """
    return [part for run in _THAI.findall(words) for part in _breaker()(run, "th")]
