"""Registering for a session, and noting who came."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    ValidationError,
)
from wtforms.widgets import CheckboxInput, ListWidget

from app.activities.forums.arrivals import WalkIn
from app.activities.forums.codes import NEEDS, WAYS
from app.activities.forums.forms.shared import choices, ticks
from app.activities.forums.models import REASON
from app.activities.forums.service import Needs
from app.agencies.sectors import SECTORS
from app.i18n import _l
from app.identity.forms import LONGEST_NAME, consent_field
from app.issues.forms import RowsForm
from app.web.fields import Length, Optional, Required, SelectChoice, TextAreaField, TextField
from app.web.forms import Form

ROW_ID = re.compile("[0-9]{1,10}")


def sector_field() -> RadioField:
    """Which part of society a person comes from."""
    return RadioField(
        _l("Which group do you come from?"),
        [Required(_l("Choose the group you come from."))],
        choices=choices(SECTORS.items()),
    )


class RegisterForm(Form):
    """A citizen's place on the list of a session."""

    name = TextField(
        _l("Name to put on the list"),
        [Required(_l("Enter the name to put on the list.")), Length(LONGEST_NAME)],
        description=_l("Only the officials of this agency read it. It stands on the list at the door."),
    )
    sector = sector_field()
    way = RadioField(_l("How will you take part?"), [Required(_l("Choose how you will take part."))])
    needs = ticks(_l("What do you need to take part?"), NEEDS.items())
    needs_note = TextAreaField(_l("Something else you need"), [Optional(), Length(REASON)])
    needs_agreed = BooleanField(
        _l("I agree that the agency's officials read what I need, to arrange it for this session")
    )
    consent = consent_field()

    def offer(self, ways: Sequence[str]) -> RegisterForm:
        """Set the ways of taking part; a single one needs no asking."""
        self.way.choices = choices((way, WAYS[way]) for way in ways)
        if len(ways) == 1 and not self.is_submitted():
            self.way.data = ways[0]
        return self

    def validate_needs_agreed(self, field: Field) -> None:
        if (self.needs.data or self.needs_note.data) and not field.data:
            raise ValidationError(
                str(_l("Tick the box if you agree that we keep what you need until after the session."))
            )

    @property
    def given(self) -> Needs:
        return Needs(codes=self.needs.data or (), note=self.needs_note.data or None)


class WalkInForm(Form):
    """Somebody who came without registering."""

    name = TextField(_l("Name"), [Required(_l("Enter the name.")), Length(LONGEST_NAME)])
    sector = SelectField(_l("Group"), [Required(_l("Choose the group."))])
    way = RadioField(_l("How they take part"), [Required(_l("Choose how they take part."))])

    def offer(self, ways: Sequence[str]) -> WalkInForm:
        """Set the sectors and the ways of taking part; the only way is chosen already."""
        self.sector.choices = [SelectChoice("", _l("Choose")), *choices(SECTORS.items())]
        self.way.choices = choices((way, WAYS_AT_THE_DOOR[way]) for way in ways)
        if len(ways) == 1 and not self.is_submitted():
            self.way.data = ways[0]
        return self

    @property
    def person(self) -> WalkIn:
        return WalkIn(name=str(self.name.data), sector=self.sector.data, way=self.way.data)


WAYS_AT_THE_DOOR = {"person": _l("At the place"), "online": _l("Online")}


class KeyInBase(RowsForm):
    """The paper list: a tick for each who signed, and rows for those who came without registering."""

    came = SelectMultipleField(
        _l("Who signed"), coerce=int, option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False)
    )
    ticked = HiddenField()
    row_names = ("name", "sector")
    needed = {"name": _l("Enter the name."), "sector": _l("Choose the group.")}

    @property
    def before(self) -> set[int]:
        """Who was ticked when the page was opened; what else stands there is nobody."""
        parts = str(self.ticked.data or "").split()
        return {int(part) for part in parts if ROW_ID.fullmatch(part)}

    def walk_ins(self, way: str) -> list[WalkIn]:
        return [WalkIn(name=row["name"], sector=row["sector"], way=way) for row in self.filled()]


def key_in_form(rows: int) -> type[KeyInBase]:
    """A form with this many rows for people who came without registering."""
    sectors = [SelectChoice("", _l("Choose")), *choices(SECTORS.items())]
    fields: dict[str, Any] = {}
    for n in range(rows):
        fields[f"name_{n}"] = TextField(_l("Name"), [Optional(), Length(LONGEST_NAME)])
        fields[f"sector_{n}"] = SelectField(_l("Group"), choices=sectors)
    return type("KeyInForm", (KeyInBase,), fields)
