"""Codes of this room with their words: channels, how a number is known, grounds for keeping a contact, replies."""

from __future__ import annotations

from collections.abc import Iterable

from app.i18n import _l

CHANNELS = {
    "website": _l("Website"),
    "notice_board": _l("Notice board of the agency"),
    "radio": _l("Radio"),
    "loudspeaker": _l("Village loudspeaker"),
    "exhibition": _l("Exhibition"),
    "newspaper": _l("Newspaper"),
    "social_media": _l("Social media"),
    "line": _l("LINE group"),
    "letter": _l("Letter"),
    "meeting": _l("Meeting"),
    "other": _l("Another way"),
}
"""By which people are told."""

KNOWN_BY = {
    "counted": _l("counted"),
    "estimated": _l("estimated"),
    "unknown": _l("not known"),
}
"""How the number of people reached is known."""

GROUNDS = {
    "consent": _l("The person agreed to be contacted"),
    "law": _l("Stakeholder register under the Act on Legislative Drafting B.E. 2562, section 15"),
}
"""Why the agency may keep the contact."""

GIVEN = {
    "writing": _l("In writing"),
    "spoken": _l("Face to face"),
    "phone": _l("By telephone"),
    "email": _l("By e-mail"),
    "online": _l("On a web form"),
}
"""How consent was given."""

WAYS = {"email": _l("E-mail"), "letter": _l("Printed letter")}
"""By which an invitation goes out."""

ANSWERS = {
    "coming": _l("Will come"),
    "cannot": _l("Cannot come"),
    "view": _l("Sends a view instead"),
}
"""What an invited person may reply."""

ERASED_BY = ("office", "self", "retention")
"""Who had a contact erased; the last is the end of the time for which it may be kept."""

TOKEN_WORD = {"invitation": "outreach invitation", "reply": "outreach reply"}
"""What the secret of a link is hashed with, for each of its uses: neither hash tells the other."""

TITLE, TEXT, LINE, NAME, ADDRESS, PHONE = 150, 3_000, 300, 120, 400, 60
"""Characters as readers count them."""

MOST_CONTACTS = 5_000
"""Contacts of one issue."""

MOST_AT_ONCE = 1_000
"""Invitations of one sending."""

MOST_REACHED = 80_000_000
"""More people than the country has were not reached."""


def one_of(column: str, codes: Iterable[str]) -> str:
    """The condition that a column holds one of the codes."""
    return f"{column} IN ({', '.join(repr(code) for code in codes)})"
