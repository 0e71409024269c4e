"""Mail leaves after the commit: a verb writes a row, the worker sends it over SMTP and marks it sent.

A crash between sending and marking sends once more: at least once, never lost.
"""

from __future__ import annotations

import smtplib
from datetime import datetime, timedelta
from email.message import EmailMessage
from urllib.parse import urlsplit

from sqlalchemy import ColumnElement, Index, String, Text, select, text, update
from sqlalchemy.orm import Mapped, mapped_column

from app.config import Settings, current_settings
from app.core.clock import now
from app.core.db import db, transaction

TRIES = 10
TIMEOUT_SECONDS = 15


class OutgoingMail(db.Model):
    """One mail to one address; `sent_at` is None while it waits."""

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

    __table_args__ = (
        Index(
            "ix_core_outgoing_mail_waiting",
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
            .order_by(OutgoingMail.due_at)
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
    return (OutgoingMail.sent_at.is_(None), OutgoingMail.due_at <= now(), OutgoingMail.tries < TRIES)


def _send(mail: OutgoingMail) -> bool:
    settings = current_settings()
    try:
        with _connect(settings) as server:
            server.send_message(_message(mail, settings))
    except (OSError, smtplib.SMTPException):
        return False
    with transaction():
        # A reset link has no business in the database once it is delivered.
        db.session.execute(
            update(OutgoingMail).where(OutgoingMail.id == mail.id).values(sent_at=now(), body="")
        )
    return True


def _message(mail: OutgoingMail, settings: Settings) -> EmailMessage:
    message = EmailMessage()
    message["From"] = settings.mail_from
    message["To"] = mail.recipient
    message["Subject"] = mail.subject
    message["Message-ID"] = (
        f"<{mail.id}.{int(mail.created_at.timestamp())}@{settings.log_host.split(':')[0]}>"
    )
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
