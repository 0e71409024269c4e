"""Slowing down guessing: how often something may be tried with one e-mail address and from one network.

The narrow limit is for an address from one network: who guesses elsewhere does not shut its owner out. Wider
ones stop many addresses being tried from one network, and one address from many.

A try is noted before it is made, by a transaction of its own, so that neither the request's failure nor
many requests at once escape the count. A refused try is not counted: waiting always helps.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import has_request_context, request
from sqlalchemy import ColumnElement, Connection, delete, func, insert, select

from app.config import current_settings
from app.core.clock import now
from app.core.db import apart, db
from app.core.errors import DomainError
from app.i18n import _n
from app.identity.models import Attempt


@dataclass(frozen=True)
class Count:
    """At most `tries` that share the address, the network or both; `refusal` words it for minutes to wait."""

    tries: int
    refusal: Callable[[int], str]
    address: bool = False
    network: bool = False


@dataclass(frozen=True)
class Limit:
    """How often something of a kind may be tried within `window`: every count holds."""

    kind: str
    window: timedelta
    counts: tuple[Count, ...]


@dataclass(frozen=True)
class _Source:
    """What a try is counted by: keyed digests of the address and of the network it comes from."""

    address: str
    network: str


class TooManyTries(DomainError):
    """The address or the network must rest for a while. Answered with 429."""


def _wrong_passwords(minutes: int) -> str:
    return _n(
        "Too many tries with this address. Wait %(num)s minute, then try again.",
        "Too many tries with this address. Wait %(num)s minutes, then try again.",
        minutes,
    )


def _busy_network(minutes: int) -> str:
    return _n(
        "Too many tries from your network. Wait %(num)s minute, then try again.",
        "Too many tries from your network. Wait %(num)s minutes, then try again.",
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


SIGN_IN = Limit(
    "sign_in",
    timedelta(minutes=15),
    (
        Count(10, _wrong_passwords, address=True, network=True),
        Count(100, _wrong_passwords, address=True),
        Count(100, _busy_network, network=True),
    ),
)
"""Wrong passwords; the right one clears those from its own network."""
MAIL = Limit(
    "mail",
    timedelta(hours=1),
    (Count(5, _many_mails, address=True), Count(20, _busy_network, network=True)),
)
"""Mails asked for by people who are not signed in: nobody's box is flooded through us, nor many boxes."""

LONGEST_WINDOW = max(SIGN_IN.window, MAIL.window)


def note_try(limit: Limit, address: str) -> None:
    """Count one more try with this address; raise `TooManyTries` instead where a limit is reached.

    Comes before the request's own writing: it takes and gives back SQLite's writer lock.
    """
    source, moment = _source(address), now()
    with apart() as connection:
        _take_turn(connection, source)
        for count in limit.counts:
            oldest = _oldest_counted(connection, limit, count, source, moment)
            if oldest is not None:
                seconds = (oldest + limit.window - moment).total_seconds()
                raise TooManyTries(count.refusal(max(1, -int(-seconds // 60))))
        connection.execute(
            insert(Attempt).values(
                kind=limit.kind, address_digest=source.address, network_digest=source.network, at=moment
            )
        )


def forgive(limit: Limit, address: str) -> None:
    """Forget the tries made with an address, wherever from; part of the caller's transaction."""
    db.session.execute(
        delete(Attempt).where(Attempt.kind == limit.kind, Attempt.address_digest == _source(address).address)
    )


def forgive_here(limit: Limit, address: str) -> None:
    """Forget the tries made with an address from this network; those of others still count against it."""
    both = _same(_source(address), address=True, network=True)
    db.session.execute(delete(Attempt).where(Attempt.kind == limit.kind, *both))


def _oldest_counted(
    connection: Connection, limit: Limit, count: Count, source: _Source, moment: datetime
) -> datetime | None:
    """When the try was made whose end of window lets the next one in; None while there is room."""
    return connection.scalar(
        select(Attempt.at)
        .where(
            Attempt.kind == limit.kind,
            Attempt.at > moment - limit.window,
            *_same(source, address=count.address, network=count.network),
        )
        .order_by(Attempt.at.desc())
        .offset(count.tries - 1)
        .limit(1)
    )


def _same(source: _Source, *, address: bool, network: bool) -> list[ColumnElement[bool]]:
    by_address = [Attempt.address_digest == source.address] if address else []
    by_network = [Attempt.network_digest == source.network] if network else []
    return by_address + by_network


def _take_turn(connection: Connection, source: _Source) -> None:
    """Make tries with one address or from one network wait for each other; SQLite has one writer anyway."""
    if connection.dialect.name == "postgresql":
        # In one order, so that no two wait for each other in a circle.
        for digest in sorted({source.address, source.network}):
            number = int.from_bytes(bytes.fromhex(digest)[:8], signed=True)
            connection.execute(select(func.pg_advisory_xact_lock(number)))


def _source(address: str) -> _Source:
    """Who tries, as the table keeps it: nobody can read from it who tried to sign in, or where from."""
    sender = request.remote_addr if has_request_context() else None
    return _Source(_digest("address", address.strip().lower()), _digest("network", network_of(sender)))


def network_of(sender: str | None) -> str:
    """The network of a computer's address, as much as one subscriber commands: /24, or /48 of IPv6.

    Without an address, or with one that cannot be read, it is the empty network.
    """
    try:
        found = ipaddress.ip_address(sender or "")
    except ValueError:
        return ""
    if isinstance(found, ipaddress.IPv6Address):
        found = found.ipv4_mapped or found
    return str(ipaddress.ip_network((found.packed, 24 if found.version == 4 else 48), strict=False))


def _digest(what: str, value: str) -> str:
    secret = current_settings().secret_key.encode()
    return hmac.new(secret, f"{what} {value}".encode(), hashlib.sha256).hexdigest()
