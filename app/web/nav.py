"""The side menu of officers, evaluators and the programme: rooms announce their pages to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import request, url_for
from flask_login import current_user


@dataclass(frozen=True)
class NavItem:
    """One entry: shown to who holds `permission`; `order` sorts within its section."""

    section: Any
    label: Any
    endpoint: str
    permission: str
    order: int = 100
    args: Mapping[str, Any] = field(default_factory=dict)


_items: dict[str, NavItem] = {}


def announce(*items: NavItem) -> None:
    """Add pages to the menu; called at import by a room's routes."""
    for item in items:
        _items[item.endpoint] = item


def office_nav() -> list[dict[str, Any]]:
    """The viewer's menu: sections with their entries, in order."""
    sections: dict[str, list[dict[str, Any]]] = {}
    for item in sorted(_items.values(), key=lambda item: item.order):
        if current_user.may(item.permission):
            sections.setdefault(str(item.section), []).append(
                {
                    "label": item.label,
                    "url": url_for(item.endpoint, **item.args),
                    "current": request.endpoint == item.endpoint,
                }
            )
    return [{"title": title, "items": items} for title, items in sections.items()]
