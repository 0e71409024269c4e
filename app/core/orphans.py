"""Stored files that no row names: drafts never sent, words erased. They go after two days, for good.

A file is stored before its row commits, and one whose bytes are stored again is only touched (`files.keep`). So a
file that is young, or was touched while we looked, stays.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path

from sqlalchemy import Table, select, union

from app.config import current_settings
from app.core.clock import now
from app.core.db import db

KEPT_FOR = timedelta(days=2)
"""Longer than a form waits to be sent, and than any transaction lasts."""
BATCH = 500
DIGEST = "sha256"
"""A column of this name holds digests of stored files, in every room."""
LEAVING = ".leaving-"
DIGEST_LENGTH = 64


def sweep_files() -> int:
    """Delete the old files no row names; return how many those were."""
    root, gone = current_settings().var_dir / "files", 0
    if not root.is_dir():
        return 0
    for folder in sorted(path for path in root.iterdir() if path.is_dir()):
        old = list(_old(folder))
        for start in range(0, len(old), BATCH):
            batch = old[start : start + BATCH]
            named = _named([path.name for path in batch])
            gone += sum(_delete(path) for path in batch if path.name not in named)
    return gone


def _old(folder: Path) -> Iterator[Path]:
    """A folder's old files; one that a cut off sweep left half gone is put back first."""
    for path in sorted(folder.iterdir()):
        if path.name.startswith(LEAVING):
            path = _put_back(path)
        if len(path.name) == DIGEST_LENGTH and _is_old(path):
            yield path


def _is_old(path: Path) -> bool:
    try:
        return path.stat().st_mtime < (now() - KEPT_FOR).timestamp()
    except FileNotFoundError:
        return False


def _named(digests: Sequence[str]) -> set[str]:
    """Those of these digests that some row names: one statement."""
    columns = [table.c[DIGEST] for table in _tables()]
    found = db.session.scalars(union(*(select(column).where(column.in_(digests)) for column in columns)))
    named = {str(digest) for digest in found}
    db.session.rollback()
    return named


def _tables() -> list[Table]:
    return [table for table in db.metadata.sorted_tables if DIGEST in table.c]


def _delete(path: Path) -> bool:
    """Delete a file unless somebody has just stored the same bytes; return whether it is gone.

    It is put aside first: whoever stores it from then on finds no file to touch, and writes it anew.
    """
    aside = path.with_name(LEAVING + path.name)
    try:
        os.rename(path, aside)
    except FileNotFoundError:
        return False
    if not _is_old(aside):
        _put_back(aside)
        return False
    aside.unlink()
    return True


def _put_back(aside: Path) -> Path:
    path = aside.with_name(aside.name.removeprefix(LEAVING))
    os.replace(aside, path)
    return path
