"""Keys nobody can guess."""

from __future__ import annotations

import re
import secrets
import threading
import time

KEY_PATTERN = re.compile(r"[0-9a-f]{32}")

LARGEST_ID = 2**31 - 1
"""No row has a larger id: what an address asks for beyond it does not exist."""


def new_key() -> str:
    """128 random bits as 32 lower-case hex digits."""
    return secrets.token_hex(16)


class _Moments:
    """Microseconds since 1970, each later than the one before, in whatever thread it is asked for."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last = 0

    def next(self) -> int:
        with self._lock:
            self._last = max(self._last + 1, time.time_ns() // 1000)
            return self._last


_moments = _Moments()


def ordered_key() -> str:
    """A key that sorts behind all this process made before it: 13 hex digits of time, 19 (76 bits) of chance.

    Only for what may tell when it was made, to the microsecond.
    """
    return f"{_moments.next():013x}{secrets.token_hex(10)[:19]}"


def is_key(value: str) -> bool:
    """Whether `value` has the form of a key made by `new_key`."""
    return KEY_PATTERN.fullmatch(value) is not None


def new_salt() -> bytes:
    """32 random bytes for a commitment."""
    return secrets.token_bytes(32)
