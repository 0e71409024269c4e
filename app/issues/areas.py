"""The areas an issue may name: a province, then what lies in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select

from app.agencies.models import Area
from app.agencies.reference import provinces
from app.core.db import db
from app.core.text import sort_key
from app.i18n import _, current_language
from app.i18n.bilingual import Bilingual

Choice = tuple[str, str]


def province_choices() -> list[Choice]:
    """The 77 provinces as (code, name), in dictionary order of the reader's language."""
    return _sorted((code, str(name)) for code, name in provinces().items())


def area_choices(province: str) -> Mapping[str | None, Sequence[Choice]]:
    """Districts and sub-districts of a province by the heading they stand under: one statement.

    The first entry of each group is the district itself; the province stands under its own name.
    """
    rows = db.session.execute(
        select(Area.code, Area.name_th, Area.name_en, Area.kind, Area.parent).where(
            Area.code.startswith(province, autoescape=True)
        )
    ).all()
    names = {row.code: str(Bilingual(row.name_th, row.name_en)) for row in rows}
    groups: dict[str | None, list[Choice]] = {names[province]: [_whole(province, names)]}
    for code, name in _sorted((row.code, names[row.code]) for row in rows if row.kind == "district"):
        inside = [(row.code, names[row.code]) for row in rows if row.parent == code]
        groups[name] = [_whole(code, names), *_sorted(inside)]
    return groups


def _whole(code: str, names: dict[str, str]) -> Choice:
    return code, _("All of %(area)s", area=names[code])


def _sorted(choices: Iterable[Choice]) -> list[Choice]:
    if current_language() == "th":
        return sorted(choices, key=lambda choice: sort_key(choice[1]))
    return sorted(choices, key=lambda choice: choice[1])
