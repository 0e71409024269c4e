"""Pictures drawn anew: upright, not endless, and without what a camera or a sender wrote into the file.

Nothing of the old file is kept but its pixels, so neither a place nor a second file hidden behind them survives.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from io import BytesIO

from PIL import Image
from PIL.Image import Transpose

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_PIXELS, MOST_WHOLE = 50_000_000, 25_000_000
"""A picture with more could fill the memory when it is opened. A JPEG is read at a fraction of its size; of the
others, which are unpacked whole, four bytes a pixel, twice, less is taken."""
QUALITY = 85
ORIENTATION = 0x0112
TURNS: dict[object, Transpose] = {
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_270,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_90,
}
"""What undoes a way a camera was held, by its number in EXIF."""


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
    except Exception as fault:  # Somebody else's bytes: a decoder may raise anything at them.
        raise UnreadablePicture(str(fault)) from fault


def _drawn(opened: Image.Image, longest: int, flat: bool, remark: str) -> Drawn:
    if opened.width * opened.height > (MOST_PIXELS if opened.format == "JPEG" else MOST_WHOLE):
        raise ValueError("too many pixels")
    png = opened.format == "PNG" and not flat
    if not png:
        opened.draft("RGB", (longest, longest))
    upright = _upright(opened)
    upright.thumbnail((longest, longest))
    written = BytesIO()
    if png:
        clear = "A" in upright.getbands() or "transparency" in upright.info
        _bare(upright.convert("RGBA" if clear else "RGB")).save(written, "PNG", optimize=True)
    else:
        _on_white(upright).save(written, "JPEG", quality=QUALITY, optimize=True, comment=remark)
    return Drawn(written.getvalue(), "png" if png else "jpg", upright.width, upright.height)


def _upright(opened: Image.Image) -> Image.Image:
    """Turned as its camera says, where that can be read: what stands in a file for it may be anything."""
    try:
        turn = TURNS.get(opened.getexif().get(ORIENTATION))
    except Exception:
        turn = None
    return opened if turn is None else opened.transpose(turn)


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
