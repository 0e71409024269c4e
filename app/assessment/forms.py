"""Forms of the self-assessment."""

from __future__ import annotations

from wtforms import Field, RadioField, SelectField, SelectMultipleField, ValidationError
from wtforms.validators import InputRequired

from app.assessment.evidence import Period
from app.core.ids import LARGEST_ID
from app.i18n import _l
from app.web.fields import (
    Between,
    Length,
    Required,
    SelectChoice,
    TextAreaField,
    ThaiDateField,
    ThaiIntegerField,
)
from app.web.forms import Form

REASON_LENGTH = 4_000
MOST_EXHIBITS = 200
"""Exhibits of one item: more no evaluator reads, and the entry that names them must fit a bundle."""


class OpenForm(Form):
    """The year to assess, and its first and last day where it is no calendar year."""

    agency_id = SelectField(_l("Agency"), coerce=int)
    year = ThaiIntegerField(
        _l("Year (Buddhist era)"),
        validators=[
            Required(_l("Write the year, such as 2569.")),
            Between(2540, 2700),
        ],
    )
    period_from = ThaiDateField(_l("First day assessed"), optional=True)
    period_to = ThaiDateField(_l("Last day assessed"), optional=True)

    def validate_period_from(self, _field: Field) -> None:
        self._refuse_alone(self.period_to)

    def validate_period_to(self, _field: Field) -> None:
        self._refuse_alone(self.period_from)

    def _refuse_alone(self, other: ThaiDateField) -> None:
        """Called for a day that was given: the one left empty is never asked."""
        if other.data is None:
            raise ValidationError(_l("Give the first and the last day, or neither."))

    @property
    def period(self) -> Period | None:
        """The days that were given, or None for the whole year."""
        first, last = self.period_from.data, self.period_to.data
        return (first, last) if first and last else None


def _exhibit_id(value: object) -> int:
    """An id as the page sent it; which exhibits may be linked is for the verb to say."""
    ident = int(str(value))
    if not 0 < ident <= LARGEST_ID:
        raise ValueError("no exhibit has this id")
    return ident


def _not_too_many(_form: object, field: Field) -> None:
    if len(field.data or ()) > MOST_EXHIBITS:
        raise ValidationError(
            _l("Link at most %(limit)s exhibits to an item; choose those that say most.", limit=MOST_EXHIBITS)
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
        _l("Exhibits"), coerce=_exhibit_id, choices=[], validate_choice=False, validators=[_not_too_many]
    )


class SubmitForm(Form):
    """The executive's confirmation; nothing to fill in."""
