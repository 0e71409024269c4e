"""The mails identity sends, in the reader's language: plain text from templates/mail/identity."""

from __future__ import annotations

from typing import Any

from flask import render_template

from app.core import mail
from app.i18n import Language, _, current_language, speaking
from app.web.pages import address_of


def send_verify(*, to: str, lang: Language, token: str) -> None:
    """The link that makes a registration an account.

    Nothing that was typed stands in it: it may go to somebody who never asked.
    """
    with speaking(lang):
        _send(to, _("Confirm your e-mail address"), "verify", link=_link("verify", token=token))


def send_already_registered(*, to: str, name: str, lang: Language) -> None:
    """To the owner of an address with which somebody tried to register again."""
    with speaking(lang):
        _send(
            to,
            _("You already have an account"),
            "already_registered",
            name=name,
            sign_in=_link("sign_in"),
            forgot=_link("forgot"),
        )


def send_reset(*, to: str, name: str, lang: Language, token: str) -> None:
    """The link for a new password."""
    with speaking(lang):
        _send(to, _("Set a new password"), "reset", name=name, link=_link("reset", token=token))


def send_password_changed(*, to: str, name: str, lang: Language) -> None:
    """Word to the owner that the password is another now."""
    with speaking(lang):
        _send(to, _("Your password was changed"), "password_changed", name=name, forgot=_link("forgot"))


def send_farewell(*, to: str, name: str, lang: Language) -> None:
    """The last word to an address: the account behind it has ended, and nothing names its owner any more."""
    with speaking(lang):
        _send(to, _("Your account has ended"), "farewell", name=name, register=_link("register"))


def _send(to: str, subject: str, template: str, **values: Any) -> None:
    body = render_template(f"mail/identity/{template}.txt", **values)
    mail.enqueue(to=to, subject=subject, body=body, lang=current_language())


def _link(page: str, **values: str) -> str:
    """The address of a page of this room, in the reader's language."""
    return address_of(f"identity.{page}", current_language(), **values)
