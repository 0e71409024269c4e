"""Migrations: run once by the `migrate` command, never from a web worker's start."""

from __future__ import annotations

import tempfile
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from flask import Flask
from sqlalchemy import Engine, create_engine

from app import rooms
from app.agencies.reference import load_areas
from app.config import ROOT
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


def drift() -> list[str]:
    """What differs between the migrations and the models, one line each; empty when nothing does.

    Runs the migrations on a throw-away SQLite file, so that no database is needed.
    """
    with tempfile.TemporaryDirectory() as folder:
        engine = create_engine(f"sqlite:///{Path(folder) / 'drift.db'}")
        _upgrade(engine)
        with engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            differences = compare_metadata(context, Base.metadata)
        engine.dispose()
    return [repr(difference) for difference in differences]


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
