"""The office's verbs about seats: answering applicants, naming representatives and taking their names off
again, ending memberships.

A group's row is held while a seat is given, so that its members never outnumber its seats; the table's own
check would refuse what slipped past.
"""

from __future__ import annotations

from sqlalchemy import update

from app.activities.panels import facts, mails
from app.activities.panels.holds import KIND_CODE, hold_living, hold_published, hold_running
from app.activities.panels.models import Application, Attendance, Member, SeatGroup
from app.activities.panels.queries import sits_on
from app.core.clock import now
from app.core.db import db, lock
from app.core.errors import DomainError, NotFound
from app.i18n import _l
from app.identity.models import Person
from app.identity.viewer import Viewer
from app.issues.kinds import ActivityView
from app.issues.queries import activity_place, activity_with_issue
from app.ledger.erase import forget_entries
from app.ledger.record import record


def seat_applicant(*, application_id: int, viewer: Viewer, note: str) -> Member:
    """Give an applicant a seat in the group applied for; they are told by mail, with the reason.

    Raises `DomainError` when the group's seats are taken, or somebody has answered the application.
    """
    application = _held_waiting(application_id)
    activity = hold_running(application.activity_id)
    person = db.session.get(Person, application.person_id)
    if person is None or sits_on(activity.id, person.id):
        raise DomainError(_l("This person already has a seat on this panel."))
    group = _take_seat(application.group_id, activity)
    _decide(application, "seated", note, viewer, activity)
    member = Member(
        activity_id=activity.id,
        group_id=group.id,
        application_id=application.id,
        person_id=person.id,
        name=person.name,
        show_name=application.show_name,
        seated_at=now(),
    )
    _enter(member, group, activity, viewer)
    mails.tell_applicant(application, group, activity)
    return member


def decline_applicant(*, application_id: int, viewer: Viewer, note: str) -> Application:
    """Decline an application; its author is told by mail, with the reason."""
    application = _held_waiting(application_id)
    activity = hold_published(application.activity_id)
    _decide(application, "declined", note, viewer, activity)
    entry = record(
        facts.DECLINED,
        subject=f"activity/{activity.id}",
        actor=viewer.acting("panels.seat", activity.agency_id),
        place=activity_place(activity),
        private={"reason": note},
    )
    application.entries = [*application.entries, entry.id]
    db.session.flush()
    mails.tell_applicant(application, lock(SeatGroup, application.group_id, share=True), activity)
    return application


def name_representative(
    *,
    activity_id: int,
    group_id: int,
    viewer: Viewer,
    name: str,
    organisation: str,
    show_name: bool,
) -> Member:
    """Seat somebody without an account for a group, in the agency's own name; the roster says so.

    `show_name` says that the person has agreed to being named in public.
    """
    activity = hold_running(activity_id)
    group = _take_seat(group_id, activity)
    member = Member(
        activity_id=activity.id,
        group_id=group.id,
        name=name,
        organisation=organisation,
        show_name=show_name,
        seated_at=now(),
    )
    _enter(member, group, activity, viewer)
    return member


def end_membership(*, member_id: int, viewer: Viewer, reason: str) -> Member:
    """End a membership for a reason the member is told by mail; the seat is free again."""
    member = lock(Member, member_id)
    activity = hold_living(member.activity_id)
    if member.left_at is not None:
        raise DomainError(_l("This member has already left the panel."))
    vacate(member, "agency")
    member.end_reason = reason
    entry = record(
        facts.ENDED,
        subject=f"activity/{activity.id}",
        actor=viewer.acting("panels.seat", activity.agency_id),
        place=activity_place(activity),
        private={"reason": reason},
    )
    member.entries = [*member.entries, entry.id]
    db.session.flush()
    mails.tell_member(member, activity)
    return member


