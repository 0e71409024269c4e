"""Two languages: which one is spoken now, and the texts of the interface in it.

Every room writes its texts in English and marks them with `_`, `_l` or `_n`; the Thai stands in
`translations/th/LC_MESSAGES/<room>.po`. In all three a literal percent sign is written `%%`, and
values are put in by name: `_("Answer by %(day)s", day=day)`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal, cast

import flask_babel
from flask import g, has_app_context, has_request_context, request
from flask_babel.speaklater import LazyString
from markupsafe import escape

Language = Literal["th", "en"]
LANGUAGES: tuple[Language, ...] = ("th", "en")
DEFAULT: Language = "th"


def current_language() -> Language:
    """The language of the page or mail being made; Thai where nobody has chosen."""
    chosen: Language | None = g.get("lang") if has_app_context() else None
    if chosen is None and has_request_context():
        chosen = language_of_path(request.path)
    return chosen or DEFAULT


def language_of_path(path: str) -> Language | None:
    """The language a path such as "/en/comments/3" begins with, if any."""
    first = path.split("/", 2)[1] if path.startswith("/") else ""
    return next((lang for lang in LANGUAGES if lang == first), None)


@contextmanager
def speaking(lang: Language) -> Iterator[None]:
    """Within, texts, dates and addresses are made in `lang`: for mail and documents.

    Needs an application context.
    """
    before = g.get("lang")
    g.lang = lang
    flask_babel.refresh()
    try:
        yield
    finally:
        g.lang = before
        flask_babel.refresh()


class Lazy(LazyString):
    """A text translated when it is shown. Its values are escaped like any other text's."""

    def __html__(self) -> str:
        return escape(str(self))

    def fill(self, **values: Any) -> str:
        """The text in the current language with other values in its places: a fact's sentence, when read."""
        return _(self._args[0], **values)


class Counted(int):
    """A number that prints with thousands separators: 1250 as "1,250"."""

    def __str__(self) -> str:
        return format(int(self), ",")


def _(message: str, **values: Any) -> str:
    """`message` in the current language."""
    return cast(str, flask_babel.gettext(message)) % values


def _l(message: str, **values: Any) -> Lazy:
    """`message` in the language current when it is shown: for forms, facts, kinds, constants."""
    return Lazy(_, message, **values)


def _n(singular: str, plural: str, num: int, **values: Any) -> str:
    """The text for `num` things; `%(num)s` in it prints with thousands separators."""
    text = cast(str, flask_babel.get_translations().ungettext(singular, plural, num))
    return text % {"num": Counted(num), **values}


__all__ = [
    "DEFAULT",
    "LANGUAGES",
    "Counted",
    "Language",
    "Lazy",
    "_",
    "_l",
    "_n",
    "current_language",
    "language_of_path",
    "speaking",
]
