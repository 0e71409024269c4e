"""The form of one page of a survey, made to measure: a field for each question that is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from markupsafe import Markup
from wtforms import Field, HiddenField, RadioField, SelectMultipleField, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from app.activities.surveys.codes import CHOICES, HUNDRED, MOST_CHARACTERS, MOST_OTHER, STEPS
from app.activities.surveys.forms.parts import (
    OptionalParts,
    PartsField,
    PlaceField,
    RequiredParts,
    matrix_field,
    place_data,
    ranking_field,
)
from app.activities.surveys.questionnaire import QuestionView
from app.activities.surveys.replies import Replies, Reply
from app.activities.surveys.rules import check_reply, too_many_picks
from app.core.clock import now
from app.core.errors import DomainError
from app.i18n import _l
from app.i18n.bilingual import bi, bi_plain
from app.identity.forms import consent_field
from app.web.date_fields import ThaiDateField
from app.web.fields import (
    Length,
    Optional,
    Required,
    SelectChoice,
    TextAreaField,
    TextField,
    ThaiDecimalField,
)
from app.web.forms import Form

LEFT_OUT = 0
"""Stands for "I would rather not answer": without script, a chosen radio button cannot be unchosen."""


class TicksField(SelectMultipleField):
    """Several of the options, as tick boxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


EPOCH_SECONDS = re.compile("[0-9]{1,12}")


class PageForm(Form):
    """The answers on a page. `since` is when it was opened, to tell how long answering takes."""

    questions: Sequence[QuestionView]
    since = HiddenField(default=lambda: str(int(now().timestamp())))
    asked = HiddenField()

    @property
    def replies(self) -> list[Reply]:
        """What was answered, a reply for each question that could be read."""
        return [_reply(question, self) for question in self.questions]

    @property
    def spent(self) -> int:
        """Seconds since the page was opened; 0 where the form does not say."""
        typed = str(self.since.data or "")
        return int(now().timestamp()) - int(typed) if EPOCH_SECONDS.fullmatch(typed) else 0

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        for question in self.questions:
            if not self[question.field].errors:
                valid = self._check(question) and valid
        return valid

    def _check(self, question: QuestionView) -> bool:
        """Ask the rule that will judge what is stored, so that its words stand at the field."""
        reply = _reply(question, self)
        if not reply.given:
            return True
        try:
            check_reply(question, reply)
        except DomainError as error:
            at = f"{question.field}-other" if question.kind in CHOICES and question.other else question.field
            self[at].errors = [*self[at].errors, str(error.message)]
            return False
        return True


class SendForm(Form):
    """The consent, beside the answers to be checked."""

    consent = consent_field()


class ActForm(Form):
    """A button."""


class CodeForm(Form):
    """The code of who answers by a link."""

    code = TextField(
        _l("Your code"),
        [Required(_l("Enter your code of 16 digits"))],
        description=_l("16 digits, for example 1234 5678 9012 3456"),
    )


def page_form(
    questions: Sequence[QuestionView],
    replies: Replies,
    *,
    fresh: bool = False,
    base: type[PageForm] = PageForm,
) -> PageForm:
    """The form for these questions, in the page's language, filled with what was answered before.

    `fresh`: whatever was just sent belongs to another page.
    """
    fields: dict[str, Any] = {}
    for question in questions:
        fields[question.field] = _field(question)
        if question.other:
            fields[f"{question.field}-other"] = TextField(
                bi_plain(question.other.name), [Optional(), Length(MOST_OTHER)]
            )
    data = {"asked": " ".join(str(question.id) for question in questions)}
    for question in questions:
        data |= _stored(question, replies.get(question.id) or Reply(question.id))
    made = type("PageForm", (base,), {**fields, "questions": questions})
    form: PageForm = made(formdata=None, data=data) if fresh else made(data=data)
    return form


