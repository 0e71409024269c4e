"""Kinds of activity, one room each. They are found by looking into this folder; siblings never meet."""

from __future__ import annotations

import importlib
from pathlib import Path

from app.issues.kinds import register


def kind_rooms() -> list[str]:
    """The names of the rooms in this folder: those that hold a `kind.py`."""
    return sorted(path.parent.name for path in Path(__file__).parent.glob("*/kind.py"))


def discover() -> None:
    """Import each room's `kind.py` and register its `KIND`."""
    for name in kind_rooms():
        register(importlib.import_module(f"{__name__}.{name}.kind").KIND)
