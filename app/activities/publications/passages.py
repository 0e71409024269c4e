"""Passages: a section of a public version, or words that stand in it, for whoever comments on them."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import select

from app.activities.publications.models import Document, Version
from app.activities.publications.sections import Section
from app.core.clock import now
from app.core.db import db
from app.core.ids import LARGEST_ID
from app.core.text import grapheme_len, normalise
from app.i18n import Language
from app.i18n.bilingual import Bilingual
from app.issues.contracts import Address, Passage
from app.issues.models import Activity, Issue

LONGEST_QUOTE = 300
"""Characters of a quote as readers count them."""

_SUBJECT = re.compile(r"publication/([0-9]{1,10})")


def subject_of(document_id: int) -> str:
    """A document as the ledger and other kinds name it."""
    return f"publication/{document_id}"


def document_id_of(subject: str) -> int | None:
    """The document a subject names; None for what is no document's name."""
    found = _SUBJECT.fullmatch(subject)
    return int(found[1]) if found and 0 < int(found[1]) <= LARGEST_ID else None


def address_of(document_id: int, number: int, section: str = "") -> Address:
    """The page of a version, at a section where one is named."""
    place = {"_anchor": section} if section else {}
    return Address("publications.document", {"document_id": document_id, "version": number, **place})


def passage(subject: str, version: int, section: str, quote: str, lang: Language) -> Passage | None:
    """The passage, if it is public and `quote` stands in it: one statement.

    `lang` is the page's on which the words were chosen; where there is no English they are Thai.
    """
    document_id = document_id_of(subject)
    if document_id is None or not 0 < version <= LARGEST_ID or len(quote) > LONGEST_QUOTE * 8:
        return None
    row = _public_version(document_id, version)
    if row is None:
        return None
    meant = [part for part in row.Version.sections if section in ("", part.id)]
    words = _spaced(quote)
    if not meant or grapheme_len(words) > LONGEST_QUOTE or words not in _said(meant, lang):
        return None
    return Passage(
        activity_id=row.activity_id,
        subject=subject,
        version=version,
        section=section,
        section_title=meant[0].name if section else Bilingual(""),
        quote=words,
        title=row.Version.title,
        address=address_of(document_id, version, section),
    )


def _public_version(document_id: int, number: int) -> Any:
    return db.session.execute(
        select(Version, Document.activity_id)
        .join(Document, Document.id == Version.document_id)
        .join(Activity, Activity.id == Document.activity_id)
        .join(Issue, Issue.id == Activity.issue_id)
        .where(
            Document.id == document_id,
            Version.number == number,
            Version.published_at <= now(),
            Issue.published_at <= now(),
        )
    ).one_or_none()


def _said(sections: list[Section], lang: Language) -> str:
    """The words of sections with their headings, as a reader of `lang` sees them."""
    titles_and_texts = ((part.title, part.text) for part in sections)
    said = (words.pick(lang)[0] for pair in titles_and_texts for words in pair if words is not None)
    return _spaced("\n".join(said))


def _spaced(text: str) -> str:
    """The text in one line with single blanks: what is chosen on a page has its line breaks elsewhere."""
    return " ".join(normalise(text).split())
