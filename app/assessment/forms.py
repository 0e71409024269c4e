"""Forms of the self-assessment."""

from __future__ import annotations

from wtforms import RadioField, SelectMultipleField
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from app.i18n import _l
from app.web.fields import Between, Length, Required, SelectChoice, TextAreaField, ThaiIntegerField
from app.web.forms import Form

REASON_LENGTH = 4_000


class OpenForm(Form):
    """The year to assess."""

    year = ThaiIntegerField(
        _l("Year (Buddhist era)"),
        validators=[
            Required(_l("Write the year, such as 2569.")),
            Between(2540, 2700),
        ],
    )


class ItemForm(Form):
    """The score of one item, its reason and its exhibits."""

    score = RadioField(
        _l("Your agency's score"),
        coerce=int,
        choices=[SelectChoice(n, str(n)) for n in range(6)],
        validators=[InputRequired(_l("Choose a score from 0 to 5."))],
    )
    reason = TextAreaField(
        _l("Reason"),
        validators=[Required(_l("Write why this score is right.")), Length(REASON_LENGTH)],
    )
    exhibits = SelectMultipleField(
        _l("Exhibits"), coerce=int, widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )


class SubmitForm(Form):
    """The executive's confirmation; nothing to fill in."""
