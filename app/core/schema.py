"""A database's tables as its engine itself defines them, to compare two databases word by word.

Alembic's comparison sees neither CHECK constraints nor the predicate of an index. Here everything an engine
keeps of a table is read back: columns with type, nullability and default, every constraint and every index.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sqlalchemy import Connection, Row, text

IGNORED = "alembic_version"

_PARTS_OF_POSTGRESQL = """
    SELECT c.relname, 'column ' || a.attname, concat_ws(
        ' ', format_type(a.atttypid, a.atttypmod), CASE WHEN a.attnotnull THEN 'NOT NULL' END,
        'DEFAULT ' || pg_get_expr(d.adbin, d.adrelid), nullif(a.attidentity, ''), nullif(a.attgenerated, ''))
    FROM pg_attribute a
    JOIN pg_class c ON c.oid = a.attrelid AND c.relkind = 'r'
    LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    WHERE c.relnamespace = current_schema()::regnamespace AND a.attnum > 0 AND NOT a.attisdropped
    UNION ALL
    SELECT c.relname, 'constraint ' || k.conname, pg_get_constraintdef(k.oid)
    FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
    WHERE c.relnamespace = current_schema()::regnamespace AND k.contype <> 'n'
    UNION ALL
    SELECT c.relname, 'index ' || i.relname, pg_get_indexdef(i.oid)
    FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class c ON c.oid = x.indrelid
    WHERE c.relnamespace = current_schema()::regnamespace
"""


def describe(connection: Connection) -> set[str]:
    """Every part of every table: "<table>: <definition>", in one spelling and without an order."""
    parts = _of_sqlite if connection.dialect.name == "sqlite" else _of_postgresql
    return {f"{table}: {_one_spelling(part)}" for table, part in parts(connection) if table != IGNORED}


def compare(migrated: set[str], models: set[str]) -> list[str]:
    """What stands on one side only, one line each; empty when the two are the same."""
    gone = [(part, f"only in the migrations: {part}") for part in migrated - models]
    new = [(part, f"only in the models: {part}") for part in models - migrated]
    return [line for _part, line in sorted(gone + new)]


def _of_postgresql(connection: Connection) -> Iterator[tuple[str, str]]:
    for table, name, definition in connection.execute(text(_PARTS_OF_POSTGRESQL)):
        yield table, f"{name} {definition}"


def _of_sqlite(connection: Connection) -> Iterator[tuple[str, str]]:
    query = text("SELECT type, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    for row in connection.execute(query):
        if row.type == "table":
            yield from ((row.tbl_name, part) for part in _parts_of_table(row))
        else:
            yield row.tbl_name, row.sql


def _parts_of_table(row: Row[tuple[str, str, str]]) -> list[str]:
    """The columns and constraints of a CREATE TABLE, and what follows its brackets.

    Split, because a column added later stands in another place than one made with its table.
    """
    inside, _bracket, tail = row.sql.partition("(")[2].rpartition(")")
    return [*_split(inside), f"table {tail}"]


def _split(definition: str) -> Iterator[str]:
    """What stands between the commas outside brackets and quotes."""
    depth, part = 0, ""
    for token in re.findall(r"'(?:[^']|'')*'|\"[^\"]*\"|[(),]|[^'\"(),]+", definition):
        depth += (token == "(") - (token == ")")
        if token == "," and depth == 0:
            yield part
            part = ""
        else:
            part += token
    yield part


def _one_spelling(definition: str) -> str:
    # A table that a migration made anew has brackets around its defaults.
    bare = re.sub(r"DEFAULT \(('[^']*')\)", r"DEFAULT \1", definition)
    return " ".join(bare.replace('"', "").split())
