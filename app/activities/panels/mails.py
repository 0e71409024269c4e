"""What applicants and members are told by mail, in their own language."""

from __future__ import annotations

from typing import Any, Literal

from flask import render_template
from sqlalchemy import select

from app.activities.panels.models import Application, Meeting, Member, SeatGroup
from app.core.db import db
from app.core.mail import enqueue
from app.i18n import Language, _, speaking
from app.identity.models import Person
from app.issues.kinds import ActivityView
from app.web.pages import address_of

MeetingNews = Literal["called", "changed", "cancelled"]


def tell_applicant(application: Application, group: SeatGroup, activity: ActivityView) -> None:
    """Tell an applicant that they have a seat, or that they do not, with the officer's reason."""
    person = db.session.get(Person, application.person_id) if application.person_id else None
    _tell(person, application.state, activity, application=application, group=group)


def tell_member(member: Member, activity: ActivityView) -> None:
    """Tell a member that the agency has ended the membership, and why. Who has no account gets no mail."""
    person = db.session.get(Person, member.person_id) if member.person_id else None
    _tell(person, "ended", activity, member=member)


def tell_members(meeting: Meeting, activity: ActivityView, news: MeetingNews) -> None:
    """Tell every member with an account of a meeting: called, changed or cancelled."""
    people = db.session.scalars(
        select(Person)
        .join(Member, Member.person_id == Person.id)
        .where(Member.activity_id == activity.id, Member.left_at.is_(None))
        .order_by(Person.id)
    ).all()
    for person in people:
        _tell(person, f"meeting_{news}", activity, meeting=meeting)


def _tell(person: Person | None, news: str, activity: ActivityView, **context: Any) -> None:
    """Put the mail in the queue; who has left the site is told nothing."""
    if person is None or person.erased_at is not None:
        return
    lang: Language = "en" if person.lang == "en" else "th"
    with speaking(lang):
        body = render_template(
            f"panels/mail/{news}.txt",
            activity=activity,
            address=address_of("panels.mine", lang),
            page=address_of("panels.show", lang, activity_id=activity.id),
            **context,
        )
        enqueue(to=person.email, subject=_subject(news), body=body, lang=lang)


def _subject(news: str) -> str:
    subjects = {
        "seated": _("You have a seat on the panel"),
        "declined": _("Your application for a seat was answered"),
        "ended": _("Your seat on the panel has ended"),
        "meeting_called": _("You are invited to a meeting of the panel"),
        "meeting_changed": _("A meeting of the panel has changed"),
        "meeting_cancelled": _("A meeting of the panel is cancelled"),
    }
    return subjects[news]
