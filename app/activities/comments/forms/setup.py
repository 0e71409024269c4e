"""What the officer sets before a thread opens."""

from __future__ import annotations

from wtforms import BooleanField, Field, RadioField, ValidationError

from app.activities.comments.codes import WHO
from app.activities.comments.forms.shared import choices
from app.i18n import _l
from app.web.fields import Length, Optional, Required, TextField
from app.web.forms import Form


class SetupForm(Form):
    """The question people are asked, if the activity's title does not say it already, and how they answer."""

    question_th = TextField(_l("Question, in Thai"), [Optional(), Length(200)])
    question_en = TextField(_l("Question, in English"), [Optional(), Length(200)])
    who = RadioField(
        _l("Who may comment?"),
        [Required(_l("Choose who may comment."))],
        choices=choices(WHO),
        default="account",
    )
    stances = BooleanField(_l("Ask whether people are for or against"))
    files = BooleanField(_l("Let people attach pictures and PDF files"))

    def validate_question_en(self, field: Field) -> None:
        if field.data and not self.question_th.data:
            raise ValidationError(str(_l("Write the question in Thai first.")))


class QuestionForm(Form):
    """One of several questions, each with its own comments."""

    text_th = TextField(_l("Question, in Thai"), [Required(_l("Write the question in Thai.")), Length(200)])
    text_en = TextField(_l("Question, in English"), [Optional(), Length(200)])


class RemoveForm(Form):
    """A button."""
