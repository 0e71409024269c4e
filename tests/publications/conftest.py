"""Every test of this room that asks for `scene` gets an open activity with its people."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.publications.make import Scene, make_scene
from tests.publications.remarks import Told, taking_remarks


@pytest.fixture
def scene(app: Flask) -> Scene:
    return make_scene()


@pytest.fixture
def told(app: Flask) -> Iterator[Told]:
    """Comments take remarks on passages, and answer what the test sets."""
    with taking_remarks() as answers:
        yield answers
