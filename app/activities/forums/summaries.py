"""What other rooms ask of forums, each in one statement: summaries, who came, what search may find, outcomes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row, and_, case, func, or_, select
from sqlalchemy.orm import aliased

from app.activities.forums.models import Forum, Minutes, Registration, Session
from app.activities.forums.queries.sessions import published
from app.core.clock import now
from app.core.db import db
from app.i18n.bilingual import Bilingual
from app.issues.contracts import Address, Found, Heard, Outcome
from app.issues.models import Activity, Issue


@dataclass
class ForumSummary:
    """What is known of one forum; `forum` is None while nobody has prepared it. A session's row holds Session,
    `versions` (of published minutes) and `waiting`."""

    forum: Forum | None = None
    sessions: list[Row[Any]] = field(default_factory=list)


def forum_summaries(activity_ids: Sequence[int]) -> Mapping[int, ForumSummary]:
    """Several forums with their sessions by time: one statement."""
    found = {activity_id: ForumSummary() for activity_id in activity_ids}
    if not found:
        return found
    waiting = select(func.count()).where(
        Registration.session_id == Session.id, Registration.state == "waiting"
    )
    rows = db.session.execute(
        select(
            Forum,
            Session,
            published(Session.id).label("versions"),
            waiting.scalar_subquery().label("waiting"),
        )
        .outerjoin(Session, Session.activity_id == Forum.activity_id)
        .where(Forum.activity_id.in_(activity_ids))
        .order_by(Session.starts_at, Session.id)
    ).all()
    for row in rows:
        summary = found[row.Forum.activity_id]
        summary.forum = row.Forum
        if row.Session is not None:
            summary.sessions.append(row)
    return found


def heard_of(activity_ids: Sequence[int]) -> Mapping[int, Heard]:
    """How many came to each forum, by sector and by the way they took part: one statement.

    Somebody who came to two sessions was heard twice. The numbers are whole: who shows them hides small ones. Who
    came to a session that is not counted is told later: with each arrival the numbers would tell who it was.
    """
    counted = Session.counted_at.is_not(None).label("counted")
    rows = db.session.execute(
        select(
            Session.activity_id, Registration.sector, Registration.way, counted, func.count().label("number")
        )
        .join(Registration, Registration.session_id == Session.id)
        .where(Session.activity_id.in_(activity_ids), Registration.arrived_at.is_not(None))
        .group_by(Session.activity_id, Registration.sector, Registration.way, counted)
    ).all()
    channels = {"person": "meeting", "online": "web"}
    totals: dict[int, int] = {}
    by: dict[int, dict[str, dict[str, int]]] = {}
    for row in rows:
        totals.setdefault(row.activity_id, 0)
        if not row.counted:
            continue
        totals[row.activity_id] += row.number
        features = by.setdefault(row.activity_id, {"channel": {}, "sector": {}})
        for feature, code in (("channel", channels[row.way]), ("sector", row.sector)):
            features[feature][code] = features[feature].get(code, 0) + row.number
    pending = {row.activity_id for row in rows if not row.counted}
    return {ident: Heard(total, by.get(ident, {}), ident in pending) for ident, total in totals.items()}


def found_among(subjects: Sequence[str]) -> Mapping[str, Found]:
    """What search may show of these subjects now ("activity/7", "session/12"): one statement.

    A draft's are left out; so is a cancelled activity. A session's words are what it is about and its newest minutes.
    """
    activity_ids, session_ids = _numbers(subjects, "activity"), _numbers(subjects, "session")
    if not activity_ids and not session_ids:
        return {}
    rows = db.session.execute(
        select(Forum, Activity, Session, Minutes)
        .join(Activity, Activity.id == Forum.activity_id)
        .join(Issue, Issue.id == Activity.issue_id)
        .outerjoin(Session, Session.activity_id == Forum.activity_id)
        .outerjoin(Minutes, and_(Minutes.session_id == Session.id, Minutes.version == _newest()))
        .where(
            or_(Forum.activity_id.in_(activity_ids), Session.id.in_(session_ids)),
            Activity.annulled_at.is_(None),
            Issue.annulled_at.is_(None),
            Issue.published_at <= now(),
        )
        .order_by(Session.starts_at, Session.id)
    ).all()
    found: dict[str, Found] = {}
    for row in rows:
        if row.Activity.id in activity_ids:
            found.setdefault(f"activity/{row.Activity.id}", _found_forum(row))
        if row.Session is not None and row.Session.id in session_ids:
            found[f"session/{row.Session.id}"] = _found_session(row)
    return found


def outcomes_of(activity_ids: Sequence[int]) -> Sequence[Outcome]:
    """The newest published minutes of each session: one statement."""
    rows = db.session.execute(
        select(Session, Minutes)
        .join(Minutes, and_(Minutes.session_id == Session.id, Minutes.version == _newest()))
        .where(Session.activity_id.in_(activity_ids))
        .order_by(Session.starts_at, Session.id)
    ).all()
    return [
        Outcome(
            subject=f"session/{row.Session.id}",
            version=row.Minutes.version,
            title=row.Session.title,
            address=_address(row.Session),
            at=row.Minutes.published_at,
        )
        for row in rows
    ]


def public_counts(activity_ids: Sequence[int]) -> Mapping[int, tuple[int, int | None, int]]:
    """(sessions that stand, people who came, sessions with published minutes) of each forum: one statement.

    People are those of sessions whose attendance is counted, None while none is.
    """
    came = select(func.count()).where(
        Registration.session_id == Session.id, Registration.arrived_at.is_not(None)
    )
    per_session = (
        select(
            Session.activity_id,
            case((Session.counted_at.is_not(None), came.scalar_subquery())).label("came"),
            published(Session.id).label("versions"),
        )
        .where(Session.activity_id.in_(activity_ids), Session.cancelled_at.is_(None))
        .subquery()
    )
    rows = db.session.execute(select(per_session)).all()
    totals: dict[int, tuple[int, int | None, int]] = {}
    for row in rows:
        sessions, people, minuted = totals.get(row.activity_id, (0, None, 0))
        if row.came is not None:
            people = (people or 0) + row.came
        totals[row.activity_id] = (sessions + 1, people, minuted + (row.versions > 0))
    return totals


def _newest() -> Any:
    """The number of a session's newest published minutes."""
    version = aliased(Minutes)
    query = select(func.max(version.version)).where(
        version.session_id == Session.id, version.published_at.is_not(None)
    )
    return query.correlate(Session).scalar_subquery()


def _numbers(subjects: Sequence[str], thing: str) -> set[int]:
    parts = (subject.partition("/") for subject in subjects)
    return {int(number) for name, _slash, number in parts if name == thing and number.isdecimal()}


def _found_forum(row: Any) -> Found:
    forum = row.Forum
    return Found(
        subject=f"activity/{row.Activity.id}",
        activity_id=row.Activity.id,
        title=row.Activity.title,
        words="\n".join(filter(None, [forum.purpose_th, forum.purpose_en])),
        lang=None,
        address=Address("forums.show", {"activity_id": row.Activity.id}),
    )


def _found_session(row: Any) -> Found:
    session, minutes = row.Session, row.Minutes
    words = [session.place_th, session.place_en, session.address_th, session.address_en]
    if minutes is not None:
        words += [text for line in minutes.points for text in (line["th"], line["en"])]
        words += [minutes.text_th, minutes.text_en]
    return Found(
        subject=f"session/{session.id}",
        activity_id=session.activity_id,
        title=Bilingual(session.title_th, session.title_en),
        words="\n".join(filter(None, words)),
        lang=None,
        address=_address(session),
    )


def _address(session: Session) -> Address:
    return Address("forums.session", {"activity_id": session.activity_id, "session_id": session.id})
