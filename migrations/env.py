"""Alembic's environment: the connection is handed in by `app/migrate.py`."""

from __future__ import annotations

from typing import Any

from alembic import context

from app.core.db import Base, UTCDateTime


def render_type(kind: str, item: Any, _autogen: Any) -> str | bool:
    """A migration names plain types, so that it does not change with our code."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, UTCDateTime) else False


def include_name(name: str | None, kind: str, _parents: Any) -> bool:
    """Search's words and what FTS5 makes for them are written by hand: a new migration must not drop them."""
    return not (kind == "table" and name is not None and name.startswith("search_words"))


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    compare_type=True,
    render_as_batch=connection.dialect.name == "sqlite",
    transaction_per_migration=False,
    render_item=render_type,
    include_name=include_name,
)
with context.begin_transaction():
    context.run_migrations()
