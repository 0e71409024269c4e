"""What templates call the dates, numbers and bilingual texts by."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import Flask
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from app.core.phrases import wrap_phrases
from app.i18n import LANGUAGES, Counted, Language, current_language, dates
from app.i18n.bilingual import bi, bi_html, bi_plain
from app.i18n.digits import format_number, format_percent, format_percent_text, to_thai

TEXTS: dict[str, Callable[[Any], str]] = {
    "date": dates.format_date,
    "date_long": dates.format_date_long,
    "datetime": dates.format_datetime,
    "deadline": dates.format_deadline,
    "remaining": dates.format_remaining,
    "time": dates.format_time,
}
"""Filters over one day or moment; None gives nothing."""

RANGES: dict[str, Callable[[Any, Any], str]] = {
    "daterange": dates.format_range,
    "timespan": dates.format_span,
}
"""Filters over a pair of days or moments."""


def init_app(app: Flask) -> None:
    """Register the filters and globals; `_n` is the templates' name for ngettext."""
    env = app.jinja_env
    env.filters.update({name: _time_element(write) for name, write in TEXTS.items()})
    env.filters.update({name: _range_element(write) for name, write in RANGES.items()})
    env.filters.update(
        k=wrap_phrases,
        month=dates.format_month,
        number=format_number,
        percent=format_percent,
        percent_text=format_percent_text,
        thai_digits=to_thai,
    )
    env.globals.update(
        bi=bi,
        bi_html=bi_html,
        bi_plain=bi_plain,
        current_language=current_language,
        languages=LANGUAGES,
    )
    counted = _counted(env.globals["ngettext"])
    env.globals.update(ngettext=counted, _n=counted)


def date_element(value: dates.Day, lang: Language) -> Markup:
    """What the filter `date` gives in a language, whatever the page's."""
    return _element(_iso(value), dates.format_date(value, lang))


def _time_element(write: Callable[[Any], str]) -> Callable[[Any], Markup]:
    def element(value: dates.Day | None) -> Markup:
        return Markup("") if value is None else _element(_iso(value), write(value))

    return element


def _range_element(write: Callable[[Any, Any], str]) -> Callable[[Any], Markup]:
    def element(pair: tuple[dates.Day, dates.Day]) -> Markup:
        first, last = pair
        return _element(_iso(first), write(first, last))

    return element


def _element(iso: str, text: str) -> Markup:
    return Markup('<time datetime="{}">{}</time>').format(iso, text)


def _iso(value: dates.Day) -> str:
    """Machine-readable, on Bangkok's clock: what is read out and what is written agree."""
    if isinstance(value, datetime):
        return dates.local(value).isoformat(timespec="minutes")
    return value.isoformat()


def _counted(ngettext: Any) -> Callable[..., Any]:
    """`ngettext` for templates, printing its number with thousands separators."""

    @pass_context
    def counted(context: Context, singular: str, plural: str, num: int, **values: Any) -> Any:
        shown = {name: Counted(value) if value is num else value for name, value in values.items()}
        return ngettext(context, singular, plural, Counted(num), **shown)

    return counted
