"""What an officer writes: the texts of a version with their HTML, made once, and its attachments."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.activities.publications.codes import MOST_FILES
from app.activities.publications.sections import (
    HEADING,
    MOST_SECTIONS,
    Part,
    html_of,
    identify,
    parts_of,
)
from app.core.errors import DomainError
from app.core.files import StoredFile
from app.core.text import grapheme_len
from app.i18n import _l
from app.i18n.bilingual import Bilingual


@dataclass(frozen=True)
class Content:
    """A version before it is stored. `html` is safe; `note` says what changed, None in a first version.

    `thai` and `english` are the sections of the body, the second empty where there is no English text.
    """

    title: Bilingual
    body: Bilingual
    html: Bilingual
    thai: tuple[Part, ...]
    english: tuple[Part, ...]
    summary: Bilingual | None
    note: Bilingual | None
    files: tuple[StoredFile, ...]

    def columns(self) -> dict[str, str | None]:
        """The columns of a version these texts fill."""
        note, summary = self.note or Bilingual(""), self.summary or Bilingual("")
        return {
            "title_th": self.title.th,
            "title_en": self.title.en,
            "body_th": self.body.th,
            "body_en": self.body.en,
            "html_th": self.html.th,
            "html_en": self.html.en,
            "note_th": note.th or None,
            "note_en": note.en,
            "summary_th": summary.th or None,
            "summary_en": summary.en if summary.th else None,
        }

    def headings(self, earlier: Sequence[Mapping[str, Any]], made: int) -> tuple[list[dict[str, Any]], int]:
        """The sections as a version stores them, and how many ids the document has used with them.

        `earlier` are those of the version before, whose ids go on where heading or number is the same.
        """
        before = [(heading["key"], heading["id"]) for heading in earlier]
        ids, made = identify([part.key for part in self.thai], before, made)
        english = [part.title for part in self.english] or [""] * len(ids)
        return [
            {"id": ident, "key": part.key, "level": part.level, "th": part.title, "en": en or None}
            for ident, part, en in zip(ids, self.thai, english, strict=True)
        ], made


def write(
    *,
    title: Bilingual,
    body: Bilingual,
    summary: Bilingual | None = None,
    note: Bilingual | None = None,
    files: Sequence[StoredFile] = (),
) -> Content:
    """Put a version together; the same file twice counts once.

    Raises `DomainError` for too many files or sections, and for an English text of other sections.
    """
    different = {file.sha256: file for file in files}
    if len(different) > MOST_FILES:
        raise DomainError(_l("Attach at most %(most)s files to one version.", most=MOST_FILES), "files")
    thai = sections_in(body.th, "body_th")
    english = sections_in(body.en, "body_en") if body.en else ()
    if english:
        _check_same(thai, english)
    html = Bilingual(html_of(thai), html_of(english) if english else None)
    return Content(
        title=title,
        body=body,
        html=html,
        thai=thai,
        english=english,
        summary=summary,
        note=note,
        files=tuple(different.values()),
    )


def sections_in(text: str, field: str) -> tuple[Part, ...]:
    """The sections of a text. Raises `DomainError` at `field` for too many, or a heading too long."""
    parts = tuple(parts_of(text))
    if len(parts) > MOST_SECTIONS:
        words = _l(
            "This text has %(num)s headings. Divide it into documents of at most %(most)s.",
            num=len(parts),
            most=MOST_SECTIONS,
        )
        raise DomainError(words, field)
    for part in parts:
        if grapheme_len(part.title) > HEADING:
            words = _l(
                "Shorten the heading “%(title)s”; at most 150 characters.", title=part.title[:40] + "…"
            )
            raise DomainError(words, field)
    return parts


def _check_same(thai: Sequence[Part], english: Sequence[Part]) -> None:
    """One section stands beside the other, so both texts must be divided alike."""
    alike = len(thai) == len(english) and bool(thai[0].title) == bool(english[0].title)
    if not alike:
        words = _l(
            "The Thai text has %(thai)s headings and the English %(english)s. Give both the same "
            "headings in the same order, or leave the English text out.",
            thai=sum(bool(part.title) for part in thai),
            english=sum(bool(part.title) for part in english),
        )
        raise DomainError(words, "body_en")


def digest_of(text: str | None) -> str | None:
    """SHA-256 of a text in UTF-8, in hex: what the ledger's commitment holds in place of a long text."""
    return hashlib.sha256(text.encode()).hexdigest() if text else None
