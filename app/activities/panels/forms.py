"""The shape of what is typed about a panel: its set-up, an application, a meeting, who came, minutes, decisions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, Field, HiddenField, RadioField, SelectField, SelectMultipleField, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from app.activities.panels.codes import VERDICTS
from app.activities.panels.decisions import DecisionContent
from app.activities.panels.meetings import MeetingContent
from app.activities.panels.models import (
    LINE,
    MINUTES,
    MOST_SEATS,
    NAME,
    PASSAGE,
    REASON,
    Line,
    SeatGroup,
)
from app.activities.panels.preparing import GroupContent, PanelContent
from app.agencies.sectors import SECTORS
from app.i18n import _l, _n
from app.i18n.bilingual import bi_plain
from app.i18n.dates import BANGKOK, local
from app.i18n.parse_dates import DateError, parse_time
from app.identity.forms import consent_field
from app.issues.forms import RowsForm
from app.web.fields import (
    Between,
    Length,
    Optional,
    Required,
    TextAreaField,
    TextField,
    ThaiDateField,
    ThaiDateTimeField,
    ThaiIntegerField,
    text_length,
)
from app.web.forms import Form

SHORTEST = 10
"""Characters a reason needs at least."""
MOST_LINES = 30

PANEL_TEXTS = tuple(PanelContent.__annotations__)


# ---------------------------------------------------------------- setting up


class SetupBase(RowsForm):
    """A panel's purpose and its groups, in numbered rows; `offered` are the names of the issue's groups."""

    purpose_th = TextAreaField(
        _l("What the panel is for, in Thai"),
        [Required(_l("Say in Thai what the panel is for")), Length(PASSAGE)],
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
        _thai_first(field, self.choosing_th)

    def validate_agreement_en(self, field: Field) -> None:
        _thai_first(field, self.agreement_th)

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
            "sector": _l("Choose the sector"),
            "th": _l("Enter the group's name in Thai"),
            "seats": _l("Say how many seats the group has"),
        }
        missing = [name for name in needed if not fields[name].data and not fields[name].errors]
        for name in missing:
            fields[name].errors = [needed[name]]
        return not missing


def setup_form(rows: int, offered: Sequence[str]) -> type[SetupBase]:
    """A form for this many groups, of which `offered` are named by the issue."""
    sectors = [("", _l("Choose")), *SECTORS.items()]
    fields: dict[str, Any] = {"offered": frozenset(offered)}
    for n in range(rows):
        fields[f"id_{n}"] = HiddenField()
        fields[f"sector_{n}"] = SelectField(_l("Sector"), choices=sectors)
        fields[f"th_{n}"] = TextField(_l("Name in Thai"), [Optional(), Length(NAME)])
        fields[f"en_{n}"] = TextField(_l("Name in English"), [Optional(), Length(NAME)])
        fields[f"seats_{n}"] = ThaiIntegerField(_l("Seats"), [Optional(), Between(1, MOST_SEATS)])
    return type("SetupForm", (SetupBase,), fields)


# ---------------------------------------------------------------- seats


class ApplyForm(Form):
    """A citizen's wish for a seat."""

    group_id = RadioField(
        _l("Which group would you sit for?"), [Required(_l("Choose a group"))], coerce=int
    )
    reason = TextAreaField(
        _l("Why would you like this seat?"),
        [Required(_l("Say why you would like the seat")), Length(REASON, min=SHORTEST)],
        description=_l("In your own words. Only the officials of this agency read it."),
    )
    show_name = BooleanField(_l("If I get a seat, show my name in the public list of members"))
    consent = consent_field()

    def offer(self, groups: Sequence[SeatGroup]) -> ApplyForm:
        """Set the groups one may apply for; one without a free seat is shown, but cannot be chosen."""
        self.group_id.choices = [
            (group.id, bi_plain(group.name), {} if group.free else {"disabled": "disabled"})
            for group in groups
        ]
        return self


class ButtonForm(Form):
    """A button: taking an application back, leaving, adopting."""


class NameForm(Form):
    """A member's wish about their name."""

    show_name = BooleanField(_l("Show my name in the public list of members"))


class AnswerForm(Form):
    """The office's answer to an application."""

    outcome = RadioField(
        _l("What is the answer?"),
        [Required(_l("Choose whether the applicant gets a seat"))],
        choices=[("seat", _l("Give the seat")), ("decline", _l("Decline"))],
    )
    note = TextAreaField(
        _l("Reason"),
        [Required(_l("Give the reason")), Length(REASON, min=SHORTEST)],
        description=_l("The applicant gets it by e-mail; nobody else reads it."),
    )


