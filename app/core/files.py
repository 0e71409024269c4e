"""Stored files: kept by digest, accepted by content and size, on disk before their row commits."""

from __future__ import annotations

import hashlib
import os
import tempfile
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO

import filetype
from flask_babel import lazy_gettext as _l

from app.config import current_settings
from app.core.errors import DomainError

LARGEST_FILE = 10 * 1024 * 1024
"""Bytes of one attachment."""

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
    same bytes twice keeps one copy. A file whose row never commits is an orphan, harmless and sweepable.
    """
    content = stream.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise DomainError(_l("The file is over 10 MB. Make it smaller, or split it."), "file")
    if not content:
        raise DomainError(_l("The file is empty. Choose another."), "file")
    media = _media(content, name)
    digest = hashlib.sha256(content).hexdigest()
    if not path_of(digest).exists():
        write_whole(path_of(digest), content)
    return StoredFile(digest, len(content), media, _display_name(name))


def path_of(sha256: str) -> Path:
    """Where a stored file lies."""
    return current_settings().var_dir / "files" / sha256[:2] / sha256


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
        return _office_has(content, OFFICE_PART[ending])
    if media.startswith("text/"):
        return b"\0" not in content and _decodes(content)
    guess = filetype.guess(content[:4096])
    return guess is not None and guess.mime == media


def _office_has(content: bytes, part: str) -> bool:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError):
        return False
    return part in names and not any("vbaProject" in name for name in names)


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
