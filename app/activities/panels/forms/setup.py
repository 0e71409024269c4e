"""A panel's purpose and the seats of its groups."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import Field, HiddenField, SelectField

from app.activities.panels.forms.shared import choices, thai_first
from app.activities.panels.models import MOST_SEATS, NAME, PASSAGE
from app.activities.panels.preparing import GroupContent, PanelContent
from app.agencies.sectors import SECTORS
from app.i18n import _l
from app.issues.forms import RowsForm
from app.web.fields import (
    Between,
    Length,
    Optional,
    Required,
    SelectChoice,
    TextAreaField,
    TextField,
    ThaiIntegerField,
)

PANEL_TEXTS = tuple(PanelContent.__annotations__)


class SetupBase(RowsForm):
    """A panel's purpose and its groups, in numbered rows; `offered` are the names of the issue's groups."""

    purpose_th = TextAreaField(
        _l("What the panel is for, in Thai"),
        [Required(_l("Say in Thai what the panel is for.")), Length(PASSAGE)],
    )
    purpose_en = TextAreaField(_l("What the panel is for, in English"), [Optional(), Length(PASSAGE)])
    choosing_th = TextAreaField(_l("How members are chosen, in Thai"), [Optional(), Length(PASSAGE)])
    choosing_en = TextAreaField(_l("How members are chosen, in English"), [Optional(), Length(PASSAGE)])
    agreement_th = TextAreaField(
        _l("What the agency agrees with the panel, in Thai"), [Optional(), Length(PASSAGE)]
    )
    agreement_en = TextAreaField(
        _l("What the agency agrees with the panel, in English"), [Optional(), Length(PASSAGE)]
    )
    row_names = ("sector", "th", "en", "seats")
    offered: frozenset[str] = frozenset()

    def validate_choosing_en(self, field: Field) -> None:
        thai_first(field, self.choosing_th)

    def validate_agreement_en(self, field: Field) -> None:
        thai_first(field, self.agreement_th)

    @property
    def content(self) -> PanelContent:
        texts = {name: self[name].data or None for name in PANEL_TEXTS}
        return PanelContent(**texts)  # type: ignore[typeddict-item]

    @property
    def groups(self) -> list[GroupContent]:
        """The rows with a number of seats; a row without one is a group that gets none."""
        return [self._group(n) for n in self.numbers if self[f"seats_{n}"].data]

    def _group(self, n: int) -> GroupContent:
        ident = str(self[f"id_{n}"].data or "")
        return GroupContent(
            id=int(ident) if ident.isdecimal() and len(ident) < 10 else None,
            sector=self[f"sector_{n}"].data,
            th=self[f"th_{n}"].data or "",
            en=self[f"en_{n}"].data or None,
            seats=self[f"seats_{n}"].data,
        )

    def _complete(self, number: int) -> bool:
        """A row with seats needs its sector and name; one typed anew needs its seats."""
        fields = {name: self[f"{name}_{number}"] for name in self.row_names}
        typed = bool(fields["th"].data) and fields["th"].data not in self.offered
        if not fields["seats"].data and not (typed and not self[f"id_{number}"].data):
            return True
        needed = {
            "sector": _l("Choose the sector."),
            "th": _l("Enter the group's name in Thai."),
            "seats": _l("Say how many seats the group has."),
        }
        missing = [name for name in needed if not fields[name].data and not fields[name].errors]
        for name in missing:
            fields[name].errors = [needed[name]]
        return not missing


def setup_form(rows: int, offered: Sequence[str]) -> type[SetupBase]:
    """A form for this many groups, of which `offered` are named by the issue."""
    sectors = [SelectChoice("", _l("Choose")), *choices(SECTORS.items())]
    fields: dict[str, Any] = {"offered": frozenset(offered)}
    for n in range(rows):
        fields[f"id_{n}"] = HiddenField()
        fields[f"sector_{n}"] = SelectField(_l("Sector"), choices=sectors)
        fields[f"th_{n}"] = TextField(_l("Name in Thai"), [Optional(), Length(NAME)])
        fields[f"en_{n}"] = TextField(_l("Name in English"), [Optional(), Length(NAME)])
        fields[f"seats_{n}"] = ThaiIntegerField(_l("Seats"), [Optional(), Between(1, MOST_SEATS)])
    return type("SetupForm", (SetupBase,), fields)
