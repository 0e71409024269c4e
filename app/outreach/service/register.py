"""The stakeholder register: its groups and, one by one, its contacts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TypedDict

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from app.agencies.sectors import SECTORS
from app.core.clock import now
from app.core.db import db, lock
from app.core.errors import DomainError, NotFound
from app.i18n import LANGUAGES, _l
from app.i18n.dates import local_day
from app.identity.viewer import Viewer
from app.issues.content import content_digest
from app.issues.models import Issue
from app.issues.queries import issue_place
from app.ledger.facts import Actor
from app.ledger.record import record
from app.outreach import facts
from app.outreach.codes import GIVEN, GROUNDS, MOST_CONTACTS, MOST_REACHED
from app.outreach.models import Contact, Group

PERMISSION = "outreach.keep_register"


class GroupContent(TypedDict):
    """A group of the register; `people` is how many they are, or None where nobody can say."""

    sector: str
    name_th: str
    name_en: str | None
    people: int | None


class ContactContent(TypedDict):
    """A contact as it is written down; `group` is the Thai name of a group of the register or the issue."""

    name: str
    organisation: str | None
    sector: str
    group: str | None
    email: str | None
    address: str | None
    phone: str | None
    lang: str
    source: str
    ground: str
    given: str | None
    given_on: date | None
    keep_until: date


OWN = ("name", "organisation", "email", "address", "phone", "lang", "source", "keep_until")
"""What a contact's row holds as it was typed."""


def state_groups(*, issue_id: int, viewer: Viewer, groups: Sequence[GroupContent]) -> Issue:
    """Set the groups and their sizes. A group once stated keeps its name; those not given stay as they are."""
    issue = lock(Issue, issue_id)
    stored = groups_by_name(issue_id)
    for content in groups:
        _check_group(content)
        row = stored.get(content["name_th"])
        if row is None:
            row = stored[content["name_th"]] = Group(issue_id=issue_id, **content)
            db.session.add(row)
        else:
            row.sector, row.name_en, row.people = content["sector"], content["name_en"], content["people"]
    db.session.flush()
    told = [[row.sector, row.name_th, row.name_en, row.people] for row in stored.values()]
    data = {"groups": len(stored), "sectors": sorted({row.sector for row in stored.values()})}
    draft = issue.published_at is None
    record(
        facts.GROUPS_PREPARED if draft else facts.GROUPS_STATED,
        subject=f"issue/{issue_id}",
        actor=_acting(viewer, issue),
        place=issue_place(issue),
        data=data if draft else {**data, "content": content_digest({"groups": told})},
    )
    return issue


def add_contact(*, issue_id: int, viewer: Viewer, content: ContactContent) -> Contact:
    """Enter somebody in the register. `DomainError` where they stand there, or without a ground to keep them."""
    issue = lock(Issue, issue_id)
    refuse_unless_room(issue_id, 1)
    contact = new_contact(issue, content, groups_by_name(issue_id))
    _store(contact)
    record(
        facts.CONTACT_ADDED,
        subject=f"contact/{contact.id}",
        actor=_acting(viewer, issue),
        place=issue_place(issue),
        data={"sector": contact.sector, "ground": contact.ground},
    )
    return contact


def correct_contact(*, contact_id: int, viewer: Viewer, content: ContactContent) -> Contact:
    """Set right what stands of somebody; the entry tells which fields, not what is in them."""
    contact = lock(Contact, contact_id)
    if contact.erased_at is not None:
        raise NotFound
    issue = lock(Issue, contact.issue_id, share=True)
    wanted = new_contact(issue, content, groups_by_name(issue.id))
    names = [*OWN, "sector", "group_id", "ground", "given", "given_on"]
    changed = [name for name in names if getattr(contact, name) != getattr(wanted, name)]
    for name in changed:
        setattr(contact, name, getattr(wanted, name))
    _store(contact)
    record(
        facts.CONTACT_CORRECTED,
        subject=f"contact/{contact_id}",
        actor=_acting(viewer, issue),
        place=issue_place(issue),
        data={"changed": changed},
    )
    return contact


