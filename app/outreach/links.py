"""The link in an invitation: a secret nobody can guess, without anything of the person in it."""

from __future__ import annotations

import hashlib
import hmac

import segno
from markupsafe import Markup

from app.config import current_settings
from app.core.errors import NotFound
from app.core.ids import is_key
from app.i18n import Language
from app.outreach.codes import TOKEN_WORD
from app.web.pages import address_of

QR_SCALE = 3


def digest_of(token: str, use: str) -> str:
    """What the tables keep of a secret for a use of `TOKEN_WORD`. Raises `NotFound` for what is no secret."""
    if not is_key(token):
        raise NotFound
    secret = current_settings().secret_key.encode()
    return hmac.new(secret, f"{TOKEN_WORD[use]} {token}".encode(), hashlib.sha256).hexdigest()


def reply_address(token: str, lang: Language) -> str:
    """The full address of the page on which somebody invited replies; also for a command, without a request."""
    return address_of("outreach.reply", lang, token=token)


def qr_code(address: str) -> Markup:
    """The address as a code to photograph."""
    code = segno.make(address, error="m", micro=False)
    return Markup(code.svg_inline(scale=QR_SCALE, border=2, light="#fff", dark="#000"))
