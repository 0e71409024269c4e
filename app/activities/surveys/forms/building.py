"""The officer's forms: one field a text, one row an answer to choose."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from wtforms import BooleanField, Field, HiddenField, RadioField, ValidationError
from wtforms.validators import StopValidation

from app.activities.surveys.arranging import ConditionDraft
from app.activities.surveys.codes import (
    CHOICES,
    DEPTHS,
    HUNDRED,
    LARGEST_NUMBER,
    LINKS,
    MOST_CHARACTERS,
    MOST_OPTIONS,
    MOST_RANKED,
    STEPS,
    TESTS,
    TESTS_OF,
    USUAL_CHARACTERS,
    WITH_OPTIONS,
)
from app.activities.surveys.forms.answering import TicksField
from app.activities.surveys.questionnaire import OptionView, QuestionDraft, QuestionView
from app.i18n import _l
from app.i18n.bilingual import Bilingual, bi_plain
from app.web.date_fields import ThaiDateField
from app.web.fields import (
    Between,
    Length,
    Optional,
    Required,
    SelectChoice,
    TextAreaField,
    TextField,
    ThaiDecimalField,
    ThaiIntegerField,
)
from app.web.forms import Form

ROWS = 4
"""How many rows for answers a new question begins with, and how many "more" adds."""

PARTS = ("row", "option")

CONFIRMED = _l("The English still says what the Thai says")


class DescribeForm(Form):
    """The words above the questions, and who may answer."""

    intro_th = TextAreaField(
        _l("Introduction, in Thai"),
        [Optional(), Length(1_000)],
        description=_l("What the answers are used for, and how long answering takes."),
    )
    intro_en = TextAreaField(_l("Introduction, in English"), [Optional(), Length(1_000)])
    confirmed = BooleanField(CONFIRMED)
    satisfaction = BooleanField(_l("This survey measures how satisfied people are with a service"))
    link = RadioField(
        _l("Who may answer"),
        [Required(_l("Choose who may answer"))],
        choices=[SelectChoice(code, words) for code, words in LINKS.items()],
        default="person",
    )

    def validate_intro_en(self, field: Field) -> None:
        if field.data and not self.intro_th.data:
            raise ValidationError(str(_l("Write the introduction in Thai first")))

    @property
    def intro(self) -> Bilingual | None:
        return pair(self.intro_th.data, self.intro_en.data)


class BuilderForm(Form):
    """The list of questions: each button of it moves one."""


class RemoveForm(Form):
    """A button."""


class PageTitleForm(Form):
    """The heading of a page."""

    title_th = TextField(_l("Heading, in Thai"), [Required(_l("Write the heading in Thai")), Length(200)])
    title_en = TextField(_l("Heading, in English"), [Optional(), Length(200)])
    confirmed = BooleanField(CONFIRMED)

    @property
    def title(self) -> Bilingual:
        return Bilingual(self.title_th.data or "", self.title_en.data or None)


class QuestionForm(Form):
    """A question as its writer types it; `question_form` adds what its kind needs."""

    kind: str
    counts: dict[str, int]

    text_th = TextField(_l("Question, in Thai"), [Required(_l("Write the question in Thai")), Length(500)])
    text_en = TextField(_l("Question, in English"), [Optional(), Length(500)])
    confirmed = BooleanField(CONFIRMED)
    required = BooleanField(_l("Everyone must answer this question"), default=True)

    @property
    def draft(self) -> QuestionDraft:
        """The question as the verbs take it. Rows without Thai text are as if they were not there."""
        options, kept_options = self._named("option")
        rows, kept_rows = self._named("row")
        other = bool("other" in self and self.other.data)
        return QuestionDraft(
            kind=self.kind,
            text=Bilingual(self.text_th.data or "", self.text_en.data or None),
            required=self.required.data,
            confirmed=self.confirmed.data,
            options=options,
            kept_options=kept_options,
            rows=rows,
            kept_rows=kept_rows,
            other=other,
            max_picks=(self.max_picks.data or len(options) + other) if "max_picks" in self else None,
            low=self._pair("low"),
            high=self._pair("high"),
            unit=self._pair("unit"),
            max_length=self._value("max_length"),
            least=hundredths(self._value("least")),
            most=hundredths(self._value("most")),
            places=self._value("places"),
            first_day=self._value("first_day"),
            last_day=self._value("last_day"),
            depth=self._value("depth"),
        )

    def places_of(self, part: str) -> range:
        """The rows for answers to choose, or for a table's rows, counted from 1."""
        return range(1, self.counts.get(part, 0) + 1)

    def _named(self, part: str) -> tuple[tuple[Bilingual, ...], tuple[int | None, ...]]:
        found = [
            (named, _ident(self[f"{part}{n}_id"].data))
            for n in self.places_of(part)
            if (named := pair(self[f"{part}{n}_th"].data, self[f"{part}{n}_en"].data)) is not None
        ]
        return tuple(named for named, _kept in found), tuple(kept for _named, kept in found)

    def _pair(self, name: str) -> Bilingual | None:
        return pair(self[f"{name}_th"].data, self[f"{name}_en"].data) if f"{name}_th" in self else None

    def _value(self, name: str) -> Any:
        return self[name].data if name in self else None


