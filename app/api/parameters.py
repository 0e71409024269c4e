"""Reading what an address asks of the open data: a wrong value is refused, never guessed at."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TypeVar

from werkzeug.datastructures import MultiDict

from app.core.text import grapheme_len, normalise_line
from app.search.words import words_of

T = TypeVar("T")


class BadParameter(ValueError):
    """A parameter that cannot be understood; the message says what it may be."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(message)
        self.name = name


class Parameters:
    """The query of a request. Raises `BadParameter` for unknown names at once, for wrong values when read."""

    def __init__(self, given: MultiDict[str, str], known: Collection[str]) -> None:
        for name, values in given.lists():
            if name not in known:
                raise BadParameter(name, f"unknown; known are {', '.join(sorted(known))}")
            if len(values) > 1:
                raise BadParameter(name, "given more than once")
        self.given = given

    def number(self, name: str, least: int, most: int) -> int | None:
        """A whole number from `least` to `most`, or None when it was not given."""
        text = self.given.get(name)
        if text is None:
            return None
        if not (text.isascii() and text.isdigit() and len(text) < 19 and least <= int(text) <= most):
            raise BadParameter(name, f"must be a whole number from {least} to {most}")
        return int(text)

    def one_of(self, name: str, values: Collection[str]) -> str | None:
        """One of these values, or None when it was not given."""
        text = self.given.get(name)
        if text is not None and text not in values:
            raise BadParameter(name, f"must be one of {', '.join(sorted(values))}")
        return text

    def words(self, name: str, most: int) -> str:
        """A text of at most `most` characters with something to look for in it."""
        text = normalise_line(self.given.get(name, ""))
        if grapheme_len(text) > most or not words_of(text):
            raise BadParameter(name, f"must hold a word or a number, in at most {most} characters")
        return text

    def read(self, name: str, parse: Callable[[str], T]) -> T | None:
        """What `parse` makes of it, or None when it was not given; `ValueError` becomes a refusal."""
        text = self.given.get(name)
        if text is None:
            return None
        try:
            return parse(text)
        except ValueError as error:
            raise BadParameter(name, str(error)) from error
