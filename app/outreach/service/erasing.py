"""Erasing contacts: by the office, by their own link, or when the time for which they were kept is over."""

from __future__ import annotations

from sqlalchemy import delete, select

from app.core.clock import now
from app.core.db import db, lock
from app.core.errors import NotFound
from app.core.mail import OutgoingMail
from app.i18n.dates import local_day
from app.identity.viewer import Viewer
from app.issues.models import Issue
from app.issues.queries import issue_place
from app.ledger.facts import SYSTEM, Actor
from app.ledger.record import record
from app.outreach import facts
from app.outreach.models import Contact, Invited
from app.outreach.service.register import PERMISSION


def erase(_person_id: int) -> int:
    """Nothing here is a person's with an account: officers act under their role, contacts have no account.

    A contact is erased by the office, by the link in their invitation, or by the end of its time.
    """
    return 0


def erase_contact(*, contact_id: int, viewer: Viewer) -> Contact:
    """Erase what stands of somebody; their sector stays, so that the counts do."""
    contact = _kept(contact_id)
    issue = lock(Issue, contact.issue_id, share=True)
    empty(contact, issue, "office", viewer.acting(PERMISSION, issue.agency_id))
    return contact


def erase_expired(limit: int = 200) -> int:
    """Erase contacts whose time is over; return how many. Part of the background's transaction."""
    today = local_day(now())
    due = db.session.scalars(
        select(Contact.id)
        .where(Contact.erased_at.is_(None), Contact.keep_until <= today)
        .order_by(Contact.keep_until)
        .limit(limit)
    ).all()
    for contact_id in due:
        contact = _kept(contact_id)
        empty(contact, lock(Issue, contact.issue_id, share=True), "retention", SYSTEM)
    return len(due)


def empty(contact: Contact, issue: Issue, by: str, actor: Actor) -> None:
    """Take everything personal from a contact's row and from the mails that went to it."""
    mails = select(Invited.mail_id).where(Invited.contact_id == contact.id, Invited.mail_id.is_not(None))
    db.session.execute(
        delete(OutgoingMail).where(OutgoingMail.id.in_(mails)).execution_options(synchronize_session=False)
    )
    contact.name = contact.organisation = contact.email = contact.address = None
    contact.phone = contact.source = None
    contact.erased_at, contact.erased_by = now(), by
    db.session.flush()
    record(
        facts.CONTACT_ERASED,
        subject=f"contact/{contact.id}",
        actor=actor,
        place=issue_place(issue),
        data={"sector": contact.sector, "by": by},
    )


def _kept(contact_id: int) -> Contact:
    contact = lock(Contact, contact_id)
    if contact.erased_at is not None:
        raise NotFound
    return contact
