"""Rests between two sweeps of background work that is in no hurry."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.core.clock import now


class Pause:
    """Over the first time it is asked, and then again each time its length has passed."""

    def __init__(self, length: timedelta) -> None:
        self.length = length
        self.until: datetime | None = None

    def over(self) -> bool:
        """Whether it is time; a yes begins the next pause."""
        if self.until is not None and now() < self.until:
            return False
        self.until = now() + self.length
        return True
