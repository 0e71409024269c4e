"""Calling and cancelling a meeting, and noting who came."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from wtforms import Field, SelectMultipleField, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from app.activities.panels.forms.shared import SHORTEST, check_lines, lines_of
from app.activities.panels.meetings import MeetingContent
from app.activities.panels.models import LINE, REASON, Line
from app.i18n import _l
from app.i18n.dates import BANGKOK, local
from app.i18n.parse_dates import DateError, parse_time
from app.web.fields import Length, Optional, Required, TextAreaField, TextField, ThaiDateTimeField
from app.web.forms import Form


class MeetingForm(Form):
    """When and where the panel meets, and what is on the agenda: one item a line."""

    starts_at = ThaiDateTimeField(_l("Beginning"))
    until = TextField(_l("End, on the same day"), [Required(_l("Enter when it ends, for example 16.30."))])
    place_th = TextField(
        _l("Place, in Thai"), [Required(_l("Say in Thai where the panel meets.")), Length(LINE)]
    )
    place_en = TextField(_l("Place, in English"), [Optional(), Length(LINE)])
    agenda_th = TextAreaField(_l("Agenda, in Thai"), [Required(_l("Write at least one item of the agenda."))])
    agenda_en = TextAreaField(_l("Agenda, in English"), [Optional()])

    def validate_until(self, field: Field) -> None:
        try:
            ends_at = self._end(str(field.data))
        except DateError as error:
            raise ValidationError(str(error.message)) from None
        if ends_at is not None and ends_at <= self.starts_at.data:
            raise ValidationError(str(_l("The meeting must end after it begins.")))

    def validate_agenda_th(self, field: Field) -> None:
        check_lines(field)

    def validate_agenda_en(self, field: Field) -> None:
        check_lines(field, beside=self.agenda_th)

    @property
    def content(self) -> MeetingContent:
        ends_at = self._end(str(self.until.data))
        assert ends_at is not None
        return MeetingContent(
            starts_at=self.starts_at.data,
            ends_at=ends_at,
            place_th=self.place_th.data or "",
            place_en=self.place_en.data or None,
            agenda=lines_of(self.agenda_th, self.agenda_en),
        )

    def _end(self, typed: str) -> datetime | None:
        """The end on the beginning's day; None while that cannot be read."""
        clock = parse_time(typed)
        if self.starts_at.data is None:
            return None
        return datetime.combine(local(self.starts_at.data).date(), clock, BANGKOK)


class CancelForm(Form):
    """Why a meeting is cancelled."""

    reason_th = TextAreaField(
        _l("Reason, in Thai"), [Required(_l("Give the reason in Thai.")), Length(REASON, min=SHORTEST)]
    )
    reason_en = TextAreaField(_l("Reason, in English"), [Optional(), Length(REASON, min=SHORTEST)])


class AttendanceBase(Form):
    """Who came: a tick for each member, why others did not, and who came for the agency, one a line."""

    came = SelectMultipleField(
        _l("Who came"), coerce=int, option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False)
    )
    officials_th = TextAreaField(_l("Officials who came, in Thai"), [Optional()])
    officials_en = TextAreaField(_l("Officials who came, in English"), [Optional()])

    def validate_officials_th(self, field: Field) -> None:
        check_lines(field)

    def validate_officials_en(self, field: Field) -> None:
        check_lines(field, beside=self.officials_th)

    @property
    def officials(self) -> list[Line]:
        return lines_of(self.officials_th, self.officials_en)

    @property
    def absences(self) -> dict[int, str]:
        """Why those without a tick did not come, where it is known."""
        named = {
            int(name.partition("_")[2]): self[name].data
            for name in self._fields
            if name.startswith("absence_")
        }
        return {ident: words for ident, words in named.items() if words}


def attendance_form(members: Mapping[int, str]) -> type[AttendanceBase]:
    """A form for these members (id → name)."""
    fields: dict[str, Any] = {
        f"absence_{ident}": TextField(_l("Why not"), [Optional(), Length(LINE)]) for ident in members
    }
    return type("AttendanceForm", (AttendanceBase,), fields)
