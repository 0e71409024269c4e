"""What officers fill in about an issue, its programme and its answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask import request
from wtforms import HiddenField, RadioField, SelectField

from app.agencies.sectors import SECTORS
from app.core.errors import DomainError
from app.i18n import _, _l
from app.issues.levels import ANNUL_REASONS, LEGAL_BASES, LEVELS, STAGES
from app.issues.models import LINE, NAME, PASSAGE, TITLE
from app.issues.notice import Reason, Rule
from app.issues.particulars import PARTICULARS, Particulars
from app.issues.readiness import NotReady
from app.web.fields import (
    Length,
    Optional,
    Required,
    SelectChoice,
    TextAreaField,
    TextField,
    ThaiDateField,
    ThaiDeadlineField,
)
from app.web.forms import Form

MOST_ROWS = 30


def options(pairs: Iterable[tuple[Any, Any]], group: str | None = None) -> list[SelectChoice]:
    """Choices from (value, words) pairs, under a heading if one is given."""
    return [SelectChoice(value, words, optgroup=group) for value, words in pairs]


class IssueForm(Form):
    """The base here: a verb that names several obstacles shows each of them."""

    def blame(self, error: DomainError) -> None:
        if isinstance(error, NotReady):
            self.form_errors.extend(error.missing)
        else:
            super().blame(error)


class ConfirmForm(IssueForm):
    """A button alone: publishing, closing, asking, marking as done."""


class SeenForm(IssueForm):
    """A form that carries, as `seen`, the digest of what its page showed: verbs refuse to act on anything else."""

    seen = HiddenField()

    def stands_on(self, digest: str) -> bool:
        """Take `digest` for what the page shows from now on; return whether it showed something else before."""
        changed = request.method == "POST" and self.seen.data != digest
        self.seen.data = digest
        return changed


class CheckedForm(SeenForm):
    """A button alone, under what was checked."""


class WordsForm(IssueForm):
    """The issue in the agency's words."""

    title_th = TextField(_l("Title in Thai"), [Required(_l("Enter the title in Thai")), Length(TITLE)])
    title_en = TextField(_l("Title in English"), [Optional(), Length(TITLE)])
    summary_th = TextAreaField(
        _l("Summary in Thai"), [Required(_l("Enter the summary in Thai")), Length(PASSAGE)]
    )
    summary_en = TextAreaField(_l("Summary in English"), [Optional(), Length(PASSAGE)])


class TextsForm(WordsForm, SeenForm):
    """The same for an issue that is there."""


def _level_field() -> RadioField:
    return RadioField(
        _l("What people may expect"),
        [Required(_l("Choose one of the five levels"))],
        choices=options((code, level.verb) for code, level in LEVELS.items()),
        coerce=int,
    )


def _promise_th() -> TextAreaField:
    return TextAreaField(_l("Promise in Thai"), [Required(_l("Enter the promise in Thai")), Length(LINE)])


def _promise_en() -> TextAreaField:
    return TextAreaField(_l("Promise in English"), [Optional(), Length(LINE)])


class NewIssueForm(WordsForm):
    """What an issue begins with; the rest is filled in step by step."""

    agency_id = SelectField(_l("Agency"), coerce=int)
    level = _level_field()


class PromiseForm(SeenForm):
    """The promise that will be signed."""

    level = _level_field()
    promise_th = _promise_th()
    promise_en = _promise_en()
    answer_by = ThaiDateField(_l("The agency answers by"), optional=True)


class ParticularsBase(SeenForm):
    """What is stated of the project, every part of it optional."""

    def filled(self) -> Particulars:
        """What was written, without the parts left empty."""
        written = {
            code: {"th": self[f"{code}_th"].data or "", "en": self[f"{code}_en"].data or None}
            for code in PARTICULARS
        }
        return {code: text for code, text in written.items() if text["th"] or text["en"]}


def _particulars_fields() -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for code, words in PARTICULARS.items():
        thai, english = _l("%(what)s, in Thai", what=words), _l("%(what)s, in English", what=words)
        fields[f"{code}_th"] = TextAreaField(thai, [Optional(), Length(PASSAGE)])
        fields[f"{code}_en"] = TextAreaField(english, [Optional(), Length(PASSAGE)])
    return fields


ParticularsForm = type("ParticularsForm", (ParticularsBase,), _particulars_fields())


def publish_form(rules: Iterable[Rule]) -> type[CheckedForm]:
    """The button that publishes, with a reason for each rule of notice that is not kept."""
    fields: dict[str, Any] = {}
    for rule in rules:
        fields[f"why_{rule.code}_th"] = TextAreaField(
            _l("Why you go on all the same, in Thai"), [Optional(), Length(LINE)]
        )
        fields[f"why_{rule.code}_en"] = TextAreaField(
            _l("Why you go on all the same, in English"), [Optional(), Length(LINE)]
        )
    return type("PublishForm", (CheckedForm,), fields)


def reason_of(form: Form, name: str) -> Reason:
    """The reason typed in the fields `<name>_th` and `<name>_en`."""
    return Reason(th=form[f"{name}_th"].data or "", en=form[f"{name}_en"].data or None)


class RaiseForm(IssueForm):
    """A higher promise for an issue already public; the day of the answer where none is owed yet."""

    level = _level_field()
    promise_th = _promise_th()
    promise_en = _promise_en()
    answer_by = ThaiDateField(_l("The agency answers by"), optional=True)


class GroundForm(SeenForm):
    """The legal basis."""

    legal_basis = RadioField(
        _l("Legal basis"), [Required(_l("Name the legal basis"))], choices=options(LEGAL_BASES.items())
    )


