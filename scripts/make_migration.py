"""Write a migration from the difference between the migrated database and the models: `make migration NAME="..."`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from alembic import command
from sqlalchemy import create_engine

from app import migrate, rooms


def main() -> None:
    rooms.load_models()
    with tempfile.TemporaryDirectory() as folder:
        engine = create_engine(f"sqlite:///{Path(folder) / 'scratch.db'}")
        with engine.connect() as connection:
            settings = migrate.config()
            settings.attributes["connection"] = connection
            command.upgrade(settings, "head")
            connection.commit()
            command.revision(settings, message=sys.argv[1], autogenerate=True, rev_id=_next_number())
        engine.dispose()


def _next_number() -> str:
    numbers = [int(path.name[:4]) for path in Path("migrations/versions").glob("[0-9]*.py")]
    return f"{max(numbers, default=0) + 1:04}"


if __name__ == "__main__":
    main()
