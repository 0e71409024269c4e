"""Keys nobody can guess."""

from __future__ import annotations

import re
import secrets

KEY_PATTERN = re.compile(r"[0-9a-f]{32}")

LARGEST_ID = 2**31 - 1
"""No row has a larger id: what an address asks for beyond it does not exist."""


def new_key() -> str:
    """128 random bits as 32 lower-case hex digits."""
    return secrets.token_hex(16)


def is_key(value: str) -> bool:
    """Whether `value` has the form of a key made by `new_key`."""
    return KEY_PATTERN.fullmatch(value) is not None


def new_salt() -> bytes:
    """32 random bytes for a commitment."""
    return secrets.token_bytes(32)
