"""What the reads of this room share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.core.db import db
from app.core.errors import NotFound

PAGE = 50


@dataclass(frozen=True)
class Page:
    """One page of a list; `next` is what the following page begins with, None on the last."""

    rows: Sequence[Any]
    next: int | None


def one(query: Any) -> Any:
    """The one row of a query. Raises `NotFound`."""
    row = db.session.execute(query).one_or_none()
    if row is None:
        raise NotFound
    return row
