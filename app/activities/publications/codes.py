"""Codes of publications: stored as they are, checked by the tables, read in two languages."""

from __future__ import annotations

from app.i18n import Lazy, _l
from app.web.pages import file_size

FORMS: dict[str, Lazy] = {
    "document": _l("Document"),
    "draft_law": _l("Draft law"),
    "update": _l("Update"),
}
"""What is published: a document that stays and may get new versions, the draft of a law, a
regulation or local rules, which needs a summary in plain language, or news of the day."""

FORM_HINTS: dict[str, Lazy] = {
    "document": _l("A plan, a design, an explanation: what people need to know to take part."),
    "draft_law": _l("The draft of a law, a regulation or local rules, with a summary in plain language."),
    "update": _l("A short piece of news: what has happened, and what comes next."),
}

TO_COMMENT_ON = ("document", "draft_law")
"""What people may comment on part by part; news is only read."""

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
