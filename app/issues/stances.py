"""Where people stand on what an issue proposes: one list for every kind that asks."""

from __future__ import annotations

from app.i18n import Lazy, _l

STANCES: dict[str, Lazy] = {
    "for": _l("For it"),
    "against": _l("Against it"),
    "neutral": _l("Neither"),
    "unsure": _l("Not sure yet"),
}
"""The codes with their words."""