def question_form(
    kind: str, question: QuestionView | None = None, counts: dict[str, int] | None = None
) -> QuestionForm:
    """The form for a question of this kind, filled from `question`, with at least so many rows for answers."""
    shown = {
        part: min(max((counts or {}).get(part, 0), len(_plain(question, part)), ROWS), _most(kind))
        for part in parts_of(kind)
    }
    fields: dict[str, Any] = {"kind": kind, "counts": shown, **_kind_fields(kind)}
    for part, number in shown.items():
        fields |= _option_fields(part, number)
    form: QuestionForm = type("QuestionForm", (QuestionForm,), fields)(data=_stored(question))
    return form


def parts_of(kind: str) -> tuple[str, ...]:
    """Which rows a question of this kind is written with."""
    return PARTS if kind == "matrix" else ("option",) if kind in WITH_OPTIONS else ()


def _most(kind: str) -> int:
    return MOST_RANKED if kind == "ranking" else MOST_OPTIONS


def _option_fields(part: str, rows: int) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for number in range(1, rows + 1):
        thai, english = _row_labels(part, number)
        fields[f"{part}{number}_id"] = HiddenField()
        fields[f"{part}{number}_th"] = TextField(thai, [_own_row, Optional(), Length(200)])
        fields[f"{part}{number}_en"] = TextField(english, [Optional(), Length(200)])
    return fields


def _row_labels(part: str, number: int) -> tuple[Any, Any]:
    if part == "row":
        return _l("Row %(number)s, in Thai", number=number), _l("Row %(number)s, in English", number=number)
    return (
        _l("Answer %(number)s, in Thai", number=number),
        _l("Answer %(number)s, in English", number=number),
    )


def _kind_fields(kind: str) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    if kind in CHOICES:
        fields["other"] = BooleanField(_l("Also offer “Other”, with own words"))
    if kind == "multiple":
        fields["max_picks"] = ThaiIntegerField(
            _l("Most answers one person may choose"),
            [Optional(), Between(1, MOST_OPTIONS)],
            description=_l("Left empty, people may choose all of them."),
        )
    if kind in ("scale", "matrix"):
        fields |= _end_fields(required=kind == "scale")
    if kind == "number":
        fields |= _number_fields()
    if kind == "date":
        fields["first_day"] = ThaiDateField(_l("Earliest day possible"), optional=True)
        fields["last_day"] = ThaiDateField(_l("Latest day possible"), optional=True)
    if kind == "place":
        fields["depth"] = RadioField(
            _l("How exactly do people say the place?"),
            [Required(_l("Choose how exactly people say the place"))],
            choices=[SelectChoice(code, words) for code, words in DEPTHS.items()],
            description=_l("The less exact, the easier it is to answer, and the less can be guessed."),
        )
    if kind == "text":
        fields["max_length"] = ThaiIntegerField(
            _l("Most characters of an answer"),
            [Required(), Between(1, MOST_CHARACTERS)],
            default=USUAL_CHARACTERS,
        )
    return fields


def _end_fields(*, required: bool) -> dict[str, Any]:
    low, high = _l("Name the lower end in Thai"), _l("Name the upper end in Thai")
    return {
        "low_th": TextField(_l("What 1 means, in Thai"), [_needed(low, required), Length(60)]),
        "low_en": TextField(_l("What 1 means, in English"), [Optional(), Length(60)]),
        "high_th": TextField(_l("What 5 means, in Thai"), [_needed(high, required), Length(60)]),
        "high_en": TextField(_l("What 5 means, in English"), [Optional(), Length(60)]),
    }


def _needed(message: Any, required: bool) -> Any:
    return Required(message) if required else Optional()


