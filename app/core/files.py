"""Stored files: kept by digest, accepted by content and size, on disk before their row commits.

What is kept is decided by the content, never by the name or what the browser says of it. Pictures are drawn
anew; office files must be whole, of ordinary size when unpacked, and without programs; a scanner is asked where
one is set. Nothing is ever shown inside our pages but pictures drawn here.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO

import filetype
from flask_babel import lazy_gettext as _l

from app.config import current_settings
from app.core.errors import DomainError
from app.core.pictures import UnreadablePicture, redraw
from app.core.scanner import ScannerAway, finds_something

LARGEST_FILE = 10 * 1024 * 1024
"""Bytes of one attachment."""
LONGEST_SIDE = 4000
"""Pixels of a picture: a page scanned for reading."""
LARGEST_UNPACKED = 200 * 1024 * 1024
MOST_PARTS = 5_000
STEEPEST = 200
"""An office file unpacks to so much, into so many parts, and by this ratio at most; a bomb does more."""

ACCEPTED = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
    "txt": "text/plain",
}
OFFICE_PART = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
PROGRAMS, ENDINGS = ("vbaproject", "activex"), (".bin", ".exe", ".dll", ".js", ".vbs")
"""What the name of a part that is a program, or may hold one, contains or ends with, in lower case."""
PRINTER = re.compile(r"(xl|word)/printersettings/[^/]+\.bin")
"""What Excel and Word remember of a printer: bytes that no program runs."""
UNPACKABLE = (
    zipfile.BadZipFile,
    zlib.error,
    ValueError,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
)
"""What comes of an archive that is broken, encrypted or packed in a way nobody uses."""
PDF_END = 2048
"""A whole PDF says %%EOF within so many bytes of its end."""


@dataclass(frozen=True)
class StoredFile:
    """A file as rows and entries name it; `name` is what the sender called it, for display only."""

    sha256: str
    size: int
    media: str
    name: str


def store(stream: IO[bytes], name: str) -> StoredFile:
    """Check and keep a file; raise `DomainError` with the repair when it is not accepted.

    The file and its folder are flushed to disk before this returns, so a row may point to it. Storing the
    same bytes twice keeps one copy. A file whose row never commits is an orphan, harmless and swept.
    """
    content = checked_size(stream)
    media = _media(content, name)
    if media.startswith("image/"):
        content = _redrawn(content)
    return keep(content, media, name)


def checked_size(stream: IO[bytes]) -> bytes:
    """What was sent, unless it is empty or too large. Raises `DomainError`."""
    content = stream.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise DomainError(_l("The file is over 10 MB. Make it smaller, or split it."), "file")
    if not content:
        raise DomainError(_l("The file is empty. Choose another."), "file")
    return content


def keep(content: bytes, media: str, name: str) -> StoredFile:
    """Keep what was checked, once a scanner, where one is set, has found nothing in it."""
    _scan(content)
    digest = hashlib.sha256(content).hexdigest()
    path = path_of(digest)
    try:
        os.utime(path)  # Says to the sweep that somebody is about to need it.
    except FileNotFoundError:
        write_whole(path, content)
    return StoredFile(digest, len(content), media, _display_name(name))


def path_of(sha256: str) -> Path:
    """Where a stored file lies."""
    return current_settings().var_dir / "files" / sha256[:2] / sha256


def write_whole(path: Path, content: bytes) -> None:
    """Put a file in its place, replacing what was there: whole or not at all, and on disk before this returns."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".new-", delete=False) as file:
        try:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            os.replace(file.name, path)
        except BaseException:
            os.unlink(file.name)
            raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _redrawn(content: bytes) -> bytes:
    try:
        return redraw(content, longest=LONGEST_SIDE).content
    except UnreadablePicture:
        raise DomainError(
            _l("This picture cannot be read. Save it again, or choose another."), "file"
        ) from None


def _scan(content: bytes) -> None:
    try:
        found = finds_something(current_settings().scanner_url, content)
    except ScannerAway:
        raise DomainError(
            _l("Files cannot be checked for viruses at the moment. Try again in a few minutes."), "file"
        ) from None
    if found:
        raise DomainError(_l("The virus scanner found something in this file, so it was not taken."), "file")


def _media(content: bytes, name: str) -> str:
    """The media type, decided by the content; the name's ending only chooses among plain texts."""
    ending = name.rpartition(".")[2].lower()
    media = ACCEPTED.get(ending)
    if media is None or not _content_is(content, ending, media):
        raise DomainError(
            _l("This kind of file is not accepted. Use PDF, PNG, JPG, DOCX, XLSX, CSV or TXT."), "file"
        )
    return media


def _content_is(content: bytes, ending: str, media: str) -> bool:
    if ending in OFFICE_PART:
        return _is_office(content, OFFICE_PART[ending])
    if media.startswith("text/"):
        return b"\0" not in content and _decodes(content)
    if ending == "pdf":
        return content.startswith(b"%PDF-") and b"%%EOF" in content[-PDF_END:]
    guess = filetype.guess(content[:4096])
    return guess is not None and guess.mime == media


def _is_office(content: bytes, part: str) -> bool:
    """Whether it is an office file with this main part: whole, nothing before it, no programs, no bomb."""
    if not content.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
            ordinary = _fits(parts) and not any(_is_suspect(one.filename) for one in parts)
            return ordinary and part in archive.namelist() and archive.testzip() is None
    except UNPACKABLE:
        return False


def _fits(parts: list[zipfile.ZipInfo]) -> bool:
    """Whether what the archive promises to unpack is of ordinary size; unpacking gives no more than promised."""
    unpacked, packed = sum(one.file_size for one in parts), sum(one.compress_size for one in parts)
    return len(parts) <= MOST_PARTS and unpacked <= LARGEST_UNPACKED and unpacked <= STEEPEST * max(packed, 1)


def _is_suspect(name: str) -> bool:
    """A program, an archive or a path that leads out of the folder it is unpacked in."""
    low = name.lower().replace("\\", "/")
    program = any(sign in low for sign in PROGRAMS) or low.endswith(ENDINGS)
    return (program and not PRINTER.fullmatch(low)) or low.startswith("/") or ".." in low.split("/")


def _decodes(content: bytes) -> bool:
    for encoding in ("utf-8", "cp874"):
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return True
    return False


def _display_name(name: str) -> str:
    base = name.replace("\\", "/").rpartition("/")[2]
    return "".join(letter for letter in base if letter.isprintable())[:120] or "file"
