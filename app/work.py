"""Background work: numbering the ledger, what rooms do after it, mail. One tick does all that waits.

Everything here reads rows and can be cut off at any moment: what was not finished is found again by the next
tick. A plain loop over tables is enough for that; a task queue would lose the task of a killed worker and
need the same sweep beside it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta

from flask import Flask, current_app

from app import rooms
from app.config import current_settings
from app.core import mail, orphans, staging
from app.core.db import db, transaction
from app.core.faults import told
from app.core.pauses import Pause
from app.ledger.publish import Publisher
from app.web import once

IDLE_SECONDS = 1.0
"""Pause when nothing waits: an entry is numbered within about a second."""

pause = Pause(timedelta(hours=1))
"""What is thrown away is a day old or more: an hour more or less does not matter."""


def tick() -> int:
    """Do what waits now; return how much was done. One part failing does not stop the others."""
    publisher = Publisher.for_settings(current_settings())
    ledger = [publisher.sequencer.run, publisher.run]
    parts: list[Callable[[], int]] = [*ledger, *rooms.background_work(), mail.deliver_due, throw_away]
    return sum(_attempt(part) for part in parts)


def throw_away() -> int:
    """Throw away what the ground no longer needs, now and then: old mails, keys of old forms, files nobody names."""
    if not pause.over():
        return 0
    with transaction():
        done = mail.forget_old() + once.forget_old() + staging.forget_old()
    return done + orphans.sweep_files()


def run_forever(app: Flask) -> None:
    """Tick until stopped; asks again at once while there is work."""
    with app.app_context():
        while True:
            if not tick():
                time.sleep(IDLE_SECONDS)


def _attempt(part: Callable[[], int]) -> int:
    try:
        return part()
    except Exception as error:
        if current_app.testing:
            raise
        current_app.logger.error("background work failed: %s\n%s", part.__qualname__, told(error))
        return 0
    finally:
        db.session.remove()
