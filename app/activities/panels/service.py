"""The verbs of people who take part: applying for a seat, taking it back, leaving, and being erased.

The office's verbs stand in `preparing`, `seating`, `meetings`, `minutes` and `decisions`.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import select, text
from sqlalchemy.dialects import postgresql, sqlite

from app.activities.panels import facts
from app.activities.panels.holds import KIND_CODE, hold_living
from app.activities.panels.models import WAITING, Application, Member, SeatGroup
from app.activities.panels.queries import sits_on
from app.activities.panels.seating import blank, vacate
from app.core.clock import now
from app.core.db import db, lock
from app.core.errors import DomainError, NotFound
from app.i18n import _l
from app.identity.viewer import Viewer
from app.issues.holds import hold_open
from app.issues.kinds import ActivityView
from app.issues.queries import activity_place, activity_with_issue
from app.ledger.erase import forget_entries
from app.ledger.facts import SYSTEM, Actor, Fact
from app.ledger.record import record


def apply_for_seat(
    *,
    activity_id: int,
    viewer: Viewer,
    group_id: int,
    reason: str,
    show_name: bool,
    consent_version: str,
) -> Application:
    """Take in a citizen's application for a seat in a group.

    Raises `DomainError` unless the panel is open at this moment and the group has a free seat, and for
    who already sits on the panel or has an application waiting there.
    """
    activity = hold_open(activity_id)
    if activity.kind != KIND_CODE:
        raise NotFound
    group = db.session.get(SeatGroup, group_id, populate_existing=True)
    if group is None or group.activity_id != activity.id:
        raise DomainError(_l("Choose one of the groups on the page."), "group_id")
    if sits_on(activity.id, viewer.person_id or 0):
        raise DomainError(_l("You already have a seat on this panel."))
    if not group.free:
        raise DomainError(_l("All seats of this group are taken. Choose another group."), "group_id")
    application = _new_application(
        activity_id=activity.id,
        group_id=group.id,
        person_id=viewer.person_id,
        reason=reason,
        show_name=show_name,
        consent_version=consent_version,
    )
    private = {"group": group.id, "reason": reason, "show_name": show_name}
    application.entries = [_record(facts.RECEIVED, activity, viewer.as_citizen(), private)]
    db.session.flush()
    return application


def withdraw_application(*, application_id: int, viewer: Viewer) -> Application:
    """Take one's own application back while it waits."""
    application = lock(Application, application_id)
    if application.person_id != viewer.person_id:
        raise NotFound
    if application.state != "waiting":
        raise DomainError(_l("The agency has answered this application, or you have taken it back before."))
    activity = hold_living(application.activity_id)
    application.state, application.decided_at = "withdrawn", now()
    entry = _record(facts.WITHDRAWN, activity, viewer.as_citizen())
    application.entries = [*application.entries, entry]
    db.session.flush()
    return application


def leave_panel(*, activity_id: int, viewer: Viewer) -> Member:
    """Give up one's own seat; it is free for somebody else at once. Raises `NotFound` for who has none."""
    activity = hold_living(activity_id)
    member = _own_membership(activity_id, viewer)
    vacate(member, "member")
    member.entries = [*member.entries, _record(facts.LEFT, activity, viewer.as_citizen())]
    db.session.flush()
    return member


def choose_name(*, activity_id: int, viewer: Viewer, show_name: bool) -> Member:
    """Say whether one's own name may stand in the public roster. Consent can always be taken back."""
    activity, _issue = activity_with_issue(activity_id, KIND_CODE)
    member = _own_membership(activity_id, viewer)
    member.show_name = show_name
    entry = _record(facts.NAME_CHOSEN, activity, viewer.as_citizen(), {"show_name": show_name})
    member.entries = [*member.entries, entry]
    db.session.flush()
    return member


def erase(person_id: int) -> int:
    """Take a person out of their applications and seats, with names and words; a seat becomes free.

    What opened the ledger's entries about them goes too. Who came to a meeting stays counted. Returns how
    many rows were changed.
    """
    applications = db.session.scalars(_of(Application, person_id)).all()
    members = db.session.scalars(_of(Member, person_id)).all()
    for application in applications:
        _erase_application(application)
    for member in members:
        _erase_member(member)
    db.session.flush()
    for activity_id in sorted({row.activity_id for row in (*applications, *members)}):
        activity, _issue = activity_with_issue(activity_id, KIND_CODE)
        _record(facts.ERASED, activity, SYSTEM)
    forget_entries([entry for row in (*applications, *members) for entry in row.entries])
    return len(applications) + len(members)


def _new_application(**values: Any) -> Application:
    """The person's one waiting application. Whoever comes second waits for the first, and finds it there."""
    insert = sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
    new = (
        insert(Application)
        .values(**values, sent_at=now(), state="waiting", entries=[])
        .on_conflict_do_nothing(index_elements=["activity_id", "person_id"], index_where=text(WAITING))
    )
    application: Application | None = db.session.scalar(new.returning(Application))
    if application is None:
        raise DomainError(_l("You have already applied to this panel. Your application is being looked at."))
    return application


def _own_membership(activity_id: int, viewer: Viewer) -> Member:
    ident = db.session.scalar(
        select(Member.id).where(
            Member.activity_id == activity_id,
            Member.person_id == viewer.person_id,
            Member.left_at.is_(None),
        )
    )
    member = lock(Member, ident) if ident is not None else None
    if member is None or member.left_at is not None:
        raise NotFound
    return member


def _of(model: type[Any], person_id: int) -> Any:
    return select(model).where(model.person_id == person_id).order_by(model.id).with_for_update()


def _erase_application(application: Application) -> None:
    application.person_id, application.reason, application.note = None, "", None
    application.show_name, application.erased_at = False, now()
    if application.state == "waiting":
        application.state, application.decided_at = "withdrawn", now()


def _erase_member(member: Member) -> None:
    if member.left_at is None:
        vacate(member, "erased")
    blank(member)


def _record(fact: Fact, activity: ActivityView, actor: Actor, private: dict[str, Any] | None = None) -> str:
    """Write an entry about a person, whose subject is the activity alone; return its id."""
    subject, place = f"activity/{activity.id}", activity_place(activity)
    return record(fact, subject=subject, actor=actor, place=place, private=private).id
