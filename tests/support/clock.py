"""A clock tests can move."""

from __future__ import annotations

from datetime import datetime, timedelta


class Clock:
    """Tells a moment until moved; callable, as `app.core.clock.use` wants it."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment

    def advance(self, **delta: float) -> datetime:
        """Move on by a `timedelta` given in its own words: `clock.advance(days=3)`."""
        self.moment += timedelta(**delta)
        return self.moment

    def set(self, moment: datetime) -> None:
        self.moment = moment
