"""The shape of what is typed: a document or update, a new version of one, a removal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_wtf.file import MultipleFileField
from wtforms import Field, HiddenField, ValidationError

from app.activities.publications import content
from app.activities.publications.codes import MOST_FILES
from app.activities.publications.content import Content
from app.activities.publications.models import BODY, NOTE, SUMMARY, TITLE
from app.activities.publications.queries import Attachment
from app.activities.publications.reading import Ease, ease_of
from app.activities.publications.sections import Part
from app.core.errors import DomainError
from app.core.files import ACCEPTED, StoredFile, store
from app.i18n import _l
from app.i18n.bilingual import Bilingual
from app.web.fields import Length, Optional, Required, SelectChoice, TextAreaField, TextField, TicksField
from app.web.forms import Form

ENDINGS = ",".join(f".{ending}" for ending in ACCEPTED)
"""What the browser's file chooser offers."""


class DocumentForm(Form):
    """A text with its attachments. `offer` gives it the attachments there are already, to keep or drop.

    `suit` takes away what a form of document does not need.
    """

    summary_th = TextAreaField(
        _l("Summary in plain language, in Thai"),
        [Optional(), Length(SUMMARY)],
        description=_l("What the draft changes, for whom, from when and why, as one would tell a neighbour."),
    )
    summary_en = TextAreaField(_l("Summary in plain language, in English"), [Optional(), Length(SUMMARY)])
    title_th = TextField(_l("Title, in Thai"), [Required(_l("Write the title in Thai.")), Length(TITLE)])
    title_en = TextField(_l("Title, in English"), [Optional(), Length(TITLE)])
    body_th = TextAreaField(
        _l("Text, in Thai"),
        [Required(_l("Write the text in Thai.")), Length(BODY)],
        description=_l("Whoever cannot open an attached file must find here what it says."),
    )
    body_en = TextAreaField(_l("Text, in English"), [Optional(), Length(BODY)])
    keep = TicksField(_l("Attached files to keep"), [Optional()])
    files = MultipleFileField(_l("New files to attach"), [Optional()])

    known: Sequence[Attachment] = ()

    def suit(self, form_code: str) -> None:
        """Ask for the summary only where it is needed: beside a draft law."""
        if form_code != "draft_law":
            del self.summary_th
            del self.summary_en

    def offer(self, files: Sequence[Attachment]) -> None:
        """Let the officer keep or drop these files; at first all are kept. Without any, it is not asked."""
        if not files:
            del self.keep
            return
        self.known = files
        self.keep.choices = [SelectChoice(file.sha256, f"{file.name} ({file.words})") for file in files]
        if not self.is_submitted():
            self.keep.data = [file.sha256 for file in files]

    def validate_files(self, field: Field) -> None:
        if len(field.data or ()) + len(self._kept) > MOST_FILES:
            raise ValidationError(str(_l("Attach at most %(most)s files to one version.", most=MOST_FILES)))

    def content(self) -> Content:
        """What was written, with the new files stored. Raises `DomainError` for a file not accepted."""
        return content.write(
            title=Bilingual(str(self.title_th.data), self.title_en.data or None),
            body=Bilingual(str(self.body_th.data), self.body_en.data or None),
            summary=self.summary,
            note=self.note,
            files=[*(file.stored for file in self._kept), *self._new_files()],
        )

    @property
    def note(self) -> Bilingual | None:
        """What changed; nothing has in a first version."""
        return None

    @property
    def summary(self) -> Bilingual | None:
        """The summary of a draft law, as far as it is written."""
        if self.summary_th is None or not self.summary_th.data:
            return None
        return Bilingual(str(self.summary_th.data), self.summary_en.data or None)

    def sections(self) -> Sequence[Part]:
        """The sections found in what is typed. Raises `DomainError` at the text that cannot be divided."""
        body = Bilingual(str(self.body_th.data), self.body_en.data or None)
        return content.write(title=Bilingual(""), body=body).thai

    @property
    def ease(self) -> Ease:
        """How easily the summary reads, or the text where there is none."""
        summary = self.summary
        return ease_of(summary.th if summary else str(self.body_th.data or ""))

    @property
    def files_lost(self) -> bool:
        """Whether files were chosen that the browser will not keep when the page is shown again."""
        return bool(self.files.data)

    @property
    def _kept(self) -> list[Attachment]:
        return [file for file in self.known if file.sha256 in (self.keep.data or ())]

    def _new_files(self) -> list[StoredFile]:
        try:
            return [store(file.stream, file.filename or "") for file in self.files.data or ()]
        except DomainError as error:
            raise DomainError(error.message, "files") from None


class RevisionForm(DocumentForm):
    """A new version of what is public. `seen` is the number of the version the officer started from."""

    note_th = TextField(
        _l("What changed, in Thai"), [Required(_l("Say in Thai what changed.")), Length(NOTE)]
    )
    note_en = TextField(_l("What changed, in English"), [Optional(), Length(NOTE)])
    seen = HiddenField()

    @property
    def note(self) -> Bilingual | None:
        return Bilingual(str(self.note_th.data), self.note_en.data or None)

    @property
    def seen_number(self) -> int:
        """The number as a number; 0, which no version has, where the page did not send one."""
        text = str(self.seen.data)
        return int(text) if text.isdecimal() and len(text) < 9 else 0


class RemoveForm(Form):
    """A button."""


TEXTS = ("title_th", "title_en", "summary_th", "summary_en", "body_th", "body_en")


def form_for(version: Any, files: Sequence[Attachment], form_code: str, *, public: bool) -> DocumentForm:
    """The form that replaces a version: with a note where that one is `public`."""
    texts = {name: getattr(version, name) for name in TEXTS}
    form = RevisionForm(data={**texts, "seen": str(version.number)}) if public else DocumentForm(data=texts)
    form.offer(files)
    form.suit(form_code)
    return form
