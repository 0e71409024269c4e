"""Questions answered in several boxes at once: the rows of a table, an order, a place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import Field
from wtforms.utils import unset_value
from wtforms.validators import StopValidation

from app.activities.surveys.codes import CODE_LENGTHS, DEPTHS
from app.activities.surveys.questionnaire import OptionView, QuestionView
from app.activities.surveys.rules import WRONG_CHOICE
from app.agencies.queries import BANGKOK, areas_under, province_choices
from app.i18n import _, _l
from app.i18n.bilingual import bi_plain
from app.web.date_fields import Part

Choice = tuple[str, str]
BLANK: Choice = ("", "")


class PartsField(Field):
    """Several select boxes under one question; `data` maps each box's suffix to what was chosen in it.

    Drawn by the form macros from `parts`. `error_id` is the box to go to when something is wrong.
    """

    def __init__(
        self,
        label: Any = None,
        validators: Any = None,
        *,
        boxes: Mapping[str, Any],
        choices: Sequence[Choice],
        **options: Any,
    ) -> None:
        super().__init__(label, validators, **options)
        self.boxes = boxes
        self.choices = choices
        self.wrong_part: str | None = None

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        super().process(None, data)
        self.data = dict(self.data or {})
        names = {suffix: f"{self.name}-{suffix}" for suffix in self.boxes}
        if formdata is not None and any(name in formdata for name in names.values()):
            sent = {suffix: formdata.get(name, "") for suffix, name in names.items()}
            self.data = {suffix: value for suffix, value in sent.items() if value}
        self.raw_data = list(self.data.values())

    def choices_of(self, suffix: str) -> Sequence[Choice]:
        """What may be chosen in a box."""
        return self.choices

    def pre_validate(self, form: Any) -> None:
        for suffix, value in self.data.items():
            if value not in {code for code, _label in self.choices_of(suffix)}:
                self.wrong_part = suffix
                raise StopValidation(str(WRONG_CHOICE))

    @property
    def parts(self) -> list[Part]:
        """The boxes with what stands in them."""
        return [self._part(suffix) for suffix in self.boxes]

    @property
    def error_id(self) -> str:
        """The id of the box where the fault lies: the first one left empty, if none is known."""
        empty = (suffix for suffix in self.boxes if not self.data.get(suffix))
        return f"{self.id}-{self.wrong_part or next(empty, next(iter(self.boxes)))}"

    def _part(self, suffix: str) -> Part:
        ident = f"{self.id}-{suffix}"
        return Part(
            suffix=suffix,
            label=self.boxes[suffix],
            id=ident,
            name=f"{self.name}-{suffix}",
            value=self.data.get(suffix, ""),
            kind="select",
            choices=(BLANK, *self.choices_of(suffix)),
            wrong=bool(self.errors) and ident == self.error_id,
        )


class OptionalParts:
    """Marks a question of several boxes as one that may be left out."""

    field_flags = {"optional": True}

    def __call__(self, form: Any, field: Field) -> None:
        return None


class RequiredParts:
    """Asks for something in one of the boxes at least."""

    field_flags = {"required": True}

    def __init__(self, message: Any) -> None:
        self.message = message

    def __call__(self, form: Any, field: Field) -> None:
        if not field.data:
            raise StopValidation(str(self.message))


def matrix_field(label: Any, validators: Any, question: QuestionView) -> PartsField:
    """One box for each row."""
    return PartsField(
        label,
        validators,
        boxes={str(row.id): bi_plain(row.name) for row in question.rows},
        choices=steps(question) if question.on_scale else options(question.options),
    )


def ranking_field(label: Any, validators: Any, question: QuestionView) -> PartsField:
    """One box for each answer, in which its place is chosen."""
    return PartsField(
        label,
        validators,
        boxes={str(option.id): bi_plain(option.name) for option in question.options},
        choices=[(str(rank), str(rank)) for rank in range(1, len(question.options) + 1)],
    )


def options(every: Sequence[OptionView]) -> list[Choice]:
    """Options as (id, words)."""
    return [(str(option.id), bi_plain(option.name)) for option in every]


def steps(question: QuestionView) -> list[Choice]:
    """The steps of a scale: "1 Not at all" to "5 Completely"."""
    ends = {1: bi_plain(question.low), 5: bi_plain(question.high)}
    return [(str(step), f"{step} {ends.get(step, '')}".strip()) for step in question.choices]


class PlaceField(PartsField):
    """A province, then a district of it, then a sub-district of that: a box appears when the one before it
    is filled in, so that it works without script.
    """

    def __init__(self, label: Any = None, validators: Any = None, *, depth: str, **more: Any) -> None:
        super().__init__(label, validators, boxes=dict(DEPTHS), choices=(), **more)
        self.depth = depth
        self.wanted = [level for level, length in CODE_LENGTHS.items() if length <= CODE_LENGTHS[depth]]
        self._offered: dict[str, list[Choice]] = {}

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        self.boxes = {level: DEPTHS[level] for level in self.wanted}
        super().process(formdata, data, extra_filters)
        for place, level in enumerate(self.wanted[1:], 1):
            above, code = self.data.get(self.wanted[place - 1], ""), self.data.get(level, "")
            if not above or not code.startswith(above):
                self.data.pop(level, None)  # A district of another province than is now chosen.
        filled = [level for level in self.wanted if self.data.get(level)]
        self.boxes = {level: DEPTHS[level] for level in self.wanted[: len(filled) + 1]}
        if self.data.get("province") == BANGKOK:
            words = {"district": _l("District (khet)"), "subdistrict": _l("Sub-district (khwaeng)")}
            self.boxes = {level: words.get(level, label) for level, label in self.boxes.items()}

    @property
    def code(self) -> str:
        """The code of the place, as far as it has been chosen."""
        return next((self.data[level] for level in reversed(self.wanted) if level in self.data), "")

    @property
    def whole(self) -> bool:
        """Whether the place was chosen to its last step."""
        return self.depth in self.data

    def pre_validate(self, form: Any) -> None:
        super().pre_validate(form)
        if self.data and not self.whole:
            self.wrong_part = self.wanted[len(self.data)]
            raise StopValidation(_MISSING[self.wrong_part]())

    def choices_of(self, suffix: str) -> Sequence[Choice]:
        if suffix not in self._offered:
            self._offered[suffix] = self._choices(suffix)
        return self._offered[suffix]

    def _choices(self, suffix: str) -> list[Choice]:
        if suffix == "province":
            return province_choices()
        above = self.data.get(self.wanted[self.wanted.index(suffix) - 1], "")
        return [(area.code, str(area.name)) for area in areas_under(above)] if above.isdigit() else []


_MISSING = {
    "district": lambda: _("Now choose the district"),
    "subdistrict": lambda: _("Now choose the sub-district"),
}


def place_data(code: str) -> dict[str, str]:
    """An area's code as the boxes hold it."""
    return {level: code[:length] for level, length in CODE_LENGTHS.items() if len(code) >= length}
