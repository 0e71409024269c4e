"""The invented people and agencies: accounts without a password, entered by one button alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.agencies.service import AgencyDetails, create_agency
from app.core.clock import now
from app.core.db import db
from app.identity import service as identity
from app.identity.models import Person
from app.identity.viewer import Grant, Viewer
from app.ledger.facts import SYSTEM, Actor
from app.site.demo.content import Calendar, columns, read


def found_agencies(calendar: Calendar) -> None:
    """Write the administrator, the agencies, everybody else and their roles."""
    known = read("people.json")["people"]
    crowd = list(crowd_of(read("crowd.json")))
    rows = {person["key"]: _person(person) for person in [*known, *crowd]}
    db.session.add_all(rows.values())
    db.session.flush()
    for person in known:
        rows[person["key"]].demo_key = person["key"]
    admin = _administrator(rows["admin"])
    agencies = {
        agency["key"]: _agency(agency, calendar, admin.acting("agencies.manage"))
        for agency in read("agencies.json")["agencies"]
    }
    for person in [*known, *crowd]:
        if person["key"] != "admin":
            _give_roles(person, rows[person["key"]].id, agencies, admin)


def crowd_of(content: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Everybody of the crowd, those made by a pattern too, with an address."""
    more = content["more"]
    numbered = [
        {
            "key": more["key"].format(n=n),
            "name": {lang: name.format(n=n) for lang, name in more["name"].items()},
        }
        for n in range(more["from"], more["to"] + 1)
    ]
    for person in [*content["people"], *numbered, *content["staff"]]:
        email = content["email"].format(key=person["key"])
        yield {"lang": "th", "roles": [], **person, "email": email}


def _person(content: dict[str, Any]) -> Person:
    """An account whose address counts as verified; the name is the one in its owner's language.

    No verb makes such people: whoever registers chooses a password and proves an address.
    """
    return Person(
        email=content["email"],
        name=content["name"][content["lang"]],
        password_hash="",
        lang=content["lang"],
        created_at=now(),
        verified_at=now(),
    )


def _administrator(person: Person) -> Viewer:
    grant = identity.give_role(person_id=person.id, role="admin", actor=SYSTEM)
    return Viewer(person.id, person.name, (Grant(grant.id, grant.role, grant.agency_id),))


def _agency(content: dict[str, Any], calendar: Calendar, actor: Actor) -> int:
    details = AgencyDetails(
        short=content["short"],
        kind=content["kind"],
        area_code=content["area"],
        valid_from=calendar.day(content["valid_from"]),
        **columns(name=content["name"], contact=content["contact"]),
    )
    return create_agency(details=details, actor=actor, demo=True).id


def _give_roles(content: dict[str, Any], person_id: int, agencies: dict[str, int], admin: Viewer) -> None:
    for held in content["roles"]:
        agency = held.get("agency")
        permission = "agencies.members" if agency else "identity.programme_roles"
        identity.give_role(
            person_id=person_id,
            role=held["role"],
            agency_id=agencies[agency] if agency else None,
            actor=admin.acting(permission),
        )
