"""Migrations run up, down and up again with data on both engines, and end where the models are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import (
    CheckConstraint,
    Column,
    Engine,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    create_engine,
    func,
    inspect,
    select,
    text,
)

from app import create_app, migrate
from app.agencies.models import Area
from app.core.db import Base, db
from app.site.demo.seed import seed
from tests.conftest import make_settings
from tests.support.postgres import Cluster

NAME = "ruamkhit_migrations"


@pytest.fixture
def empty_database(
    engine_name: str, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Callable[[str], str]]:
    """Makes databases with no table at all: the address of one by its name."""
    made: list[str] = []

    def make(name: str) -> str:
        if engine_name == "sqlite":
            return f"sqlite:///{tmp_path / name}.db"
        cluster: Cluster = request.getfixturevalue("postgresql_cluster")
        made.append(f"{NAME}_{name}_{tmp_path.name.lower().replace('-', '_')}"[:60])
        cluster.drop_database(made[-1])
        return cluster.create_database(made[-1])

    yield make
    for name in made:
        request.getfixturevalue("postgresql_cluster").drop_database(name)


@pytest.fixture
def empty_app(empty_database: Callable[[str], str], tmp_path: Path) -> Iterator[Flask]:
    """An application on a database with no table at all."""
    app = create_app(make_settings(empty_database("app"), tmp_path / "var"))
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


def test_the_end_of_the_history_equals_the_models(
    empty_app: Flask, empty_database: Callable[[str], str]
) -> None:
    migrate.upgrade(empty_app)
    models = create_engine(empty_database("models"))
    Base.metadata.create_all(models)
    with empty_app.app_context():
        differences = migrate.compare(db.engine, models)
    models.dispose()
    assert not differences, "write a migration for:\n" + "\n".join(differences)


def test_a_check_changed_without_a_migration_is_named(
    monkeypatch: pytest.MonkeyPatch, built_app: Flask
) -> None:
    """Of a constraint as it stands in the models: this is what `make check` says of it."""
    quorum = next(
        constraint
        for constraint in Base.metadata.tables["votes_polls"].constraints
        if isinstance(constraint, CheckConstraint) and "quorum_is_a_share" in str(constraint.name)
    )
    monkeypatch.setattr(quorum, "sqltext", text("quorum BETWEEN 0 AND 100"))
    line = "only in the {}: votes_polls: CONSTRAINT ck_votes_polls_quorum_is_a_share CHECK (quorum BETWEEN 0 AND {})"
    named = {line.format("models", 100), line.format("migrations", 10_000)}
    assert named <= set(migrate.drift())


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"check": "size > 1"}, "ck_houses_size"),
        ({"predicate": "size > 8"}, "ix_houses_name"),
        ({"unique": ("size",)}, "uq_houses"),
        ({"target": "streets.number"}, "fk_houses"),
        ({"length": 9}, "name"),
        ({"nullable": True}, "name"),
        ({"default": "'shed'"}, "name"),
        ({"more": ("door",)}, "door"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_every_kind_of_difference_is_named(
    empty_database: Callable[[str], str], changed: dict[str, Any], named: str
) -> None:
    engines = [create_engine(empty_database(name)) for name in ("left", "same", "right")]
    left, same, right = engines
    for engine, changes in ((left, {}), (same, {}), (right, changed)):
        _make_houses(engine, **changes)
    assert migrate.compare(left, same) == []
    differences = migrate.compare(left, right)
    for engine in engines:
        engine.dispose()
    assert differences
    assert all("houses: " in line and named in line for line in differences)


def _make_houses(
    engine: Engine,
    *,
    check: str = "size > 0",
    predicate: str = "size > 9",
    unique: tuple[str, ...] = ("name", "size"),
    target: str = "streets.id",
    length: int = 8,
    nullable: bool = False,
    default: str = "'hut, (new)'",
    more: tuple[str, ...] = (),
) -> None:
    metadata = MetaData()
    street = Column("id", Integer, primary_key=True)
    Table("streets", metadata, street, Column("number", Integer, unique=True))
    Table(
        "houses",
        metadata,
        Column("id", Integer, primary_key=True),
        Column("name", String(length), nullable=nullable, server_default=text(default)),
        Column("size", Integer),
        Column("street", ForeignKey(target, name="fk_houses")),
        *(Column(name, Integer) for name in more),
        CheckConstraint(check, name="ck_houses_size"),
        UniqueConstraint(*unique, name="uq_houses"),
        Index(
            "ix_houses_name",
            "name",
            unique=True,
            sqlite_where=text(predicate),
            postgresql_where=text(predicate),
        ),
    )
    metadata.create_all(engine)