def hide_name(*, member_id: int, viewer: Viewer) -> Member:
    """Take the name of somebody without an account off the public pages; the office still knows it.

    Consent can be taken back at any time, so also once the issue has ended. Raises `NotFound` for who has
    an account: they choose for themselves.
    """
    member, activity = _held_named(member_id)
    if not member.show_name:
        raise DomainError(_l("The name is not on the public pages."))
    member.show_name = False
    entry = record(
        facts.NAME_REMOVED,
        subject=f"activity/{activity.id}",
        actor=viewer.acting("panels.seat", activity.agency_id),
        place=activity_place(activity),
    )
    member.entries = [*member.entries, entry.id]
    db.session.flush()
    return member


def erase_representative(*, member_id: int, viewer: Viewer) -> Member:
    """Erase somebody without an account at their wish: the name goes for good, a seat still held is free.

    What opened the ledger's entries about them goes too. Who came to a meeting stays counted.
    """
    member, activity = _held_named(member_id)
    entries = member.entries
    if member.left_at is None:
        vacate(member, "erased")
    blank(member)
    db.session.flush()
    record(
        facts.ERASED,
        subject=f"activity/{activity.id}",
        actor=viewer.acting("panels.seat", activity.agency_id),
        place=activity_place(activity),
    )
    forget_entries(entries)
    return member


def blank(member: Member) -> None:
    """Take everything out of the row of a member who has left that tells who it was, and why they missed
    a meeting; the seat stays counted. An entry of the room is the caller's."""
    member.person_id = member.name = member.end_reason = None
    if member.organisation is not None:
        member.organisation = ""  # Still tells that the agency named them.
    member.show_name, member.erased_at = False, now()
    db.session.flush()
    db.session.execute(
        update(Attendance)
        .where(Attendance.member_id == member.id, Attendance.absence.is_not(None))
        .values(absence=None)
        .execution_options(synchronize_session=False)
    )


def _held_named(member_id: int) -> tuple[Member, ActivityView]:
    member = lock(Member, member_id)
    if not member.named or member.erased_at is not None:
        raise NotFound
    activity, _issue = activity_with_issue(member.activity_id, KIND_CODE)
    return member, activity


def vacate(member: Member, ended_by: str) -> None:
    """Free the seat of a member whose row is held."""
    group = lock(SeatGroup, member.group_id)
    group.taken -= 1
    member.left_at, member.ended_by = now(), ended_by
    db.session.flush()


def _take_seat(group_id: int, activity: ActivityView) -> SeatGroup:
    """Count one more member into a group of the panel, held until the transaction ends."""
    group = lock(SeatGroup, group_id)
    if group.activity_id != activity.id:
        raise NotFound
    if group.taken >= group.seats:
        raise DomainError(
            _l("All seats of “%(group)s” are taken (%(seats)s).", group=group.name, seats=group.seats),
            "group_id",
        )
    group.taken += 1
    return group


def _enter(member: Member, group: SeatGroup, activity: ActivityView, viewer: Viewer) -> None:
    db.session.add(member)
    db.session.flush()
    entry = record(
        facts.SEATED,
        subject=f"activity/{activity.id}",
        actor=viewer.acting("panels.seat", activity.agency_id),
        place=activity_place(activity),
        data={"sector": group.sector},
        private={"name": member.name, "organisation": member.organisation, "group": group.id},
    )
    member.entries = [entry.id]
    db.session.flush()


def _held_waiting(application_id: int) -> Application:
    application = lock(Application, application_id)
    if application.state == "withdrawn":
        raise DomainError(_l("The applicant has taken this application back."))
    if application.state != "waiting":
        raise DomainError(_l("This application has already been answered."))
    return application


def _decide(application: Application, state: str, note: str, viewer: Viewer, activity: ActivityView) -> None:
    grant = viewer.acting("panels.seat", activity.agency_id)
    application.state, application.note = state, note
    application.decided_at, application.decided_by = now(), grant.grant_id
    db.session.flush()
