"""Reading people, their sessions and who holds office."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.core.clock import now
from app.core.db import db
from app.core.errors import DomainError, NotFound
from app.core.text import sort_key
from app.i18n import _l
from app.identity.models import PasswordReset, Person, Registration, RoleGrant, SignInSession
from app.identity.viewer import token_digest


@dataclass(frozen=True)
class OpenSession:
    """A browser in which a person is signed in; `here` is the one that asks."""

    digest: str
    device: str
    opened_at: datetime
    expires_at: datetime
    here: bool


@dataclass(frozen=True)
class Holder:
    """Somebody who holds, or held, a role."""

    grant_id: int
    person_id: int
    name: str
    email: str
    role: str
    agency_id: int | None
    given_at: datetime
    ended_at: datetime | None


def clean_email(email: str) -> str:
    """The one form in which an address is kept and compared."""
    return email.strip().lower()


def person_by_email(email: str) -> Person | None:
    """The person with this address, or None; an erased account has none."""
    return db.session.scalar(
        select(Person).where(Person.email == clean_email(email), Person.erased_at.is_(None))
    )


def registered_person(email: str) -> Person:
    """The person with this address; `DomainError` at the field `email` for those who give out roles."""
    person = person_by_email(email)
    if person is None:
        raise DomainError(
            _l("Nobody has an account with this address. Ask the person to register first."), "email"
        )
    return person


def own_account(person_id: int) -> Person:
    """The person's own row."""
    person = db.session.get(Person, person_id)
    if person is None:
        raise NotFound
    return person


def open_sessions(person_id: int, token: str) -> list[OpenSession]:
    """Where a person is signed in, the newest first."""
    here = token_digest(token)
    rows = db.session.execute(
        select(SignInSession.digest, SignInSession.device, SignInSession.opened_at, SignInSession.expires_at)
        .where(
            SignInSession.person_id == person_id,
            SignInSession.revoked_at.is_(None),
            SignInSession.expires_at > now(),
        )
        .order_by(SignInSession.opened_at.desc(), SignInSession.digest)
    )
    return [OpenSession(*row, here=row.digest == here) for row in rows]


def waiting_registration(token: str) -> Registration | None:
    """The registration that the link of this token still makes an account, or None."""
    return db.session.scalar(
        select(Registration).where(
            Registration.digest == token_digest(token),
            Registration.used_at.is_(None),
            Registration.expires_at > now(),
        )
    )


def reset_owner(token: str) -> Person | None:
    """Whose password the link of this token still sets, or None."""
    return db.session.scalar(
        select(Person)
        .join(PasswordReset, PasswordReset.person_id == Person.id)
        .where(
            PasswordReset.digest == token_digest(token),
            PasswordReset.used_at.is_(None),
            PasswordReset.expires_at > now(),
        )
    )


def holds_role(person_id: int, role: str, agency_id: int | None) -> bool:
    """Whether a person now holds a role there."""
    same_place = RoleGrant.agency_id.is_(None) if agency_id is None else RoleGrant.agency_id == agency_id
    return bool(
        db.session.scalar(
            select(RoleGrant.id).where(
                RoleGrant.person_id == person_id,
                RoleGrant.role == role,
                RoleGrant.ended_at.is_(None),
                same_place,
            )
        )
    )


def programme_holders(roles: Collection[str]) -> Sequence[Holder]:
    """Who now holds these programme roles, by name."""
    return _holders(RoleGrant.agency_id.is_(None), RoleGrant.role.in_(roles))


def agency_holders(agency_id: int) -> Sequence[Holder]:
    """Who now holds a role in an agency, by name."""
    return _holders(RoleGrant.agency_id == agency_id)


def grant_holder(grant_id: int) -> Holder:
    """The grant with its holder, ended or not; raises `NotFound`."""
    rows = _select_holders(RoleGrant.id == grant_id)
    if not rows:
        raise NotFound
    return rows[0]


def _holders(*conditions: object) -> Sequence[Holder]:
    rows = _select_holders(RoleGrant.ended_at.is_(None), *conditions)
    return sorted(rows, key=lambda holder: (sort_key(holder.name), holder.grant_id))


def _select_holders(*conditions: object) -> list[Holder]:
    rows = db.session.execute(
        select(
            RoleGrant.id,
            RoleGrant.person_id,
            Person.name,
            Person.email,
            RoleGrant.role,
            RoleGrant.agency_id,
            RoleGrant.given_at,
            RoleGrant.ended_at,
        )
        .join(Person, Person.id == RoleGrant.person_id)
        .where(*conditions)  # type: ignore[arg-type]
    )
    return [Holder(*row) for row in rows]
