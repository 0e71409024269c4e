"""Reading who is on a session's list: for the office, and for each person their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select

from app.activities.forums.models import Registration, Session
from app.activities.forums.queries.shared import PAGE, Page, one
from app.core.db import db
from app.core.text import normalise_line, sort_key
from app.issues.models import Activity

LISTED = ("seated", "waiting", "walk_in")


@dataclass(frozen=True)
class Listed:
    """One page of a session's list by name: its rows, how many match, and which page follows (None: none)."""

    rows: Sequence[Registration]
    matching: int
    next: int | None


def registrations(session_id: int) -> Sequence[Registration]:
    """Everyone on a session's list who did not cancel, in the order of names: one statement."""
    rows = db.session.scalars(
        select(Registration).where(Registration.session_id == session_id, Registration.state.in_(LISTED))
    ).all()
    return sorted(rows, key=lambda row: (sort_key(row.name or ""), row.id))


def listed(session_id: int, *, named: str = "", page: int = 0) -> Listed:
    """A page of the list, of those whose name holds `named`. Two statements, however long the list is."""
    wanted = normalise_line(named).casefold()
    names = db.session.execute(
        select(Registration.id, Registration.name).where(
            Registration.session_id == session_id, Registration.state.in_(LISTED)
        )
    ).all()
    found = sorted(
        (row for row in names if wanted in (row.name or "").casefold()),
        key=lambda row: (sort_key(row.name or ""), row.id),
    )
    ids = [row.id for row in found[page * PAGE : (page + 1) * PAGE]]
    rows = {row.id: row for row in db.session.scalars(select(Registration).where(Registration.id.in_(ids)))}
    more = page + 1 if len(found) > (page + 1) * PAGE else None
    return Listed([rows[ident] for ident in ids if ident in rows], len(found), more)


def registration_of(registration_id: int) -> Row[Any]:
    """A registration with its Session and Activity. Raises `NotFound`."""
    row: Row[Any] = one(_whole().where(Registration.id == registration_id))
    return row


def registration_by_token(token: str) -> Row[Any]:
    """The same for the code somebody shows at the door. Raises `NotFound`."""
    row: Row[Any] = one(_whole().where(Registration.token == token))
    return row


def own_registrations(person_id: int, before: int | None = None) -> Page:
    """A person's registrations with their sessions, newest first."""
    query = _whole().where(Registration.person_id == person_id).order_by(Registration.id.desc())
    if before is not None:
        query = query.where(Registration.id < before)
    rows = db.session.execute(query.limit(PAGE + 1)).all()
    return Page(rows[:PAGE], rows[PAGE - 1].Registration.id if len(rows) > PAGE else None)


def own_live(session_id: int, person_id: int) -> Registration | None:
    """A person's registration for a session that was not cancelled, if there is one."""
    return db.session.scalar(
        select(Registration).where(
            Registration.session_id == session_id,
            Registration.person_id == person_id,
            Registration.state != "cancelled",
        )
    )


def _whole() -> Any:
    return (
        select(Registration, Session, Activity)
        .join(Session, Session.id == Registration.session_id)
        .join(Activity, Activity.id == Session.activity_id)
    )
