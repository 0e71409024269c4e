"""How often comments without an account may come from one network."""

from __future__ import annotations

from datetime import timedelta

from app.i18n import _n
from app.identity.throttle import Count, Limit


def _many_files(minutes: int) -> str:
    return _n(
        "Many files have come from your network. Wait %(num)s minute, then attach them again, or send the comment "
        "without them.",
        "Many files have come from your network. Wait %(num)s minutes, then attach them again, or send the comment "
        "without them.",
        minutes,
    )


def _many_comments(minutes: int) -> str:
    return _n(
        "Many comments have come from your network. Wait %(num)s minute, then send it again.",
        "Many comments have come from your network. Wait %(num)s minutes, then send it again.",
        minutes,
    )


VISITORS = Limit("comment", timedelta(hours=1), (Count(20, _many_comments, network=True),))
"""A village that shares one connection gets through; a program is held up until the hour has passed."""

VISITORS_FILES = Limit("files", timedelta(hours=1), (Count(30, _many_files, network=True),))
"""Forms with files, sent without an account: each file is drawn anew before anybody has read a word."""
