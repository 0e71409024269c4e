"""The shape of what administrators type about agencies."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from wtforms import Field, RadioField, SelectField
from wtforms.validators import ValidationError

from app.agencies.models import Agency
from app.agencies.queries import agency_choices, area_choices, province_choices
from app.agencies.service import AgencyDetails
from app.agencies.words import KIND_WORDS
from app.i18n import _, _l
from app.identity.forms import EmailField
from app.identity.roles import AGENCY_ROLES, ROLE_WORDS
from app.web.fields import Length, NotBefore, Required, SelectChoice, TextAreaField, TextField, ThaiDateField
from app.web.forms import Form

LONGEST_NAME = 150
LONGEST_CONTACT = 300
A_DAY = timedelta(days=1)
SHORT = re.compile(r"[A-Za-z0-9.ก-ฺเ-๎]{1,12}")


class AgencyForm(Form):
    """An agency's entry. The area is chosen in two steps: a province, then what lies in it."""

    name_th = TextField(_l("Name in Thai"), [Required(_l("Enter the name in Thai")), Length(LONGEST_NAME)])
    name_en = TextField(_l("Name in English"), [Length(LONGEST_NAME)])
    short = TextField(
        _l("Abbreviation"),
        [Required(_l("Enter an abbreviation, for example อท"))],
        description=_l("Up to 12 letters and digits. The numbers of its issues begin with it."),
    )
    kind = SelectField(
        _l("Type"),
        [Required(_l("Choose a type"))],
        choices=[SelectChoice(kind, words) for kind, words in KIND_WORDS.items()],
    )
    parent_id = SelectField(_l("Stands under"))
    province = SelectField(_l("Province"))
    area_code = SelectField(_l("Area"))
    valid_from = ThaiDateField(_l("First day"))
    last_day = ThaiDateField(
        _l("Last day"),
        [NotBefore("valid_from", _l("Choose a day on or after the agency’s first day"))],
        optional=True,
    )
    contact_th = TextAreaField(
        _l("Contact in Thai"),
        [Length(LONGEST_CONTACT)],
        description=_l("Address, telephone, website: shown to everyone."),
    )
    contact_en = TextAreaField(_l("Contact in English"), [Length(LONGEST_CONTACT)])

    def __init__(self, agency: Agency | None = None, **options: Any) -> None:
        super().__init__(data=_values_of(agency) if agency else None, **options)
        none = ("", _("None"))
        without = agency.id if agency else None
        self.parent_id.choices = _choices([none, *agency_choices(without=without)])
        self.province.choices = _choices([none, *province_choices()])
        self._offer_areas(self.province.data or "", none)

    def _offer_areas(self, province: str, none: tuple[str, str]) -> None:
        """What lies in the province; with another province the former one's area falls back to all of it."""
        areas = area_choices(province) or {"": [none]}
        inside = [choice for group, pairs in areas.items() for choice in _choices(pairs, group)]
        self.area_code.choices = inside
        if self.area_code.data not in {choice.value for choice in inside}:
            self.area_code.data = inside[0].value

    def validate_short(self, field: Field) -> None:
        if field.data and not SHORT.fullmatch(field.data):
            raise ValidationError(_("Use up to 12 letters and digits, without spaces"))

    def details(self) -> AgencyDetails:
        """What was typed, as the verbs take it."""
        last_day = self.last_day.data
        return AgencyDetails(
            short=str(self.short.data),
            name_th=str(self.name_th.data),
            name_en=self.name_en.data or None,
            kind=self.kind.data,
            parent_id=int(self.parent_id.data) if self.parent_id.data else None,
            area_code=self.area_code.data or None,
            valid_from=self.valid_from.data,
            valid_until=last_day + A_DAY if last_day else None,
            contact_th=self.contact_th.data or "",
            contact_en=self.contact_en.data or None,
        )


class EndAgencyForm(Form):
    """The last day on which an agency is valid."""

    last_day = ThaiDateField(_l("Last day"))


class MemberForm(Form):
    """A role in an agency, for somebody who has an account."""

    email = EmailField(
        _l("E-mail address of the person"),
        [Required(_l("Enter the person’s e-mail address"))],
        description=_l("The person must have registered with this address."),
    )
    role = RadioField(
        _l("Role"),
        [Required(_l("Choose a role"))],
        choices=[SelectChoice(role, words) for role, words in ROLE_WORDS.items() if role in AGENCY_ROLES],
    )


class EndRoleForm(Form):
    """A button alone."""


def _values_of(agency: Agency) -> dict[str, Any]:
    return {
        "name_th": agency.name_th,
        "name_en": agency.name_en,
        "short": agency.short,
        "kind": agency.kind,
        "parent_id": str(agency.parent_id or ""),
        "province": (agency.area_code or "")[:2],
        "area_code": agency.area_code,
        "valid_from": agency.valid_from,
        "last_day": agency.valid_until - A_DAY if agency.valid_until else None,
        "contact_th": agency.contact_th,
        "contact_en": agency.contact_en,
    }


def _choices(pairs: Iterable[tuple[str, str]], group: str | None = None) -> list[SelectChoice]:
    return [SelectChoice(value, label, optgroup=group or None) for value, label in pairs]
