"""The shape of what is typed: a comment and its consent, an answer, a reason for hiding, a question."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from wtforms import Field, HiddenField, RadioField, ValidationError

from app.activities.comments.codes import HIDING_REASONS, RELATIONS
from app.activities.comments.models import MOST_CHARACTERS
from app.i18n import _l
from app.identity.forms import consent_field
from app.issues.verdicts import VERDICTS
from app.web.fields import Length, Optional, Required, SelectChoice, TextAreaField, TextField, ThaiDateField
from app.web.forms import Form

ANONYMOUS = "anonymous"
NAMED = "named"


def _choices(words: Mapping[str, Any]) -> list[SelectChoice]:
    return [SelectChoice(code, label) for code, label in words.items()]


class CommentForm(Form):
    """A comment, before it is checked. `signer` is the name its author may show."""

    body = TextAreaField(
        _l("Your comment"),
        [Required(_l("Write your comment.")), Length(MOST_CHARACTERS, min=10)],
        description=_l("Use your own words. Leave out names, ID and telephone numbers of other people."),
    )
    relation = RadioField(_l("How does this issue touch you?"), [Optional()], choices=_choices(RELATIONS))
    signed = RadioField(
        _l("Name shown with the comment"),
        [Required(_l("Choose whether to show your name."))],
        default=ANONYMOUS,
    )

    def __init__(self, *args: Any, signer: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.signer = signer
        self.signed.choices = _choices({ANONYMOUS: _l("Name not shown"), NAMED: signer})

    @property
    def name(self) -> str | None:
        """The name to show, or None."""
        return self.signer if self.signed.data == NAMED else None

    @property
    def relation_words(self) -> Any:
        """How the author is touched by the issue, in words, or None."""
        return RELATIONS.get(self.relation.data or "")


class SendForm(CommentForm):
    """The same with the consent, as the page to check before sending asks for it."""

    consent = consent_field()


class AnswerForm(Form):
    """The agency's answer. `revision` is how many answers the officer has seen on the page."""

    verdict = RadioField(
        _l("What becomes of this comment?"),
        [Required(_l("Choose what becomes of the comment."))],
        choices=_choices(VERDICTS),
    )
    due_on = ThaiDateField(_l("Decided by"), optional=True)
    reason_th = TextAreaField(
        _l("Reason, in Thai"), [Required(_l("Give the reason in Thai.")), Length(MOST_CHARACTERS, min=10)]
    )
    reason_en = TextAreaField(_l("Reason, in English"), [Optional(), Length(MOST_CHARACTERS, min=10)])
    revision = HiddenField()

    @property
    def seen(self) -> int:
        """The revision as a number; -1, which no comment has, where the page did not send one."""
        text = str(self.revision.data)
        return int(text) if text.isdecimal() and len(text) < 9 else -1

    @property
    def day(self) -> date | None:
        """The day to decide by; one left over from another choice does not count."""
        return self.due_on.data if self.verdict.data == "under_review" else None


class HideForm(Form):
    """Why a comment is taken from view: a code for everyone, a note for its author."""

    reason = RadioField(
        _l("Reason the public reads"),
        [Required(_l("Choose the reason."))],
        choices=_choices(HIDING_REASONS),
    )
    note = TextAreaField(
        _l("Note to the author"),
        [Required(_l("Tell the author what to change.")), Length(500, min=10)],
        description=_l("Only the author reads this. Say which words are the matter, and what they can do."),
    )


class ShowAgainForm(Form):
    """A button."""


class QuestionForm(Form):
    """The question people are asked, if the activity's title does not say it already."""

    question_th = TextField(_l("Question, in Thai"), [Optional(), Length(200)])
    question_en = TextField(_l("Question, in English"), [Optional(), Length(200)])

    def validate_question_en(self, field: Field) -> None:
        if field.data and not self.question_th.data:
            raise ValidationError(str(_l("Write the question in Thai first.")))
