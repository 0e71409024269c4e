"""Sections of a document: found in plain text by its headings, known by an id from version to version.

A heading is a line that begins with "# ", or a line numbered as in Thai legal texts: "หมวด 2 การรับฟัง" and
"ส่วนที่ 1" as a whole, "มาตรา 5" and "ข้อ 3" with the rest of the line as text. Numbers must rise, so that a
line which happens to begin with a reference to an earlier number stays text.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from markupsafe import Markup

from app.core.html import to_html
from app.core.text import cut, normalise
from app.i18n import Lazy, _l, speaking
from app.i18n.bilingual import Bilingual
from app.i18n.digits import to_arabic

HEADING = 150
"""Characters of a heading as readers count them; a longer numbered line is text."""

MOST_SECTIONS = 300
BREAK = "\n"
"""Stands between the sections' HTML in a version's column: HTML made of plain text holds none."""

UNDIVIDED: Sequence[dict[str, Any]] = ({"id": "s1", "key": "", "level": 2, "th": "", "en": None},)
"""The headings of a version that was written before there were sections."""

_NUMBER = r"[0-9๐-๙]{1,4}(?:/[0-9๐-๙]{1,3})?(?: (?:ทวิ|ตรี|จัตวา|เบญจ|ฉ|สัตต|อัฏฐ|นว|ทศ)(?= |$))?"
_MARKED = re.compile(r"#{1,3} +(\S.*)")
_CHAPTER = re.compile(rf"(หมวด|ส่วนที่|Chapter|Part) ?({_NUMBER})(?: .*)?")
_CLAUSE = re.compile(rf"(มาตรา|ข้อ|Section|Clause|Article) ?({_NUMBER})\.?(?: (.*))?")
_RANKS = ("หมวด", "Chapter", "ส่วนที่", "Part")
_AFTER_NUMBER = ("ทวิ", "ตรี", "จัตวา", "เบญจ", "ฉ", "สัตต", "อัฏฐ", "นว", "ทศ")
_TAG = re.compile(r"<[^>]+>")
_FIRST_WORDS = 60


@dataclass(frozen=True)
class Part:
    """A section as it stands in one language's text; without `title` what comes before the first heading."""

    key: str
    level: int
    title: str
    text: str


@dataclass(frozen=True)
class Section:
    """A section of a stored version. `title` is None before the first heading; `html` is safe.

    `level` is that of its heading on the page: 2, or 3 below a chapter. `alone`: there is no other one.
    """

    id: str
    level: int
    title: Bilingual | None
    html: Bilingual
    alone: bool = False

    @property
    def text(self) -> Bilingual:
        """The words as plain text, lines kept: what a quote must stand in, and differences are found in."""
        return Bilingual(plain(self.html.th), plain(self.html.en) if self.html.en is not None else None)

    @property
    def name(self) -> Bilingual:
        """The title, or words for what has none: what comes before the first one, or the whole text."""
        return self.title or _in_both(_l("The whole text") if self.alone else _l("Opening words"))

    @property
    def label(self) -> Bilingual:
        """The title for a table of contents: a number alone is followed by the first words."""
        words, text = self.name, self.text
        english = _labelled(words.en, text.en) if words.en is not None else None
        return Bilingual(_labelled(words.th, text.th), english)


def parts_of(text: str) -> list[Part]:
    """The sections of a plain text in their order; a text without headings is one."""
    found: list[Part] = []
    key, level, title = "", 2, ""
    lines: list[str] = []
    for line, heading in _lines(normalise(text)):
        if heading is None:
            lines.append(line)
            continue
        if title or any(lines):
            found.append(Part(key, level, title, "\n".join(lines).strip("\n")))
        (key, level, title), lines = heading, [line] if line else []
    found.append(Part(key, level, title, "\n".join(lines).strip("\n")))
    return found


def html_of(parts: Sequence[Part]) -> str:
    """The safe HTML of the sections' texts, as a version stores it; the headings stand beside it."""
    return BREAK.join(to_html(part.text) for part in parts)


