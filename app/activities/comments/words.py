"""The telling words of a comment: Thai as a dictionary cuts it, without the words everybody uses."""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from functools import cache

from app.core.text import segment

MOST_WORDS = 24
"""Words kept of one comment: a long one is found by its longest words, which tell most."""

LONGEST_WORD = 40

_ENGLISH = frozenset(
    {"about", "all", "also", "and", "any", "are", "because", "been", "but", "can", "come", "could", "did"}
    | {"does", "for", "from", "get", "good", "had", "has", "have", "her", "here", "him", "his", "how", "into"}
    | {
        "its",
        "just",
        "like",
        "long",
        "make",
        "many",
        "may",
        "more",
        "much",
        "new",
        "not",
        "now",
        "one",
        "only",
    }
    | {
        "our",
        "out",
        "over",
        "should",
        "some",
        "such",
        "than",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
    }
    | {"these", "they", "this", "time", "too", "use", "very", "was", "well", "were", "what", "when", "which"}
    | {"who", "will", "with", "would", "you", "your"}
)


@cache
def _common() -> frozenset[str]:
    """Thai words that tell nothing, from the segmenter's own list."""
    return frozenset(importlib.import_module("pythainlp.corpus").thai_stopwords()) | _ENGLISH


def telling_words(text: str) -> list[str]:
    """The words by which a text is found again, the longest first: no particles, no numbers, no single letters."""
    return telling(segment(text))


def telling(words: Iterable[str]) -> list[str]:
    """The telling ones of a text's words."""
    found = {word.casefold() for word in words}
    kept = {word for word in found if _tells(word)}
    return sorted(kept, key=lambda word: (-len(word), word))[:MOST_WORDS]


def _tells(word: str) -> bool:
    enough = len(word) >= (2 if "ก" <= word[0] <= "๎" else 3)
    return enough and len(word) <= LONGEST_WORD and word not in _common() and not word[0].isdigit()
