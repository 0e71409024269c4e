"""Fixtures of the whole suite: real databases on both engines, a clock that can be moved, a browser of pages.

A test that asks for `app` (or anything built on it) runs twice, on SQLite and on a private PostgreSQL. Each
test starts with empty tables; only the reference data (areas) stays.
"""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck
from hypothesis import settings as property_settings
from sqlalchemy import Engine, event, text
from sqlalchemy.sql import Delete, Insert, Update

from app import create_app, rooms
from app.agencies.reference import load_areas
from app.config import Settings, current_settings
from app.core import clock as app_clock
from app.core.db import db, transaction
from tests.support.browser import FreshClient, PageBrowser
from tests.support.clock import Clock
from tests.support.tables import empty_postgresql, write_lightly

pytest_plugins = ["tests.support.lanes", "tests.support.chromium", "tests.support.live"]

# The same examples at every run of CI, so that a change is judged by what it changed; new ones elsewhere.
# Nowhere does it count how long one takes: a busy machine is no fault of the code.
property_settings.register_profile("steady", deadline=None, suppress_health_check=[HealthCheck.too_slow])
property_settings.register_profile(
    "ci", property_settings.get_profile("steady"), derandomize=True, database=None
)
property_settings.load_profile("ci" if os.environ.get("CI") == "true" else "steady")

ENGINES = ("sqlite", "postgresql")
REFERENCE_TABLES = frozenset({"agencies_areas"})
START = datetime(2026, 4, 18, 3, 0, tzinfo=UTC)
"""18 April 2569, 10.00 in Bangkok: the moment at which every test begins."""


def pytest_collection_finish() -> None:
    """Let the collector of garbage pass over what was imported, and come less often: a tenth of the suite's time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 50, 100)


@pytest.fixture(scope="session", params=ENGINES)
def engine_name(request: pytest.FixtureRequest) -> str:
    """The engine a test runs on."""
    return str(request.param)


@pytest.fixture(scope="session")
def database_address(
    engine_name: str, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> str:
    """The address of this process's database on this engine."""
    if engine_name == "sqlite":
        return f"sqlite:///{tmp_path_factory.mktemp('db') / 'test.db'}"
    return str(request.getfixturevalue("postgresql_url"))


@pytest.fixture(scope="session")
def settings(database_address: str, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return make_settings(database_address, tmp_path_factory.mktemp("var"))


@pytest.fixture(scope="session")
def built_app(settings: Settings) -> Iterator[Flask]:
    """The application on a database with its tables, made once for each engine."""
    app = create_app(settings)
    app.test_client_class = FreshClient
    with app.app_context():
        write_lightly(db.engine)
        rooms.load_models()
        db.create_all()
        with transaction():
            load_areas()
        touched = watch_touched(db.engine)
        app.extensions["touched_tables"] = touched
        touched.clear()
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def app(built_app: Flask, clock: Clock) -> Iterator[Flask]:
    """The application, in a context, with empty tables."""
    with built_app.app_context():
        yield built_app
        db.session.remove()
        empty_tables(built_app.extensions["touched_tables"])


@pytest.fixture
def clock() -> Iterator[Clock]:
    """The clock: stands at `START` until a test moves it."""
    moved = Clock(START)
    app_clock.use(moved)
    yield moved
    app_clock.use(None)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A plain test client, for what is not a page."""
    return app.test_client()


@pytest.fixture
def browser(app: Flask) -> PageBrowser:
    """A reader of pages, signed out; it checks every page it opens (see `tests/support/browser.py`)."""
    return PageBrowser(app)


def make_settings(database_url: str, var_dir: Path, env: str = "test") -> Settings:
    """Settings of a test application."""
    return Settings(
        env=env,
        database_url=database_url,
        secret_key="test-secret-that-is-long-enough-for-everything",
        var_dir=var_dir,
        base_url="http://localhost",
        mail_url="smtp://127.0.0.1:1",
        mail_from="test@localhost.invalid",
        port=0,
    )


def watch_touched(engine: Engine) -> set[str]:
    """The names of the tables any statement changes, so that only these are emptied."""
    touched: set[str] = set()

    def note(_connection, statement, _multi, _params, _options, _result) -> None:
        if isinstance(statement, Insert | Update | Delete):
            touched.add(statement.table.name)

    event.listen(engine, "after_execute", note)
    return touched


def empty_tables(touched: set[str]) -> None:
    """Empty these tables, and forget what was published: it is never taken back, and a new history begins."""
    shutil.rmtree(current_settings().var_dir / "ledger", ignore_errors=True)
    names = sorted(touched - REFERENCE_TABLES)
    touched.clear()
    if not names:
        return
    with db.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            empty_postgresql(connection, names)
        else:
            connection.connection.dbapi_connection.execute("PRAGMA defer_foreign_keys = ON")
            for name in names:
                connection.execute(text(f"DELETE FROM {name}"))
        connection.commit()


def in_days(days: float) -> timedelta:
    return timedelta(days=days)
