"""Following and leaving: the only writers of who follows what."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import ColumnElement, CursorResult, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from app.core.clock import now
from app.core.db import db
from app.core.errors import DomainError, NotFound
from app.core.ids import new_key
from app.core.mail import take_back
from app.i18n import Language, _l
from app.identity.models import Person
from app.identity.queries import clean_email, person_by_email
from app.identity.viewer import token_digest
from app.issues.models import Issue
from app.notifications import mails
from app.notifications.addresses import one_click
from app.notifications.models import Follow, FollowRequest
from app.notifications.queries import can_follow, own

REQUEST_LIFETIME = timedelta(hours=48)


def follow(*, person_id: int, issue_id: int, lang: Language) -> Follow:
    """Let a person follow an issue, with mails in `lang`; who follows it already keeps following.

    What the same address followed without the account becomes the account's. Raises `DomainError` for an
    issue that has ended.
    """
    _followable(issue_id)
    mine = select(Follow).where(Follow.issue_id == issue_id, own(person_id)).with_for_update()
    found = db.session.scalars(mine.order_by(Follow.person_id.is_(None), Follow.id)).all()
    if not found:
        return _begin(issue_id, lang, person_id=person_id)
    for doubled in found[1:]:
        db.session.delete(doubled)
    db.session.flush()
    kept = found[0]
    kept.person_id, kept.email, kept.lang = person_id, None, lang
    db.session.flush()
    return kept


def ask_to_follow(*, email: str, issue_id: int, lang: Language) -> None:
    """Send a link that lets an address follow an issue. Nothing is followed until it is opened.

    An address that follows already gets a mail saying so: whoever asks learns nothing from us.
    """
    issue, email = _followable(issue_id), clean_email(email)
    existing = _by_address(issue_id, email)
    if existing is not None:
        mails.send_already(to=email, issue=issue, lang=lang, key=existing.key)
        return
    token = secrets.token_urlsafe(32)
    db.session.add(
        FollowRequest(
            digest=token_digest(token),
            issue_id=issue_id,
            email=email,
            lang=lang,
            expires_at=now() + REQUEST_LIFETIME,
        )
    )
    db.session.flush()
    mails.send_confirm(to=email, issue=issue, lang=lang, token=token)


def confirm(*, token: str) -> Follow:
    """Begin what a mailed link asks for; the address's other links for the issue end with it.

    An address with an account follows as the account. Raises `DomainError` for a link that is unknown, done
    or too old, and for an issue that has ended.
    """
    request = db.session.get(FollowRequest, token_digest(token), with_for_update=True)
    if request is None or request.expires_at <= now():
        raise DomainError(_l("This link has been used or is too old."))
    email, lang = request.email, _language(request.lang)
    db.session.execute(
        delete(FollowRequest).where(FollowRequest.email == email, FollowRequest.issue_id == request.issue_id)
    )
    person = person_by_email(email)
    if person is not None:
        return follow(person_id=person.id, issue_id=request.issue_id, lang=lang)
    _followable(request.issue_id)
    return _begin(request.issue_id, lang, email=email)


def leave(*, person_id: int, issue_id: int) -> int:
    """End a person's following of an issue; return how many rows went. Leaving twice does no harm."""
    return _end(Follow.issue_id == issue_id, own(person_id))


def leave_by_key(*, issue_id: int, key: str) -> int:
    """End the following a mail's link belongs to; an address without an account is deleted with it."""
    return _end(Follow.issue_id == issue_id, Follow.key == key)


def erase(person_id: int) -> int:
    """Forget what a person follows, with the account or by its address; return how many rows went.

    Comes before the address is taken from the account.
    """
    address = select(Person.email).where(Person.id == person_id).scalar_subquery()
    asked = db.session.execute(delete(FollowRequest).where(FollowRequest.email == address))
    return _end(own(person_id)) + (asked.rowcount if isinstance(asked, CursorResult) else 0)


def _end(*which: ColumnElement[bool]) -> int:
    """Delete followings, and the mails on them that still wait."""
    rows: Sequence[Follow] = db.session.scalars(
        select(Follow).where(*which).order_by(Follow.id).with_for_update()
    ).all()
    for row in rows:
        person = db.session.get(Person, row.person_id) if row.person_id else None
        take_back(
            recipient=row.email or (person.email if person else ""),
            leave_url=one_click(row.lang, row.issue_id, row.key),
        )
        db.session.delete(row)
    db.session.flush()
    return len(rows)


def _begin(
    issue_id: int, lang: Language, *, person_id: int | None = None, email: str | None = None
) -> Follow:
    """Add a following; of two that come at once, the second finds the first."""
    insert = sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
    follower = {"person_id": person_id, "email": email}
    db.session.execute(
        insert(Follow)
        .values(issue_id=issue_id, lang=lang, key=new_key(), created_at=now(), **follower)
        .on_conflict_do_nothing()
    )
    return db.session.scalars(select(Follow).filter_by(issue_id=issue_id, **follower)).one()


def _by_address(issue_id: int, email: str) -> Follow | None:
    """What an address follows, with or without its account."""
    person = select(Person.id).where(Person.email == email, Person.erased_at.is_(None)).scalar_subquery()
    return db.session.scalar(
        select(Follow)
        .where(Follow.issue_id == issue_id, (Follow.email == email) | (Follow.person_id == person))
        .limit(1)
    )


def _followable(issue_id: int) -> Issue:
    issue = db.session.get(Issue, issue_id)
    if issue is None or issue.published_at is None or issue.source is not None:
        raise NotFound
    if not can_follow(issue):
        raise DomainError(_l("This issue has ended, so nothing more will happen in it."))
    return issue


def _language(lang: str) -> Language:
    return "en" if lang == "en" else "th"
