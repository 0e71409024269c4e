"""Empty tables for every test, at the price of what the test has written and not of all that could be.

PostgreSQL's TRUNCATE makes new files for each table and index: some 50 ms for a usual test. Deleting its few
rows and clearing up after them takes one or two. Without the clearing up, new rows would lie among dead ones,
in an order of chance for whoever reads them without asking for one.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Engine, event, text
from sqlalchemy.sql import Delete, Insert, Update

from app.core.db import db

REFERENCE_TABLES = frozenset({"agencies_areas"})


def watch_touched(engine: Engine) -> set[str]:
    """The names of the tables any statement changes, so that only these are emptied."""
    touched: set[str] = set()

    def note(_connection: Any, statement: Any, *_rest: Any) -> None:
        if isinstance(statement, Insert | Update | Delete):
            touched.add(statement.table.name)  # type: ignore[union-attr]

    event.listen(engine, "after_execute", note)
    return touched


def hurry(engine: Engine) -> None:
    """Let SQLite leave it to the system when its file reaches the disk: no test cuts the power."""
    if engine.dialect.name != "sqlite":
        return

    def open_lightly(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA synchronous=OFF")

    event.listen(engine, "connect", open_lightly)
    engine.dispose()


def empty_tables(touched: set[str]) -> None:
    """Remove all rows of the touched tables; their ids begin at 1 again."""
    names = sorted(touched - REFERENCE_TABLES)
    touched.clear()
    if not names:
        return
    if db.engine.dialect.name == "postgresql":
        _empty_postgresql(names)
        return
    with db.engine.connect() as connection:
        connection.connection.dbapi_connection.execute("PRAGMA defer_foreign_keys = ON")  # type: ignore[union-attr]
        for name in names:
            connection.execute(text(f"DELETE FROM {name}"))
        connection.commit()


def _empty_postgresql(names: Sequence[str]) -> None:
    restarts = [
        f"setval(pg_get_serial_sequence('{table.name}', '{column.name}'), 1, false)"
        for table in db.metadata.sorted_tables
        if table.name in names and (column := table.autoincrement_column) is not None
    ]
    # As a replica: neither foreign keys nor the ledger's triggers have a say in what becomes of a test's rows.
    statements = ["SET LOCAL session_replication_role = replica", *(f"DELETE FROM {name}" for name in names)]
    statements += [f"SELECT {', '.join(restarts)}"] if restarts else []
    with db.engine.connect() as connection:
        connection.exec_driver_sql("; ".join(statements))
        connection.commit()
        connection.execution_options(isolation_level="AUTOCOMMIT")
        connection.exec_driver_sql(f"VACUUM {', '.join(names)}")
