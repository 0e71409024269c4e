"""Taking a file of contacts into the register: all of it, or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.core.db import db, lock
from app.core.errors import DomainError
from app.i18n import _l
from app.identity.viewer import Viewer
from app.issues.models import Issue
from app.issues.queries import issue_place
from app.ledger.record import record
from app.outreach import facts
from app.outreach.models import Contact
from app.outreach.service.register import (
    PERMISSION,
    ContactContent,
    groups_by_name,
    new_contact,
    refuse_unless_room,
)


@dataclass(frozen=True)
class ContactRow:
    """A contact of a file with the line it stands on."""

    line: int
    content: ContactContent


class BadRows(DomainError):
    """Rows that cannot be taken in; `faults` has (line, message) of each."""

    def __init__(self, faults: Sequence[tuple[int, object]]) -> None:
        super().__init__(
            _l("Nothing was taken in. Correct the lines named below and send the file again."), "file"
        )
        self.faults = list(faults)


def import_contacts(*, issue_id: int, viewer: Viewer, rows: Sequence[ContactRow]) -> int:
    """Enter all these contacts and return how many; raise `BadRows` naming every line that stands in the way."""
    issue = lock(Issue, issue_id)
    refuse_unless_room(issue_id, len(rows))
    contacts, faults = _made(issue, rows)
    if faults:
        raise BadRows(faults)
    try:
        with db.session.begin_nested():
            db.session.add_all(contacts)
            db.session.flush()
    except IntegrityError as error:
        raise DomainError(
            _l("Somebody has just changed the register. Send the file again."), "file"
        ) from error
    numbers = Counter(contact.sector for contact in contacts)
    record(
        facts.CONTACTS_IMPORTED,
        subject=f"issue/{issue_id}",
        actor=viewer.acting(PERMISSION, issue.agency_id),
        place=issue_place(issue),
        data={
            "number": len(contacts),
            "sectors": sorted(numbers),
            "numbers": [numbers[sector] for sector in sorted(numbers)],
            "ground": rows[0].content["ground"],
        },
    )
    return len(contacts)


def _made(issue: Issue, rows: Sequence[ContactRow]) -> tuple[list[Contact], list[tuple[int, object]]]:
    taken = set(db.session.scalars(select(Contact.email).where(Contact.issue_id == issue.id)))
    groups = groups_by_name(issue.id)
    contacts: list[Contact] = []
    faults: list[tuple[int, object]] = []
    for row in rows:
        email = row.content["email"]
        if email and email in taken:
            faults.append((row.line, _l("This e-mail address is in the register already.")))
            continue
        taken.add(email)
        try:
            contacts.append(new_contact(issue, row.content, groups))
        except DomainError as error:
            faults.append((row.line, error.message))
    return contacts, faults
