"""A comment, before and after it is checked: with an account, without one, changed later, supported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_wtf.file import MultipleFileField
from werkzeug.datastructures import FileStorage
from wtforms import HiddenField, RadioField, SelectField, StringField, ValidationError

from app.activities.comments.attachments import MOST_FILES, kept_files, stage_upload
from app.activities.comments.codes import RELATIONS, STANCES
from app.activities.comments.forms.shared import TicksField, choices, whole
from app.activities.comments.models import MOST_CHARACTERS, Question
from app.activities.comments.service.content import Content
from app.agencies.queries import province_choices
from app.agencies.reference import provinces
from app.agencies.sectors import SECTORS
from app.core.errors import DomainError
from app.core.files import StoredFile
from app.i18n import _l
from app.i18n.bilingual import bi_plain
from app.identity.forms import LONGEST_NAME, EmailField, consent_field
from app.web.fields import Length, Optional, Required, SelectChoice, TextAreaField, TextField
from app.web.forms import Form
from app.web.pages import file_size

ANONYMOUS = "anonymous"
NAMED = "named"
ANCHOR = ("question", "subject", "version", "section", "quote", "reply_to")
"""What an address of the form may say the comment is about."""


class WordsForm(Form):
    """What every comment holds, whoever sends it and by which way.

    Whether a thread asks for stances, questions or files is not known here: the page shows what it asks, the
    verb refuses what it does not.
    """

    body = TextAreaField(
        _l("Your comment"),
        [Required(_l("Write your comment.")), Length(MOST_CHARACTERS, min=10)],
        description=_l("Use your own words. Leave out names, ID and telephone numbers of other people."),
    )
    stance = RadioField(_l("Where do you stand?"), [Optional()], choices=choices(STANCES))
    relation = RadioField(_l("How does this issue touch you?"), [Optional()], choices=choices(RELATIONS))
    sector = SelectField(_l("You speak as"), [Optional()], validate_choice=False)
    area_code = SelectField(_l("Your province"), [Optional()], validate_choice=False)
    question = SelectField(_l("Question you answer"), [Optional()], validate_choice=False)
    subject = HiddenField()
    version = HiddenField()
    section = HiddenField()
    quote = HiddenField()
    reply_to = HiddenField()
    kept = TicksField(_l("Files attached"), [Optional()], validate_choice=False)
    files = MultipleFileField(_l("Attach files"), [Optional()])

    stored: Sequence[tuple[str, StoredFile]] = ()
    """The staged files that will be attached, by their keys."""

    def offer(self, questions: Sequence[Question]) -> None:
        """Fill the lists to choose from, when the page is to be shown."""
        self.sector.choices = [SelectChoice(code, label) for code, label in SECTORS.items()]
        self.area_code.choices = [SelectChoice(code, name) for code, name in province_choices()]
        self.question.choices = [SelectChoice(str(one.id), bi_plain(one.text)) for one in questions]
        self.kept.choices = [
            SelectChoice(key, f"{file.name} ({file_size(file.size)})") for key, file in self.stored
        ]

    @property
    def uploads(self) -> list[FileStorage]:
        """The files that came with this request."""
        return [file for file in self.files.data or () if isinstance(file, FileStorage) and file.filename]

    def keep_files(self) -> bool:
        """Stage what was uploaded and find again what was staged; False, with the fault at the field.

        Nothing of it is lost when the page is shown again, for a day.
        """
        uploads, wanted = self.uploads, self.kept.data or ()
        self.stored = kept_files(wanted)
        try:
            if len(self.stored) < len(wanted):
                raise DomainError(_l("A file was kept for a day only. Attach it again."), "files")
            if len(uploads) + len(self.stored) > MOST_FILES:
                raise DomainError(_l("Attach at most %(most)s files.", most=MOST_FILES), "files")
            self.stored = [*self.stored, *(stage_upload(file) for file in uploads)]
        except DomainError as error:
            self.blame(error)
            return False
        finally:
            self.kept.data = [key for key, _file in self.stored]
            self.kept.choices = [SelectChoice(key, file.name) for key, file in self.stored]
        return True

    @property
    def shown_name(self) -> str | None:
        """The name to show, or None."""
        return None

    @property
    def anchored(self) -> bool:
        """Whether the comment is about a passage of a document."""
        return bool(self.subject.data)

    @property
    def answers(self) -> int | None:
        """The id of the comment this one replies to."""
        return whole(self.reply_to.data)

    @property
    def words(self) -> Mapping[str, Any]:
        """The choices made, in words, by the field's name; None for what was not told."""
        return {
            "stance": STANCES.get(self.stance.data or ""),
            "relation": RELATIONS.get(self.relation.data or ""),
            "sector": SECTORS.get(self.sector.data or ""),
            "area_code": provinces().get(self.area_code.data or ""),
        }

    def content(self) -> Content:
        """What the verbs take."""
        return Content(
            body=str(self.body.data),
            name=self.shown_name,
            relation=self.relation.data or None,
            stance=self.stance.data or None,
            sector=self.sector.data or None,
            area_code=self.area_code.data or None,
            question_id=None if self.anchored else whole(self.question.data),
            subject=self.subject.data or None,
            version=whole(self.version.data),
            section=self.section.data or "",
            quote=self.quote.data or "",
            files=[file for _key, file in self.stored],
        )


class CommentForm(WordsForm):
    """A comment of somebody with an account. `signer` is the name they may show."""

    signed = RadioField(
        _l("Name shown with the comment"),
        [Required(_l("Choose whether to show your name."))],
        default=ANONYMOUS,
    )

    def __init__(self, *args: Any, signer: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.signer = signer
        self.signed.choices = choices({ANONYMOUS: _l("Name not shown"), NAMED: signer})

    @property
    def shown_name(self) -> str | None:
        return self.signer if self.signed.data == NAMED else None


class SendForm(CommentForm):
    """The same with the consent, as the page to check before sending asks for it."""

    consent = consent_field()


class EditForm(CommentForm):
    """A comment changed by its author. `edits` is how many changes they have seen."""

    edits = HiddenField()


class WithdrawForm(Form):
    """A button."""


class NoMailForm(Form):
    """The button that ends mails."""


class SupportForm(Form):
    """A button: `want` says whether to give the support or take it back, `back` where the reader stood.

    `edits`: how many changes the page showed of a comment that stands alone on it.
    """

    want = HiddenField(default="yes")
    back = HiddenField()
    edits = HiddenField()


class VisitorForm(WordsForm):
    """A comment without an account. `website` is a trap: people do not see it, programs fill it in."""

    name = TextField(
        _l("Your name"),
        [Optional(), Length(LONGEST_NAME)],
        description=_l("Shown with the comment. You may leave it empty."),
    )
    email = EmailField(
        _l("E-mail address"),
        [Optional()],
        description=_l("Only if you want to be told of the answer. Nobody sees it."),
    )
    website = StringField(_l("Leave this field empty"))

    def validate_website(self, field: StringField) -> None:
        if field.data:
            raise ValidationError(
                str(_l("This looks like a program's work. Empty this field and send again."))
            )

    @property
    def shown_name(self) -> str | None:
        return self.name.data or None


class VisitorSendForm(VisitorForm):
    """The same with the consent."""

    consent = consent_field()
