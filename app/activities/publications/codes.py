"""Codes of publications: stored as they are, checked by the tables, read in two languages."""

from __future__ import annotations

from app.i18n import Lazy, _l
from app.web.pages import file_size

FORMS: dict[str, Lazy] = {
    "document": _l("Document"),
    "update": _l("Update"),
}
"""What is published: a document that stays and may get new versions, or news of the day."""

FORM_HINTS: dict[str, Lazy] = {
    "document": _l("A plan, a design, an explanation: what people need to know to take part."),
    "update": _l("A short piece of news: what has happened, and what comes next."),
}

MOST_FILES = 3
"""Attachments of one version."""

_SHORT = {
    "application/pdf": "PDF",
    "image/png": "PNG",
    "image/jpeg": "JPG",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "DOCX",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "XLSX",
    "text/csv": "CSV",
    "text/plain": "TXT",
}


def file_words(media: str, size: int) -> str:
    """A file's kind and size (`size` in bytes) for those who pay for data: "PDF 0.6 MB"."""
    return f"{_SHORT.get(media, '')} {file_size(size)}".strip()
