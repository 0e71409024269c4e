"""Fixtures of this room's tests: an issue that can be followed, and real mail."""

from __future__ import annotations

import pytest
from flask import Flask

from app.notifications import background
from tests.identity.conftest import mailbox
from tests.notifications.make import Scene, make_scene

__all__ = ["mailbox", "scene"]


@pytest.fixture(autouse=True)
def unswept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test's clock begins anew, so the pause between sweeps does too."""
    monkeypatch.setattr(background, "_next_sweep", None)


@pytest.fixture
def scene(app: Flask) -> Scene:
    return make_scene()
