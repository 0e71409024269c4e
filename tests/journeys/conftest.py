"""The demonstration with everything in it, on SQLite, behind a real socket: for looking at pages."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask
from werkzeug.serving import make_server

from app import create_app, rooms
from app.agencies.reference import load_areas
from app.core import clock as app_clock
from app.core.db import db, transaction
from app.site.demo.seed import seed
from tests.conftest import START, make_settings
from tests.journeys.support.stage import Stage, set_stage
from tests.support.clock import Clock


@dataclass(frozen=True)
class Staged:
    """The application with its stage, and where it answers."""

    app: Flask
    stage: Stage
    url: str


@pytest.fixture(scope="module")
def staged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Staged]:
    """Made once for a module; its tests only read."""
    folder = tmp_path_factory.mktemp("stage")
    app = create_app(make_settings(f"sqlite:///{folder / 'stage.db'}", folder / "var", env="demo"))
    app_clock.use(Clock(START))
    with app.app_context():
        rooms.load_models()
        db.create_all()
        with transaction():
            load_areas()
        assert seed()
        stage = set_stage()
        db.session.remove()
        server = make_server("127.0.0.1", 0, app, threaded=True)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield Staged(app, stage, f"http://127.0.0.1:{server.server_port}")
        server.shutdown()
        thread.join()
        server.server_close()
        db.session.remove()
        db.engine.dispose()
    app_clock.use(None)
