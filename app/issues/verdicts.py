"""What becomes of what people said: one list for every kind that answers them."""

from __future__ import annotations

from app.i18n import Lazy, _l

VERDICTS: dict[str, Lazy] = {
    "adopted": _l("Adopted"),
    "partly": _l("Partly adopted"),
    "declined": _l("Not adopted"),
    "superseded": _l("Overtaken by something else"),
    "under_review": _l("Under review"),
}
"""The codes with their words (architecture.md, fixed points). Only `under_review` has a date to decide by."""
