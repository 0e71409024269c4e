"""What somebody invited does with their link: reply, change the reply, leave the register."""

from __future__ import annotations

from sqlalchemy import select

from app.core.db import db, lock
from app.core.errors import DomainError, NotFound
from app.i18n import _l
from app.issues.holds import hold
from app.issues.models import Issue
from app.issues.queries import activity_place
from app.ledger.facts import SYSTEM
from app.ledger.record import record
from app.outreach import facts
from app.outreach.codes import ANSWERS
from app.outreach.links import digest_of
from app.outreach.models import Contact, Invited, Reply
from app.outreach.service.erasing import empty


def reply(*, token: str, answer: str) -> Reply:
    """Record the reply of who holds the link, by sector; a second one replaces the first.

    Raises `NotFound` for an unknown link and `DomainError` once the activity is over.
    """
    invited = invited_by(token)
    activity = hold(invited.activity_id)
    if activity.state not in ("upcoming", "open"):
        raise DomainError(_l("This has ended, so a reply can no longer be taken in."))
    if answer not in ANSWERS:
        raise DomainError(_l("Choose one of the answers shown."), "answer")
    key = digest_of(token, "reply")
    stored = db.session.get(Reply, key, with_for_update=True)
    if stored is None:
        stored = Reply(key=key, activity_id=activity.id, sector=invited.sector, answer=answer)
        db.session.add(stored)
    stored.answer = answer
    db.session.flush()
    record(
        facts.REPLIED,
        subject=f"activity/{activity.id}",
        actor=SYSTEM,  # Who replies has no account, and is not to be known again.
        place=activity_place(activity),
        data={"sector": invited.sector, "answer": answer},
    )
    return stored


def leave_register(*, token: str) -> None:
    """Erase whoever holds the link from the register; who has left before has nothing more to leave."""
    invited = invited_by(token)
    contact = lock(Contact, invited.contact_id)
    if contact.erased_at is None:
        empty(contact, lock(Issue, contact.issue_id, share=True), "self", SYSTEM)


def invited_by(token: str) -> Invited:
    """The invitation of a link. Raises `NotFound` for a secret that is none."""
    found = db.session.scalar(select(Invited).where(Invited.digest == digest_of(token, "invitation")))
    if found is None:
        raise NotFound
    return found
