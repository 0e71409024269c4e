"""Codes of who answers by a link: the agency knows its links, so a link alone opens nobody's answers.

The first page saved by a link gives its sender a code of 16 digits, which the browser keeps and shows; the system
keeps a keyed hash of it. 10^16 are so many that trying them out is hopeless while a survey is open. The code is
made of the form's key, so that the same form sent again, its answer lost on the way, gives the same code.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from enum import Enum

from sqlalchemy import delete, exists, select

from app.activities.surveys.counting import upsert
from app.activities.surveys.models import Draft, Receipt, Response
from app.activities.surveys.queries import draft_of, response_of
from app.activities.surveys.respondent import Respondent
from app.activities.surveys.service import hold_survey
from app.config import current_settings
from app.core.db import db
from app.core.errors import DomainError
from app.core.ids import is_key
from app.i18n import _l
from app.i18n.digits import to_arabic

DIGITS = 16
GROUP = 4


class NeedsCode(DomainError):
    """Somebody has begun or answered by this link, and the code shown, if any, is not theirs."""

    def __init__(self) -> None:
        super().__init__(
            _l("Somebody is answering by this link already, so nothing was saved. Open the link again.")
        )


class Door(Enum):
    """What a link opens: everything, as nobody has used it or the code is right; else nothing, and why."""

    OPEN = "open"
    BEGUN = "begun"
    ANSWERED = "answered"


def fresh_code(token: str, key: str) -> str | None:
    """The code that goes with a form of this key sent by this link; None for what is no key."""
    if not is_key(key):
        return None
    digest = _keyed(f"survey code {token} {key}")
    return f"{int(digest, 16) % 10**DIGITS:0{DIGITS}}"


def read_code(typed: str) -> str | None:
    """A code as somebody types it, with blanks or dashes between and in either kind of digits."""
    digits = "".join(sign for sign in to_arabic(typed) if sign not in " -\u00a0\u2013")
    return digits if len(digits) == DIGITS and digits.isascii() and digits.isdecimal() else None


def in_groups(code: str) -> str:
    """A code as it is shown, on one line: 1234 5678 9012 3456."""
    return "\u00a0".join(code[place : place + GROUP] for place in range(0, DIGITS, GROUP))


def door(activity_id: int, respondent: Respondent) -> Door:
    """What is open to somebody now."""
    if respondent.token_id is None or fits(respondent.token_id, respondent.code):
        return Door.OPEN
    if response_of(activity_id, respondent) is not None:
        return Door.ANSWERED
    begun = _digest_of(respondent.token_id) is not None or draft_of(activity_id, respondent) is not None
    return Door.BEGUN if begun else Door.OPEN


def fits(token_id: int, code: str | None) -> bool:
    """Whether this is the code of who answers by a link."""
    kept = _digest_of(token_id) if code else None
    return kept is not None and hmac.compare_digest(kept, _digest(token_id, str(code)))


def admit(activity_id: int, respondent: Respondent) -> None:
    """Let in who shows their code, or the first to answer by a link, who gets theirs. Raises `NeedsCode`.

    Comes at the beginning of every verb of who answers: of two who begin at once, one is the first.
    """
    token_id = respondent.token_id
    if token_id is None or fits(token_id, respondent.code):
        return
    if respondent.fresh is None or door(activity_id, respondent) is not Door.OPEN:
        raise NeedsCode
    digest = _digest(token_id, respondent.fresh)
    new = upsert()(Receipt).values(token_id=token_id, digest=digest)
    first = db.session.scalar(new.on_conflict_do_nothing().returning(Receipt.token_id))
    if first is None:
        raise NeedsCode


def check_code(*, respondent: Respondent, code: str | None) -> None:
    """Raise `DomainError` unless this is the code of who answers by the link."""
    if respondent.token_id is None or not fits(respondent.token_id, code):
        raise DomainError(_l("This is not the code of this link. Look at each digit again."), "code")


def begin_anew(*, activity_id: int, respondent: Respondent) -> None:
    """Throw away what somebody began by a link and did not send: a lost code must not keep them from answering.

    Raises `DomainError` where answers were sent: those stay as they are.
    """
    hold_survey(activity_id)
    draft = draft_of(activity_id, respondent, hold=True)  # Who is just sending it comes first.
    if response_of(activity_id, respondent) is not None:
        raise DomainError(_l("The answers of this link have been sent and stay as they are."))
    if draft is not None:
        db.session.delete(draft)
        db.session.flush()
    db.session.execute(delete(Receipt).where(Receipt.token_id == respondent.token_id))


def forget_unsent(token_ids: Sequence[int | None]) -> None:
    """Forget the codes of those of these links by which nothing was sent."""
    used = exists().where(Response.token_id == Receipt.token_id) | exists().where(
        Draft.token_id == Receipt.token_id
    )
    db.session.execute(
        delete(Receipt)
        .where(Receipt.token_id.in_(token_ids), ~used)
        .execution_options(synchronize_session=False)
    )


def _digest_of(token_id: int) -> str | None:
    return db.session.scalar(select(Receipt.digest).where(Receipt.token_id == token_id))


def _digest(token_id: int, code: str) -> str:
    return _keyed(f"survey receipt {token_id} {code}")


def _keyed(words: str) -> str:
    return hmac.new(current_settings().secret_key.encode(), words.encode(), hashlib.sha256).hexdigest()
