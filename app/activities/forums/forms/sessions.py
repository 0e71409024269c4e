"""Preparing a forum, calling, changing and cancelling a session, putting files with it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from urllib.parse import urlsplit

from flask_wtf.file import FileField, FileRequired
from wtforms import Field, RadioField, SelectField, ValidationError

from app.activities.forums.codes import ACCESS, FORMS, MODES
from app.activities.forums.content import ForumContent, SessionContent
from app.activities.forums.forms.shared import SHORTEST, choices, thai_first, ticks
from app.activities.forums.models import ADDRESS, LINE, MOST_SEATS, NAME, PASSAGE, REASON
from app.i18n import _l
from app.i18n.dates import BANGKOK, local
from app.i18n.digits import to_arabic
from app.i18n.parse_dates import DateError, parse_time
from app.issues.forms import options
from app.web.fields import (
    Between,
    Length,
    Optional,
    Required,
    TextAreaField,
    TextField,
    ThaiDateTimeField,
    ThaiIntegerField,
)
from app.web.forms import Form

_COORDINATES = re.compile(r"(-?\d{1,2}(?:\.\d{1,8})?) ?, ?(-?\d{1,3}(?:\.\d{1,8})?)", re.ASCII)


class ForumForm(Form):
    """What the forum is, and what it is for."""

    form = RadioField(
        _l("What kind of meeting is it?"),
        [Required(_l("Choose what kind of meeting it is."))],
        choices=choices(FORMS.items()),
    )
    purpose_th = TextAreaField(
        _l("What the forum is for, in Thai"),
        [Required(_l("Say in Thai what the forum is for.")), Length(PASSAGE)],
    )
    purpose_en = TextAreaField(_l("What the forum is for, in English"), [Optional(), Length(PASSAGE)])

    @property
    def content(self) -> ForumContent:
        return ForumContent(
            form=self.form.data,
            purpose_th=self.purpose_th.data or "",
            purpose_en=self.purpose_en.data or None,
        )


class SessionForm(Form):
    """When, where and how a session is held, and who finds what they need there."""

    title_th = TextField(_l("Title in Thai"), [Required(_l("Enter the title in Thai.")), Length(NAME)])
    title_en = TextField(_l("Title in English"), [Optional(), Length(NAME)])
    starts_at = ThaiDateTimeField(_l("Beginning"))
    until = TextField(_l("End, on the same day"), [Required(_l("Enter when it ends, for example 16.30."))])
    mode = RadioField(
        _l("How people take part"),
        [Required(_l("Choose how people take part."))],
        choices=choices(MODES.items()),
    )
    place_th = TextField(_l("Place, in Thai"), [Optional(), Length(NAME)])
    place_en = TextField(_l("Place, in English"), [Optional(), Length(NAME)])
    address_th = TextField(_l("Address and way there, in Thai"), [Optional(), Length(LINE)])
    address_en = TextField(_l("Address and way there, in English"), [Optional(), Length(LINE)])
    area_code = SelectField(_l("Area"), [Optional()])
    coordinates = TextField(_l("Coordinates"), [Optional(), Length(40)])
    seats = ThaiIntegerField(_l("Seats at the place"), [Optional(), Between(1, MOST_SEATS)])
    online_url = TextField(_l("Online address"), [Optional(), Length(ADDRESS)])
    online_seats = ThaiIntegerField(_l("Seats online"), [Optional(), Between(1, MOST_SEATS)])
    register_until = ThaiDateTimeField(_l("Registration until"), optional=True)
    access = ticks(_l("What is there so that everyone can take part"), ACCESS.items())

    def offer_areas(self, groups: Mapping[str, Sequence[tuple[str, str]]]) -> SessionForm:
        """Set the areas to choose from, by their headings."""
        listed = [option for name, inside in groups.items() for option in options(inside, name)]
        self.area_code.choices = [*choices([("", _l("Not said"))]), *listed]
        return self

    def validate_until(self, field: Field) -> None:
        try:
            ends_at = self._end(str(field.data))
        except DateError as error:
            raise ValidationError(str(error.message)) from None
        if ends_at is not None and ends_at <= self.starts_at.data:
            raise ValidationError(str(_l("The session must end after it begins.")))

    def validate_place_en(self, field: Field) -> None:
        thai_first(field, self.place_th)

    def validate_address_en(self, field: Field) -> None:
        thai_first(field, self.address_th)

    def validate_coordinates(self, field: Field) -> None:
        found = _COORDINATES.fullmatch(to_arabic(str(field.data)))
        if found is None or abs(float(found[1])) > 90 or abs(float(found[2])) > 180:
            message = _l("Enter latitude and longitude, for example 14.5896, 100.4550.")
            raise ValidationError(str(message))

    def validate_online_url(self, field: Field) -> None:
        if not _is_address(str(field.data)):
            raise ValidationError(str(_l("Enter a web address that begins with https://.")))

    @property
    def content(self) -> SessionContent:
        starts_at, ends_at = self.starts_at.data, self._end(str(self.until.data))
        assert ends_at is not None
        found = _COORDINATES.fullmatch(to_arabic(str(self.coordinates.data or "")))
        return SessionContent(
            title_th=self.title_th.data or "",
            title_en=self.title_en.data or None,
            mode=self.mode.data,
            starts_at=starts_at,
            ends_at=ends_at,
            register_until=self.register_until.data or starts_at,
            place_th=self.place_th.data or None,
            place_en=self.place_en.data or None,
            address_th=self.address_th.data or None,
            address_en=self.address_en.data or None,
            area_code=self.area_code.data or None,
            coordinates=f"{found[1]}, {found[2]}" if found else None,
            online_url=self.online_url.data or None,
            seats=self.seats.data or 0,
            online_seats=self.online_seats.data or 0,
            access=[code for code in ACCESS if code in (self.access.data or ())],
        )

    def _end(self, typed: str) -> datetime | None:
        """The end on the beginning's day; None while that cannot be read."""
        clock = parse_time(typed)
        if self.starts_at.data is None:
            return None
        return datetime.combine(local(self.starts_at.data).date(), clock, BANGKOK)


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    plain = text.isascii() and text.isprintable() and not set(text) & set(' "<>\\^`{|}')
    return plain and parts.scheme == "https" and bool(parts.hostname) and "@" not in parts.netloc


class CancelForm(Form):
    """Why a session is cancelled."""

    reason_th = TextAreaField(
        _l("Reason, in Thai"), [Required(_l("Give the reason in Thai.")), Length(REASON, min=SHORTEST)]
    )
    reason_en = TextAreaField(_l("Reason, in English"), [Optional(), Length(REASON, min=SHORTEST)])


class FileForm(Form):
    """A file people read before or after the session."""

    file = FileField(_l("File"), [FileRequired(_l("Choose the file."))])
    title_th = TextField(_l("Title in Thai"), [Required(_l("Enter the title in Thai.")), Length(NAME)])
    title_en = TextField(_l("Title in English"), [Optional(), Length(NAME)])
