"""Slowing down guessing: how often something may be tried with one e-mail address.

A try is noted before it is made, by a transaction of its own, so that neither the request's failure nor
many requests at once escape the count. A refused try is not counted: waiting always helps.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, insert, select

from app.config import current_settings
from app.core.clock import now
from app.core.db import apart, db
from app.core.errors import DomainError
from app.i18n import _n
from app.identity.models import Attempt


@dataclass(frozen=True)
class Limit:
    """At most `tries` of a kind within `window`, for one address; `refusal` words it for minutes to wait."""

    kind: str
    tries: int
    window: timedelta
    refusal: Callable[[int], str]


class TooManyTries(DomainError):
    """The address must rest for a while. Answered with 429."""


def _wrong_passwords(minutes: int) -> str:
    return _n(
        "Too many tries with this address. Wait %(num)s minute, then try again.",
        "Too many tries with this address. Wait %(num)s minutes, then try again.",
        minutes,
    )


def _many_mails(minutes: int) -> str:
    return _n(
        "We have sent several mails to this address. Look for them, also among the unwanted mail, or wait "
        "%(num)s minute and try again.",
        "We have sent several mails to this address. Look for them, also among the unwanted mail, or wait "
        "%(num)s minutes and try again.",
        minutes,
    )


SIGN_IN = Limit("sign_in", 10, timedelta(minutes=15), _wrong_passwords)
"""Failed sign-ins; a successful one clears them."""
MAIL = Limit("mail", 5, timedelta(hours=1), _many_mails)
"""Mails asked for by people who are not signed in: nobody's box is flooded through us."""

LONGEST_WINDOW = max(SIGN_IN.window, MAIL.window)


def note_try(limit: Limit, address: str) -> None:
    """Count one more try with this address; raise `TooManyTries` instead where the limit is reached.

    Comes before the request's own writing: it takes and gives back SQLite's writer lock.
    """
    digest, moment = _digest(address), now()
    with apart() as connection:
        _take_turn(connection, digest)
        tried = _tries(connection, limit, digest, moment)
        if len(tried) < limit.tries:
            connection.execute(insert(Attempt).values(kind=limit.kind, address_digest=digest, at=moment))
            return
    seconds = (tried[-1] + limit.window - moment).total_seconds()
    raise TooManyTries(limit.refusal(max(1, -int(-seconds // 60))))


def forgive(limit: Limit, address: str) -> None:
    """Forget the tries made with an address; part of the caller's transaction."""
    db.session.execute(
        delete(Attempt).where(Attempt.kind == limit.kind, Attempt.address_digest == _digest(address))
    )


def _tries(connection: Connection, limit: Limit, digest: str, moment: datetime) -> Sequence[datetime]:
    """The newest tries within the window, newest first, no more than the limit counts."""
    return (
        connection.execute(
            select(Attempt.at)
            .where(
                Attempt.address_digest == digest,
                Attempt.kind == limit.kind,
                Attempt.at > moment - limit.window,
            )
            .order_by(Attempt.at.desc())
            .limit(limit.tries)
        )
        .scalars()
        .all()
    )


def _take_turn(connection: Connection, digest: str) -> None:
    """Make tries with one address wait for each other; SQLite has one writer anyway."""
    if connection.dialect.name == "postgresql":
        number = int.from_bytes(bytes.fromhex(digest)[:8], signed=True)
        connection.execute(select(func.pg_advisory_xact_lock(number)))


def _digest(address: str) -> str:
    """The address as the table keeps it: nobody can read from it who tried to sign in."""
    secret = current_settings().secret_key.encode()
    return hmac.new(secret, address.strip().lower().encode(), hashlib.sha256).hexdigest()
