"""Migrations: run once by the `migrate` command, never from a web worker's start."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from flask import Flask
from sqlalchemy import Connection, Engine, create_engine

from app import rooms
from app.agencies.reference import load_areas
from app.config import ROOT
from app.core import schema
from app.core.db import Base, db, transaction


def config() -> Config:
    """Alembic's settings, pointing at the migrations folder of this checkout."""
    settings = Config()
    settings.set_main_option("script_location", str(ROOT / "migrations"))
    return settings


def upgrade(app: Flask, revision: str = "head") -> None:
    """Bring the database up to a revision and load what every installation needs."""
    with app.app_context():
        _run(command.upgrade, revision)
        with transaction():
            load_areas()


def downgrade(app: Flask, revision: str) -> None:
    """Take the database back to a revision (tests; an operator restores a backup instead)."""
    with app.app_context():
        _run(command.downgrade, revision)


def wipe(app: Flask) -> None:
    """Drop every table of ours (the demo's reset on PostgreSQL)."""
    with app.app_context():
        _run(command.downgrade, "base")


@contextmanager
def tables_remade(connection: Connection) -> Iterator[None]:
    """For a migration that makes a table of SQLite anew, which is all its engine can do with a constraint.

    The old table goes while others point at it, so references are not watched until the new one stands in its
    place; then all are checked. That switch turns between transactions only: what was done before is committed.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    driver = connection.connection.driver_connection
    assert driver is not None
    watched = driver.execute("PRAGMA foreign_keys").fetchone()[0]
    driver.commit()
    driver.execute("PRAGMA foreign_keys=OFF")
    driver.execute("BEGIN")
    yield
    broken = driver.execute("PRAGMA foreign_key_check").fetchall()
    if broken:
        driver.rollback()
        raise RuntimeError(f"the migration would break {len(broken)} references")
    driver.commit()
    driver.execute(f"PRAGMA foreign_keys={watched}")
    driver.execute("BEGIN")


def drift() -> list[str]:
    """What differs between the migrations and the models, one line each; empty when nothing does.

    Makes both on throw-away SQLite files, so that no database is needed, and compares what SQLite keeps
    of them; `tests/house/test_migrations.py` does the same on PostgreSQL.
    """
    with tempfile.TemporaryDirectory() as folder:
        migrated = create_engine(f"sqlite:///{Path(folder) / 'migrated.db'}")
        _upgrade(migrated)
        models = create_engine(f"sqlite:///{Path(folder) / 'models.db'}")
        Base.metadata.create_all(models)
        differences = compare(migrated, models)
        migrated.dispose()
        models.dispose()
    return differences


def compare(migrated: Engine, models: Engine) -> list[str]:
    """What differs between a migrated database and one made from the models, on the same kind of engine."""
    with migrated.connect() as left, models.connect() as right:
        return schema.compare(schema.describe(left), schema.describe(right))


def _upgrade(engine: Engine) -> None:
    rooms.load_models()
    settings = config()
    with engine.connect() as connection:
        settings.attributes["connection"] = connection
        command.upgrade(settings, "head")
        connection.commit()


def _run(step: object, revision: str) -> None:
    rooms.load_models()
    settings = config()
    with db.engine.connect() as connection:
        settings.attributes["connection"] = connection
        step(settings, revision)  # type: ignore[operator]
        connection.commit()
