"""Files people attach: pictures, made anew so that nothing hides in them, and PDF documents."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import filetype
from werkzeug.datastructures import FileStorage

from app.core.errors import DomainError
from app.core.files import StoredFile, checked_size, keep, store
from app.core.pictures import UnreadablePicture, redraw
from app.core.staging import stage, staged
from app.i18n import _l

MOST_FILES = 3
LONGEST_SIDE = 2400
"""Pixels of a picture as it is kept."""
PICTURES = frozenset({"image/jpeg", "image/png", "image/webp"})
ACCEPT = "image/jpeg,image/png,image/webp,application/pdf"
"""What the browser's file chooser offers."""


def stage_upload(upload: FileStorage) -> tuple[str, StoredFile]:
    """Check an uploaded file by its content, keep it for a day; return the key to find it by.

    Raises `DomainError` at the field "files".
    """
    try:
        content = checked_size(upload.stream)
        file = _stored(content, upload.filename or "")
    except DomainError as error:
        raise DomainError(error.message, "files") from None
    return stage(file), file


def kept_files(keys: Sequence[str]) -> list[tuple[str, StoredFile]]:
    """The staged files of these keys, at most as many as a comment may have; forgotten ones are left out."""
    return staged(list(keys)[:MOST_FILES])


def _stored(content: bytes, name: str) -> StoredFile:
    """A document as it is; of a picture, also one no other page takes, what is drawn anew."""
    media = _media(content)
    if media == "application/pdf":
        return store(BytesIO(content), _named(name, "pdf"))
    if media not in PICTURES:
        raise DomainError(_l("Attach a picture (JPG, PNG, WebP) or a PDF file."), "files")
    try:
        drawn = redraw(content, longest=LONGEST_SIDE)
    except UnreadablePicture:
        raise DomainError(
            _l("This picture cannot be read. Save it again, or choose another."), "files"
        ) from None
    return keep(
        drawn.content, f"image/{'png' if drawn.ending == 'png' else 'jpeg'}", _named(name, drawn.ending)
    )


def _named(name: str, ending: str) -> str:
    """The name with the ending of what is kept."""
    return f"{name.rpartition('.')[0] or name or 'file'}.{ending}"


def _media(content: bytes) -> str:
    guess = filetype.guess(content[:4096])
    return guess.mime if guess is not None else ""
