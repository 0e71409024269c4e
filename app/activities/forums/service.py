"""The verbs of people who take part: registering, cancelling, and being erased.

The office's verbs stand in `sessions`, `arrivals`, `minutes` and `photos`.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, TypedDict

from sqlalchemy import select

from app.activities.forums import facts, mails
from app.activities.forums.codes import NEEDS
from app.activities.forums.holds import KIND_CODE, activity_of, hold_living
from app.activities.forums.models import Registration, Session
from app.activities.forums.seats import fill
from app.agencies.sectors import SECTORS
from app.core.clock import now
from app.core.db import db, lock
from app.core.errors import DomainError, NotFound
from app.core.ids import new_key
from app.i18n import _l
from app.identity.viewer import Viewer
from app.issues.holds import hold_open
from app.issues.kinds import ActivityView
from app.issues.queries import activity_place, activity_with_issue
from app.ledger.erase import forget_entries
from app.ledger.facts import SYSTEM, Actor, Fact
from app.ledger.record import record


class Needs(TypedDict):
    """What somebody needs to take part; sensitive, so it comes with a consent of its own or not at all."""

    codes: Collection[str]
    note: str | None


NO_NEEDS = Needs(codes=(), note=None)


def register_for_session(
    *,
    session_id: int,
    viewer: Viewer,
    name: str,
    sector: str,
    way: str,
    needs: Needs,
    needs_agreed: bool,
    consent_version: str,
) -> Registration:
    """Put a person on the list: on a free seat, or behind those who already wait.

    Raises `DomainError` unless the forum is open, registration has not ended and the session stands, and for who is on
    its list already.
    """
    activity = hold_open(activity_of(session_id))
    if activity.kind != KIND_CODE:
        raise NotFound
    session = lock(Session, session_id)
    _check_session(session, way)
    _check_person(session, viewer, name, sector)
    given = _given(needs, agreed=needs_agreed)
    registration = Registration(
        session_id=session.id,
        person_id=viewer.person_id,
        name=name,
        sector=sector,
        way=way,
        state="seated" if session.free(way) > 0 else "waiting",
        consent_version=consent_version,
        token=new_key(),
        sent_at=now(),
        entries=[],
        **given,
    )
    if registration.state == "seated":
        session.take(way)
    db.session.add(registration)
    db.session.flush()
    private = {"sector": sector, "way": way}
    registration.entries = [_record(facts.RECEIVED, session, activity, viewer.as_citizen(), private)]
    db.session.flush()
    mails.tell_person(registration, session, activity, registration.state)
    return registration


def cancel_registration(*, registration_id: int, viewer: Viewer) -> Registration:
    """Take oneself off the list before the session begins; the next in the queue gets the seat."""
    found = db.session.get(Registration, registration_id)
    if found is None or found.person_id != viewer.person_id:
        raise NotFound
    activity = hold_living(activity_of(found.session_id))
    session = lock(Session, found.session_id)
    registration = lock(Registration, registration_id)
    if registration.person_id != viewer.person_id:
        raise NotFound
    if registration.state not in ("seated", "waiting") or registration.arrived_at is not None:
        raise DomainError(_l("You have cancelled this registration before, or have already come."))
    if session.starts_at <= now():
        raise DomainError(_l("The session has begun, so the registration can no longer be cancelled."))
    _take_off(registration, session)
    forget_needs(registration)
    entry = _record(facts.WITHDRAWN, session, activity, viewer.as_citizen())
    registration.entries = [*registration.entries, entry]
    db.session.flush()
    fill(session, activity)
    return registration


def erase(person_id: int) -> int:
    """Take a person off every list, with the name and what they need; a seat still to come becomes free.

    What opened the ledger's entries about them goes too. That somebody of a sector came stays counted. Returns how many
    rows were changed.
    """
    rows = db.session.scalars(
        select(Registration).where(Registration.person_id == person_id).order_by(Registration.session_id)
    ).all()
    for row in rows:
        session = lock(Session, row.session_id)
        activity, _issue = activity_with_issue(session.activity_id, KIND_CODE)
        _erase(lock(Registration, row.id), session)
        _record(facts.ERASED, session, activity, SYSTEM)
        fill(session, activity)
    forget_entries([entry for row in rows for entry in row.entries])
    return len(rows)


def forget_needs(registration: Registration) -> None:
    """Erase what a person had said they need."""
    registration.needs, registration.needs_note, registration.needs_agreed_at = [], None, None


def _check_session(session: Session, way: str) -> None:
    if session.cancelled_at is not None:
        raise DomainError(_l("This session was cancelled."))
    if session.register_until <= now():
        raise DomainError(_l("Registration for this session has ended."))
    if way not in session.ways:
        raise DomainError(_l("Choose one of the answers on the page."), "way")


def _check_person(session: Session, viewer: Viewer, name: str, sector: str) -> None:
    if not name:
        raise DomainError(_l("Enter the name to put on the list."), "name")
    if sector not in SECTORS:
        raise DomainError(_l("Choose one of the answers on the page."), "sector")
    own = (Registration.session_id == session.id, Registration.person_id == viewer.person_id)
    if db.session.scalar(select(Registration.id).where(*own, Registration.state != "cancelled")):
        raise DomainError(_l("You are already on the list of this session."))


def _given(needs: Needs, *, agreed: bool) -> dict[str, Any]:
    """The needs as columns. Refused without the consent that belongs to them."""
    codes, note = sorted(set(needs["codes"])), needs["note"] or None
    if not set(codes) <= set(NEEDS):
        raise DomainError(_l("Choose one of the answers on the page."), "needs")
    if (codes or note) and not agreed:
        raise DomainError(
            _l("Tick the box if you agree that we keep what you need until after the session."),
            "needs_agreed",
        )
    stated = now() if codes or note else None
    return {"needs": codes, "needs_note": note, "needs_agreed_at": stated}


def _take_off(registration: Registration, session: Session) -> None:
    if registration.state == "seated":
        session.take(registration.way, -1)
    registration.state, registration.cancelled_at = "cancelled", now()
    db.session.flush()


def _erase(registration: Registration, session: Session) -> None:
    coming = session.starts_at > now() and registration.arrived_at is None
    if coming and registration.state in ("seated", "waiting"):
        _take_off(registration, session)
    registration.person_id = registration.name = registration.token = None
    registration.erased_at = now()
    forget_needs(registration)
    db.session.flush()


def _record(
    fact: Fact,
    session: Session,
    activity: ActivityView,
    actor: Actor,
    private: dict[str, Any] | None = None,
) -> str:
    """Write an entry about a person, whose subject is the session alone; return its id."""
    subject, place = f"session/{session.id}", activity_place(activity)
    return record(fact, subject=subject, actor=actor, place=place, private=private).id
