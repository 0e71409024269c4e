"""Ending an account: the person goes from every room, the counts and the ledger's entries stay.

Whoever gave consent may take it back as easily (Personal Data Protection Act B.E. 2562, section 19) and
have what names them erased (section 33). Rooms to the right of this one hold words and names too. They say
here how they forget a person (`erased_by`), and what has to be handed over first (`asked_before`).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import delete, select

from app.core import mail
from app.core.clock import now
from app.core.db import db, lock
from app.core.errors import DomainError
from app.i18n import Language, Lazy, _l
from app.identity import mails, service, throttle
from app.identity.models import PasswordReset, Person, Registration, RoleGrant, SignInSession
from app.ledger.facts import Actor, RoleHolder

ERASED_NAME = "—"
"""What stands where a page still shows the name of somebody who has left: an evaluator, for example."""
LATECOMERS = timedelta(hours=1)
"""So long after the end is looked for what a request already under way has still written."""

Eraser = Callable[[int], int]
Hindrance = Callable[[int], Lazy | None]

_erasers: dict[str, Eraser] = {}
_hindrances: dict[str, Hindrance] = {}


def erased_by(room: str, erase: Eraser) -> None:
    """Let a room forget people: `erase(person_id)` returns how many rows it changed; twice does no harm."""
    _erasers[room] = erase


def asked_before(room: str, hindrance: Hindrance) -> None:
    """Let a room say what a person must finish or hand over before they go; None when there is nothing."""
    _hindrances[room] = hindrance


def hindrances(person_id: int) -> list[Lazy]:
    """Why the account cannot end now, as sentences; empty when it can."""
    found = [hindrance(person_id) for _room, hindrance in sorted(_hindrances.items())]
    return [words for words in found if words is not None]


def end_account(*, person_id: int, actor: Actor | None = None) -> Person:
    """Erase a person: roles end on the record, every room forgets them, and they are told by mail.

    `actor` is who ends the roles; without it each is laid down by its own holder. The row stays, empty, for
    what points at it (a vote's mark, a grant). Raises `DomainError` for who has left already, who has
    something to hand over, and for the last administrator.
    """
    person = lock(Person, person_id)
    if person.erased_at is not None:
        raise DomainError(_l("This account has ended."))
    for words in hindrances(person_id):
        raise DomainError(words)
    _end_roles(person_id, actor)
    _erase_everywhere(person_id)
    email, name, lang = person.email, person.name, person.lang
    _drop_doors(person)
    person.email, person.name, person.password_hash = f"erased/{person_id}", ERASED_NAME, ""
    person.lang, person.demo_key, person.erased_at = "th", None, now()
    db.session.flush()
    language: Language = "en" if lang == "en" else "th"
    mails.send_farewell(to=email, name=name, lang=language)
    return person


def erase_latecomers() -> int:
    """Erase again those who left within the hour; return how many rows went.

    A request that had let the person in may write after the end: on PostgreSQL beside it, on SQLite when
    its turn comes.
    """
    just_left = select(Person.id).where(Person.erased_at > now() - LATECOMERS).order_by(Person.id)
    return sum(_erase_everywhere(person_id) for person_id in db.session.scalars(just_left).all())


def _end_roles(person_id: int, actor: Actor | None) -> None:
    held = db.session.scalars(
        select(RoleGrant)
        .where(RoleGrant.person_id == person_id, RoleGrant.ended_at.is_(None))
        .order_by(RoleGrant.id)
    ).all()
    for grant in held:
        service.end_role(grant_id=grant.id, actor=actor or RoleHolder(grant.role, grant.id))


def _erase_everywhere(person_id: int) -> int:
    return sum(erase(person_id) for _room, erase in sorted(_erasers.items()))


def _drop_doors(person: Person) -> None:
    """Sessions, mailed links and mails go; so do the tries counted against the address."""
    db.session.execute(delete(SignInSession).where(SignInSession.person_id == person.id))
    db.session.execute(delete(PasswordReset).where(PasswordReset.person_id == person.id))
    db.session.execute(delete(Registration).where(Registration.email == person.email))
    mail.forget(person.email)
    for limit in (throttle.SIGN_IN, throttle.MAIL):
        throttle.forgive(limit, person.email)