class RepresentativeForm(Form):
    """Somebody the agency names, who has no account."""

    group_id = RadioField(_l("Group"), [Required(_l("Choose a group"))], coerce=int)
    name = TextField(_l("Name"), [Required(_l("Enter the name")), Length(NAME)])
    organisation = TextField(
        _l("Organisation or community"),
        [Required(_l("Say for whom the person speaks")), Length(NAME)],
    )
    show_name = BooleanField(_l("The person has agreed that the name is shown to everyone"))

    offer = ApplyForm.offer


class EndForm(Form):
    """Why a membership ends."""

    reason = TextAreaField(
        _l("Reason"),
        [Required(_l("Give the reason")), Length(REASON, min=SHORTEST)],
        description=_l("The member gets it by e-mail; nobody else reads it."),
    )


# ---------------------------------------------------------------- meetings


class MeetingForm(Form):
    """When and where the panel meets, and what is on the agenda: one item a line."""

    starts_at = ThaiDateTimeField(_l("Beginning"))
    until = TextField(_l("End, on the same day"), [Required(_l("Enter when it ends, for example 16.30."))])
    place_th = TextField(
        _l("Place, in Thai"), [Required(_l("Say in Thai where the panel meets")), Length(LINE)]
    )
    place_en = TextField(_l("Place, in English"), [Optional(), Length(LINE)])
    agenda_th = TextAreaField(
        _l("Agenda, in Thai"), [Required(_l("Write at least one item of the agenda"))]
    )
    agenda_en = TextAreaField(_l("Agenda, in English"), [Optional()])

    def validate_until(self, field: Field) -> None:
        try:
            ends_at = self._end(str(field.data))
        except DateError as error:
            raise ValidationError(str(error.message)) from None
        if ends_at is not None and ends_at <= self.starts_at.data:
            raise ValidationError(str(_l("The end must come after the beginning")))

    def validate_agenda_th(self, field: Field) -> None:
        _check_lines(field)

    def validate_agenda_en(self, field: Field) -> None:
        _check_lines(field, beside=self.agenda_th)

    @property
    def content(self) -> MeetingContent:
        ends_at = self._end(str(self.until.data))
        assert ends_at is not None
        return MeetingContent(
            starts_at=self.starts_at.data,
            ends_at=ends_at,
            place_th=self.place_th.data,
            place_en=self.place_en.data or None,
            agenda=_lines(self.agenda_th, self.agenda_en),
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
        _l("Reason, in Thai"), [Required(_l("Give the reason in Thai")), Length(REASON, min=SHORTEST)]
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
        _check_lines(field)

    def validate_officials_en(self, field: Field) -> None:
        _check_lines(field, beside=self.officials_th)

    @property
    def officials(self) -> list[Line]:
        return _lines(self.officials_th, self.officials_en)

    @property
    def absences(self) -> dict[int, str]:
        """Why those without a tick did not come, where it is known."""
        named = {int(name.partition("_")[2]): self[name].data for name in self._fields if name.startswith("absence_")}
        return {ident: words for ident, words in named.items() if words}


def attendance_form(members: Mapping[int, str]) -> type[AttendanceBase]:
    """A form for these members (id → name)."""
    fields: dict[str, Any] = {
        f"absence_{ident}": TextField(_l("Why not"), [Optional(), Length(LINE)]) for ident in members
    }
    return type("AttendanceForm", (AttendanceBase,), fields)


# ---------------------------------------------------------------- minutes


class MinutesForm(Form):
    """The text of minutes. `seen` is the digest of the draft the officer began from."""

    text_th = TextAreaField(
        _l("Minutes, in Thai"),
        [Required(_l("Write the minutes in Thai")), Length(MINUTES, min=SHORTEST)],
        description=_l("In plain language: what was said on each item, and by which group."),
    )
    text_en = TextAreaField(_l("Minutes, in English"), [Optional(), Length(MINUTES, min=SHORTEST)])
    seen = HiddenField()


class CorrectionForm(MinutesForm):
    """The same for adopted minutes, with the reason for the new version."""

    reason_th = TextAreaField(
        _l("Why the minutes are corrected, in Thai"),
        [Required(_l("Say in Thai why the adopted minutes are corrected")), Length(REASON, min=SHORTEST)],
    )
    reason_en = TextAreaField(
        _l("Why the minutes are corrected, in English"), [Optional(), Length(REASON, min=SHORTEST)]
    )


class FileForm(Form):
    """A file that belongs to the minutes."""

    file = FileField(_l("File"), [FileRequired(_l("Choose the file."))])
    title_th = TextField(_l("Title in Thai"), [Required(_l("Enter the title in Thai")), Length(NAME)])
    title_en = TextField(_l("Title in English"), [Optional(), Length(NAME)])


class AdoptForm(Form):
    """A button, and the digest of what stands on the page."""

    digest = HiddenField()


# ---------------------------------------------------------------- decisions


class DecisionForm(Form):
    """What was decided, why, and what people had said before."""

    text_th = TextAreaField(
        _l("Decision, in Thai"), [Required(_l("Write the decision in Thai")), Length(REASON)]
    )
    text_en = TextAreaField(_l("Decision, in English"), [Optional(), Length(REASON)])
    verdict = RadioField(
        _l("What becomes of it?"),
        [Required(_l("Choose what becomes of it"))],
        choices=list(VERDICTS.items()),
    )
    due_on = ThaiDateField(_l("Decided by"), optional=True)
    reason_th = TextAreaField(
        _l("Reason, in Thai"), [Required(_l("Give the reason in Thai")), Length(PASSAGE, min=SHORTEST)]
    )
    reason_en = TextAreaField(_l("Reason, in English"), [Optional(), Length(PASSAGE, min=SHORTEST)])
    said_th = TextAreaField(_l("What people had said, in Thai"), [Optional(), Length(REASON)])
    said_en = TextAreaField(_l("What people had said, in English"), [Optional(), Length(REASON)])
    source_id = SelectField(
        _l("Where they had said it"), [Optional()], coerce=lambda value: int(value) if value else None
    )

    def offer(self, sources: Sequence[tuple[int, str]]) -> DecisionForm:
        """Set the issue's other activities as places where it may have been said."""
        self.source_id.choices = [("", ""), *sources]
        return self

    def validate_said_en(self, field: Field) -> None:
        _thai_first(field, self.said_th)

    def validate_said_th(self, field: Field) -> None:
        if self.source_id.data and not field.data:
            raise ValidationError(str(_l("Say in Thai what people had said there")))

    @property
    def content(self) -> DecisionContent:
        return DecisionContent(
            text_th=self.text_th.data,
            text_en=self.text_en.data or None,
            verdict=self.verdict.data,
            due_on=self.day,
            reason_th=self.reason_th.data,
            reason_en=self.reason_en.data or None,
            said_th=self.said_th.data or None,
            said_en=self.said_en.data or None,
            source_id=self.source_id.data,
        )

    @property
    def day(self) -> date | None:
        """The day to decide by; one left over from another choice does not count."""
        return self.due_on.data if self.verdict.data == "under_review" else None


class ReviseForm(DecisionForm):
    """The same for a decision already made, with the reason for changing it and the revision read."""

    change_th = TextAreaField(
        _l("Why the decision changes, in Thai"),
        [Required(_l("Say in Thai why the decision changes")), Length(REASON, min=SHORTEST)],
    )
    change_en = TextAreaField(_l("Why the decision changes, in English"), [Optional(), Length(REASON, min=SHORTEST)])
    revision = HiddenField()

    @property
    def seen(self) -> int:
        """The revision as a number; 0, which no decision has, where the page did not send one."""
        text = str(self.revision.data)
        return int(text) if text.isdecimal() and len(text) < 9 else 0


# ---------------------------------------------------------------- lines in two languages


def typed_lines(lines: Sequence[Line], lang: str) -> str:
    """Stored lines as they would be typed in a language: one a line, all or none."""
    texts = [line[lang] for line in lines]
    return "\n".join(text or "" for text in texts) if any(texts) else ""


def _lines(thai: Field, english: Field) -> list[Line]:
    texts, others = _split(thai), _split(english)
    return [
        {"th": text, "en": other} for text, other in zip(texts, others or [None] * len(texts), strict=True)
    ]


def _split(field: Field) -> list[str]:
    return [line for line in (field.data or "").split("\n") if line.strip()]


def _check_lines(field: Field, beside: Field | None = None) -> None:
    lines = _split(field)
    if len(lines) > MOST_LINES:
        raise ValidationError(_n("At most %(num)s line.", "At most %(num)s lines.", MOST_LINES))
    longest = max((text_length(line) for line in lines), default=0)
    if longest > LINE:
        raise ValidationError(
            _n("A line may have %(num)s character.", "A line may have %(num)s characters.", LINE)
        )
    if beside is not None and lines and len(lines) != len(_split(beside)):
        raise ValidationError(
            _n(
                "Write as many lines as in Thai: %(num)s line.",
                "Write as many lines as in Thai: %(num)s lines.",
                len(_split(beside)),
            )
        )


def _thai_first(field: Field, thai: Field) -> None:
    if field.data and not thai.data:
        raise ValidationError(str(_l("Write it in Thai first")))
