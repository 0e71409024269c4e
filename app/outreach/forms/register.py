"""The register: groups, one contact, a file of contacts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import RadioField, SelectField

from app.agencies.sectors import SECTORS
from app.core.clock import now
from app.core.errors import DomainError
from app.i18n import _l
from app.i18n.bilingual import bi_plain
from app.i18n.dates import local_day
from app.identity.forms import EmailField
from app.issues.forms import RowsForm
from app.outreach.codes import ADDRESS, GIVEN, GROUNDS, LINE, MOST_REACHED, NAME, PHONE
from app.outreach.queries import GroupView
from app.outreach.reading_files import LARGEST_FILE, Defaults, Fault, read
from app.outreach.service import ContactContent, ContactRow, GroupContent
from app.outreach.service.importing import BadRows
from app.web.fields import (
    Between,
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

KEPT_FOR = timedelta(days=730)
"""How long a contact is kept unless the officer says otherwise: long enough for the answer and what follows it."""

LANGUAGE_CHOICES = [SelectChoice("th", _l("Thai")), SelectChoice("en", _l("English"))]


def _sectors() -> list[SelectChoice]:
    return [SelectChoice("", _l("Choose")), *(SelectChoice(*pair) for pair in SECTORS.items())]


class KeptForm(Form):
    """Why and how long contacts may be kept."""

    source = TextField(
        _l("From where the agency has the contact"),
        [Required(_l("Say from where the agency has this contact.")), Length(LINE)],
    )
    ground = RadioField(
        _l("Why the agency may keep it"),
        [Required(_l("Say why the agency may keep this contact."))],
        choices=[SelectChoice(*pair) for pair in GROUNDS.items()],
    )
    given = SelectField(
        _l("How consent was given"),
        [Optional()],
        choices=[SelectChoice("", _l("Choose")), *(SelectChoice(*pair) for pair in GIVEN.items())],
    )
    given_on = ThaiDateField(_l("Day on which consent was given"), optional=True)
    keep_until = ThaiDateField(
        _l("Keep until"), default=lambda: local_day(now()) + KEPT_FOR, description=_l("Erased on this day.")
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """Consent needs its how and its when."""
        sound = bool(super().validate(extra_validators))
        if self.ground.data != "consent":
            return sound
        wanted = {
            "given": _l("Say how consent was given."),
            "given_on": _l("Say on which day consent was given."),
        }
        for name, words in wanted.items():
            if not self[name].data and not self[name].errors:
                self[name].errors = [words]
                sound = False
        return sound


class ContactForm(KeptForm):
    """Somebody who may be invited."""

    name = TextField(_l("Name"), [Required(_l("Write the name.")), Length(NAME)])
    organisation = TextField(_l("Organisation"), [Optional(), Length(NAME)])
    sector = SelectField(_l("Sector"), [Required(_l("Choose the sector."))], choices=_sectors())
    group = SelectField(_l("Group"), [Optional()])
    email = EmailField(_l("E-mail address"), [Optional()])
    address = TextAreaField(_l("Postal address"), [Optional(), Length(ADDRESS)])
    phone = TextField(_l("Telephone"), [Optional(), Length(PHONE)])
    lang = RadioField(_l("Language of letters"), [Required()], choices=LANGUAGE_CHOICES, default="th")

    def offer(self, groups: Sequence[GroupView]) -> ContactForm:
        """Set which groups may be chosen."""
        named = [SelectChoice(group.name.th, bi_plain(group.name)) for group in groups]
        self.group.choices = [SelectChoice("", _l("None")), *named]
        return self

    def content(self) -> ContactContent:
        """What was typed, as the verb takes it."""
        values: dict[str, Any] = {name: self[name].data for name in ContactContent.__annotations__}
        for name in ("organisation", "group", "email", "address", "phone", "given"):
            values[name] = values[name] or None
        return ContactContent(**values)  # type: ignore[typeddict-item]


class ImportForm(KeptForm):
    """A file of contacts, all kept on the same ground."""

    file = FileField(_l("File (CSV)"), [FileRequired(_l("Choose the file."))])
    rows: Sequence[ContactRow] = ()
    faults: Sequence[Fault] = ()

    def validate(self, extra_validators: Any = None) -> bool:
        """Read the file; a row that cannot be read is a fault, and then nothing is taken in."""
        if not super().validate(extra_validators):
            return False
        try:
            self.rows, self.faults = read(self.file.data.stream.read(LARGEST_FILE + 1), self.defaults())
        except DomainError as error:
            self.blame(error)
            return False
        if self.faults:
            self.blame(BadRows([(fault.line, fault.words) for fault in self.faults]))
        self.file.data.stream.seek(0)
        return not self.faults

    def defaults(self) -> Defaults:
        """What holds for every row."""
        given_on: date | None = self.given_on.data
        assert self.keep_until.data is not None
        return Defaults(
            source=self.source.data or "",
            ground=self.ground.data,
            given=self.given.data or None,
            given_on=given_on,
            keep_until=self.keep_until.data,
        )

    def blame(self, error: DomainError) -> None:
        if isinstance(error, BadRows):
            self.faults = [Fault(line, words) for line, words in error.faults]
        super().blame(error)


class GroupsBase(RowsForm):
    """The groups of the register with their sizes."""

    row_names = ("sector", "th", "en", "people")
    needed = {"sector": _l("Choose the sector"), "th": _l("Enter the group's name in Thai")}

    def contents(self) -> list[GroupContent]:
        """The rows that have something in them, as the verb takes them."""
        return [
            GroupContent(sector=row["sector"], name_th=row["th"], name_en=row["en"], people=row["people"])
            for row in self.filled()
        ]

    def filled(self) -> list[dict[str, Any]]:
        """A size of nobody is a size."""
        rows = super().filled()
        kept = [n for n in self.numbers if any(self[f"{name}_{n}"].data for name in self.row_names)]
        for row, n in zip(rows, kept, strict=True):
            row["people"] = self[f"people_{n}"].data
        return rows

    def validate(self, extra_validators: Any = None) -> bool:
        """No name stands twice."""
        sound = bool(super().validate(extra_validators))
        seen: set[str] = set()
        for n in self.numbers:
            field = self[f"th_{n}"]
            if field.data and field.data in seen:
                field.errors = [_l("This group stands here twice")]
                sound = False
            seen.add(field.data)
        return sound


def groups_form(rows: int) -> type[GroupsBase]:
    """A form for this many groups."""
    fields: dict[str, Any] = {}
    for n in range(rows):
        fields[f"sector_{n}"] = SelectField(_l("Sector"), choices=_sectors())
        fields[f"th_{n}"] = TextField(_l("Name in Thai"), [Optional(), Length(NAME)])
        fields[f"en_{n}"] = TextField(_l("Name in English"), [Optional(), Length(NAME)])
        fields[f"people_{n}"] = ThaiIntegerField(
            _l("How many people, about"), [Optional(), Between(0, MOST_REACHED)]
        )
    return type("RegisterGroupsForm", (GroupsBase,), fields)
