"""Mail leaves after the commit: a verb writes a row, the worker sends it over SMTP and marks it sent.

A crash between sending and marking sends once more: at least once. A mail that cannot be sent is tried
again after ever longer pauses; after `TRIES` tries, some nine hours, it is given up: an error in the log, by
its number alone, and counted at /healthz. What is delivered or given up keeps no text, what is delivered no
address, and after `KEPT` the row goes.
"""

from __future__ import annotations

import smtplib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from email import policy
from email.headerregistry import HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from typing import Any, cast
from urllib.parse import urlsplit

from flask import current_app
from sqlalchemy import (
    ColumnElement,
    CursorResult,
    Index,
    String,
    Text,
    delete,
    false,
    func,
    insert,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.config import Settings, current_settings
from app.core.clock import now
from app.core.db import db, transaction

TRIES = 10
TIMEOUT_SECONDS = 15
KEPT = timedelta(days=30)
"""How long a mail that left, or was given up, can be looked for by its number."""


class OutgoingMail(db.Model):
    """One mail to one address. `sent_at` is None while it waits, and for ever where it was given up; its
    `body` is empty then, as it is once sent.

    `bulk` marks one of many: it lets those go first that somebody sits waiting for. `leave_url` is where a
    mail program ends what the mail belongs to, with one click (RFC 8058).
    """

    __tablename__ = "core_outgoing_mail"

    id: Mapped[int] = mapped_column(primary_key=True)
    recipient: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    lang: Mapped[str] = mapped_column(String(2))
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]
    bulk: Mapped[bool] = mapped_column(default=False, server_default=false())
    leave_url: Mapped[str | None] = mapped_column(String(300))

    __table_args__ = (
        Index(
            "ix_core_outgoing_mail_waiting",
            "bulk",
            "due_at",
            sqlite_where=text("sent_at IS NULL"),
            postgresql_where=text("sent_at IS NULL"),
        ),
    )


def enqueue(*, to: str, subject: str, body: str, lang: str) -> OutgoingMail:
    """Put a plain-text mail in the queue; it leaves only if this transaction commits."""
    mail = OutgoingMail(recipient=to, subject=subject, body=body, lang=lang, created_at=now(), due_at=now())
    db.session.add(mail)
    db.session.flush()
    return mail


@dataclass(frozen=True)
class PlainLetter:
    """One of many mails: to whom, and what."""

    recipient: str
    subject: str
    body: str
    lang: str


@dataclass(frozen=True)
class Letter(PlainLetter):
    """One that its reader can end, and where."""

    leave_url: str


def enqueue_many(letters: Sequence[PlainLetter]) -> None:
    """Put many mails in the queue with one statement; they leave only if this transaction commits."""
    moment = {"created_at": now(), "due_at": now(), "tries": 0, "bulk": True}
    if letters:
        db.session.execute(insert(OutgoingMail), [asdict(letter) | moment for letter in letters])


def take_back(*, recipient: str, leave_url: str) -> None:
    """Drop what waits for an address of what its reader has just left."""
    db.session.execute(
        delete(OutgoingMail).where(
            OutgoingMail.sent_at.is_(None),
            OutgoingMail.recipient == recipient,
            OutgoingMail.leave_url == leave_url,
        )
    )


def deliver_due(limit: int = 50) -> int:
    """Send the mails that are due; return how many left. A refused one waits longer each time.

    No transaction is open while a mail is on its way: a mail server that hangs must not hold up writers.
    """
    sent = 0
    for _ in range(limit):
        mail = _claim()
        if mail is None:
            break
        sent += _send(mail)
    return sent


