"""Reviewed files: what the program says of itself, kept in the repository so that a change of it is seen.

Set RUAMKHIT_REVIEW=1 to write the present state; then read the difference before committing it.
"""

from __future__ import annotations

import os
from pathlib import Path

FOLDER = Path(__file__).parent


def assert_reviewed(name: str, present: str, meaning: str) -> None:
    """Fail unless the reviewed file holds `present`."""
    path = FOLDER / name
    if os.environ.get("RUAMKHIT_REVIEW") == "1":
        path.write_text(present, encoding="utf-8")
    reviewed = path.read_text(encoding="utf-8") if path.exists() else ""
    assert present == reviewed, (
        f"{meaning} differs from tests/house/{name}. If you meant it, run\n"
        f"    RUAMKHIT_REVIEW=1 .venv/bin/pytest tests/house\n"
        f"and read the difference before you commit it."
    )
