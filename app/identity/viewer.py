"""Who is looking: worked out once per request, with one statement, and handed to the templates."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any, cast

from flask_login import current_user
from sqlalchemy import and_, select

from app.core.clock import now
from app.core.db import db
from app.identity.models import Person, RoleGrant, SignInSession
from app.identity.permissions import roles_with
from app.identity.roles import PERSON
from app.ledger.facts import Citizen, RoleHolder


@dataclass(frozen=True)
class Grant:
    """A role now held; `agency_id` is None for a programme role."""

    id: int
    role: str
    agency_id: int | None


@dataclass(frozen=True)
class Viewer:
    """A person at the door, or nobody (`person_id` None). Also Flask-Login's user object."""

    person_id: int | None = None
    name: str = ""
    grants: tuple[Grant, ...] = ()
    token: str = ""

    @property
    def signed_in(self) -> bool:
        return self.person_id is not None

    # Flask-Login asks a user object for these four.
    @property
    def is_authenticated(self) -> bool:
        return self.signed_in

    @property
    def is_active(self) -> bool:
        return self.signed_in

    @property
    def is_anonymous(self) -> bool:
        return not self.signed_in

    def get_id(self) -> str:
        return self.token

    def may(self, permission: str, agency_id: int | None = None) -> bool:
        """Whether the viewer holds a role with this permission: in that agency, or, without one, anywhere."""
        return self.grant_for(permission, agency_id) is not None or (
            self.signed_in and PERSON in roles_with(permission)
        )

    def grant_for(self, permission: str, agency_id: int | None = None) -> Grant | None:
        """The grant that gives the permission; programme roles hold everywhere."""
        roles = roles_with(permission)
        for grant in self.grants:
            fits = agency_id is None or grant.agency_id is None or grant.agency_id == agency_id
            if grant.role in roles and fits:
                return grant
        return None

    def agencies(self, permission: str) -> tuple[int, ...]:
        """The agencies in which the viewer holds the permission."""
        roles = roles_with(permission)
        found = {g.agency_id for g in self.grants if g.role in roles and g.agency_id is not None}
        return tuple(sorted(found))

    def as_citizen(self) -> Citizen:
        """The viewer as the actor of a citizen's act."""
        if self.person_id is None:
            raise PermissionError("nobody is signed in")
        return Citizen(self.person_id)

    def acting(self, permission: str, agency_id: int | None = None) -> RoleHolder:
        """The viewer as the actor of an act of office."""
        grant = self.grant_for(permission, agency_id)
        if grant is None:
            raise PermissionError(permission)
        return RoleHolder(grant.role, grant.id)


ANONYMOUS = Viewer()


def current_viewer() -> Viewer:
    """Who sent this request."""
    return cast(Viewer, cast(Any, current_user)._get_current_object())


def token_digest(token: str) -> str:
    """What the database keeps of a session or mail token."""
    return hashlib.sha256(token.encode()).hexdigest()


def viewer_of_session(token: str) -> Viewer | None:
    """The person of a live session with the roles held now, or None: one statement."""
    rows = db.session.execute(
        select(Person.id, Person.name, RoleGrant.id, RoleGrant.role, RoleGrant.agency_id)
        .join(SignInSession, SignInSession.person_id == Person.id)
        .outerjoin(RoleGrant, and_(RoleGrant.person_id == Person.id, RoleGrant.ended_at.is_(None)))
        .where(
            SignInSession.digest == token_digest(token),
            SignInSession.revoked_at.is_(None),
            SignInSession.expires_at > now(),
            Person.erased_at.is_(None),
        )
        .order_by(RoleGrant.id)
    ).all()
    if not rows:
        return None
    grants = tuple(Grant(row[2], row[3], row[4]) for row in rows if row[2] is not None)
    return Viewer(rows[0][0], rows[0][1], grants, token)
