"""What people do with their accounts, and who holds office. The only writer of identity's tables."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import timedelta
from typing import cast

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from app.core.clock import now
from app.core.db import db, lock
from app.core.errors import DomainError, NotFound
from app.core.text import normalise_line
from app.i18n import Language, _l
from app.identity import mails, passwords, sessions, throttle
from app.identity.facts import ROLE_ENDED, ROLE_GIVEN
from app.identity.models import PasswordReset, Person, Registration, RoleGrant
from app.identity.queries import clean_email, holds_role, person_by_email
from app.identity.viewer import token_digest
from app.ledger.facts import SYSTEM, Actor, Fact, Place
from app.ledger.record import record

REGISTRATION_LIFETIME = timedelta(hours=48)
RESET_LIFETIME = timedelta(hours=1)


# ---------------------------------------------------------------- getting an account


def register(*, email: str, name: str, password_hash: str, lang: Language) -> None:
    """Keep what was typed and send the link that makes it an account.

    An address that has one already gets a mail saying so: whoever registers learns nothing from us.
    """
    email = clean_email(email)
    owner = person_by_email(email)
    if owner is not None:
        mails.send_already_registered(to=email, name=owner.name, lang=_lang(owner))
        return
    token = _new_token()
    db.session.add(
        Registration(
            digest=token_digest(token),
            email=email,
            name=normalise_line(name),
            password_hash=password_hash,
            lang=lang,
            expires_at=now() + REGISTRATION_LIFETIME,
        )
    )
    db.session.flush()
    mails.send_verify(to=email, lang=lang, token=token)


def check_registrant(*, registration: Registration, password: str) -> None:
    """Make sure that who confirms an address is who registered it; counted like a sign-in.

    Without this a stranger could register my address, and my pressing the button would give them an account
    in my name: theirs is the password.
    """
    throttle.note_try(throttle.SIGN_IN, registration.email)
    if not passwords.matches(registration.password_hash, password):
        raise DomainError(_l("This is not the password chosen with this registration."), "password")


def verify_email(*, token: str) -> Person:
    """Make the registration behind a link an account; the address's other links end with it.

    Whoever asks for it has passed `check_registrant`. Raises `DomainError` for a link that is unknown, used
    or too old, and for one whose address has an account by now.
    """
    asked = _registrations_of_same_address(token)
    chosen = next((row for row in asked if row.digest == token_digest(token)), None)
    if chosen is None or chosen.used_at is not None or chosen.expires_at <= now():
        raise DomainError(_l("This link has been used or is too old."))
    person = _add_person(
        Person(
            email=chosen.email,
            name=chosen.name,
            password_hash=chosen.password_hash,
            lang=chosen.lang,
            created_at=now(),
            verified_at=now(),
        )
    )
    for row in asked:
        row.used_at = row.used_at or now()
    db.session.flush()
    throttle.forgive_here(throttle.SIGN_IN, person.email)
    return person


def _registrations_of_same_address(token: str) -> Sequence[Registration]:
    """The registrations of the address a link was sent to, locked in one order: two may come at once."""
    email = select(Registration.email).where(Registration.digest == token_digest(token))
    return db.session.scalars(
        select(Registration)
        .where(Registration.email == email.scalar_subquery())
        .order_by(Registration.digest)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()


def create_admin(*, email: str, name: str = "", password: str = "") -> Person:
    """Make a programme administrator for the command line; an existing account keeps name and password."""
    email, name = clean_email(email), normalise_line(name)
    person = person_by_email(email)
    if person is None:
        person = _add_person(
            Person(
                email=email,
                name=name,
                password_hash=passwords.hash_new(password, email=email, name=name),
                created_at=now(),
                verified_at=now(),
            )
        )
    give_role(person_id=person.id, role="admin", actor=SYSTEM)
    return person


# ---------------------------------------------------------------- signing in, passwords


def check_sign_in(*, email: str, password: str) -> Person:
    """The person with this address and password; `DomainError` otherwise, in the same words and time.

    Writes nothing but the count of tries, which stands whatever happens next.
    """
    throttle.note_try(throttle.SIGN_IN, email)
    person = person_by_email(email)
    if passwords.matches(person.password_hash if person else None, password) and person:
        return person
    raise DomainError(_l("The e-mail address or the password is wrong."))


def check_own_password(*, person: Person, password: str) -> None:
    """Make sure that who changes the account knows its password; counted like a sign-in."""
    throttle.note_try(throttle.SIGN_IN, person.email)
    if not passwords.matches(person.password_hash, password):
        raise DomainError(_l("This is not your present password."), "current_password")


def welcome(*, person_id: int, password_hash: str | None = None) -> Person:
    """What a successful sign-in leaves behind: tries forgotten, an old hash replaced."""
    person = _living(person_id)
    throttle.forgive_here(throttle.SIGN_IN, person.email)
    if password_hash:
        person.password_hash = password_hash
        db.session.flush()
    return person


def ask_reset(*, email: str) -> None:
    """Send a link for a new password, if the address has an account."""
    person = person_by_email(email)
    if person is None:
        return
    token = _new_token()
    db.session.add(
        PasswordReset(digest=token_digest(token), person_id=person.id, expires_at=now() + RESET_LIFETIME)
    )
    db.session.flush()
    mails.send_reset(to=person.email, name=person.name, lang=_lang(person), token=token)


def reset_password(*, token: str, password_hash: str) -> Person:
    """Set a new password by a mailed link; every session and every other such link ends.

    Raises `DomainError` for a link that is unknown, used or too old.
    """
    person_id = db.session.scalar(
        update(PasswordReset)
        .where(
            PasswordReset.digest == token_digest(token),
            PasswordReset.used_at.is_(None),
            PasswordReset.expires_at > now(),
        )
        .values(used_at=now())
        .returning(PasswordReset.person_id)
    )
    if person_id is None:
        raise DomainError(_l("This link has been used or is too old."))
    person = _set_password(person_id, password_hash)
    sessions.revoke_all(person_id)
    return person


def change_password(*, person_id: int, password_hash: str, keep_token: str) -> Person:
    """Set a new password for somebody who knew the old one; their other sessions end."""
    person = _set_password(person_id, password_hash)
    sessions.revoke_others(person_id, keep_token)
    return person


def _set_password(person_id: int, password_hash: str) -> Person:
    person = _living(person_id)
    person.password_hash = password_hash
    db.session.execute(
        update(PasswordReset)
        .where(PasswordReset.person_id == person_id, PasswordReset.used_at.is_(None))
        .values(used_at=now())
    )
    db.session.flush()
    throttle.forgive(throttle.SIGN_IN, person.email)
    mails.send_password_changed(to=person.email, name=person.name, lang=_lang(person))
    return person


def change_details(*, person_id: int, name: str, lang: Language) -> Person:
    """Change the name that is shown and the language of mails."""
    person = _living(person_id)
    person.name, person.lang = normalise_line(name), lang
    db.session.flush()
    return person


# ---------------------------------------------------------------- holding office


def give_role(*, person_id: int, role: str, actor: Actor, agency_id: int | None = None) -> RoleGrant:
    """Give a role: in an agency, or in the programme without one. `DomainError` if it is already held."""
    _living(person_id, share=True)
    grant = RoleGrant(person_id=person_id, role=role, agency_id=agency_id, given_at=now())
    try:
        with db.session.begin_nested():
            db.session.add(grant)
            db.session.flush()
    except IntegrityError as error:
        if not holds_role(person_id, role, agency_id):
            raise
        raise DomainError(_l("This person already holds this role."), "email") from error
    _record(ROLE_GIVEN, grant, actor)
    return grant


def end_role(*, grant_id: int, actor: Actor) -> RoleGrant:
    """End a role; what was done under it stays. The programme keeps at least one administrator."""
    # Locked first and in order, so that two administrators cannot end each other at the same moment.
    admins = db.session.scalars(
        select(RoleGrant.id)
        .where(RoleGrant.role == "admin", RoleGrant.ended_at.is_(None))
        .order_by(RoleGrant.id)
        .with_for_update(key_share=True)
    ).all()
    if list(admins) == [grant_id]:
        raise DomainError(_l("The programme needs an administrator. Give the role to somebody else first."))
    grant = lock(RoleGrant, grant_id)
    if grant.ended_at is not None:
        raise DomainError(_l("This role has already ended."))
    grant.ended_at = now()
    db.session.flush()
    _record(ROLE_ENDED, grant, actor)
    return grant


def _record(fact: Fact, grant: RoleGrant, actor: Actor) -> None:
    """Into the programme's log, where all role grants are; the entry names the grant, never the person."""
    record(
        fact,
        subject=f"grant/{grant.id}",
        actor=actor,
        place=Place.programme(),
        data={"role": grant.role, "agency": grant.agency_id},
    )


# ---------------------------------------------------------------- small things


def _living(person_id: int, *, share: bool = False) -> Person:
    """Somebody's row, held; raises `NotFound` for who ended the account meanwhile: nothing is put back."""
    person = lock(Person, person_id, share=share)
    if person.erased_at is not None:
        raise NotFound
    return person


def _add_person(person: Person) -> Person:
    try:
        with db.session.begin_nested():
            db.session.add(person)
            db.session.flush()
    except IntegrityError as error:
        raise DomainError(
            _l("This address has an account already. Sign in, or set a new password.")
        ) from error
    return person


def _new_token() -> str:
    """256 random bits for a link; the database keeps only their digest."""
    return secrets.token_urlsafe(32)


def _lang(person: Person) -> Language:
    return cast(Language, person.lang)