def groups_of(issue_id: int) -> Sequence[Group]:
    """The groups of a register in their order: one statement."""
    return db.session.scalars(select(Group).where(Group.issue_id == issue_id).order_by(Group.id)).all()


def groups_by_name(issue_id: int) -> dict[str, Group]:
    """The same by their Thai names."""
    return {group.name_th: group for group in groups_of(issue_id)}


def refuse_unless_room(issue_id: int, more: int) -> None:
    """Refuse with a message contacts beyond what one register may hold."""
    kept = select(func.count()).where(Contact.issue_id == issue_id, Contact.erased_at.is_(None))
    if (db.session.scalar(kept) or 0) + more > MOST_CONTACTS:
        raise DomainError(_l("A register holds at most %(most)s contacts.", most=MOST_CONTACTS))


def new_contact(issue: Issue, content: ContactContent, groups: dict[str, Group]) -> Contact:
    """The row of a contact, checked and not yet stored. `groups` are those of the register; it may gain one."""
    _check(content)
    group = _group(issue, content["group"], groups)
    if group is not None and group.sector != content["sector"]:
        raise DomainError(_l("This group belongs to another sector."), "group")
    agreed = content["ground"] == "consent"
    return Contact(
        issue_id=issue.id,
        group_id=group.id if group else None,
        sector=content["sector"],
        ground=content["ground"],
        given=content["given"] if agreed else None,
        given_on=content["given_on"] if agreed else None,
        added_at=now(),
        **{name: content[name] for name in OWN},  # type: ignore[literal-required]
    )


def _check(content: ContactContent) -> None:
    today = local_day(now())
    if not content["name"]:
        raise DomainError(_l("Write the name."), "name")
    if content["sector"] not in SECTORS:
        raise DomainError(_l("Choose the sector."), "sector")
    if content["lang"] not in LANGUAGES:
        raise DomainError(_l("Choose the language."), "lang")
    if not (content["email"] or content["address"] or content["phone"]):
        raise DomainError(_l("Give an e-mail address, a postal address or a telephone number."), "email")
    if not content["source"]:
        raise DomainError(_l("Say from where the agency has this contact."), "source")
    if content["keep_until"] <= today:
        raise DomainError(_l("Choose a day to come: on it the contact is erased."), "keep_until")
    _check_ground(content, today)


def _check_ground(content: ContactContent, today: date) -> None:
    if content["ground"] not in GROUNDS:
        raise DomainError(_l("Say why the agency may keep this contact."), "ground")
    if content["ground"] != "consent":
        return
    if content["given"] not in GIVEN:
        raise DomainError(_l("Say how consent was given."), "given")
    if content["given_on"] is None:
        raise DomainError(_l("Say on which day consent was given."), "given_on")
    if content["given_on"] > today:
        raise DomainError(_l("This day is still to come."), "given_on")


def _check_group(content: GroupContent) -> None:
    if not content["name_th"] or content["sector"] not in SECTORS:
        raise DomainError(_l("A group needs a name in Thai and a sector."))
    if content["people"] is not None and not 0 <= content["people"] <= MOST_REACHED:
        raise DomainError(_l("This number of people cannot be right."))


def _group(issue: Issue, name: str | None, groups: dict[str, Group]) -> Group | None:
    """The group of this Thai name; one the issue names is put into the register when it is first needed."""
    if not name:
        return None
    if name in groups:
        return groups[name]
    named = next((group for group in issue.groups if group["th"] == name), None)
    if named is None:
        raise DomainError(_l("Choose a group of the register."), "group")
    groups[name] = Group(issue_id=issue.id, sector=named["sector"], name_th=name, name_en=named["en"])
    db.session.add(groups[name])
    db.session.flush()
    return groups[name]


def _store(contact: Contact) -> None:
    try:
        with db.session.begin_nested():
            db.session.add(contact)
            db.session.flush()
    except IntegrityError as error:
        raise DomainError(_l("This e-mail address is in the register already."), "email") from error


def _acting(viewer: Viewer, issue: Issue) -> Actor:
    return viewer.acting(PERMISSION, issue.agency_id)
