"""The codes of this room with their words: stored as codes, checked by the tables, read in two languages."""

from __future__ import annotations

from app.i18n import Lazy, _l
from app.issues.stances import STANCES as STANCES

VERDICT_HINTS: dict[str, Lazy] = {
    "adopted": _l("The plan changes as the comment asks."),
    "partly": _l("Some of it is used. Say which part, and why not the rest."),
    "declined": _l("It is not used. The reason must be one a neighbour would understand."),
    "superseded": _l("Another decision or comment has already settled it. Say which."),
    "under_review": _l("Not decided yet. You must name the day by which you will decide."),
}

RELATIONS: dict[str, Lazy] = {
    "lives": _l("Lives here"),
    "trades": _l("Works or trades here"),
    "farms": _l("Farms here"),
    "passes": _l("Passes through"),
    "other": _l("Other"),
}
"""How the author is touched by the issue, if they like to say."""

HIDING_REASONS: dict[str, Lazy] = {
    "personal_data": _l("It contained personal data of someone"),
    "threat": _l("It threatened or incited hatred"),
    "obscene": _l("It was obscene or insulting"),
    "unlawful": _l("It may break the law"),
    "advertising": _l("It was advertising or spam"),
    "off_topic": _l("It was not about this issue"),
}
"""Why a moderator may take a comment from view. Disagreeing with the agency is not among them."""

WHO: dict[str, Lazy] = {
    "account": _l("People with an account"),
    "open": _l("Everyone, also without an account"),
}
"""Who may write in a thread."""

WHO_HINTS: dict[str, Lazy] = {
    "account": _l("A comment is shown as soon as it is sent."),
    "open": _l(
        "What comes without an account is marked as not verified, and waits until a moderator admits it."
    ),
}

CONSENTS: dict[str, Lazy] = {
    "signed": _l("In writing, with a signature"),
    "spoken": _l("By word of mouth, before a witness"),
    "sent": _l("By sending it to the agency for this issue"),
}
"""How the participant agreed that an officer keys in what they said."""