def _claim() -> OutgoingMail | None:
    """Take the next mail that is due; it is due again later, should this process end before it is sent."""
    if db.session.scalar(select(OutgoingMail.id).where(*_due()).limit(1)) is None:
        db.session.rollback()  # Asked without a lock: at nearly every tick nothing waits.
        return None
    with transaction():
        mail = db.session.scalar(
            select(OutgoingMail)
            .where(*_due())
            .order_by(OutgoingMail.bulk, OutgoingMail.due_at)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        if mail is None:
            return None
        mail.tries += 1
        mail.due_at = now() + timedelta(seconds=30 * 2**mail.tries)
        db.session.flush()
        db.session.expunge(mail)
    return mail


def _due() -> tuple[ColumnElement[bool], ...]:
    # Not by the tries: a process that ended during the last one has not sent it, nor given it up.
    return (OutgoingMail.sent_at.is_(None), OutgoingMail.due_at <= now(), OutgoingMail.body != "")


def _send(mail: OutgoingMail) -> bool:
    settings = current_settings()
    try:
        with _connect(settings) as server:
            server.send_message(_message(mail, settings))
    except Exception as error:  # Whatever is wrong with one mail, the others leave.
        _note_failure(mail, error)
        return False
    # A reset link has no business in the database once it is delivered, nor has the address.
    _change(mail, sent_at=now(), body="", recipient="", leave_url=None)
    return True


def _note_failure(mail: OutgoingMail, error: Exception) -> None:
    """Tell the log what kind of error it was: its message would quote the address."""
    kind = type(error).__qualname__
    if mail.tries < TRIES:
        current_app.logger.warning("mail %s: try %s of %s failed: %s", mail.id, mail.tries, TRIES, kind)
        return
    _change(mail, body="")
    current_app.logger.error("mail %s is given up after %s tries: %s", mail.id, mail.tries, kind)


def _change(mail: OutgoingMail, **values: Any) -> None:
    with transaction():
        db.session.execute(update(OutgoingMail).where(OutgoingMail.id == mail.id).values(values))


def given_up() -> int:
    """How many mails could not be sent, of those still kept."""
    gone = (OutgoingMail.sent_at.is_(None), OutgoingMail.body == "")
    return db.session.scalar(select(func.count()).select_from(OutgoingMail).where(*gone)) or 0


def forget(address: str) -> None:
    """Drop what waits for an address, or was given up: its owner has left."""
    db.session.execute(delete(OutgoingMail).where(OutgoingMail.recipient == address))


def forget_old() -> int:
    """Delete the mails that left, or were given up, and are older than `KEPT`; return how many."""
    over = or_(OutgoingMail.sent_at.is_not(None), OutgoingMail.body == "")
    old = delete(OutgoingMail).where(over, OutgoingMail.created_at <= now() - KEPT)
    result = db.session.execute(old)
    return result.rowcount if isinstance(result, CursorResult) else 0


class _Address(UnstructuredHeader):
    """A header that holds an address of the web: folded like a text, it would be no address any more."""

    name: str

    def fold(self, *, policy: Any) -> str:
        return f"{self.name}: {self}{policy.linesep}"


_headers = HeaderRegistry()
_headers.map_to_type("list-unsubscribe", cast(Any, _Address))
_policy = policy.default.clone(header_factory=_headers)


def _message(mail: OutgoingMail, settings: Settings) -> EmailMessage:
    message = EmailMessage(policy=_policy)
    message["From"] = settings.mail_from
    message["To"] = mail.recipient
    message["Subject"] = mail.subject
    message["Message-ID"] = (
        f"<{mail.id}.{int(mail.created_at.timestamp())}@{settings.log_host.split(':')[0]}>"
    )
    if mail.leave_url:
        message["List-Unsubscribe"] = f"<{mail.leave_url}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(mail.body)
    message["Content-Language"] = mail.lang  # Setting the content drops every header of that family.
    return message


def _connect(settings: Settings) -> smtplib.SMTP:
    url = urlsplit(settings.mail_url)
    host, port = url.hostname or "127.0.0.1", url.port or 25
    if url.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=TIMEOUT_SECONDS)
    else:
        server = smtplib.SMTP(host, port, timeout=TIMEOUT_SECONDS)
        if url.scheme == "smtp+starttls":
            server.starttls()
    if url.username:
        server.login(url.username, url.password or "")
    return server
