"""Publishing what a meeting decided, and revising it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from wtforms import Field, HiddenField, RadioField, SelectField, ValidationError

from app.activities.panels.decisions import DecisionContent
from app.activities.panels.forms.shared import SHORTEST, choices, thai_first
from app.activities.panels.models import PASSAGE, REASON
from app.i18n import _l
from app.issues.verdicts import VERDICTS
from app.web.fields import Length, Optional, Required, TextAreaField, ThaiDateField
from app.web.forms import Form


class DecisionForm(Form):
    """What was decided, why, and what people had said before."""

    text_th = TextAreaField(
        _l("Decision, in Thai"), [Required(_l("Write the decision in Thai.")), Length(REASON)]
    )
    text_en = TextAreaField(_l("Decision, in English"), [Optional(), Length(REASON)])
    verdict = RadioField(
        _l("What becomes of it?"),
        [Required(_l("Choose what becomes of it."))],
        choices=choices(VERDICTS.items()),
    )
    due_on = ThaiDateField(_l("Decided by"), optional=True)
    reason_th = TextAreaField(
        _l("Reason, in Thai"), [Required(_l("Give the reason in Thai.")), Length(PASSAGE, min=SHORTEST)]
    )
    reason_en = TextAreaField(_l("Reason, in English"), [Optional(), Length(PASSAGE, min=SHORTEST)])
    said_th = TextAreaField(_l("What people had said, in Thai"), [Optional(), Length(REASON)])
    said_en = TextAreaField(_l("What people had said, in English"), [Optional(), Length(REASON)])
    source_id = SelectField(
        _l("Where they had said it"), [Optional()], coerce=lambda value: int(value) if value else None
    )

    def offer(self, sources: Sequence[tuple[int, str]]) -> DecisionForm:
        """Set the issue's other activities as places where it may have been said."""
        self.source_id.choices = choices([("", ""), *sources])
        return self

    def validate_said_en(self, field: Field) -> None:
        thai_first(field, self.said_th)

    def validate_said_th(self, field: Field) -> None:
        if self.source_id.data and not field.data:
            raise ValidationError(str(_l("Say in Thai what people had said there.")))

    @property
    def content(self) -> DecisionContent:
        return DecisionContent(
            text_th=self.text_th.data or "",
            text_en=self.text_en.data or None,
            verdict=self.verdict.data,
            due_on=self.day,
            reason_th=self.reason_th.data or "",
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
        [Required(_l("Say in Thai why the decision changes.")), Length(REASON, min=SHORTEST)],
    )
    change_en = TextAreaField(
        _l("Why the decision changes, in English"), [Optional(), Length(REASON, min=SHORTEST)]
    )
    revision = HiddenField()

    @property
    def seen(self) -> int:
        """The revision as a number; 0, which no decision has, where the page did not send one."""
        text = str(self.revision.data)
        return int(text) if text.isdecimal() and len(text) < 9 else 0