def _field(question: QuestionView) -> Field:
    label = Markup("{}. {}").format(question.number, bi(question.text))
    missing = _l("Answer question %(number)s", number=question.number)
    validators: list[Any] = [Required(missing) if question.required else Optional()]
    boxes: list[Any] = [RequiredParts(missing) if question.required else OptionalParts()]
    kind = question.kind
    if kind == "text":
        return TextAreaField(label, [*validators, Length(question.max_length or MOST_CHARACTERS)])
    if kind == "multiple":
        choices = [SelectChoice(option.id, bi(option.name)) for option in question.options]
        return TicksField(label, [*validators, _at_most(question)], choices=choices, coerce=int)
    if kind == "matrix":
        return matrix_field(label, boxes, question)
    if kind == "ranking":
        return ranking_field(label, boxes, question)
    if kind == "place":
        return PlaceField(label, boxes, depth=question.depth or "province")
    if kind == "number":
        return ThaiDecimalField(label, validators, places=question.places or 0)
    if kind == "date":
        return ThaiDateField(label, optional=not question.required, missing=missing)
    return RadioField(label, validators, choices=list(_radios(question)), coerce=int)


def _radios(question: QuestionView) -> Iterator[SelectChoice]:
    if question.kind == "scale":
        ends = {STEPS[0]: question.low, STEPS[-1]: question.high}
        for step in STEPS:
            label = Markup("{} {}").format(step, bi(ends[step])) if step in ends else str(step)
            yield SelectChoice(step, label)
    else:
        yield from (SelectChoice(option.id, bi(option.name)) for option in question.options)
    if not question.required:
        yield SelectChoice(LEFT_OUT, _l("I would rather not answer"))


def _at_most(question: QuestionView) -> Any:
    def check(_form: Form, field: Field) -> None:
        if len(set(field.data)) > question.picks_allowed:
            raise ValidationError(str(too_many_picks(question)))

    return check


def _reply(question: QuestionView, form: PageForm) -> Reply:
    field = form[question.field]
    data = field.data
    kind = question.kind
    if kind == "text":
        return Reply(question.id, words=data or "")
    if kind == "matrix":
        cells = [(int(row), int(pick)) for row, pick in data.items() if row.isdecimal() and pick.isdecimal()]
        return Reply(question.id, cells=tuple(cells))
    if kind == "ranking":
        return Reply(question.id, picks=_ranked(field))
    if kind == "place":
        return Reply(question.id, area=field.code if isinstance(field, PlaceField) else "")
    if kind == "number":
        return Reply(question.id, amount=None if data is None else int(data * HUNDRED))
    if kind == "date":
        return Reply(question.id, day=data)
    picks = data if isinstance(data, list) else [data] if data else []
    words = form[f"{question.field}-other"].data if question.other else ""
    return Reply(question.id, picks=tuple(dict.fromkeys(picks)), words=words or "")


def _ranked(field: PartsField) -> tuple[int, ...]:
    """The options in their order; with a place missing or taken twice the rule refuses them."""
    places = {int(option): rank for option, rank in field.data.items() if rank.isdecimal()}
    if len(set(places.values())) < len(places):
        return (*places, *places)  # No order: some option stands twice.
    return tuple(sorted(places, key=lambda option: int(places[option])))


def _stored(question: QuestionView, reply: Reply) -> dict[str, Any]:
    """A reply as the fields of its question hold it."""
    name, kind = question.field, question.kind
    if kind == "multiple":
        values: dict[str, Any] = {name: list(reply.picks)}
    elif kind in ("single", "scale"):
        values = {name: reply.picks[0] if reply.picks else None}
    elif kind == "matrix":
        values = {name: {str(row): str(pick) for row, pick in reply.cells}}
    elif kind == "ranking":
        values = {name: {str(option): str(rank) for rank, option in enumerate(reply.picks, 1)}}
    elif kind == "place":
        values = {name: place_data(reply.area)}
    elif kind == "number":
        values = {name: None if reply.amount is None else _typed(reply.amount)}
    elif kind == "date":
        values = {name: reply.day}
    else:
        return {name: reply.words}
    return {**values, f"{name}-other": reply.words}


def _typed(hundredths: int) -> Decimal:
    """A number as somebody types it: 250 hundredths are 2.5, without needless zeros."""
    number = Decimal(hundredths) / HUNDRED
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()
