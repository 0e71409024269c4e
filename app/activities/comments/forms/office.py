"""What the office types: an answer, a reason, a decision on what waits, a comment keyed in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from wtforms import HiddenField, RadioField, SelectField, ValidationError

from app.activities.comments.codes import CONSENTS, HIDING_REASONS
from app.activities.comments.forms.shared import choices, seen, whole
from app.activities.comments.forms.writing import WordsForm
from app.activities.comments.models import MOST_CHARACTERS
from app.activities.comments.service.keying import CHANNELS, Arrival
from app.i18n import _l
from app.i18n.bilingual import bi_plain
from app.identity.forms import LONGEST_NAME
from app.issues.verdicts import VERDICTS
from app.web.fields import Length, Optional, Required, SelectChoice, TextAreaField, TextField, ThaiDateField
from app.web.forms import Form


class AnswerForm(Form):
    """The agency's answer. `revision` is how many answers the officer has seen on the page, `edits` how
    often the author had changed the words there."""

    verdict = RadioField(
        _l("What becomes of this comment?"),
        [Required(_l("Choose what becomes of the comment."))],
        choices=choices(VERDICTS),
    )
    due_on = ThaiDateField(_l("Decided by"), optional=True)
    reason_th = TextAreaField(
        _l("Reason, in Thai"), [Required(_l("Give the reason in Thai.")), Length(MOST_CHARACTERS, min=10)]
    )
    reason_en = TextAreaField(_l("Reason, in English"), [Optional(), Length(MOST_CHARACTERS, min=10)])
    revision = HiddenField()
    edits = HiddenField()

    @property
    def seen(self) -> int:
        """The revision as a number; -1, which no comment has, where the page did not send one."""
        return seen(self.revision.data)

    @property
    def read(self) -> int:
        """The edits as a number, likewise."""
        return seen(self.edits.data)

    @property
    def day(self) -> date | None:
        """The day to decide by; one left over from another choice does not count."""
        return self.due_on.data if self.verdict.data == "under_review" else None


class HideForm(Form):
    """Why a comment is taken from view: a code for everyone, a note for its author.

    `edits` is how often the author had changed the words on the page.
    """

    edits = HiddenField()

    reason = RadioField(
        _l("Reason the public reads"),
        [Required(_l("Choose the reason."))],
        choices=choices(HIDING_REASONS),
    )
    note = TextAreaField(
        _l("Note to the author"),
        [Required(_l("Tell the author what to change.")), Length(500, min=10)],
        description=_l("Only the author reads this. Say which words are the matter, and what they can do."),
    )


class ShowAgainForm(Form):
    """A button."""


class AdmitForm(Form):
    """Whether a comment sent without an account is shown; a refusal needs its reason."""

    decision = RadioField(
        _l("Show this comment to everyone?"),
        [Required(_l("Choose whether to admit the comment."))],
        choices=choices({"admit": _l("Admit it"), "refuse": _l("Refuse it")}),
    )
    reason = RadioField(_l("Reason for refusing"), [Optional()], choices=choices(HIDING_REASONS))

    def validate_decision(self, field: RadioField) -> None:
        if field.data == "refuse" and not self.reason.data:
            raise ValidationError(str(_l("Choose the reason for refusing below.")))


class KeyInForm(WordsForm):
    """What a participant said by another way, and how it came."""

    name = TextField(
        _l("Name to show"),
        [Optional(), Length(LONGEST_NAME)],
        description=_l("Only if the participant wants it shown. Leave it empty otherwise."),
    )
    channel = RadioField(
        _l("How did it come?"), [Required(_l("Choose how it came."))], choices=choices(CHANNELS)
    )
    received_on = ThaiDateField(_l("The day it came"), [Required(_l("Give the day it came."))])
    origin_id = SelectField(_l("Said in this activity"), [Optional()], validate_choice=False)
    origin_place = TextField(
        _l("Where"), [Optional(), Length(150)], description=_l("For example: Ban Mai village hall")
    )
    consent_how = RadioField(
        _l("How did the participant agree to its use?"),
        [Required(_l("Choose how the participant agreed. Without consent it may not be kept."))],
        choices=choices(CONSENTS),
    )

    def offer_origins(self, activities: Sequence[Any]) -> None:
        """The activities of the issue where it may have been said."""
        self.origin_id.choices = [SelectChoice(str(one.id), bi_plain(one.title)) for one in activities]

    @property
    def shown_name(self) -> str | None:
        return self.name.data or None

    def arrival(self) -> Arrival:
        """How it came, as the verb takes it."""
        return Arrival(
            channel=str(self.channel.data),
            received_on=self.received_on.data,
            consent=str(self.consent_how.data),
            place=self.origin_place.data or None,
            origin_id=whole(self.origin_id.data),
        )
