"""The one clock. Everything that asks for the time asks here, so that tests can move it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime


def _system_time() -> datetime:
    return datetime.now(UTC)


_source: Callable[[], datetime] = _system_time


def now() -> datetime:
    """The present moment, aware and in UTC."""
    return _source()


def use(source: Callable[[], datetime] | None) -> None:
    """Take the time from `source`; None returns to the system clock. For tests."""
    global _source
    _source = source or _system_time


@contextmanager
def standing_at(moment: datetime) -> Iterator[None]:
    """Stop the clock at `moment` within, for telling a past; afterwards it goes as it went before."""
    before, stopped = _source, moment.astimezone(UTC)
    use(lambda: stopped)
    try:
        yield
    finally:
        use(before)
