"""How people were told: what an officer records of a channel."""

from __future__ import annotations

from typing import Any

from flask_wtf.file import FileField
from wtforms import RadioField, SelectField

from app.core.errors import DomainError
from app.core.files import StoredFile, store
from app.i18n import _l
from app.outreach.codes import CHANNELS, KNOWN_BY, LINE, TEXT
from app.outreach.models import AnnouncementVersion
from app.outreach.service import Told
from app.web.fields import (
    Length,
    Optional,
    Required,
    SelectChoice,
    TextAreaField,
    TextField,
    ThaiDateField,
    ThaiIntegerField,
)
from app.web.forms import Form


class ButtonForm(Form):
    """A button alone."""


class ChannelForm(Form):
    """One use of a channel."""

    channel = SelectField(
        _l("Channel"),
        [Required(_l("Choose a channel from the list."))],
        choices=[SelectChoice("", _l("Choose")), *(SelectChoice(*pair) for pair in CHANNELS.items())],
    )
    what_th = TextAreaField(
        _l("What people were told, in Thai"),
        [Required(_l("Say in Thai what people were told, and how.")), Length(TEXT)],
    )
    what_en = TextAreaField(_l("What people were told, in English"), [Optional(), Length(TEXT)])
    place_th = TextField(_l("Place or area, in Thai"), [Optional(), Length(LINE)])
    place_en = TextField(_l("Place or area, in English"), [Optional(), Length(LINE)])
    from_on = ThaiDateField(_l("First day"))
    until_on = ThaiDateField(_l("Last day"), optional=True)
    known_by = RadioField(
        _l("How the number of people reached is known"),
        [Required(_l("Say how the number is known."))],
        choices=[SelectChoice(*pair) for pair in KNOWN_BY.items()],
    )
    reached = ThaiIntegerField(_l("Number of people reached"), [Optional()])
    file = FileField(_l("Photo or document"))
    stored: StoredFile | None = None

    def told(self) -> Told:
        """What was typed, as the verb takes it."""
        values: dict[str, Any] = {name: self[name].data for name in Told.__annotations__}
        for name in ("what_en", "place_th", "place_en"):
            values[name] = values[name] or None
        return Told(**values)  # type: ignore[typeddict-item]

    def validate(self, extra_validators: Any = None) -> bool:
        """The file is kept only once everything else is right, and before anything is written."""
        if not super().validate(extra_validators):
            return False
        if not self.file.data or not self.file.data.filename:
            return True
        try:
            self.stored = store(self.file.data.stream, self.file.data.filename)
        except DomainError as error:
            self.blame(error)
            return False
        self.file.data.stream.seek(0)
        return True


def _note(words: Any, empty: Any) -> TextField:
    return TextField(words, [Required(empty), Length(LINE)])


class CorrectChannelForm(ChannelForm):
    """The same once more, with what was wrong."""

    note_th = _note(_l("What was wrong before, in Thai"), _l("Say in Thai what was wrong before."))
    note_en = TextField(_l("What was wrong before, in English"), [Optional(), Length(LINE)])


class TakeBackForm(Form):
    """Why something recorded did not happen."""

    note_th = _note(_l("Why it is taken back, in Thai"), _l("Say in Thai why it is taken back."))
    note_en = TextField(_l("Why it is taken back, in English"), [Optional(), Length(LINE)])


def values_of(version: AnnouncementVersion) -> dict[str, Any]:
    """What stands, to fill the form with."""
    return {name: getattr(version, name) for name in Told.__annotations__}
