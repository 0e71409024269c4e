"""Engine, session, types, the mark of recorded tables, and the one transaction boundary.

A request with an unsafe method that answers below 400 commits; everything else rolls back. Services
flush and never commit. Commands use `transaction()`, the same boundary.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, TypeVar, cast

from flask import Flask, Response, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, DateTime, Dialect, Engine, MetaData, event, orm
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

from app.config import Settings
from app.core.errors import NotFound

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
BUSY_SECONDS = 20

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class UTCDateTime(TypeDecorator[datetime]):
    """An aware moment, kept in UTC on both engines; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """The mapping's base: one naming convention, moments always aware."""

    # Given as a registry because Flask-SQLAlchemy derives its own base, to which SQLAlchemy 2.1
    # refuses to pass on a map that stands in the class.
    registry = orm.registry(
        metadata=MetaData(naming_convention=NAMING), type_annotation_map={datetime: UTCDateTime()}
    )


M = TypeVar("M", bound=Base)

db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})


def recorded(room: str, *, derived: tuple[str, ...] = ()) -> dict[str, Any]:
    """Mark a table as evidence: a change of it must be recorded in the ledger by the same transaction.

    Put it last in `__table_args__`. `derived` names columns (counters, rendered HTML) whose change alone
    needs no entry.
    """
    return {"info": {"recorded": room, "derived": frozenset(derived)}}


def init_app(app: Flask, settings: Settings) -> None:
    """Bind the database to the application and close every request's transaction."""
    app.config["SQLALCHEMY_DATABASE_URI"] = settings.database_url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = _engine_options(settings.database_url)
    settings.var_dir.mkdir(parents=True, exist_ok=True)
    db.init_app(app)
    with app.app_context():
        prepare_engine(db.engine)
    app.after_request(_end_request)


def prepare_engine(engine: Engine) -> None:
    """Set up the connections of an engine; PostgreSQL keeps its defaults."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _open_sqlite)
        event.listen(engine, "begin", _begin_sqlite)


def begin_write() -> None:
    """End the reading and start the writing part of a request, on SQLite with the writer's lock.

    A SQLite transaction that has read cannot become a writer once another has written, so the snapshot
    is given up first. Nothing may have been written yet; what a verb relies on it reads again (`lock`).
    """
    session = db.session()
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("begin_write() comes before the first change")
    session.commit()
    session.connection(execution_options={"immediate": True})


def lock(model: type[M], ident: int, *, share: bool = False) -> M:
    """Read a row afresh and hold it until the end of the transaction; raise `NotFound` if it is gone.

    `share` lets others hold it too, as long as nobody changes it.
    """
    mode = {"read": True} if share else {"key_share": True}
    row = db.session.get(model, ident, populate_existing=True, with_for_update=mode)
    if row is None:
        raise NotFound
    return row


@contextmanager
def apart() -> Iterator[Connection]:
    """A short transaction beside the request's own, kept whatever becomes of that: for counting tries.

    The request must not have begun to write: on SQLite the two would wait for each other.
    """
    with db.engine.connect() as connection:
        connection.execution_options(immediate=True)
        with connection.begin():
            yield connection


@contextmanager
def transaction() -> Iterator[None]:
    """The boundary for commands and background work: commit at the end, roll back on an error."""
    begin_write()
    try:
        yield
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise


def _end_request(response: Response) -> Response:
    if request.method in SAFE_METHODS or response.status_code >= 400:
        db.session.rollback()
    else:
        db.session.commit()
    return response


def _engine_options(url: str) -> dict[str, Any]:
    # A failing statement is logged without its values: they are people's words, addresses and choices.
    if url.startswith("sqlite"):
        return {
            "hide_parameters": True,
            "connect_args": {"timeout": BUSY_SECONDS, "check_same_thread": False},
        }
    return {"hide_parameters": True, "pool_size": 5, "max_overflow": 15}


def _open_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    # The driver's own connection is used so that the statement counted per page is the page's, not BEGIN.
    immediate = connection.get_execution_options().get("immediate", False)
    driver = cast(sqlite3.Connection, connection.connection.dbapi_connection)
    driver.execute("BEGIN IMMEDIATE" if immediate else "BEGIN")
