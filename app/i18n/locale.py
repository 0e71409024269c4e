"""The prefix /th or /en decides the language; Flask-Babel finds the texts, one catalogue a room."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from flask import Flask, current_app, g, request
from flask_babel import Babel, refresh
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from app.i18n import DEFAULT, LANGUAGES, Language, current_language, filters, language_of_path

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_IN_PATH = "/:@!$&'()*+,;=~"
_IN_QUERY = _IN_PATH + "?%"


class MissingCatalogue(RuntimeError):
    """A catalogue of texts has not been compiled."""


def init_app(app: Flask, rooms: Iterable[str], directory: Path | None = None) -> None:
    """Speak both languages: catalogues of `rooms`, prefix of addresses, filters of templates.

    `directory` holds <lang>/LC_MESSAGES/<room>.mo and is the project's `translations` unless told.
    A room without a .po file has no texts yet; one whose .po is not compiled stops the start.
    """
    directory = directory or Path(app.root_path).parent / "translations"
    found = _compiled(directory, rooms)
    app.config.update(
        BABEL_DEFAULT_LOCALE=DEFAULT,
        BABEL_DEFAULT_TIMEZONE="Asia/Bangkok",
        # Flask-Babel reads one directory for each domain, so the one directory is named for each.
        BABEL_DOMAIN=";".join(found),
        BABEL_TRANSLATION_DIRECTORIES=";".join([str(directory)] * len(found)),
    )
    ours = set(app.jinja_env.filters)
    Babel(app, locale_selector=current_language)
    # Flask-Babel's own filters would write Thai dates in the Christian era.
    for name in set(app.jinja_env.filters) - ours:
        del app.jinja_env.filters[name]
    # White space around the lines of a {% trans %} block is layout, not text.
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    app.url_value_preprocessor(_take_language)
    app.url_defaults(_give_language)
    filters.init_app(app)
    app.add_template_global(switch_url)


def choose_language(accept_language: str | None) -> Language:
    """The language an Accept-Language header asks for; Thai when it names neither."""
    asked = parse_accept_header(accept_language, LanguageAccept)
    best = asked.best_match(LANGUAGES)
    return "en" if best == "en" else DEFAULT


def switch_url(lang: Language) -> str:
    """The address of this page in `lang`, query kept.

    Where this address can only be posted to, the nearest page above it; on an error page the
    same address with the other prefix.
    """
    path = _readable_path() if request.method not in SAFE_METHODS else request.path
    rest = path.split("/", 2)[2:] if language_of_path(path) else []
    address = f"{request.root_path}/{lang}/{quote(''.join(rest), safe=_IN_PATH)}"
    query = quote(request.query_string, safe=_IN_QUERY) if path == request.path else ""
    return f"{address}?{query}" if query else address


def _readable_path() -> str:
    """This request's path, shortened until a GET is answered there."""
    adapter = current_app.create_url_adapter(request)
    path = request.path
    while adapter and path.count("/") > 1 and not adapter.test(path, method="GET"):
        path = path.rstrip("/").rpartition("/")[0]
    return path


def _take_language(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    """The prefix decides, on error pages too; an address without one asks the browser."""
    (values or {}).pop("lang", None)
    asked = request.headers.get("Accept-Language")
    g.lang = language_of_path(request.path) or choose_language(asked)
    # A test's or a command's outer context may have been speaking the other language.
    refresh()


def _give_language(endpoint: str, values: dict[str, Any]) -> None:
    try:
        expected = current_app.url_map.is_endpoint_expecting(endpoint, "lang")
    except KeyError:
        return  # No such page: the building of the address will say so, with its name.
    if expected:
        values.setdefault("lang", current_language())


def _compiled(directory: Path, rooms: Iterable[str]) -> list[str]:
    found, missing = [], []
    for room in rooms:
        for lang in LANGUAGES:
            source = directory / lang / "LC_MESSAGES" / f"{room}.po"
            if not source.exists():
                continue
            if room not in found:
                found.append(room)
            if not source.with_suffix(".mo").exists():
                missing.append(str(source.with_suffix(".mo")))
    if missing or not found:
        what = ", ".join(missing) or f"every catalogue of {directory}"
        raise MissingCatalogue(f"missing: {what}; run `python scripts/messages.py compile`")
    return found
