"""The mail of an invitation, in the language of who gets it."""

from __future__ import annotations

from flask import render_template

from app.core.clock import now
from app.core.mail import OutgoingMail
from app.i18n import Language, speaking
from app.issues.queries import IssueView
from app.outreach.links import reply_address
from app.outreach.models import Contact, Sending

SUBJECT_CODE_POINTS = 200


def language_of(contact: Contact) -> Language:
    """The language in which somebody is written to."""
    return "en" if contact.lang == "en" else "th"


def invitation_mail(contact: Contact, sending: Sending, issue: IssueView, token: str) -> OutgoingMail:
    """A mail for the queue, not yet stored: it leaves only if the sending commits."""
    lang = language_of(contact)
    with speaking(lang):
        body = render_template(
            "outreach/mail/invitation.txt",
            contact=contact,
            sending=sending,
            issue=issue,
            address=reply_address(token, lang),
        )
        subject = sending.subject.pick()[0][:SUBJECT_CODE_POINTS]
    return OutgoingMail(
        recipient=contact.email, subject=subject, body=body, lang=lang, created_at=now(), due_at=now()
    )
