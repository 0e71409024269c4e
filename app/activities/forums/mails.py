"""What those on a session's list are told by mail, in their own language."""

from __future__ import annotations

from flask import render_template
from sqlalchemy import select

from app.activities.forums.models import Registration, Session
from app.core.db import db
from app.core.mail import PlainLetter, enqueue, enqueue_many
from app.i18n import Language, _, speaking
from app.identity.models import Person
from app.issues.kinds import ActivityView
from app.web.pages import address_of


def tell_person(row: Registration, session: Session, activity: ActivityView, news: str) -> None:
    """Tell one person that they have a seat ("seated"), wait ("waiting"), or moved up ("moved_up")."""
    person = db.session.get(Person, row.person_id) if row.person_id else None
    letter = _letter(person, row, session, activity, news)
    if letter is not None:
        enqueue(to=letter.recipient, subject=letter.subject, body=letter.body, lang=letter.lang)


def tell_list(session: Session, activity: ActivityView, news: str) -> None:
    """Tell everyone with a seat or in the queue that the session has "changed" or is "cancelled": two statements."""
    rows = db.session.execute(
        select(Registration, Person)
        .join(Person, Person.id == Registration.person_id)
        .where(Registration.session_id == session.id, Registration.state.in_(("seated", "waiting")))
        .order_by(Registration.id)
    ).all()
    letters = [_letter(person, row, session, activity, news) for row, person in rows]
    enqueue_many([letter for letter in letters if letter is not None])


def _letter(
    person: Person | None, row: Registration, session: Session, activity: ActivityView, news: str
) -> PlainLetter | None:
    """The mail for the queue; who has left the site is told nothing."""
    if person is None or person.erased_at is not None:
        return None
    lang: Language = "en" if person.lang == "en" else "th"
    with speaking(lang):
        body = render_template(
            f"forums/mail/{news}.txt",
            session=session,
            activity=activity,
            registration=row,
            address=address_of("forums.ticket", lang, registration_id=row.id),
        )
        return PlainLetter(person.email, _subject(news), body, lang)


def _subject(news: str) -> str:
    subjects = {
        "seated": _("You have a seat at the session"),
        "waiting": _("You are on the waiting list of the session"),
        "moved_up": _("A seat has become free for you"),
        "changed": _("The session has changed"),
        "cancelled": _("The session is cancelled"),
    }
    return subjects[news]
