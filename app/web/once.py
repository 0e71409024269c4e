"""Every write can be sent again with the same key and counts once.

The key is claimed by the first insert of the transaction: a second sender waits for the first one's end and
then finds its answer. A form sent again unchanged gets the same redirect; changed, it is refused with 409 and
what was typed is kept.

Keys are remembered as long as their forms can be sent: a form shown more than `FORM_LIFETIME` ago is refused
as too old by its CSRF token, with what was typed kept, and only its sender can send it anew.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, TypeVar

from flask import redirect, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import CursorResult, String, Text, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from app.config import current_settings
from app.core.clock import now
from app.core.db import begin_write, db
from app.core.errors import DomainError
from app.core.ids import new_key
from app.i18n import _l
from app.web.forms import Form

T = TypeVar("T")
IGNORED = frozenset({"csrf_token", "key"})
FORM_LIFETIME = timedelta(days=30)
"""How long after it was shown a form can be sent."""
KEPT = FORM_LIFETIME + timedelta(days=1)
"""A day more, for the clocks of two machines."""
HOLE = "{token}"
"""Stands in a kept address for the secret in the request's own; no address is written with such signs."""


class Submission(db.Model):
    """A form that was acted upon, and where its sender was sent, without the secret of an address that has one.

    The address may hold what somebody looked for, so it has no greatest length.
    """

    __tablename__ = "web_submissions"

    key: Mapped[str] = mapped_column(String(32), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    location: Mapped[str] = mapped_column(Text, default="")
    made_at: Mapped[datetime]


class _KeyUsed(Exception):
    """The key has been used for something else."""


def once(
    form: Form,
    verb: str,
    *,
    act: Callable[[], T],
    to: Callable[[T], str] | str,
    again: Callable[[], str],
) -> ResponseReturnValue:
    """Answer an unsafe request: validate, act once, redirect.

    `act` calls one verb; `to` is the address of the confirmation, or gives it; `again` renders the form's page with
    its errors. Invalid input and a verb's `DomainError` answer 422, a reused key 409; nothing is stored then.
    Do hashing, cleaning and file work before calling this: it takes SQLite's writer lock.
    """
    if not form.validate_on_submit():
        return again(), 422
    digest = _digest(verb)
    try:
        return redirect(_act_once(str(form.key.data), digest, act, to), 303)
    except DomainError as error:
        db.session.rollback()
        form.blame(error)
        return again(), 422
    except _KeyUsed:
        db.session.rollback()
        form.key.data = new_key()
        form.form_errors.append(
            _l("This form had already been sent with other content. Check it and send it again.")
        )
        return again(), 409


def _act_once(key: str, digest: str, act: Callable[[], T], to: Callable[[T], str] | str) -> str:
    begin_write()
    known = _without_secret(to) if isinstance(to, str) else ""
    if not _claim(key, digest, known):
        earlier = db.session.execute(select(Submission).where(Submission.key == key)).scalar_one()
        if earlier.digest != digest or not earlier.location:
            raise _KeyUsed
        return earlier.location.replace(HOLE, _secret())
    done = act()
    if isinstance(to, str):
        return to
    location = to(done)
    db.session.execute(
        update(Submission).where(Submission.key == key).values(location=_without_secret(location))
    )
    return location


def _secret() -> str:
    """What opens the page by itself: the part of an address that every room calls `token`, or nothing.

    Who sends the same form again sends it to the same address, so it need not be kept.
    """
    return str((request.view_args or {}).get("token", ""))


def _without_secret(location: str) -> str:
    return location.replace(_secret(), HOLE) if _secret() else location


def _claim(key: str, digest: str, location: str) -> bool:
    insert = sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
    statement = insert(Submission).values(key=key, digest=digest, location=location, made_at=now())
    claimed = statement.on_conflict_do_nothing(index_elements=["key"]).returning(Submission.key)
    return db.session.scalar(claimed) is not None


def forget_old() -> int:
    """Forget the forms that can no longer come again; return how many."""
    result = db.session.execute(delete(Submission).where(Submission.made_at <= now() - KEPT))
    return result.rowcount if isinstance(result, CursorResult) else 0


def _digest(verb: str) -> str:
    """What was asked, by whom, where: the same intention gives the same digest.

    Keyed, because a form may hold a password: the stored digest must be no way to try passwords.
    """
    parts: list[Any] = [verb, request.path, getattr(current_user, "person_id", None)]
    for name, values in sorted(request.form.lists()):
        if name not in IGNORED:
            parts.append((name, sorted(values)))
    for name, files in sorted(request.files.lists()):
        parts.append((name, [(file.filename, _content_digest(file.stream)) for file in files]))
    secret = current_settings().secret_key.encode()
    return hmac.new(secret, repr(parts).encode(), hashlib.sha256).hexdigest()


def _content_digest(stream: Any) -> str:
    stream.seek(0)
    digest = hashlib.file_digest(stream, "sha256").hexdigest()
    stream.seek(0)
    return digest
