"""The shape of what is typed: answers to a survey, and the officer's questions.

Both kinds of form are made to measure: one field a question, one row an answer to choose.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from markupsafe import Markup
from wtforms import BooleanField, Field, RadioField, ValidationError
from wtforms.validators import StopValidation

from app.activities.surveys.codes import (
    CHOICES,
    MOST_CHARACTERS,
    MOST_OPTIONS,
    STEPS,
    USUAL_CHARACTERS,
)
from app.activities.surveys.questionnaire import (
    QuestionDraft,
    Questionnaire,
    QuestionView,
    Reply,
    too_many_picks,
)
from app.i18n import _l
from app.i18n.bilingual import Bilingual, bi
from app.identity.forms import consent_field
from app.web.fields import (
    Between,
    Length,
    Optional,
    Required,
    SelectChoice,
    TextAreaField,
    TextField,
    ThaiIntegerField,
    TicksField,
)
from app.web.forms import Form

LEFT_OUT = 0
"""Stands for "I would rather not answer": without script, a chosen radio button cannot be unchosen."""

ROWS = 4
"""How many rows for answers a new question begins with, and how many "more" adds."""


class ReplyForm(Form):
    """The answers to a survey, before they are checked: a field for each question."""

    survey: Questionnaire

    @property
    def replies(self) -> list[Reply]:
        """What was answered, a reply for each question."""
        return [_reply(question, self[question.field].data) for question in self.survey.questions]


def reply_form(survey: Questionnaire) -> ReplyForm:
    """The form of a survey, in the page's language."""
    return _made(ReplyForm, survey)


def send_form(survey: Questionnaire) -> ReplyForm:
    """The same with the consent, as the page to check before sending asks for it."""
    return _made(ReplyForm, survey, consent=consent_field())


def _made(base: type[ReplyForm], survey: Questionnaire, **more: Any) -> ReplyForm:
    fields = {question.field: _field(question) for question in survey.questions}
    form: ReplyForm = type(base.__name__, (base,), {**fields, **more, "survey": survey})()
    return form


def _field(question: QuestionView) -> Field:
    label = Markup("{}. {}").format(question.number, bi(question.text))
    missing = _l("Answer question %(number)s", number=question.number)
    validators: list[Any] = [Required(missing) if question.required else Optional()]
    if question.kind == "text":
        return TextAreaField(label, [*validators, Length(question.max_length or MOST_CHARACTERS)])
    if question.kind == "multiple":
        choices = [SelectChoice(option.id, bi(option.name)) for option in question.options]
        return TicksField(label, [*validators, _at_most(question)], choices=choices, coerce=int)
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


def _reply(question: QuestionView, data: Any) -> Reply:
    if question.kind == "text":
        return Reply(question.id, words=data or "")
    picks = data if isinstance(data, list) else [data] if data else []
    return Reply(question.id, picks=tuple(dict.fromkeys(picks)))


class DescribeForm(Form):
    """The words above the questions."""

    intro_th = TextAreaField(
        _l("Introduction, in Thai"),
        [Optional(), Length(1_000)],
        description=_l("What the answers are used for, and how long answering takes."),
    )
    intro_en = TextAreaField(_l("Introduction, in English"), [Optional(), Length(1_000)])
    satisfaction = BooleanField(_l("This survey measures how satisfied people are with a service"))

    def validate_intro_en(self, field: Field) -> None:
        if field.data and not self.intro_th.data:
            raise ValidationError(str(_l("Write the introduction in Thai first")))

    @property
    def intro(self) -> Bilingual | None:
        return _pair(self.intro_th.data, self.intro_en.data)


class BuilderForm(Form):
    """The list of questions: each button of it moves one."""


class RemoveForm(Form):
    """A button."""


