"""Documents and updates of an activity, all their versions, and the files attached to each."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.activities.publications.codes import FORMS
from app.activities.publications.sections import Section, stored_sections
from app.core.db import db, recorded
from app.core.text import CODE_POINTS
from app.i18n.bilingual import Bilingual

TITLE, BODY, NOTE, SUMMARY = 150, 60_000, 300, 3_000
"""Characters as readers count them: a title, a text, what changed, a summary in plain language."""

_WAITING = text("published_at IS NULL")


class Document(db.Model):
    """Something an activity tells people; `current` is the number of its latest version.

    `sections` is how many section ids its versions have been given, so that none is given twice.
    """

    __tablename__ = "publications_documents"

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("issues_activities.id"), index=True)
    form: Mapped[str] = mapped_column(String(10))
    current: Mapped[int]
    sections: Mapped[int] = mapped_column(default=1, server_default="1")
    created_at: Mapped[datetime]

    __table_args__ = (
        CheckConstraint(f"form IN ({', '.join(map(repr, FORMS))})", name="form_known"),
        CheckConstraint("current >= 1", name="current_counted"),
        recorded("publications"),
    )


class Version(db.Model):
    """One version, as it was written; once published it is never changed or deleted.

    `published_at` is unset while the version is prepared: only a first version can be, because its
    activity has not opened. `html_th` and `html_en` are the body as safe HTML, made when it was
    written: the sections' texts one after the other (see `sections.py`), whose headings stand in
    `headings` as {"id", "key", "level", "th", "en"}. `note_th` says what changed since the version before.
    `summary_th` is a draft law in plain language.
    """

    __tablename__ = "publications_versions"

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("publications_documents.id"))
    number: Mapped[int]
    title_th: Mapped[str] = mapped_column(String(TITLE * CODE_POINTS))
    title_en: Mapped[str | None] = mapped_column(String(TITLE * CODE_POINTS))
    body_th: Mapped[str] = mapped_column(Text)
    body_en: Mapped[str | None] = mapped_column(Text)
    html_th: Mapped[str] = mapped_column(Text)
    html_en: Mapped[str | None] = mapped_column(Text)
    headings: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list, server_default="[]")
    summary_th: Mapped[str | None] = mapped_column(Text)
    summary_en: Mapped[str | None] = mapped_column(Text)
    note_th: Mapped[str | None] = mapped_column(String(NOTE * CODE_POINTS))
    note_en: Mapped[str | None] = mapped_column(String(NOTE * CODE_POINTS))
    written_at: Mapped[datetime]
    published_at: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("document_id", "number"),
        CheckConstraint("number = 1 OR note_th IS NOT NULL", name="change_explained"),
        CheckConstraint("number = 1 OR published_at IS NOT NULL", name="only_first_is_prepared"),
        CheckConstraint("(body_en IS NULL) = (html_en IS NULL)", name="html_of_each_body"),
        CheckConstraint("summary_en IS NULL OR summary_th IS NOT NULL", name="summary_in_thai"),
        Index(
            "ix_publications_versions_waiting",
            "document_id",
            sqlite_where=_WAITING,
            postgresql_where=_WAITING,
        ),
        recorded("publications"),
    )

    @property
    def title(self) -> Bilingual:
        return Bilingual(self.title_th, self.title_en)

    @property
    def sections(self) -> list[Section]:
        """The body as it is read: safe HTML, section by section."""
        return stored_sections(self.headings, self.html_th, self.html_en)

    @property
    def summary(self) -> Bilingual | None:
        return Bilingual(self.summary_th, self.summary_en) if self.summary_th else None

    @property
    def note(self) -> Bilingual | None:
        return Bilingual(self.note_th, self.note_en) if self.note_th else None


class File(db.Model):
    """A file attached to a version: its digest, its name for display, its size in bytes, its media type."""

    __tablename__ = "publications_files"

    version_id: Mapped[int] = mapped_column(ForeignKey("publications_versions.id"), primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    size: Mapped[int]
    media: Mapped[str] = mapped_column(String(100))

    __table_args__ = (recorded("publications"),)
