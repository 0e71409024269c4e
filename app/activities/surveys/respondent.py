"""Who answers: a person with an account, or whoever holds one of the agency's links."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass

from app.config import current_settings
from app.core.errors import NotFound
from app.core.ids import is_key
from app.identity.viewer import Viewer
from app.ledger.facts import SYSTEM, Actor


@dataclass(frozen=True)
class Respondent:
    """A person (`person_id`) or a link (`token_id`, with its secret as the address shows it).

    Who comes by a link shows a `code`, if they have one; `fresh` is the one they get with the form just sent,
    if with it they are the first to answer by this link (see `receipts.py`).
    """

    person_id: int | None = None
    token_id: int | None = None
    token: str | None = None
    viewer: Viewer | None = None
    code: str | None = None
    fresh: str | None = None

    @property
    def link(self) -> str:
        """By which of `codes.LINKS` this respondent comes."""
        return "person" if self.token_id is None else "token"

    @property
    def actor(self) -> Actor:
        """As the ledger names them. Who answers by a link is not known to it, so the program acts for them."""
        return self.viewer.as_citizen() if self.viewer is not None else SYSTEM


def person(viewer: Viewer) -> Respondent:
    """The signed-in person."""
    return Respondent(person_id=viewer.person_id, viewer=viewer)


def token_digest(token: str) -> str:
    """What is kept of a link's secret: without the server's key nobody can tell which links exist."""
    if not is_key(token):
        raise NotFound
    secret = current_settings().secret_key.encode()
    return hmac.new(secret, f"survey link {token}".encode(), hashlib.sha256).hexdigest()
