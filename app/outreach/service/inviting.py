"""Inviting contacts of the register to an activity: each once, by mail or by letter, with the sending recorded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypedDict

from sqlalchemy import func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from app.core.clock import now
from app.core.db import db, lock
from app.core.errors import DomainError
from app.core.ids import new_key
from app.i18n import _l
from app.i18n.dates import local_day
from app.identity.viewer import Viewer
from app.issues.content import content_digest
from app.issues.hiding import shown, shown_total
from app.issues.holds import hold
from app.issues.kinds import ActivityView
from app.issues.queries import activity_place, issue_with_activities
from app.ledger.record import record
from app.outreach import facts
from app.outreach.codes import MOST_AT_ONCE, WAYS
from app.outreach.links import digest_of
from app.outreach.mails import invitation_mail
from app.outreach.models import Contact, Invited, Sending

PERMISSION = "outreach.invite"


class Choice(TypedDict):
    """Whom an invitation goes to, and what it says: whole groups of the register and single contacts."""

    way: str
    group_ids: Sequence[int]
    contact_ids: Sequence[int]
    subject_th: str
    subject_en: str | None
    text_th: str
    text_en: str | None


@dataclass(frozen=True)
class Sent:
    """A sending; `tokens` are the secrets of the links by contact, known now and never again."""

    sending: Sending
    tokens: Mapping[int, str]


def invite(*, activity_id: int, viewer: Viewer, choice: Choice) -> Sent:
    """Ask everyone chosen who was not asked to this activity before; by letter, ready to be printed.

    Raises `DomainError` where nobody is left to ask, or the activity is not before the public or is over.
    """
    activity = hold(activity_id)
    _check(activity, choice)
    contacts = db.session.scalars(chosen(activity, choice)).all()
    if not contacts:
        raise DomainError(_l("Nobody is left to invite this way: check whom you chose."), "groups")
    if len(contacts) > MOST_AT_ONCE:
        words = _l("Invite at most %(most)s contacts at once; choose fewer groups.", most=MOST_AT_ONCE)
        raise DomainError(words, "groups")
    sending = _sending(activity, viewer, choice)
    tokens = _ask(activity, sending, contacts)
    if not tokens:
        raise DomainError(_l("Somebody else has just invited them."))
    if sending.way == "email":
        _mail(sending, [contact for contact in contacts if contact.id in tokens], tokens)
    _record(activity, sending, viewer, [contact for contact in contacts if contact.id in tokens])
    return Sent(sending, tokens)


def post_letters(*, sending_id: int, viewer: Viewer, posted_on: date) -> Sending:
    """Say that the letters have gone; their links are known to their readers alone from now on."""
    sending = lock(Sending, sending_id)
    activity = hold(sending.activity_id)
    if sending.sent_on is not None:
        raise DomainError(_l("These letters have been posted already."))
    if not local_day(sending.made_at) <= posted_on <= local_day(now()):
        raise DomainError(_l("Give a day from the printing of the letters until today."), "posted_on")
    sending.sent_on = posted_on
    mine = Invited.sending_id == sending_id
    db.session.execute(update(Invited).where(mine).values(token=None))
    db.session.flush()
    number = db.session.scalar(select(func.count()).where(mine))
    record(
        facts.POSTED,
        subject=f"sending/{sending_id}",
        actor=viewer.acting(PERMISSION, activity.agency_id),
        place=activity_place(activity),
        data={"posted_on": posted_on.isoformat(), "number": shown_total(number or 0)},
    )
    return sending


def chosen(activity: ActivityView, choice: Choice) -> Any:
    """The contacts a choice reaches: those with an address for its way who were not asked to the activity yet."""
    asked = select(Invited.contact_id).where(Invited.activity_id == activity.id)
    address = Contact.email if choice["way"] == "email" else Contact.address
    return (
        select(Contact)
        .where(
            Contact.issue_id == activity.issue_id,
            Contact.erased_at.is_(None),
            Contact.keep_until > local_day(now()),
            address.is_not(None),
            Contact.group_id.in_(choice["group_ids"]) | Contact.id.in_(choice["contact_ids"]),
            Contact.id.not_in(asked),
        )
        .order_by(Contact.id)
        .limit(MOST_AT_ONCE + 1)
    )


def _check(activity: ActivityView, choice: Choice) -> None:
    if activity.state not in ("upcoming", "open"):
        raise DomainError(_l("People can be invited once the issue is public, until the activity ends."))
    if choice["way"] not in WAYS:
        raise DomainError(_l("Choose how the invitation goes out."), "way")
    for name in ("subject_th", "text_th"):
        if not choice[name]:
            raise DomainError(_l("Write the invitation in Thai."), name)


def _sending(activity: ActivityView, viewer: Viewer, choice: Choice) -> Sending:
    sending = Sending(
        issue_id=activity.issue_id,
        activity_id=activity.id,
        way=choice["way"],
        subject_th=choice["subject_th"],
        subject_en=choice["subject_en"],
        text_th=choice["text_th"],
        text_en=choice["text_en"],
        made_at=now(),
        sent_by=viewer.acting(PERMISSION, activity.agency_id).grant_id,
        sent_on=local_day(now()) if choice["way"] == "email" else None,
    )
    db.session.add(sending)
    db.session.flush()
    return sending


def _ask(activity: ActivityView, sending: Sending, contacts: Sequence[Contact]) -> dict[int, str]:
    """Contact → secret, of those who had not been asked; the table's constraint decides."""
    tokens = {contact.id: new_key() for contact in contacts}
    rows = [
        {
            "activity_id": activity.id,
            "contact_id": contact.id,
            "sending_id": sending.id,
            "sector": contact.sector,
            "group_id": contact.group_id,
            "digest": digest_of(tokens[contact.id], "invitation"),
            "token": tokens[contact.id] if sending.way == "letter" else None,
        }
        for contact in contacts
    ]
    insert = sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
    new = insert(Invited).values(rows).on_conflict_do_nothing(index_elements=["activity_id", "contact_id"])
    asked = db.session.scalars(new.returning(Invited.contact_id)).all()
    return {contact_id: tokens[contact_id] for contact_id in asked}


def _mail(sending: Sending, contacts: Sequence[Contact], tokens: Mapping[int, str]) -> None:
    issue, _activities = issue_with_activities(sending.issue_id)
    mails = [invitation_mail(contact, sending, issue, tokens[contact.id]) for contact in contacts]
    db.session.add_all(mails)
    db.session.flush()
    invited = dict(
        db.session.execute(
            select(Invited.contact_id, Invited.id).where(Invited.sending_id == sending.id)
        ).all()
    )
    db.session.execute(
        update(Invited),
        [
            {"id": invited[contact.id], "mail_id": mail.id}
            for contact, mail in zip(contacts, mails, strict=True)
        ],
    )


def _record(activity: ActivityView, sending: Sending, viewer: Viewer, contacts: Sequence[Contact]) -> None:
    sectors = sorted({contact.sector for contact in contacts})
    numbers = {code: sum(contact.sector == code for contact in contacts) for code in sectors}
    large = [code for code, number in shown(numbers).items() if number]
    texts = {name: getattr(sending, name) for name in ("subject_th", "subject_en", "text_th", "text_en")}
    record(
        facts.INVITED,
        subject=f"sending/{sending.id}",
        actor=viewer.acting(PERMISSION, activity.agency_id),
        place=activity_place(activity),
        data={
            "way": sending.way,
            "number": shown_total(len(contacts)),
            "sectors": large,
            "content": content_digest(texts),
        },
        private={"numbers": numbers},
    )
