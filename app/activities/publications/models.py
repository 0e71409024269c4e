"""Documents and updates of an activity, all their versions, and the files attached to each."""

from __future__ import annotations

from datetime import datetime

from markupsafe import Markup
from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.activities.publications.codes import FORMS
from app.core.db import db, recorded
from app.core.text import CODE_POINTS
from app.i18n.bilingual import Bilingual

TITLE, BODY, NOTE = 150, 20_000, 300
"""Characters as readers count them: a title, a text, what changed."""

_WAITING = text("published_at IS NULL")


class Document(db.Model):
    """Something an activity tells people; `current` is the number of its latest version."""

    __tablename__ = "publications_documents"

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("issues_activities.id"), index=True)
    form: Mapped[str] = mapped_column(String(10))
    current: Mapped[int]
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
    written. `note_th` says what changed since the version before.
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
    note_th: Mapped[str | None] = mapped_column(String(NOTE * CODE_POINTS))
    note_en: Mapped[str | None] = mapped_column(String(NOTE * CODE_POINTS))
    written_at: Mapped[datetime]
    published_at: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("document_id", "number"),
        CheckConstraint("number = 1 OR note_th IS NOT NULL", name="change_explained"),
        CheckConstraint("number = 1 OR published_at IS NOT NULL", name="only_first_is_prepared"),
        CheckConstraint("(body_en IS NULL) = (html_en IS NULL)", name="html_of_each_body"),
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
    def html(self) -> Bilingual:
        """The body as stored, safe HTML."""
        return Bilingual(Markup(self.html_th), Markup(self.html_en) if self.html_en else None)

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
