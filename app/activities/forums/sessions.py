"""The office's verbs before a session: preparing the forum, calling, changing and cancelling sessions."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from app.activities.forums import facts, mails
from app.activities.forums.codes import FORMS
from app.activities.forums.content import ForumContent, SessionContent, check_session
from app.activities.forums.holds import KIND_CODE, hold_forum, hold_session
from app.activities.forums.models import Forum, Material, Registration, Session
from app.activities.forums.seats import fill
from app.core.clock import now
from app.core.db import db
from app.core.errors import DomainError, NotFound
from app.core.ids import new_key
from app.i18n import _l
from app.i18n.dates import local_day
from app.identity.viewer import Viewer
from app.issues.content import content_digest
from app.issues.holds import hold, hold_unopened
from app.issues.kinds import ActivityView
from app.issues.queries import activity_place
from app.ledger.facts import SYSTEM, Actor, Fact
from app.ledger.record import record

WHEN_AND_WHERE = ("starts_at", "ends_at", "place_th", "place_en")


def prepare_forum(*, activity_id: int, viewer: Viewer, content: ForumContent) -> Forum:
    """Say what the forum is and what it is for, before it opens to people (or later, if nobody did before)."""
    activity = _hold_preparing(activity_id)
    if content["form"] not in FORMS:
        raise DomainError(_l("Choose one of the answers on the page."), "form")
    if not content["purpose_th"]:
        raise DomainError(_l("Say in Thai what the forum is for."), "purpose_th")
    forum = db.session.get(Forum, activity_id) or Forum(activity_id=activity_id)
    for name, value in content.items():
        setattr(forum, name, value)
    db.session.add(forum)
    db.session.flush()
    record(
        facts.PREPARED,
        subject=f"activity/{activity_id}",
        actor=viewer.acting("forums.prepare", activity.agency_id),
        place=activity_place(activity),
        data={"form": forum.form, "content": content_digest(content)},
    )
    return forum


def add_session(*, activity_id: int, viewer: Viewer, content: SessionContent) -> Session:
    """Add a session; in a published issue it is announced at once.

    Raises `DomainError` for a time outside the activity's own, and for seats or places that do not fit its mode.
    """
    _forum, activity = hold_forum(activity_id)
    check_session(content, activity)
    session = Session(activity_id=activity_id, uid=new_key(), made_at=now(), earlier=[], **content)
    session.seated = session.online_seated = session.sequence = 0
    db.session.add(session)
    db.session.flush()
    actor = viewer.acting("forums.prepare", activity.agency_id)
    if activity.state == "draft":
        _record(facts.SESSION_PREPARED, session, activity, actor)
    else:
        _announce(session, activity, actor)
    return session


def announce_session(session_id: int) -> bool:
    """Make a prepared session known once its issue is public; return whether that was done now."""
    session, activity = hold_session(session_id)
    if session.announced_at is not None or activity.state == "draft":
        return False
    _announce(session, activity, SYSTEM)
    return True


def change_session(*, session_id: int, viewer: Viewer, content: SessionContent) -> Session:
    """Change a session before it begins; those on its list are told, and move up where there are more seats.

    Raises `DomainError` where fewer seats would be left than are taken.
    """
    session, activity = _hold_unbegun(session_id)
    check_session(content, activity)
    changed = [name for name, value in content.items() if getattr(session, name) != value]
    if not changed:
        return session
    _check_list(session, content)
    moved = session.announced_at is not None and set(changed) & set(WHEN_AND_WHERE)
    if moved:
        session.earlier = [*session.earlier, _as_it_was(session)]
    for name in changed:
        setattr(session, name, content[name])  # type: ignore[literal-required]
    actor = viewer.acting("forums.prepare", activity.agency_id)
    if session.announced_at is None:
        db.session.flush()
        _record(facts.SESSION_PREPARED, session, activity, actor)
        return session
    session.sequence += 1
    session.changed_at = now()
    db.session.flush()
    fact = facts.MOVED if moved else facts.CHANGED
    _record(fact, session, activity, actor, changed=sorted(changed))
    mails.tell_list(session, activity, "changed")
    fill(session, activity)
    return session


def cancel_session(*, session_id: int, viewer: Viewer, reason_th: str, reason_en: str | None) -> Session:
    """Cancel a session before it begins: it stays shown as cancelled with the reason, and those on its list are told.

    In a draft, where nobody knows of it, it is simply removed.
    """
    session, activity = _hold_unbegun(session_id)
    actor = viewer.acting("forums.prepare", activity.agency_id)
    if session.announced_at is None:
        _remove(session)
        _record(facts.SESSION_PREPARED, session, activity, actor)
        return session
    session.cancelled_at, session.cancel_th, session.cancel_en = now(), reason_th, reason_en
    session.sequence += 1
    db.session.flush()
    record(
        facts.CANCELLED,
        subject=f"session/{session.id}",
        actor=actor,
        place=activity_place(activity),
        data={"day": local_day(session.starts_at).isoformat()},
    )
    mails.tell_list(session, activity, "cancelled")
    return session


def _hold_preparing(activity_id: int) -> ActivityView:
    activity = hold(activity_id)
    if activity.kind != KIND_CODE:
        raise NotFound
    forgotten = activity.state == "open" and db.session.get(Forum, activity_id) is None
    return activity if forgotten else hold_unopened(activity_id)


def _hold_unbegun(session_id: int) -> tuple[Session, ActivityView]:
    session, activity = hold_session(session_id)
    if session.announced_at is None and activity.state != "draft":
        _announce(session, activity, SYSTEM)  # The background work would do it within a second.
    if session.announced_at is not None and session.starts_at <= now():
        raise DomainError(_l("This session has begun, so it can no longer be changed or cancelled."))
    return session, activity


def _check_list(session: Session, content: SessionContent) -> None:
    """People who hold a seat keep it, and nobody is left on a list for a way no longer offered."""
    for way, name, taken in (
        ("person", "seats", session.seated),
        ("online", "online_seats", session.online_seated),
    ):
        number: int = content[name]  # type: ignore[literal-required]
        if number < taken:
            message = _l("%(taken)s people already have a seat. Give it at least as many.", taken=taken)
            raise DomainError(message, name)
        if number == 0 and _anyone(session, way):
            raise DomainError(_l("People have registered for this way, so it must stay."), "mode")


def _anyone(session: Session, way: str) -> bool:
    live = (Registration.session_id == session.id, Registration.way == way)
    wanted = select(Registration.id).where(*live, Registration.state.in_(("seated", "waiting")))
    return db.session.scalar(wanted.limit(1)) is not None


def _as_it_was(session: Session) -> dict[str, Any]:
    return {
        "starts_at": session.starts_at.isoformat(),
        "ends_at": session.ends_at.isoformat(),
        "place_th": session.place_th,
        "place_en": session.place_en,
        "until": local_day(now()).isoformat(),
    }


def _remove(session: Session) -> None:
    db.session.execute(delete(Material).where(Material.session_id == session.id))
    db.session.delete(session)
    db.session.flush()


def _announce(session: Session, activity: ActivityView, actor: Actor) -> None:
    session.announced_at = now()
    db.session.flush()
    _record(facts.ANNOUNCED, session, activity, actor)


def _record(
    fact: Fact,
    session: Session,
    activity: ActivityView,
    actor: Actor,
    changed: list[str] | None = None,
) -> None:
    names = SessionContent.__annotations__
    content = {name: _plain(getattr(session, name)) for name in names if name != "online_url"}
    data: dict[str, object] = {
        "day": local_day(session.starts_at).isoformat(),
        "mode": session.mode,
        "seats": session.all_seats,
        "sequence": session.sequence,
        "content": content_digest(content),
    }
    if changed is not None:
        data["changed"] = changed
    record(fact, subject=f"session/{session.id}", actor=actor, place=activity_place(activity), data=data)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
