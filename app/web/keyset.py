"""Pages by keyset: the next begins after the last row shown, so the hundredth costs what the first does."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, or_

from app.core.ids import LARGEST_ID

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FORM = re.compile(r"(\d{1,17})-(\d{1,10})", re.ASCII)


@dataclass(frozen=True)
class Cursor:
    """The last row a page showed, where rows stand newest first: its moment and its id."""

    moment: datetime
    id: int

    def __str__(self) -> str:
        return f"{(self.moment - _EPOCH) // timedelta(microseconds=1)}-{self.id}"

    @classmethod
    def parse(cls, text: str) -> Cursor:
        """Read what `str` wrote; raises `ValueError` for anything else."""
        found = _FORM.fullmatch(text)
        if found is None or int(found[2]) > LARGEST_ID:
            raise ValueError("not a page mark of this site")
        return cls(_EPOCH + timedelta(microseconds=int(found[1])), int(found[2]))


def older_than(moment: Any, ident: Any, cursor: Cursor) -> ColumnElement[bool]:
    """Rows that stand after the cursor when ordered by (moment, id), both descending."""
    return and_(
        moment <= cursor.moment,
        or_(moment < cursor.moment, ident < cursor.id),
    )
