"""The side menu of officers, evaluators and the programme: rooms announce their pages to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import request, url_for
from flask_login import current_user


@dataclass(frozen=True)
class NavItem:
    """One entry: shown to who holds `permission`; `order` sorts within its section.

    `within` names the deeper pages that belong to it; those named by none belong to their room's first entry.
    """

    section: Any
    label: Any
    endpoint: str
    permission: str
    order: int = 100
    args: Mapping[str, Any] = field(default_factory=dict)
    within: tuple[str, ...] = ()


_items: dict[str, NavItem] = {}


def announce(*items: NavItem) -> None:
    """Add pages to the menu; called at import by a room's routes."""
    for item in items:
        _items[item.endpoint] = item


def _current(item: NavItem) -> str | None:
    """How the entry is marked: the page itself, the entry a room's deeper pages belong to, or not at all."""
    here = request.endpoint or ""
    if here == item.endpoint:
        return "page"
    if any(here in other.within for other in _items.values()):
        return "true" if here in item.within else None
    room = item.endpoint.partition(".")[0]
    mine = [other for other in sorted(_items.values(), key=lambda other: other.order) if _shown(other, room)]
    inside = here.partition(".")[0] == room and here not in _items
    return "true" if inside and mine[0] is item else None


def _shown(item: NavItem, room: str) -> bool:
    return item.endpoint.partition(".")[0] == room and bool(current_user.may(item.permission))


def office_nav() -> list[dict[str, Any]]:
    """The viewer's menu: sections with their entries, in order."""
    sections: dict[str, list[dict[str, Any]]] = {}
    for item in sorted(_items.values(), key=lambda item: item.order):
        if current_user.may(item.permission):
            sections.setdefault(str(item.section), []).append(
                {
                    "label": item.label,
                    "url": url_for(item.endpoint, **item.args),
                    "current": _current(item),
                }
            )
    return [{"title": title, "items": items} for title, items in sections.items()]
