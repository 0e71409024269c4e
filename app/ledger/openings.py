"""Checks what somebody shows in order to open an entry's commitments. Reads no database.

The log holds SHA-256(salt ‖ data) only; the salts are kept apart and may be erased. Who is shown
a salt and the data can compute the hash again and compare.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import rfc8785

SALT_SIZE = 32


@dataclass(frozen=True, slots=True)
class Disclosure:
    """The salts and the data behind an entry; a part that is not shown is None."""

    actor_salt: bytes | None = None
    person_id: int | None = None
    commit_salt: bytes | None = None
    content: Mapping[str, Any] | None = None


def verify_opening(body: Mapping[str, Any], shown: Disclosure) -> list[str]:
    """What of the disclosure does not open the entry `body`; empty when all of it does.

    A citizen acts as `citizen:` and the hash over `person/<id>`; `commit` is the hash over the
    content's canonical JSON (RFC 8785). A part shown without its salt opens nothing.
    """
    faults = []
    if shown.actor_salt is not None or shown.person_id is not None:
        person = f"person/{shown.person_id}".encode()
        if not _opens(body.get("actor"), "citizen:", shown.actor_salt, person):
            faults.append("the actor is not this person under this salt")
    if shown.commit_salt is not None or shown.content is not None:
        content = rfc8785.dumps(dict(shown.content or {}))
        if not _opens(body.get("commit"), "", shown.commit_salt, content):
            faults.append("the commitment is not to this content under this salt")
    return faults


def _opens(written: object, prefix: str, salt: bytes | None, data: bytes) -> bool:
    # A salt of another length could borrow bytes from the data, or lend it some.
    if salt is None or len(salt) != SALT_SIZE:
        return False
    return written == prefix + sha256(salt + data).hexdigest()
