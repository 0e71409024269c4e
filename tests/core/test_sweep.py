"""Background work over many things: one that fails is heard of and stops no other."""

from __future__ import annotations

import logging

import pytest
from flask import Flask

from app.activities.publications import background as publications
from app.activities.votes import background as votes
from app.core.sweep import sweep


def test_the_others_are_done_and_the_first_fault_is_raised(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    done: list[int] = []

    def work(number: int) -> int:
        if number % 2 == 0:
            raise LookupError(f"secret words of {number}")
        done.append(number)
        return number

    with caplog.at_level(logging.ERROR), pytest.raises(LookupError, match="2"):
        sweep([1, 2, 3, 4, 5], work)
    assert done == [1, 3, 5]
    assert len([record for record in caplog.records if "work failed for" in record.getMessage()]) == 2
    assert "secret words" not in caplog.text, "messages quote what people wrote"


def test_where_nothing_fails_the_work_is_counted(app: Flask) -> None:
    assert sweep([1, 2, 3], lambda number: number) == 6
    assert sweep([], lambda number: number) == 0


@pytest.mark.parametrize("room", [votes, publications], ids=["votes", "publications"])
def test_rooms_work_that_way(app: Flask, monkeypatch: pytest.MonkeyPatch, room: object) -> None:
    """Each room's own tests show what its work does; here, that its loop is this one."""
    monkeypatch.setattr(room, "sweep", lambda things, work: 7)
    assert room.run() == 7  # type: ignore[attr-defined]
