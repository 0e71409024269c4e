"""Forms of evaluation."""

from __future__ import annotations

from wtforms import RadioField, SelectField
from wtforms.validators import InputRequired

from app.i18n import _l
from app.web.fields import Length, Required, SelectChoice, TextAreaField
from app.web.forms import Form

REASON_LENGTH = 4_000


class ScoreForm(Form):
    """An evaluator's score of one item."""

    score = RadioField(
        _l("Your score"),
        coerce=int,
        choices=[SelectChoice(n, str(n)) for n in range(6)],
        validators=[InputRequired(_l("Choose a score from 0 to 5."))],
    )
    reason = TextAreaField(
        _l("Reason and evidence used"),
        validators=[Required(_l("Write why, and which exhibits show it.")), Length(REASON_LENGTH)],
    )


class AssignForm(Form):
    """Whom to give the task."""

    person_id = SelectField(
        _l("Evaluator"), coerce=int, validators=[InputRequired(_l("Choose one of the evaluators."))]
    )


class ConfirmForm(Form):
    """A confirmation; nothing to fill in."""
