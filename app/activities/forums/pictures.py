"""Pictures made anew: smaller, upright, without place, time or device that the camera wrote into the file."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from io import BytesIO
from typing import IO

from PIL import Image, ImageOps

from app.core.errors import DomainError
from app.core.files import LARGEST_FILE, StoredFile, store
from app.core.ids import new_key
from app.i18n import _l

FORMATS = ("JPEG", "PNG")
LONGEST_SIDE = 1600
"""Pixels; enough for a page and a print, and a tenth of what a telephone takes."""
MOST_PIXELS = 50_000_000
QUALITY = 82


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
    content = stream.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise DomainError(_l("The file is over 10 MB. Make it smaller, or split it."), "file")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = _upright(content)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise DomainError(_l("This is no picture we can read. Use a JPG or PNG file."), "file") from None
    written = BytesIO()
    image.save(written, "JPEG", quality=QUALITY, optimize=True, comment=new_key())
    written.seek(0)
    return Picture(store(written, "photo.jpg"), image.width, image.height)


def _upright(content: bytes) -> Image.Image:
    """The bare picture: turned as the camera said, then nothing kept of what it said."""
    with Image.open(BytesIO(content), formats=FORMATS) as opened:
        if opened.width * opened.height > MOST_PIXELS:
            raise ValueError("too large")
        opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        turned = ImageOps.exif_transpose(opened)
        turned.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        flat = Image.new("RGB", turned.size, "white")
        layered = turned.convert("RGBA")
        flat.paste(layered, mask=layered.getchannel("A"))
        return flat