def _number_fields() -> dict[str, Any]:
    limits = Between(-LARGEST_NUMBER, LARGEST_NUMBER)
    return {
        "least": ThaiDecimalField(_l("Smallest number possible"), [Required(), limits], default=Decimal(0)),
        "most": ThaiDecimalField(_l("Largest number possible"), [Required(), limits]),
        "places": ThaiIntegerField(_l("Digits after the point"), [Required(), Between(0, 2)], default=0),
        "unit_th": TextField(_l("Unit, in Thai"), [Optional(), Length(60)]),
        "unit_en": TextField(_l("Unit, in English"), [Optional(), Length(60)]),
    }


def _own_row(form: Form, field: Field) -> None:
    """Refuse an answer without Thai, and one that stands in an earlier row."""
    part = "row" if field.short_name.startswith("row") else "option"
    number = int(field.short_name.removeprefix(part).removesuffix("_th"))
    if not field.data and form[f"{part}{number}_en"].data:
        raise StopValidation(str(_l("Write this answer in Thai first")))
    if field.data and any(form[f"{part}{n}_th"].data == field.data for n in range(1, number)):
        raise StopValidation(str(_l("This answer stands here twice")))


def _plain(question: QuestionView | None, part: str) -> list[OptionView]:
    """The stored options, or rows, that are written in the form: "other" has a tick of its own."""
    if question is None:
        return []
    return list(question.rows) if part == "row" else [o for o in question.options if not o.other]


def _stored(question: QuestionView | None) -> dict[str, Any]:
    """A question as the form's fields hold it."""
    if question is None:
        return {}
    pairs = {"text": question.text, "low": question.low, "high": question.high, "unit": question.unit}
    idents: dict[str, Any] = {}
    for part in PARTS:
        for number, option in enumerate(_plain(question, part), 1):
            pairs[f"{part}{number}"] = option.name
            idents[f"{part}{number}_id"] = str(option.id)
    texts = {
        f"{name}_{lang}": getattr(text, lang) for name, text in pairs.items() if text for lang in ("th", "en")
    }
    same = ("required", "max_picks", "max_length", "places", "first_day", "last_day", "depth")
    numbers = {name: _shown(getattr(question, name)) for name in ("least", "most")}
    return (
        texts
        | idents
        | numbers
        | {name: getattr(question, name) for name in same}
        | {"other": question.other is not None}
    )


class ConditionForm(Form):
    """What an earlier answer must be; `condition_form` makes it for one earlier question."""

    source: QuestionView

    @property
    def draft(self) -> ConditionDraft:
        value = self.value.data if "value" in self else None
        if self.source.kind == "number":
            value = hundredths(value)
        return ConditionDraft(
            source_id=self.source.id,
            test=self.test.data,
            options=tuple(self.options.data) if "options" in self else (),
            value=value,
        )


def condition_form(source: QuestionView) -> ConditionForm:
    """The form for a condition on the answer to this question."""
    tests = TESTS_OF.get(source.kind, ("answered",))
    fields: dict[str, Any] = {
        "source": source,
        "test": RadioField(
            _l("Shown if"),
            [Required(_l("Choose what the answer must be"))],
            choices=[SelectChoice(test, TESTS[test]) for test in tests],
            default=tests[0],
        ),
    }
    if "is" in tests:
        choices = [SelectChoice(option.id, bi_plain(option.name)) for option in source.options]
        fields["options"] = TicksField(
            _l("These answers"), [Required(_l("Choose at least one answer"))], choices=choices, coerce=int
        )
    elif source.kind == "scale":
        fields["value"] = ThaiIntegerField(_l("This number"), [Required(), Between(STEPS[0], STEPS[-1])])
    elif source.kind == "number":
        fields["value"] = ThaiDecimalField(_l("This number"), [Required()])
    form: ConditionForm = type("ConditionForm", (ConditionForm,), fields)()
    return form


def pair(th: str | None, en: str | None) -> Bilingual | None:
    """A text in both languages; None without Thai."""
    return Bilingual(th, en or None) if th else None


def hundredths(number: Decimal | int | None) -> int | None:
    """A number as it is kept."""
    return None if number is None else int(number * HUNDRED)


def _shown(kept: int | None) -> Decimal | None:
    if kept is None:
        return None
    number = Decimal(kept) / HUNDRED
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number


def _ident(typed: str | None) -> int | None:
    return int(typed) if typed and typed.isascii() and typed.isdecimal() else None