class AreaForm(SeenForm):
    """Where the issue lies; `choices` are those of one province, or none for the whole country."""

    area_code = SelectField(_l("Area"))

    def offer(self, groups: Mapping[str, Sequence[tuple[str, str]]]) -> None:
        """Set what may be chosen: groups of areas, or the whole country alone where there are none."""
        offered = [choice for name, inside in groups.items() for choice in options(inside, name)]
        self.area_code.choices = offered or options([("", _("The whole country"))])


class AnnulForm(SeenForm):
    """Why an issue ends without an answer."""

    reason = RadioField(
        _l("Reason"), [Required(_l("Choose a reason from the list"))], choices=options(ANNUL_REASONS.items())
    )


class ActivityForm(SeenForm):
    """One dated activity; the kind is chosen before."""

    title_th = TextField(_l("Title in Thai"), [Required(_l("Enter the title in Thai")), Length(NAME)])
    title_en = TextField(_l("Title in English"), [Optional(), Length(NAME)])
    level = RadioField(_l("Level it serves"), [Required(_l("Choose the level"))], coerce=int)
    stage = SelectField(_l("Stage"))
    opens_on = ThaiDateField(_l("First day"))
    closes_on = ThaiDeadlineField(_l("Last day"), optional=True)
    reason_th = TextAreaField(_l("Why you go on all the same, in Thai"), [Optional(), Length(LINE)])
    reason_en = TextAreaField(_l("Why you go on all the same, in English"), [Optional(), Length(LINE)])

    def offer(self, levels: Sequence[int], stages: Sequence[str]) -> None:
        """Set which levels and stages this kind may serve in this issue."""
        self.level.choices = options((code, LEVELS[code].verb) for code in levels)
        self.stage.choices = options((code, STAGES[code]) for code in stages)


class RowsForm(SeenForm):
    """A form with numbered rows of the same fields; a row counts when any of its fields is filled."""

    rows = HiddenField()
    row_names: tuple[str, ...] = ()
    needed: Mapping[str, Any] = {}

    @property
    def numbers(self) -> range:
        return range(int(self.rows.data or 0))

    def filled(self) -> list[dict[str, Any]]:
        """The rows that have something in them, as {name: value or None}."""
        rows = [{name: self[f"{name}_{n}"].data or None for name in self.row_names} for n in self.numbers]
        return [row for row in rows if any(row.values())]

    def validate(self, extra_validators: Any = None) -> bool:
        sound = super().validate(extra_validators)
        for number in self.numbers:
            sound = self._complete(number) and sound
        return bool(sound)

    def _complete(self, number: int) -> bool:
        fields = {name: self[f"{name}_{number}"] for name in self.row_names}
        if not any(field.data for field in fields.values()):
            return True
        missing = [name for name in self.needed if not fields[name].data and not fields[name].errors]
        for name in missing:
            fields[name].errors = [self.needed[name]]
        return not missing


class GroupsBase(RowsForm):
    """The groups of people the issue touches."""

    row_names = ("sector", "th", "en")
    needed = {"sector": _l("Choose the sector"), "th": _l("Enter the group's name in Thai")}


class AnswerBase(RowsForm):
    """The agency's answer with the commitments that follow from it."""

    heard_th = TextAreaField(_l("What was heard, in Thai"), [Optional(), Length(PASSAGE)])
    heard_en = TextAreaField(_l("What was heard, in English"), [Optional(), Length(PASSAGE)])
    decided_th = TextAreaField(_l("What was decided, in Thai"), [Optional(), Length(PASSAGE)])
    decided_en = TextAreaField(_l("What was decided, in English"), [Optional(), Length(PASSAGE)])
    will_do_th = TextAreaField(_l("What will be done, in Thai"), [Optional(), Length(PASSAGE)])
    will_do_en = TextAreaField(_l("What will be done, in English"), [Optional(), Length(PASSAGE)])
    row_names = ("text_th", "text_en", "owner_th", "owner_en", "due_on")
    needed = {
        "text_th": _l("Say in Thai what will be done"),
        "owner_th": _l("Say in Thai who is responsible"),
        "due_on": _l("Enter the day, the month and the year"),
    }


def groups_form(rows: int) -> type[GroupsBase]:
    """A form for this many groups."""
    sectors = options([("", _l("Choose")), *SECTORS.items()])
    fields: dict[str, Any] = {}
    for n in range(rows):
        fields[f"sector_{n}"] = SelectField(_l("Sector"), choices=sectors)
        fields[f"th_{n}"] = TextField(_l("Name in Thai"), [Optional(), Length(NAME)])
        fields[f"en_{n}"] = TextField(_l("Name in English"), [Optional(), Length(NAME)])
    return type("GroupsForm", (GroupsBase,), fields)


def answer_form(rows: int) -> type[AnswerBase]:
    """A form for the answer with this many commitments."""
    fields: dict[str, Any] = {}
    for n in range(rows):
        fields[f"text_th_{n}"] = TextField(_l("What, in Thai"), [Optional(), Length(LINE)])
        fields[f"text_en_{n}"] = TextField(_l("What, in English"), [Optional(), Length(LINE)])
        fields[f"owner_th_{n}"] = TextField(_l("Who, in Thai"), [Optional(), Length(NAME)])
        fields[f"owner_en_{n}"] = TextField(_l("Who, in English"), [Optional(), Length(NAME)])
        fields[f"due_on_{n}"] = ThaiDateField(_l("By which day"), optional=True)
    return type("AnswerForm", (AnswerBase,), fields)


def row_count(asked: str | None, stored: int, least: int) -> int:
    """How many rows to draw: what the page had, or room for what is stored, within bounds."""
    sensible = asked and len(asked) <= 3 and asked.isascii() and asked.isdigit()
    count = int(asked) if asked and sensible else max(stored + 1, least)
    return max(1, min(count, MOST_ROWS))
