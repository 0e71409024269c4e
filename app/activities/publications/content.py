"""What an officer writes: the texts of a version with their HTML, made once, and its attachments."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from app.activities.publications.codes import MOST_FILES
from app.core.errors import DomainError
from app.core.files import StoredFile
from app.core.html import to_html
from app.i18n import _l
from app.i18n.bilingual import Bilingual


@dataclass(frozen=True)
class Content:
    """A version before it is stored. `html` is safe; `note` says what changed, None in a first version."""

    title: Bilingual
    body: Bilingual
    html: Bilingual
    note: Bilingual | None
    files: tuple[StoredFile, ...]

    def columns(self) -> dict[str, str | None]:
        """The columns of a version these texts fill."""
        note = self.note or Bilingual("")
        return {
            "title_th": self.title.th,
            "title_en": self.title.en,
            "body_th": self.body.th,
            "body_en": self.body.en,
            "html_th": self.html.th,
            "html_en": self.html.en,
            "note_th": note.th or None,
            "note_en": note.en,
        }


def write(
    *, title: Bilingual, body: Bilingual, note: Bilingual | None = None, files: Sequence[StoredFile] = ()
) -> Content:
    """Put a version together; the same file twice counts once. Raises `DomainError` for too many files."""
    different = {file.sha256: file for file in files}
    if len(different) > MOST_FILES:
        raise DomainError(_l("Attach at most %(most)s files to one version.", most=MOST_FILES), "files")
    html = Bilingual(to_html(body.th), to_html(body.en) if body.en else None)
    return Content(title, body, html, note, tuple(different.values()))


def digest_of(text: str | None) -> str | None:
    """SHA-256 of a text in UTF-8, in hex: what the ledger's commitment holds in place of a long text."""
    return hashlib.sha256(text.encode()).hexdigest() if text else None
