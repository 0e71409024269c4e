"""Files people attach: pictures, made anew so that nothing hides in them, and PDF documents."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from io import BytesIO

import filetype
from PIL import Image, ImageOps, UnidentifiedImageError
from werkzeug.datastructures import FileStorage

from app.core.errors import DomainError
from app.core.files import LARGEST_FILE, StoredFile, store
from app.core.staging import stage, staged
from app.i18n import _l

MOST_FILES = 3
LONGEST_SIDE = 2400
"""Pixels of a picture as it is kept."""
MOST_PIXELS = 50_000_000
"""A picture with more could fill the memory when it is opened."""

PICTURES = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "jpg"}
ACCEPT = "image/jpeg,image/png,image/webp,application/pdf"
"""What the browser's file chooser offers."""

_REFUSED = _l("Attach a picture (JPG, PNG, WebP) or a PDF file.")


def stage_upload(upload: FileStorage) -> tuple[str, StoredFile]:
    """Check an uploaded file by its content, keep it for a day; return the key to find it by.

    Raises `DomainError` at the field "files".
    """
    content = upload.stream.read(LARGEST_FILE + 1)
    name = upload.filename or ""
    try:
        file = store(BytesIO(_clean(content)), _named(name, content))
    except DomainError as error:
        raise DomainError(error.message, "files") from None
    return stage(file), file


def kept_files(keys: Sequence[str]) -> list[tuple[str, StoredFile]]:
    """The staged files of these keys, at most as many as a comment may have; forgotten ones are left out."""
    return staged(list(keys)[:MOST_FILES])


def _clean(content: bytes) -> bytes:
    """The bytes to keep: a picture is drawn anew, without the place and time a camera wrote into it."""
    media = _media(content)
    if len(content) > LARGEST_FILE or media == "application/pdf":
        return content  # What is too large, `store` refuses in its own words.
    if media not in PICTURES:
        raise DomainError(_REFUSED, "files")
    try:
        return _redrawn(content, PICTURES[media])
    except (OSError, ValueError, UnidentifiedImageError, Image.DecompressionBombError) as error:
        raise DomainError(
            _l("This picture cannot be read. Save it again, or choose another."), "files"
        ) from error


def _redrawn(content: bytes, ending: str) -> bytes:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        picture = Image.open(BytesIO(content))
    if picture.width * picture.height > MOST_PIXELS:
        raise ValueError("too many pixels")
    upright = ImageOps.exif_transpose(picture)
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    target = BytesIO()
    if ending == "png":
        upright.convert(
            "RGBA" if "A" in upright.getbands() or "transparency" in upright.info else "RGB"
        ).save(target, "PNG", optimize=True)
    else:
        upright.convert("RGB").save(target, "JPEG", quality=85)
    return target.getvalue()


def _named(name: str, content: bytes) -> str:
    """The name with the ending of what is kept."""
    ending = PICTURES.get(_media(content), "pdf")
    return f"{name.rpartition('.')[0] or name or 'file'}.{ending}"


def _media(content: bytes) -> str:
    guess = filetype.guess(content[:4096])
    return guess.mime if guess is not None else ""
