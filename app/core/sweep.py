"""One thing after the other in the background: what fails stops nothing but itself, and is still heard of."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from flask import current_app

from app.core.db import db
from app.core.faults import told

T = TypeVar("T")


def sweep(things: Iterable[T], work: Callable[[T], int]) -> int:
    """Do `work` for each thing in a transaction of its own; return how much was done in all.

    A fault of one is logged with its name and the others go on. The first fault is raised again at the end,
    so that whoever called learns that not everything was done.
    """
    done, first = 0, None
    for thing in things:
        try:
            done += work(thing)
        except Exception as fault:
            db.session.rollback()
            current_app.logger.error("%s failed for %s\n%s", work.__qualname__, thing, told(fault))
            first = first or fault
    if first is not None:
        raise first
    return done
