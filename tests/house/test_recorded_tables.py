"""Which tables are evidence stands in one reviewed file; nobody writes to them past the guard."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask

from app.config import ROOT
from app.core.db import db
from app.ledger.facts import all_facts
from tests.house.reviewed import assert_reviewed

FILES = sorted((ROOT / "app").rglob("*.py"))
WRITING = re.compile(r"\b(insert\s+into|update|delete\s+from)\s+[\"'`]?([a-z_]+)", re.IGNORECASE)


def test_the_recorded_tables_are_reviewed(app: Flask) -> None:
    lines = ["# Tables whose change must be recorded in the ledger, with the columns that are exempt.", ""]
    lines += ["# recorded"]
    for name, table in sorted(db.metadata.tables.items()):
        if "recorded" in table.info:
            derived = ", ".join(sorted(table.info["derived"])) or "-"
            lines.append(f"{name:<32} room {table.info['recorded']:<14} derived: {derived}")
    lines += ["", "# not recorded"]
    lines += sorted(name for name, table in db.metadata.tables.items() if "recorded" not in table.info)
    assert_reviewed("recorded-tables.txt", "\n".join(lines) + "\n", "The list of recorded tables")


def test_the_facts_are_reviewed(app: Flask) -> None:
    """The ledger's vocabulary is public and for ever: a fact is added, never renamed."""
    lines = ["# Facts: name, visibility, exhibit, precision, data, what it demonstrates.", ""]
    for fact in all_facts():
        if "test" in fact.room:
            continue
        data = ",".join(sorted(fact.data)) or "-"
        shows = ",".join(fact.demonstrates) or "-"
        if not fact.name.startswith("agencies.test."):
            lines.append(
                f"{fact.name:<36} {fact.visibility:<7} {fact.exhibit:<7} {fact.precision:<7} {data}  {shows}"
            )
    assert_reviewed("facts.txt", "\n".join(lines) + "\n", "The list of facts")


def test_a_table_is_recorded_by_its_own_room(app: Flask) -> None:
    for name, table in db.metadata.tables.items():
        if "recorded" in table.info:
            assert name.startswith(table.info["recorded"] + "_"), (
                f"{name} is recorded as {table.info['recorded']}"
            )


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_raw_sql_writes_to_a_recorded_table(path: Path) -> None:
    recorded = {name for name, table in db.metadata.tables.items() if "recorded" in table.info}
    recorded |= {"ledger_entries", "ledger_checkpoints"}
    source = path.read_text(encoding="utf-8")
    found = [match.group(2) for match in WRITING.finditer(source) if match.group(2) in recorded]
    assert not found, f"{path} writes to {found} in raw SQL: use the ORM or Core, which the guard sees"
