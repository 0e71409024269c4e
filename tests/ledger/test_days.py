"""An entry that tells only the day tells Bangkok's."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Flask

from app.ledger.record import written_time
from tests.ledger.test_record import DAILY, SHOWN


def test_the_day_is_bangkoks(app: Flask) -> None:
    early = datetime(2026, 4, 17, 18, 30, tzinfo=UTC)  # 18 April, 01.30 in Bangkok.
    assert written_time(early, DAILY) == "2026-04-18"
    assert written_time(early, SHOWN) == "2026-04-17T18:30:00Z"
