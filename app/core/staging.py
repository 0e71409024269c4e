"""Files between a form and its sending: kept for a day under a key nobody can guess.

A page that checks before sending writes nothing of the domain, but a browser gives a file only once. The
row commits on its own, also when the form is shown again with its faults.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import CursorResult, String, delete, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from app.core.clock import now
from app.core.db import apart, db
from app.core.files import StoredFile
from app.core.ids import is_key, new_key

KEPT_FOR = timedelta(hours=24)


class StagedFile(db.Model):
    """A stored file that waits to be attached to something."""

    __tablename__ = "core_staged_files"

    key: Mapped[str] = mapped_column(String(32), primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    media: Mapped[str] = mapped_column(String(100))
    name: Mapped[str] = mapped_column(String(120))
    staged_at: Mapped[datetime] = mapped_column(index=True)


def forget_old() -> int:
    """Forget what was kept for longer than a day and never sent; return how many files. The files go a day later."""
    done = db.session.execute(delete(StagedFile).where(StagedFile.staged_at <= now() - KEPT_FOR))
    assert isinstance(done, CursorResult)
    return done.rowcount


def stage(file: StoredFile) -> str:
    """Keep a stored file for a day and return its key.

    Comes before the request's own writing: it takes and gives back SQLite's writer lock.
    """
    key = new_key()
    with apart() as connection:
        connection.execute(
            insert(StagedFile).values(
                key=key,
                sha256=file.sha256,
                size=file.size,
                media=file.media,
                name=file.name,
                staged_at=now(),
            )
        )
    return key


def staged(keys: Sequence[str]) -> list[tuple[str, StoredFile]]:
    """The files of these keys in their order: one statement. Unknown and forgotten keys are left out."""
    wanted = [key for key in keys if is_key(key)]
    if not wanted:
        return []
    rows = db.session.scalars(
        select(StagedFile).where(StagedFile.key.in_(wanted), StagedFile.staged_at > now() - KEPT_FOR)
    )
    found = {row.key: StoredFile(row.sha256, row.size, row.media, row.name) for row in rows}
    return [(key, found[key]) for key in dict.fromkeys(wanted) if key in found]
