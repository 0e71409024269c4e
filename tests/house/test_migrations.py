"""Migrations run up, down and up again with data on both engines, and end where the models are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import func, inspect, select

from app import create_app, migrate
from app.agencies.models import Area
from app.core.db import Base, db
from app.site.demo.seed import seed
from tests.conftest import make_settings
from tests.support.postgres import Cluster

NAME = "ruamkhit_migrations"


@pytest.fixture
def empty_app(engine_name: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Flask]:
    """An application on a database with no table at all."""
    if engine_name == "sqlite":
        url = f"sqlite:///{tmp_path / 'empty.db'}"
    else:
        cluster: Cluster = request.getfixturevalue("postgresql_cluster")
        name = f"{NAME}_{tmp_path.name.lower().replace('-', '_')}"[:60]
        cluster.drop_database(name)
        url = cluster.create_database(name)
    app = create_app(make_settings(url, tmp_path / "var"))
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def test_the_history_is_one_line() -> None:
    assert len(ScriptDirectory.from_config(migrate.config()).get_heads()) == 1


def test_up_down_and_up_again_with_data(empty_app: Flask) -> None:
    migrate.upgrade(empty_app)
    with empty_app.app_context():
        assert seed()
        assert (db.session.scalar(select(func.count()).select_from(Area)) or 0) > 8_000
        db.session.remove()
    revisions = list(ScriptDirectory.from_config(migrate.config()).walk_revisions())
    for revision in revisions:
        migrate.downgrade(empty_app, str(revision.down_revision or "base"))
    with empty_app.app_context():
        left = set(inspect(db.engine).get_table_names()) - {"alembic_version"}
        assert not left, f"downgrading leaves {left}"
    migrate.upgrade(empty_app)
    migrate.upgrade(empty_app)


def test_the_end_of_the_history_equals_the_models(empty_app: Flask) -> None:
    migrate.upgrade(empty_app)
    with empty_app.app_context(), db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
