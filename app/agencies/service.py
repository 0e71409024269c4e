"""The register of agencies and who works in them. The only writer of the register."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.agencies.facts import CHANGED, CREATED, ENDED
from app.agencies.models import Agency
from app.core.clock import now
from app.core.db import db, lock
from app.core.errors import DomainError, NotFound
from app.i18n import _l
from app.i18n.dates import local_day
from app.identity import service as identity
from app.identity.models import RoleGrant
from app.identity.queries import grant_holder, registered_person
from app.identity.roles import AGENCY_ROLES
from app.ledger.facts import Actor, Fact, Place
from app.ledger.record import record


@dataclass(frozen=True)
class AgencyDetails:
    """An agency's entry in the register; `valid_until` is the first day on which it is no more."""

    short: str
    name_th: str
    kind: str
    valid_from: date
    name_en: str | None = None
    parent_id: int | None = None
    area_code: str | None = None
    valid_until: date | None = None
    contact_th: str = ""
    contact_en: str | None = None


def create_agency(*, details: AgencyDetails, actor: Actor, demo: bool = False) -> Agency:
    """Add an agency to the register; `demo` marks an invented one."""
    agency = Agency(**asdict(details), demo=demo)
    _check(agency)
    _store(agency)
    _record(CREATED, agency, actor)
    return agency


_rely_on_contact: dict[str, Callable[[int], bool]] = {}


def contact_relied_on(room: str, relies: Callable[[int], bool]) -> None:
    """Let a room say whether people rely on an agency's contact: `relies(agency_id)`. Then it cannot be emptied."""
    _rely_on_contact[room] = relies


def change_agency(*, agency_id: int, details: AgencyDetails, actor: Actor) -> Agency:
    """Change an agency's entry; where nothing differs nothing is recorded.

    Raises `DomainError` for a contact that is emptied while a room's pages name it.
    """
    agency = lock(Agency, agency_id)
    if agency.contact_th and not details.contact_th:
        _refuse_relied_on(agency_id)
    for name, value in asdict(details).items():
        setattr(agency, name, value)
    if db.session.is_modified(agency):
        _check(agency)
        _store(agency)
        _record(CHANGED, agency, actor)
    return agency


def _refuse_relied_on(agency_id: int) -> None:
    if any(relies(agency_id) for _room, relies in sorted(_rely_on_contact.items())):
        message = _l("The agency has published issues that are not closed. People must be able to reach it.")
        raise DomainError(message, "contact_th")


def end_agency(*, agency_id: int, last_day: date, actor: Actor) -> Agency:
    """End an agency's validity with the end of `last_day`; its issues, logs and roles stay."""
    agency = lock(Agency, agency_id)
    if last_day < agency.valid_from:
        raise DomainError(_l("Choose a day on or after the agency’s first day"), "last_day")
    agency.valid_until = last_day + timedelta(days=1)
    db.session.flush()
    record(
        ENDED,
        subject=f"agency/{agency.id}",
        actor=actor,
        place=Place.programme(),
        data={"valid_until": agency.valid_until.isoformat()},
    )
    return agency


def give_member_role(*, agency_id: int, email: str, role: str, actor: Actor) -> RoleGrant:
    """Give somebody who has an account a role in an agency."""
    agency = lock(Agency, agency_id, share=True)
    if role not in AGENCY_ROLES:
        raise DomainError(_l("Choose a role"), "role")
    if not agency.valid_on(local_day(now())):
        raise DomainError(_l("This agency is not valid today. Change its dates first."))
    return identity.give_role(
        person_id=registered_person(email).id, role=role, agency_id=agency_id, actor=actor
    )


def end_member_role(*, agency_id: int, grant_id: int, actor: Actor) -> RoleGrant:
    """End a role in this agency; raises `NotFound` for another agency's."""
    if grant_holder(grant_id).agency_id != agency_id:
        raise NotFound
    return identity.end_role(grant_id=grant_id, actor=actor)


def _check(agency: Agency) -> None:
    if agency.valid_until is not None and agency.valid_until <= agency.valid_from:
        raise DomainError(_l("Choose a day on or after the agency’s first day"), "last_day")
    above, seen = agency.parent_id, {agency.id}
    while above is not None:
        if above in seen:
            raise DomainError(_l("An agency cannot stand under itself. Choose another."), "parent_id")
        seen.add(above)
        with db.session.no_autoflush:
            above = db.session.scalar(select(Agency.parent_id).where(Agency.id == above))


def _store(agency: Agency) -> None:
    own_id, short = agency.id, agency.short
    try:
        with db.session.begin_nested():
            db.session.add(agency)
            db.session.flush()
    except IntegrityError as error:
        holder = db.session.scalar(select(Agency.id).where(Agency.short == short))
        if holder in (None, own_id):
            raise
        raise DomainError(_l("Another agency has this abbreviation. Choose another."), "short") from error


def _record(fact: Fact, agency: Agency, actor: Actor) -> None:
    """The codes in the open; names and contact behind a commitment, for they are texts."""
    record(
        fact,
        subject=f"agency/{agency.id}",
        actor=actor,
        place=Place.programme(),
        data={
            "kind": agency.kind,
            "parent": agency.parent_id,
            "area": agency.area_code,
            "valid_from": agency.valid_from.isoformat(),
            "valid_until": agency.valid_until.isoformat() if agency.valid_until else None,
        },
        private={
            "short": agency.short,
            "name_th": agency.name_th,
            "name_en": agency.name_en,
            "contact_th": agency.contact_th,
            "contact_en": agency.contact_en,
        },
    )