class QuestionForm(Form):
    """A question as its writer types it; `question_form` adds what its kind needs."""

    kind: str
    rows: int

    text_th = TextField(_l("Question, in Thai"), [Required(_l("Write the question in Thai")), Length(500)])
    text_en = TextField(_l("Question, in English"), [Optional(), Length(500)])
    required = BooleanField(_l("Everyone must answer this question"), default=True)

    @property
    def draft(self) -> QuestionDraft:
        """The question as the verbs take it. Rows without Thai text are as if they were not there."""
        pairs = [_pair(self[f"option{n}_th"].data, self[f"option{n}_en"].data) for n in self.places]
        options = tuple(pair for pair in pairs if pair is not None)
        return QuestionDraft(
            kind=self.kind,
            text=Bilingual(self.text_th.data or "", self.text_en.data or None),
            required=self.required.data,
            options=options,
            max_picks=(self.max_picks.data or len(options)) if "max_picks" in self else None,
            low=_pair(self.low_th.data, self.low_en.data) if "low_th" in self else None,
            high=_pair(self.high_th.data, self.high_en.data) if "high_th" in self else None,
            max_length=self.max_length.data if "max_length" in self else None,
        )

    @property
    def places(self) -> range:
        """The rows for answers to choose, counted from 1."""
        return range(1, self.rows + 1)


def question_form(kind: str, question: QuestionView | None = None, rows: int = 0) -> QuestionForm:
    """The form for a question of this kind, filled from `question`, with at least `rows` rows for answers."""
    used = len(question.options) if question else 0
    shown = min(max(rows, used, ROWS), MOST_OPTIONS) if kind in CHOICES else 0
    fields = {**_option_fields(shown), **_kind_fields(kind), "kind": kind, "rows": shown}
    form: QuestionForm = type("QuestionForm", (QuestionForm,), fields)(data=_stored(question))
    return form


def _option_fields(rows: int) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for number in range(1, rows + 1):
        fields[f"option{number}_th"] = TextField(
            _l("Answer %(number)s, in Thai", number=number), [_own_row, Optional(), Length(200)]
        )
        fields[f"option{number}_en"] = TextField(
            _l("Answer %(number)s, in English", number=number), [Optional(), Length(200)]
        )
    return fields


def _kind_fields(kind: str) -> dict[str, Any]:
    if kind == "multiple":
        return {
            "max_picks": ThaiIntegerField(
                _l("Most answers one person may choose"),
                [Optional(), Between(1, MOST_OPTIONS)],
                description=_l("Left empty, people may choose all of them."),
            )
        }
    if kind == "scale":
        low, high = _l("Name the lower end in Thai"), _l("Name the upper end in Thai")
        return {
            "low_th": TextField(_l("What 1 means, in Thai"), [Required(low), Length(60)]),
            "low_en": TextField(_l("What 1 means, in English"), [Optional(), Length(60)]),
            "high_th": TextField(_l("What 5 means, in Thai"), [Required(high), Length(60)]),
            "high_en": TextField(_l("What 5 means, in English"), [Optional(), Length(60)]),
        }
    if kind == "text":
        return {
            "max_length": ThaiIntegerField(
                _l("Most characters of an answer"),
                [Required(), Between(1, MOST_CHARACTERS)],
                default=USUAL_CHARACTERS,
            )
        }
    return {}


def _own_row(form: Form, field: Field) -> None:
    """Refuse an answer without Thai, and one that stands in an earlier row."""
    number = int(field.short_name.removeprefix("option").removesuffix("_th"))
    if not field.data and form[f"option{number}_en"].data:
        raise StopValidation(str(_l("Write this answer in Thai first")))
    if field.data and any(form[f"option{n}_th"].data == field.data for n in range(1, number)):
        raise StopValidation(str(_l("This answer stands here twice")))


def _stored(question: QuestionView | None) -> dict[str, Any]:
    """A question as the form's fields hold it."""
    if question is None:
        return {}
    pairs = {"text": question.text, "low": question.low, "high": question.high}
    pairs |= {f"option{n}": option.name for n, option in enumerate(question.options, 1)}
    texts = {
        f"{name}_{lang}": getattr(pair, lang) for name, pair in pairs.items() if pair for lang in ("th", "en")
    }
    rest = ("required", "max_picks", "max_length")
    return texts | {name: getattr(question, name) for name in rest}


def _pair(th: str | None, en: str | None) -> Bilingual | None:
    return Bilingual(th, en or None) if th else None
