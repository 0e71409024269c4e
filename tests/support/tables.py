"""What keeps the databases of the tests quick: SQLite does not wait for the disk, PostgreSQL makes no new files.

PostgreSQL's TRUNCATE makes new files for each table and index: some 50 ms for a usual test. Deleting its few
rows and clearing up after them takes one or two. Without the clearing up, new rows would lie among dead ones,
in an order of chance for whoever reads them without asking for one.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from sqlalchemy import Connection, Engine, event

from app.core.db import db


def write_lightly(engine: Engine) -> None:
    """Let SQLite leave it to the system when its file reaches the disk: no test cuts the power."""
    if engine.dialect.name != "sqlite":
        return

    def open_lightly(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA synchronous=OFF")

    event.listen(engine, "connect", open_lightly)
    engine.dispose()


def empty_postgresql(connection: Connection, names: Sequence[str]) -> None:
    """Remove all rows of these tables; their ids begin at 1 again."""
    restarts = [
        f"setval(pg_get_serial_sequence('{table.name}', '{column.name}'), 1, false)"
        for table in db.metadata.sorted_tables
        if table.name in names and (column := table.autoincrement_column) is not None
    ]
    # As a replica: neither foreign keys nor the ledger's triggers have a say in what becomes of a test's rows.
    statements = ["SET LOCAL session_replication_role = replica", *(f"DELETE FROM {name}" for name in names)]
    statements += [f"SELECT {', '.join(restarts)}"] if restarts else []
    connection.exec_driver_sql("; ".join(statements))
    connection.commit()
    connection.execution_options(isolation_level="AUTOCOMMIT")
    connection.exec_driver_sql(f"VACUUM {', '.join(names)}")
