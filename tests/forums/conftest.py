"""Every test of this room that asks for `scene` gets an open forum with its people and one session."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.forums.make import Scene, make_scene


@pytest.fixture
def scene(app: Flask) -> Scene:
    return make_scene()
