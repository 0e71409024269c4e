"""People, their roles, their sessions."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import db, recorded
from app.identity.roles import AGENCY_ROLES, ROLES


class Person(db.Model):
    """Someone with an account. `email` is kept in lower case; `erased_at` ends the account.

    `demo_key` marks the invented people one may sign in as in the demonstration.
    """

    __tablename__ = "identity_people"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(500))
    password_hash: Mapped[str] = mapped_column(String(200), default="")
    lang: Mapped[str] = mapped_column(String(2), default="th")
    created_at: Mapped[datetime]
    verified_at: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]
    demo_key: Mapped[str | None] = mapped_column(String(40), unique=True)


class RoleGrant(db.Model):
    """A role given to a person, in one agency or in the programme; its id names the holder in the ledger."""

    __tablename__ = "identity_grants"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("identity_people.id"), index=True)
    role: Mapped[str] = mapped_column(String(20))
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies_agencies.id"), index=True)
    given_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint(f"role IN ({', '.join(repr(r) for r in sorted(ROLES))})", name="role_known"),
        CheckConstraint(
            f"(role IN ({', '.join(repr(r) for r in sorted(AGENCY_ROLES))})) = (agency_id IS NOT NULL)",
            name="role_fits_scope",
        ),
        # A role is held once: in an agency, or in the programme, where there is no agency to compare.
        Index(
            "uq_identity_grants_in_agency",
            "person_id",
            "role",
            "agency_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL AND agency_id IS NOT NULL"),
            postgresql_where=text("ended_at IS NULL AND agency_id IS NOT NULL"),
        ),
        Index(
            "uq_identity_grants_in_programme",
            "person_id",
            "role",
            unique=True,
            sqlite_where=text("ended_at IS NULL AND agency_id IS NULL"),
            postgresql_where=text("ended_at IS NULL AND agency_id IS NULL"),
        ),
        recorded("identity"),
    )


class SignInSession(db.Model):
    """A signed-in browser; the cookie holds the token, the table its digest. Revocable at once.

    `device` is a word or two for its owner ("Firefox, Windows"), never the whole header.
    """

    __tablename__ = "identity_sessions"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("identity_people.id"), index=True)
    opened_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    device: Mapped[str] = mapped_column(String(40), default="")


class Registration(db.Model):
    """What somebody typed to get an account, until the link sent to the address is opened.

    Only then is there a person: nobody takes an address that is not theirs, and what was typed with one
    link never mixes with what was typed with another. `digest` is that of the link's token.
    """

    __tablename__ = "identity_registrations"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    email: Mapped[str] = mapped_column(String(254), index=True)
    name: Mapped[str] = mapped_column(String(500))
    password_hash: Mapped[str] = mapped_column(String(200))
    lang: Mapped[str] = mapped_column(String(2))
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class PasswordReset(db.Model):
    """A link sent by mail to set a new password; works once, until `expires_at`."""

    __tablename__ = "identity_password_resets"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("identity_people.id"), index=True)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class Attempt(db.Model):
    """Something tried with an e-mail address from a network, by keyed digests of both; counted, then deleted."""

    __tablename__ = "identity_attempts"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    address_digest: Mapped[str] = mapped_column(String(64))
    network_digest: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(index=True)

    __table_args__ = (
        CheckConstraint("kind IN ('sign_in', 'mail', 'comment', 'files')", name="kind_known"),
        Index("ix_identity_attempts_address", "address_digest", "kind", "at"),
        Index("ix_identity_attempts_network", "network_digest", "kind", "at"),
    )
