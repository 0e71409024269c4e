"""Every test of this room that asks for `scene` gets a public issue with activities to invite to, and its people."""

from __future__ import annotations

import pytest
from flask import Flask

from app.issues import kinds as registry
from tests.outreach.make import CODE, HeardKind, Scene, make_scene


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> HeardKind:
    """A kind that has heard whom a test says."""
    fake = HeardKind()
    monkeypatch.setitem(registry._kinds, CODE, fake.kind())
    return fake


@pytest.fixture
def scene(app: Flask, heard: HeardKind) -> Scene:
    return make_scene()
