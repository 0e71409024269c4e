"""Every test of this room that asks for `scene` gets an open panel with its people."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.panels.make import Scene, make_scene


@pytest.fixture
def scene(app: Flask) -> Scene:
    return make_scene()
