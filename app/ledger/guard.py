"""The commit guard: a transaction that changed a recorded table must have recorded a fact of that room.

It looks at every INSERT, UPDATE and DELETE the engine executes, from the ORM and from Core alike. Columns
marked derived, and statements that change no row (a retry), are exempt. Entries and checkpoints
themselves can be neither changed nor deleted, except that the sequencer numbers an entry once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, CursorResult, Engine, Table, event
from sqlalchemy.sql import Delete, Executable, Insert, Update

SEQUENCER = "ledger_sequencer"
"""Execution option that lets the sequencer number an entry."""

WRITTEN_ONCE = frozenset({"ledger_entries", "ledger_checkpoints"})


class Unrecorded(RuntimeError):
    """Evidence changed without an entry: call `record()` in the verb that changes it."""


class WrittenOnce(RuntimeError):
    """Something tried to change or delete what the ledger has written."""


@dataclass
class _Changes:
    touched: dict[str, str] = field(default_factory=dict)  # table -> room
    rooms: set[str] = field(default_factory=set)
    savepoints: list[set[str]] = field(default_factory=list)  # the rooms that had recorded at each


def watch(engine: Engine) -> None:
    """Guard every transaction of this engine."""
    event.listen(engine, "begin", _start)
    event.listen(engine, "before_execute", _protect)
    event.listen(engine, "after_execute", _notice)
    event.listen(engine, "commit", _check)
    event.listen(engine, "savepoint", _enter_savepoint)
    event.listen(engine, "release_savepoint", _leave_savepoint)
    event.listen(engine, "rollback_savepoint", _undo_savepoint)


def note_recorded(connection: Connection, room: str) -> None:
    """Remember that this transaction has recorded a fact of `room`."""
    _changes(connection).rooms.add(room)


def _changes(connection: Connection) -> _Changes:
    changes = connection.info.setdefault("ledger_changes", _Changes())
    assert isinstance(changes, _Changes)
    return changes


def _start(connection: Connection) -> None:
    connection.info["ledger_changes"] = _Changes()


def _enter_savepoint(connection: Connection, name: str) -> None:
    changes = _changes(connection)
    changes.savepoints.append(set(changes.rooms))


def _leave_savepoint(connection: Connection, name: str, context: None) -> None:
    _changes(connection).savepoints.pop()


def _undo_savepoint(connection: Connection, name: str, context: None) -> None:
    """An entry that was rolled back excuses nothing."""
    changes = _changes(connection)
    changes.rooms = changes.savepoints.pop()


def _protect(
    connection: Connection,
    statement: Executable,
    multiparams: Any,
    params: Any,
    options: dict[str, Any],
) -> None:
    if not isinstance(statement, Update | Delete):
        return
    table = statement.table
    if isinstance(table, Table) and table.name in WRITTEN_ONCE and not options.get(SEQUENCER):
        raise WrittenOnce(f"{table.name} is written once")


def _notice(
    connection: Connection,
    statement: Executable,
    multiparams: Any,
    params: Any,
    options: dict[str, Any],
    result: CursorResult[Any],
) -> None:
    if not isinstance(statement, Insert | Update | Delete) or result.rowcount == 0:
        return
    table = statement.table
    if not isinstance(table, Table) or "recorded" not in table.info:
        return
    if isinstance(statement, Update) and _changed_columns(statement, table, result) <= table.info["derived"]:
        return
    _changes(connection).touched[table.name] = table.info["recorded"]


def _changed_columns(statement: Update, table: Table, result: CursorResult[Any]) -> frozenset[str]:
    """The columns an UPDATE sets; an ORM flush names them in the compiled statement, Core in its values."""
    values: Mapping[Any, Any] = statement._values or {}
    named = {getattr(column, "key", str(column)) for column in values}
    compiled = getattr(result.context, "compiled", None)
    keys = set(getattr(compiled, "column_keys", None) or ()) & set(table.columns.keys())
    changed = frozenset(named | keys)
    return changed or frozenset({"?"})


def _check(connection: Connection) -> None:
    changes = _changes(connection)
    missing = {table: room for table, room in changes.touched.items() if room not in changes.rooms}
    if missing:
        tables = ", ".join(f"{table} (a fact of {room})" for table, room in sorted(missing.items()))
        raise Unrecorded(f"changed without an entry: {tables}")
