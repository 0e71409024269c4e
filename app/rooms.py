"""The rooms of the house and what each opens to the outside: permissions, pages, commands, catalogue."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from importlib.util import find_spec
from types import ModuleType

import click
from flask import Flask

from app.activities import kind_rooms
from app.identity import permissions
from app.ledger.compare import Check

PLAIN_ROOMS = (
    "identity",
    "agencies",
    "issues",
    "evidence",
    "notifications",
    "outreach",
    "search",
    "assessment",
    "awards",
    "api",
    "site",
)
MODULES = {room: f"app.{room}" for room in PLAIN_ROOMS} | {
    kind: f"app.activities.{kind}" for kind in kind_rooms()
}
CATALOGUES = ("web", *MODULES)
"""One catalogue of texts a room, and one for what they share."""

GROUND_TABLES = ("app.core.mail", "app.core.staging", "app.ledger.models", "app.web.once")
"""Modules of the ground that hold tables."""

PREFIX = "/<any(th,en):lang>"
UNPREFIXED = "unprefixed"
"""A room's routes.py may hold a second blueprint of this name, for addresses without a language."""

DEMO_DOORS = "app.site.demo_doors"
"""Signing in without a password, and the caught mails: there in the demonstration alone."""


def open_doors(app: Flask) -> None:
    """Declare every room's permissions, register its pages and commands."""
    for name in MODULES:
        if module := _part(name, "permissions"):
            permissions.declare(module.GRANTS)
    for name in MODULES:
        if module := _part(name, "routes"):
            _open(app, module)
    if app.config["SETTINGS"].demo:
        _open(app, importlib.import_module(DEMO_DOORS))


def _open(app: Flask, module: ModuleType) -> None:
    if hasattr(module, "bp"):
        app.register_blueprint(module.bp, url_prefix=PREFIX + (module.bp.url_prefix or ""))
    if hasattr(module, UNPREFIXED):
        app.register_blueprint(getattr(module, UNPREFIXED))


def load_models() -> None:
    """Import every table there is, of the ground and of the rooms, for migrations and tests."""
    for ground in GROUND_TABLES:
        importlib.import_module(ground)
    for name in MODULES:
        _part(name, "models")


def background_work() -> list[Callable[[], int]]:
    """What rooms do in the background: `run()` of a room's background.py returns how much it did."""
    parts = [_part(name, "background") for name in MODULES]
    return [part.run for part in parts if part]


def commands() -> dict[str, list[click.Command]]:
    """What rooms do from the command line, by the group it stands in: COMMANDS of a room's commands.py."""
    found: dict[str, list[click.Command]] = {}
    for name in MODULES:
        if module := _part(name, "commands"):
            for group, members in module.COMMANDS.items():
                found.setdefault(group, []).extend(members)
    return found


def checks() -> list[Check]:
    """What `verify` compares in rooms: `check()` of a room's checks.py."""
    parts = [_part(name, "checks") for name in MODULES]
    return [part.check for part in parts if part]


def _part(room: str, part: str) -> ModuleType | None:
    full_name = f"{MODULES[room]}.{part}"
    return importlib.import_module(full_name) if find_spec(full_name) else None
