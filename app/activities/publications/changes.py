"""What changed between two versions of a document: by section, and in a section by Thai words.

Made when it is asked for: any two versions may be compared. Texts of versions never change, so what was
found is kept; and the work on one page has a bound, past which whole lines stand for their words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import groupby
from typing import Literal

from app.activities.publications.sections import Section
from app.core.text import segment
from app.i18n import Language

What = Literal["same", "added", "removed"]
Run = tuple[What, str]
"""Words that follow one another and share a fate."""

MOST_PAIRS, PAIRS_OF_BLOCK = 150_000, 30_000
"""Pairs of equal words that may be weighed for one page, and for one block of changed lines.

Their number, not that of the words, is what finding the best order costs; honest pages stay far below.
"""

_SHORT = 3
"""Fewer letters than this between two changes are not worth a pause in them."""


@dataclass(frozen=True)
class Change:
    """A section beside its earlier self: what became of it, its name, its words in their runs."""

    id: str
    what: Literal["same", "changed", "added", "removed"]
    name: str
    runs: tuple[Run, ...]


def compare(older: Sequence[Section], newer: Sequence[Section], lang: Language) -> list[Change]:
    """Every section of both versions, in the order of the newer one; one that was removed where it stood."""
    before = {section.id: section for section in older}
    left = MOST_PAIRS
    changes: list[Change] = []
    for section, kept in _in_order(older, newer):
        if not kept:
            changes.append(_whole(section, "removed", lang))
        elif section.id not in before:
            changes.append(_whole(section, "added", lang))
        else:
            was, now = _words(before[section.id], section, lang)
            runs, cost = _runs_of(was, now, left) if was != now else ((), 0)
            left -= cost
            what: Literal["same", "changed"] = "changed" if runs else "same"
            changes.append(Change(section.id, what, _name(section, lang), runs))
    return changes


def language_of(older: Sequence[Section], newer: Sequence[Section], wanted: Language) -> Language:
    """The language in which the two can be compared: English only where both have it."""
    both = all(section.html.en is not None for section in (*older, *newer))
    return wanted if both else "th"


def _in_order(older: Sequence[Section], newer: Sequence[Section]) -> Iterator[tuple[Section, bool]]:
    """The newer sections, and before the one they stood before those that are gone (False)."""
    staying = {section.id for section in newer}
    gone: dict[str | None, list[Section]] = {}
    waiting: list[Section] = []
    for section in older:
        if section.id in staying:
            gone[section.id], waiting = waiting, []
        else:
            waiting.append(section)
    for section in newer:
        yield from ((removed, False) for removed in gone.get(section.id, ()))
        yield section, True
    yield from ((removed, False) for removed in waiting)


def _whole(section: Section, what: Literal["added", "removed"], lang: Language) -> Change:
    text = section.text.pick(lang)[0]
    return Change(section.id, what, _name(section, lang), ((what, text),) if text else ())


def _name(section: Section, lang: Language) -> str:
    return section.name.pick(lang)[0]


def _words(before: Section, after: Section, lang: Language) -> tuple[str, str]:
    """The texts of a section then and now, with their headings where those differ: a number may stay."""
    texts = before.text.pick(lang)[0], after.text.pick(lang)[0]
    names = _name(before, lang), _name(after, lang)
    if names[0] == names[1]:
        return texts
    return f"{names[0]}\n{texts[0]}".strip("\n"), f"{names[1]}\n{texts[1]}".strip("\n")


@lru_cache(maxsize=256)
def _runs_of(was: str, now: str, left: int) -> tuple[tuple[Run, ...], int]:
    """The runs that make `was` into `now`, and what finding them cost of the pairs that were `left`.

    Where too many would have to be weighed, whole lines stand for their words.
    """
    before, after = was.split("\n"), now.split("\n")
    cost = _pairs(before, after)
    if cost > min(left, PAIRS_OF_BLOCK):
        return (("removed", was), ("added", now)), 0
    runs: list[Run] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        old, new = _lines(before[a:b]), _lines(after[c:d])
        if tag == "replace":
            fine, more = _word_runs(old, new, min(left - cost, PAIRS_OF_BLOCK))
            cost += more
            runs += fine
        else:
            runs += [("same", new)] if tag == "equal" else [("removed", old), ("added", new)]
    return tuple(_joined(runs)), cost


def _lines(lines: Sequence[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _pairs(old: Sequence[str], new: Sequence[str]) -> int:
    """How many pairs of equal pieces the two have, blanks left out."""
    counted = Counter(new)
    return sum(counted[piece] for piece in old if not piece.isspace())


def _word_runs(was: str, now: str, left: int) -> tuple[list[Run], int]:
    old, new = _pieces(was), _pieces(now)
    cost = _pairs(old, new)
    if cost > left:
        return [("removed", was), ("added", now)], 0
    runs: list[Run] = []
    for tag, a, b, c, d in SequenceMatcher(str.isspace, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            runs.append(("same", "".join(new[c:d])))
        else:
            runs += [("removed", "".join(old[a:b])), ("added", "".join(new[c:d]))]
    return _unbroken(runs), cost


def _pieces(text: str) -> list[str]:
    """The text cut at its words, nothing lost: words, and what stands between them."""
    pieces: list[str] = []
    end = 0
    for word in segment(text):
        start = text.find(word, end)
        if start < 0:  # The text is not in its stored form: what cannot be found stays uncut.
            break
        pieces += [*text[end:start], word]
        end = start + len(word)
    return [*pieces, *([text[end:]] if end < len(text) else [])]


def _unbroken(runs: Iterable[Run]) -> list[Run]:
    """Changes with next to nothing between them as one change, which is easier to read."""
    merged: list[list[Run]] = [[]]
    for what, words in runs:
        if what == "same" and len(words.strip()) >= _SHORT:
            merged += [[(what, words)], []]
        elif words:
            merged[-1].append((what, words))
    found: list[Run] = []
    for group in merged:
        if all(what == "same" for what, _words in group):
            found += group
        else:
            old = "".join(words for what, words in group if what != "added")
            new = "".join(words for what, words in group if what != "removed")
            found += _edged(old, new)
    return found


def _edged(old: str, new: str) -> list[Run]:
    """A change without the blanks that both sides end in."""
    tail = new[len(new.rstrip()) :] if new[len(new.rstrip()) :] == old[len(old.rstrip()) :] else ""
    cut = len(tail)
    return [("removed", old[: len(old) - cut]), ("added", new[: len(new) - cut]), ("same", tail)]


def _joined(runs: Iterable[Run]) -> Iterator[Run]:
    """Runs of the same fate that follow one another as one; empty ones are left out."""
    for what, group in groupby((run for run in runs if run[1]), key=lambda run: run[0]):
        yield what, "".join(words for _what, words in group)
