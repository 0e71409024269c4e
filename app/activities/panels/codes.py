"""The codes of this room with their words: stored as codes, checked by the tables, read in two languages."""

from __future__ import annotations

from app.i18n import Lazy, _l

VERDICT_HINTS: dict[str, Lazy] = {
    "adopted": _l("It will be done as the panel proposed."),
    "partly": _l("Some of it is used. Say which part, and why not the rest."),
    "declined": _l("It is not used. The reason must be one a neighbour would understand."),
    "superseded": _l("Another decision has already settled it. Say which."),
    "under_review": _l("Not decided yet. You must name the day by which it will be decided."),
}

VERDICT_MARKS = {"adopted": "done", "partly": "done", "declined": "bad", "under_review": "soon"}
"""The status mark beside a verdict; the others have none."""

APPLICATION_STATES: dict[str, Lazy] = {
    "waiting": _l("Waiting for an answer"),
    "seated": _l("You have a seat"),
    "declined": _l("No seat this time"),
    "withdrawn": _l("Taken back"),
}
"""Where an application stands, as its author reads it."""

APPLICATION_MARKS = {"waiting": "soon", "seated": "done", "declined": "", "withdrawn": ""}

ENDINGS = ("member", "agency", "erased")
"""Who ended a membership: the member, the agency with a reason, or an erasure."""
