"""Pictures drawn anew: upright, not endless, and without what a camera or a sender wrote into the file.

Nothing of the old file is kept but its pixels, so neither a place nor a second file hidden behind them survives.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_PIXELS, MOST_WHOLE = 50_000_000, 25_000_000
"""A picture with more could fill the memory when it is opened. A JPEG is read at a fraction of its size; of the
others, which are unpacked whole, four bytes a pixel, twice, less is taken."""
QUALITY = 85


class UnreadablePicture(ValueError):
    """No picture that can be drawn: of another kind, broken, or with far too many pixels."""


@dataclass(frozen=True)
class Drawn:
    """A picture as it is kept; `ending` is "jpg" or "png"."""

    content: bytes
    ending: str
    width: int
    height: int


def redraw(content: bytes, *, longest: int, flat: bool = False, remark: str = "") -> Drawn:
    """Draw a picture anew with sides of `longest` pixels at most. Raises `UnreadablePicture`.

    A PNG stays one, unless it is to be `flat`: a JPEG on white. `remark` is written into a JPEG.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(content), formats=FORMATS) as opened:
                return _drawn(opened, longest, flat, remark)
    except (
        OSError,
        ValueError,
        SyntaxError,
        EOFError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
    ) as fault:
        raise UnreadablePicture(str(fault)) from fault


def _drawn(opened: Image.Image, longest: int, flat: bool, remark: str) -> Drawn:
    if opened.width * opened.height > (MOST_PIXELS if opened.format == "JPEG" else MOST_WHOLE):
        raise ValueError("too many pixels")
    png = opened.format == "PNG" and not flat
    if not png:
        opened.draft("RGB", (longest, longest))
    upright = ImageOps.exif_transpose(opened)
    upright.thumbnail((longest, longest))
    written = BytesIO()
    if png:
        clear = "A" in upright.getbands() or "transparency" in upright.info
        _bare(upright.convert("RGBA" if clear else "RGB")).save(written, "PNG", optimize=True)
    else:
        _on_white(upright).save(written, "JPEG", quality=QUALITY, optimize=True, comment=remark)
    return Drawn(written.getvalue(), "png" if png else "jpg", upright.width, upright.height)


def _bare(picture: Image.Image) -> Image.Image:
    """The pixels alone, without the remarks a PNG carries."""
    bare = Image.new(picture.mode, picture.size)
    bare.paste(picture)
    return bare


def _on_white(picture: Image.Image) -> Image.Image:
    paper = Image.new("RGB", picture.size, "white")
    layered = picture.convert("RGBA")
    paper.paste(layered, mask=layered.getchannel("A"))
    return paper
