"""Pictures of a meeting: each a file of its own, small enough for a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import IO

from app.core.errors import DomainError
from app.core.files import StoredFile, checked_size, keep
from app.core.ids import new_key
from app.core.pictures import UnreadablePicture, redraw
from app.i18n import _l

LONGEST_SIDE = 1600
"""Pixels; enough for a page and a print, and a tenth of what a telephone takes."""


@dataclass(frozen=True)
class Picture:
    """A stored picture with its size in pixels."""

    file: StoredFile
    width: int
    height: int


def store_picture(stream: IO[bytes]) -> Picture:
    """Make a picture anew and keep it; raise `DomainError` with the repair when it cannot be read.

    A random remark makes the file this picture's own, so that it can be deleted without taking another's.
    """
    content = checked_size(stream)
    try:
        drawn = redraw(content, longest=LONGEST_SIDE, flat=True, remark=new_key())
    except UnreadablePicture:
        raise DomainError(_l("This is no picture we can read. Use a JPG or PNG file."), "file") from None
    return Picture(keep(drawn.content, "image/jpeg", "photo.jpg"), drawn.width, drawn.height)
