"""Form fields that know Thai: one stored form of text, readers' characters, Thai digits, both eras.

Every message says the repair. Fields of days and times are made in `date_fields.py` and taken from
here as well.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import wtforms
from wtforms import Field, Form
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # Newer than its stubs.
from wtforms.validators import StopValidation, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget, TextInput

from app.core.text import CODE_POINTS, grapheme_len, normalise, normalise_line
from app.i18n import _, _l, _n
from app.i18n.digits import format_number, parse_decimal, parse_int
from app.web.date_fields import (
    NotBefore,
    Part,
    ThaiDateField,
    ThaiDateTimeField,
    ThaiDeadlineField,
)


class TicksField(wtforms.SelectMultipleField):
    """Several of the options, as tick boxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class TextField(wtforms.StringField):
    """One line of text, stored in its normal form."""

    def __init__(self, label: Any = None, validators: Any = None, **options: Any) -> None:
        filters = (_one_line, *options.pop("filters", ()))
        super().__init__(label, validators, filters=filters, **options)


class TextAreaField(wtforms.TextAreaField):
    """Text of several lines, stored in its normal form."""

    def __init__(self, label: Any = None, validators: Any = None, **options: Any) -> None:
        filters = (_lines, *options.pop("filters", ()))
        super().__init__(label, validators, filters=filters, **options)


def _one_line(text: str | None) -> str | None:
    return normalise_line(text) if text else text


def _lines(text: str | None) -> str | None:
    return normalise(text) if text else text


class ThaiIntegerField(Field):
    """A whole number in Thai or Arabic digits; `data` is an int, or None when left empty.

    `example` is the message for what is no number; it says what to type instead.
    """

    widget = TextInput()
    keyboard = "numeric"
    example: Any = _l("Enter a whole number, for example 12.")

    def __init__(
        self, label: Any = None, validators: Any = None, *, example: Any = None, **options: Any
    ) -> None:
        options["render_kw"] = {"inputmode": self.keyboard, **(options.get("render_kw") or {})}
        super().__init__(label, validators, **options)
        self.example = example or self.example

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else str(self.data)

    def process_formdata(self, valuelist: list[Any]) -> None:
        if not valuelist:
            return
        self.data = None
        if valuelist[0].strip():
            try:
                self.data = self.parse(valuelist[0])
            except ValueError:
                raise ValueError(str(self.example)) from None

    def parse(self, text: str) -> int | Decimal:
        """The number in `text`, or ValueError."""
        return parse_int(text)


class ThaiDecimalField(ThaiIntegerField):
    """A number with up to `places` digits after the point; `data` is an exact Decimal or None."""

    keyboard = "decimal"
    example: Any = _l("Enter a number, for example 4.2.")

    def __init__(self, label: Any = None, validators: Any = None, *, places: int = 2, **options: Any) -> None:
        super().__init__(label, validators, **options)
        self.places = places

    def parse(self, text: str) -> Decimal:
        number = parse_decimal(text)
        exponent = number.normalize().as_tuple().exponent
        if isinstance(exponent, int) and -exponent > self.places:
            raise ValueError("too many digits after the point")
        return number


class Required:
    """Refuses an empty answer; `message` says what to write. Blanks and invisible signs are empty.

    A fault found in reading the answer is shown instead of this one, never beside it.
    """

    field_flags = {"required": True}

    def __init__(self, message: Any = None) -> None:
        self.message = message or _l("Fill this in.")

    def __call__(self, form: Form, field: Field) -> None:
        if field.process_errors:
            raise StopValidation
        if field.data is None or field.data is False or field.data == "" or field.data == []:
            field.errors = []
            raise StopValidation(str(self.message))


class Optional:
    """Lets an empty answer pass and skips the validators after it."""

    field_flags = {"optional": True}

    def __call__(self, form: Form, field: Field) -> None:
        if field.process_errors:
            raise StopValidation
        if field.data is None or field.data == "" or field.data == []:
            field.errors = []
            raise StopValidation


class Length:
    """Counts what readers call characters (graphemes) and says how many are too many or missing.

    The flag `maxlength` is for the hint beside the field; as an HTML attribute it would cut Thai
    short, because browsers count code units.
    """

    def __init__(self, max: int, min: int = 0) -> None:
        self.max = max
        self.min = min
        self.field_flags = {"maxlength": max}

    def __call__(self, form: Form, field: Field) -> None:
        length = text_length(field.data or "")
        if length > self.max:
            raise ValidationError(
                _n(
                    "Shorten this by %(num)s character; at most %(limit)s.",
                    "Shorten this by %(num)s characters; at most %(limit)s.",
                    length - self.max,
                    limit=format_number(self.max),
                )
            )
        if length < self.min:
            raise ValidationError(
                _n(
                    "Write %(num)s more character; at least %(limit)s.",
                    "Write %(num)s more characters; at least %(limit)s.",
                    self.min - length,
                    limit=format_number(self.min),
                )
            )


def text_length(text: str) -> int:
    """Graphemes in `text`; more where code points are heaped up beyond any honest writing."""
    return max(grapheme_len(text), -(-len(text) // CODE_POINTS))


class Between:
    """A number from `min` to `max`, both allowed; either may be None."""

    def __init__(self, min: int | Decimal | None = None, max: int | Decimal | None = None) -> None:
        self.min = min
        self.max = max

    def __call__(self, form: Form, field: Field) -> None:
        if field.data is None:
            return
        low, high = self.min, self.max
        if (low is None or field.data >= low) and (high is None or field.data <= high):
            return
        if low is not None and high is not None:
            raise ValidationError(
                _("Enter a number from %(min)s to %(max)s.", min=_shown(low), max=_shown(high))
            )
        if low is not None:
            raise ValidationError(_("Enter a number of %(min)s or more.", min=_shown(low)))
        if high is not None:
            raise ValidationError(_("Enter a number of %(max)s or less.", max=_shown(high)))


def _shown(number: int | Decimal) -> str:
    return format_number(number)


class Messages:
    """What WTForms' own fields say, in our words; WTForms itself has no Thai.

    For the form base: `class Meta: get_translations = lambda self, form: Messages()`.
    """

    own = {
        "This field is required.": _l("Fill this in."),
        "Not a valid choice.": _l("Choose one of the answers shown."),
        "Invalid Choice: could not coerce.": _l("Choose one of the answers shown."),
        "One or more data inputs could not be coerced.": _l("Choose one of the answers shown."),
        "'%(value)s' is not a valid choice for this field.": _l("Choose one of the answers shown."),
        "Invalid choice(s): one or more data inputs could not be coerced.": _l(
            "Choose one of the answers shown."
        ),
        "Invalid email address.": _l("Enter an e-mail address, for example name@example.go.th."),
        "Invalid URL.": _l("Enter a web address that begins with https://."),
        "Not a valid integer value.": ThaiIntegerField.example,
        "Not a valid decimal value.": ThaiDecimalField.example,
    }

    def gettext(self, string: str) -> str:
        """Our words for one of WTForms' messages; labels and the like pass unchanged."""
        return str(self.own.get(string, string))

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        """The same words for one and for many."""
        return self.gettext(singular if singular in self.own or n == 1 else plural)


__all__ = [
    "Between",
    "Length",
    "Messages",
    "NotBefore",
    "Optional",
    "Part",
    "Required",
    "SelectChoice",
    "TextAreaField",
    "TextField",
    "ThaiDateField",
    "ThaiDateTimeField",
    "ThaiDeadlineField",
    "ThaiDecimalField",
    "ThaiIntegerField",
    "text_length",
]
