"""The codes of this room with their words: stored as codes, checked by the tables, read in two languages."""

from __future__ import annotations

from app.i18n import Lazy, _l

FORMS: dict[str, Lazy] = {
    "forum": _l("Public forum"),
    "focus_group": _l("Focus group"),
}
"""What kind of meeting it is (seed 000, section 2: forms of consulting)."""

FORM_HINTS: dict[str, Lazy] = {
    "forum": _l("Open to everyone who registers, as long as there are seats."),
    "focus_group": _l("A small group talks one subject through with a facilitator."),
}

MODES: dict[str, Lazy] = {
    "person": _l("In person"),
    "online": _l("Online"),
    "both": _l("In person and online"),
}

WAYS: dict[str, Lazy] = {
    "person": _l("I will come to the place"),
    "online": _l("I will join online"),
}
"""How one person takes part; a session's mode offers one of them or both."""

ACCESS: dict[str, Lazy] = {
    "ramp": _l("Ramp or lift, and a toilet for wheelchair users"),
    "sign_language": _l("Thai sign language interpreter"),
    "captions": _l("Live captions"),
    "transport": _l("Transport to the place"),
    "childcare": _l("Childcare"),
}
"""What a session offers so that everyone can take part."""

NEEDS: dict[str, Lazy] = {
    "ramp": _l("I use a wheelchair or cannot climb stairs"),
    "sign_language": _l("I need a sign language interpreter"),
    "captions": _l("I need captions or large type"),
    "transport": _l("I need help with the way there"),
    "childcare": _l("I bring a child who needs looking after"),
}
"""What somebody who registers needs; the same codes as what is offered."""

STATES: dict[str, Lazy] = {
    "seated": _l("You have a seat at this session"),
    "waiting": _l("On the waiting list"),
    "cancelled": _l("Cancelled by you"),
    "walk_in": _l("Came without registering"),
}
"""Where a registration stands, as its owner reads it."""

OFFICE_STATES: dict[str, Lazy] = {
    "seated": _l("Has a seat"),
    "waiting": _l("On the waiting list"),
    "cancelled": _l("Has cancelled"),
    "walk_in": _l("Came without registering"),
}

MARKS = {"seated": "done", "waiting": "soon", "cancelled": "", "walk_in": ""}
"""The status mark beside a state."""
