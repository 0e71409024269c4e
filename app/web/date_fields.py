"""Questions for a day or a time: small boxes for day, month, year and hour, never a native picker.

A native picker would ask for the year in the browser's era. A year of either era is understood.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import chain
from typing import Any

from wtforms import Field, Form
from wtforms.form import BaseForm
from wtforms.utils import unset_value
from wtforms.validators import StopValidation, ValidationError

from app.i18n import Lazy, _l, current_language
from app.i18n.dates import (
    BANGKOK,
    MONTHS_LONG,
    end_of_day,
    era_year,
    last_day,
    local,
)
from app.i18n.parse_dates import DateError, parse_date, parse_time

LABELS = {"day": _l("Day"), "month": _l("Month"), "year": _l("Year"), "time": _l("Time")}


@dataclass(frozen=True)
class Part:
    """One box of a composite field, as the form macros draw it.

    `kind` is "text" or "select"; `choices` are (value, label) pairs; `wrong` tells whether the
    fault lies in this box.
    """

    suffix: str
    label: Lazy
    id: str
    name: str
    value: str
    kind: str = "text"
    choices: tuple[tuple[str, str], ...] = ()
    inputmode: str = "numeric"
    autocomplete: str = "off"
    wrong: bool = False


class ThaiDateField(Field):
    """A day in three boxes: `<name>-day`, `<name>-month`, `<name>-year`; `data` is a date.

    Drawn by the form macros from `parts`: a list of `Part`, each with suffix, label, id, name,
    value, kind ("text" or "select"), choices, inputmode, autocomplete, wrong. What was typed is
    kept in the parts when it cannot be read. With `optional=True` all boxes may be left empty and
    `data` is None. `error_id` is the id of the box to go to when something is wrong.
    """

    suffixes: tuple[str, ...] = ("day", "month", "year")
    missing = _l("Enter the day, the month and the year.")

    def __init__(
        self,
        label: Any = None,
        validators: Any = None,
        *,
        optional: bool = False,
        missing: Any = None,
        **options: Any,
    ) -> None:
        super().__init__(label, validators, **options)
        self.optional = optional
        self.missing_message = missing or self.missing
        self.flags.required = not optional
        self.typed: dict[str, str] | None = None
        self.wrong_part: str | None = None

    def read(self, typed: dict[str, str]) -> Any:
        """The value of what was typed, or DateError."""
        return parse_date(typed["day"], typed["month"], typed["year"])

    def written(self, value: Any) -> dict[str, str]:
        """A stored value as it would be typed."""
        year = str(era_year(value.year))
        return {"day": str(value.day), "month": str(value.month), "year": year}

    @property
    def parts(self) -> list[Part]:
        """The boxes with what stands in them."""
        shown = self.typed
        if shown is None:
            shown = self.written(self.data) if self.data is not None else {}
        return [self._part(suffix, shown.get(suffix, "")) for suffix in self.suffixes]

    @property
    def error_id(self) -> str:
        """The id of the box where the fault lies."""
        return f"{self.id}-{self.wrong_part or self.suffixes[0]}"

    def process(
        self,
        formdata: Any,
        data: Any = unset_value,
        extra_filters: Sequence[Any] | None = None,
    ) -> None:
        super().process(None, data)
        names = {suffix: f"{self.name}-{suffix}" for suffix in self.suffixes}
        if formdata is not None and any(name in formdata for name in names.values()):
            sent = {suffix: formdata.getlist(name) for suffix, name in names.items()}
            self._take({suffix: values[0] if values else "" for suffix, values in sent.items()})
        for change in chain(self.filters, extra_filters or ()):
            self.data = change(self.data)

    def pre_validate(self, form: BaseForm) -> None:
        if self.process_errors:
            raise StopValidation
        if self.data is None and not self.optional:
            self.wrong_part = self.suffixes[0]
            raise StopValidation(str(self.missing_message))
        if self.data is None:
            raise StopValidation

    def _take(self, typed: dict[str, str]) -> None:
        self.typed = typed
        self.raw_data = [text for text in typed.values() if text.strip()]
        self.data = None
        if not self.raw_data:
            return
        try:
            self.data = self.read(typed)
        except DateError as error:
            self.process_errors = [*self.process_errors, str(error.message)]
            self.wrong_part = error.part

    def _part(self, suffix: str, value: str) -> Part:
        months: tuple[tuple[str, str], ...] = ()
        if suffix == "month":
            names = MONTHS_LONG[current_language()]
            months = (("", ""), *((str(place), name) for place, name in enumerate(names, 1)))
        return Part(
            suffix=suffix,
            label=LABELS[suffix],
            id=f"{self.id}-{suffix}",
            name=f"{self.name}-{suffix}",
            value=value,
            kind="select" if months else "text",
            choices=months,
            inputmode="decimal" if suffix == "time" else "numeric",
            wrong=bool(self.errors) and suffix == (self.wrong_part or self.suffixes[0]),
        )


class ThaiDateTimeField(ThaiDateField):
    """A moment: the boxes of a day and `<name>-time` (16.30, 16:30, 1630); `data` is aware, UTC."""

    suffixes = ("day", "month", "year", "time")
    missing = _l("Enter the day, the month, the year and the time.")

    def read(self, typed: dict[str, str]) -> datetime:
        day = super().read(typed)
        return datetime.combine(day, parse_time(typed["time"]), BANGKOK).astimezone(UTC)

    def written(self, value: datetime) -> dict[str, str]:
        moment = local(value)
        return {**super().written(moment), "time": f"{moment:%H.%M}"}


class ThaiDeadlineField(ThaiDateField):
    """ "By this day": asks for a day; `data` is the half-open bound in UTC, the end of that day."""

    def read(self, typed: dict[str, str]) -> datetime:
        return end_of_day(super().read(typed))

    def written(self, value: datetime) -> dict[str, str]:
        return super().written(last_day(value))


class NotBefore:
    """Refuses a day or moment before the one in the field `other`; `message` says the repair."""

    def __init__(self, other: str, message: Any = None) -> None:
        self.other = other
        self.message = message or _l("Choose a day that is not before the first day.")

    def __call__(self, form: Form, field: Field) -> None:
        earlier: date | None = form[self.other].data
        if earlier is not None and field.data is not None and field.data < earlier:
            raise ValidationError(str(self.message))
