"""What every template can use."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, current_app, request
from flask_wtf import CSRFProtect
from markupsafe import Markup
from werkzeug.routing import IntegerConverter, Map

from app.config import Settings, current_settings
from app.core.ids import LARGEST_ID
from app.i18n import current_language
from app.web.assets import asset
from app.web.nav import office_nav

csrf = CSRFProtect()


class RowId(IntegerConverter):
    """`<int:...>` in an address is a row's id: a larger number is no address of this site, so 404."""

    def __init__(self, map: Map, fixed_digits: int = 0, max: int = LARGEST_ID) -> None:
        super().__init__(map, fixed_digits=fixed_digits, max=max)


def init_app(app: Flask, settings: Settings) -> None:
    """CSRF on every unsafe method, and the templates' globals and filters."""
    csrf.init_app(app)
    app.url_map.converters["int"] = RowId
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.add_template_global(asset, "asset")
    app.add_template_global(office_nav, "office_nav")
    app.add_template_global(has_endpoint, "has_endpoint")
    app.jinja_env.globals["settings"] = settings
    app.jinja_env.globals["is_official"] = is_official(settings.base_url)
    app.add_template_filter(iso_date, "iso_date")
    app.add_template_filter(file_size, "filesize")
    app.context_processor(_languages)


def has_endpoint(name: str) -> bool:
    """Whether a page exists in this build."""
    return name in current_app.view_functions


def is_official(base_url: str) -> bool:
    """Whether a site's address is the government's: under .go.th, and encrypted."""
    address = urlsplit(base_url)
    return address.scheme == "https" and (address.hostname or "").endswith(".go.th")


def iso_date(text: str) -> Markup:
    """A day written as the ledger writes it (ISO 8601, with or without a time), as the reader's date."""
    value = datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
    return Markup(current_app.jinja_env.filters["date"](value))


def file_size(size: int) -> str:
    """Bytes as a person reads them: 0.6 MB, 24 KB."""
    return f"{size / 1_000_000:.1f} MB" if size >= 100_000 else f"{max(1, round(size / 1_000))} KB"


def row_id(name: str) -> int | None:
    """A row's id in the query; anything else is as if it were not there."""
    value = request.args.get(name, type=int)
    return value if value is not None and 0 < value <= LARGEST_ID else None


def address_of(endpoint: str, lang: str, **values: Any) -> str:
    """A page's whole address, for mails: they are also written by commands, without a request."""
    path = current_app.url_map.bind("").build(endpoint, {"lang": lang, **values})
    return current_settings().base_url + path


def _languages() -> dict[str, Any]:
    lang = current_language()
    return {"lang": lang, "other_lang": "en" if lang == "th" else "th"}