def identify(keys: Sequence[str], earlier: Sequence[tuple[str, str]], made: int) -> tuple[list[str], int]:
    """Ids for sections with these keys, and how many have been given out in the document since it began.

    `earlier` are (key, id) of the version before. What stands in the same order keeps its id first, then
    what was moved; an id that was given up is never given out again.
    """
    ids: dict[int, str] = {}
    before = [key for key, _id in earlier]
    free = dict(enumerate(earlier))
    for old, new, size in SequenceMatcher(None, before, list(keys), autojunk=False).get_matching_blocks():
        for step in range(size):
            ids[new + step] = free.pop(old + step)[1]
    for place, key in enumerate(keys):
        if place not in ids:
            kept = next((old for old, (old_key, _id) in free.items() if old_key == key), None)
            if kept is None:
                made += 1
                ids[place] = f"s{made}"
            else:
                ids[place] = free.pop(kept)[1]
    return [ids[place] for place in range(len(keys))], made


def stored_sections(headings: Sequence[dict[str, Any]], html_th: str, html_en: str | None) -> list[Section]:
    """The sections of a version's columns; a version written before there were sections is one."""
    thai = html_th.split(BREAK)
    english = html_en.split(BREAK) if html_en is not None else [None] * len(thai)
    known = headings or UNDIVIDED
    return [
        Section(
            id=heading["id"],
            level=heading["level"],
            title=Bilingual(heading["th"], heading["en"]) if heading["th"] else None,
            html=Bilingual(Markup(th), Markup(en) if en is not None else None),
            alone=len(known) == 1,
        )
        for heading, th, en in zip(known, thai, english, strict=True)
    ]


def plain(safe: str) -> str:
    """The text of HTML made by `to_html`: paragraphs and lines as lines."""
    lines = safe.replace("</p><p>", "\n\n").replace("<br>", "\n")
    return html.unescape(_TAG.sub("", lines))


def _in_both(words: Lazy) -> Bilingual:
    with speaking("th"):
        thai = str(words)
    with speaking("en"):
        return Bilingual(thai, str(words))


Heading = tuple[str, int, str]
"""Key, level and title."""


def _lines(text: str) -> Iterator[tuple[str, Heading | None]]:
    """Each line, with its heading where it is one; then the line is what follows the heading in it."""
    inside, last = False, dict[str, tuple[int, int, int]]()
    for line in text.split("\n"):
        if marked := _MARKED.fullmatch(line):
            inside, last = True, _above(last, "ส่วนที่")
            yield "", ("# " + marked[1].casefold(), 2, marked[1])
        elif len(line) <= HEADING and (chapter := _CHAPTER.fullmatch(line)) and _rises(last, chapter):
            inside, last = True, _above(last, chapter[1])
            yield "", (f"{chapter[1]} {to_arabic(chapter[2])}", 2, line)
        elif (clause := _CLAUSE.fullmatch(line)) and _rises(last, clause):
            title = line[: clause.end(2)]
            yield clause[3] or "", (to_arabic(title), 3 if inside else 2, title)
        else:
            yield line, None


def _above(last: dict[str, tuple[int, int, int]], word: str) -> dict[str, tuple[int, int, int]]:
    """The last numbers of `word` and what stands above it: below, counting may begin anew."""
    above = _RANKS[: _RANKS.index(word) + 1] if word in _RANKS else ()
    return {known: place for known, place in last.items() if known in above}


def _rises(last: dict[str, tuple[int, int, int]], found: re.Match[str]) -> bool:
    """Whether the number follows the last one of its word, which it then becomes."""
    place = _place(found[2])
    if place <= last.get(found[1], (0, 0, 0)):
        return False
    last[found[1]] = place
    return True


def _place(number: str) -> tuple[int, int, int]:
    """A number as it is ordered: 5 < 5/1 < 6, 5 < 5 ทวิ < 6."""
    digits, _blank, word = to_arabic(number).partition(" ")
    whole, _slash, sub = digits.partition("/")
    return int(whole), int(sub or 0), _AFTER_NUMBER.index(word) + 1 if word else 0


def _labelled(title: str, text: str | None) -> str:
    if not _CLAUSE.fullmatch(title) or not text:
        return title
    return f"{title} {cut(text.partition(BREAK)[0], _FIRST_WORDS)}"
