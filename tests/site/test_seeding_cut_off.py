"""A seeding that is cut off is finished by the next start; none happens in production."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.awards.models import Assignment
from app.core.clock import now
from app.core.db import db
from app.issues.models import Issue
from app.ledger.audit import verify_everything
from app.ledger.models import Entry
from app.site.demo import seed as seeding

pytestmark = pytest.mark.xdist_group("seed")


class Killed(BaseException):
    """Nobody catches this, as nobody catches a signal."""


def kill(*_: object) -> None:
    raise Killed


def count(model: type[object]) -> int:
    number = db.session.scalar(select(func.count()).select_from(model)) or 0
    db.session.rollback()
    return number


def test_it_goes_on_where_it_was_cut_off(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    moment = now()
    with monkeypatch.context() as patch:
        patch.setattr(seeding, "document_acts", kill)
        with pytest.raises(Killed):
            seeding.seed()
        assert count(Issue) == count(Entry) == 0
        assert now() == moment
    with monkeypatch.context() as patch:
        patch.setattr(seeding, "write_archive", kill)
        with pytest.raises(Killed):
            seeding.seed()
        assert count(Issue) == 1
        assert now() == moment
    assert seeding.seed()
    assert count(Issue) == 4 + 38
    assert count(Assignment) == 2
    assert verify_everything(app.config["SETTINGS"]).sound
    assert not seeding.seed()


def test_never_in_production(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], env="production"))
    with pytest.raises(RuntimeError, match="production"):
        seeding.seed()
    assert count(Issue) == 0
