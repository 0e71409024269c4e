"""What the forms of this room share: choices, and lines in two languages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import repeat
from typing import Any

from wtforms import Field, SelectMultipleField, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from app.activities.forums.models import LINE, Line
from app.i18n import _l, _n
from app.web.fields import SelectChoice, text_length
from app.web.forms import Form

SHORTEST = 10
"""Characters a reason needs at least."""
MOST_LINES = 50


class ButtonForm(Form):
    """A button."""


def choices(pairs: Iterable[tuple[Any, Any]]) -> list[SelectChoice]:
    """Choices of a field from (value, label) pairs."""
    return [SelectChoice(value, label) for value, label in pairs]


def ticks(label: Any, pairs: Iterable[tuple[Any, Any]], **options: Any) -> SelectMultipleField:
    """A question to which several answers may be ticked."""
    return SelectMultipleField(
        label,
        choices=choices(pairs),
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        **options,
    )


def typed_lines(lines: Sequence[Line], lang: str) -> str:
    """Stored lines as they would be typed in a language: one a line, all or none."""
    texts = [line[lang] for line in lines]
    return "\n".join(text or "" for text in texts) if any(texts) else ""


def lines_of(thai: Field, english: Field) -> list[Line]:
    """What was typed in both fields, line beside line."""
    texts, others = split(thai), split(english)
    return [
        {"th": text, "en": other}
        for text, other in zip(texts, others or repeat(None, len(texts)), strict=True)
    ]


def split(field: Field) -> list[str]:
    """The lines typed that hold something."""
    return [line for line in (field.data or "").split("\n") if line.strip()]


def check_lines(field: Field, beside: Field | None = None) -> None:
    """Refuse too many or too long lines, and an English text with other lines than the Thai one."""
    lines = split(field)
    if len(lines) > MOST_LINES:
        raise ValidationError(_n("At most %(num)s line.", "At most %(num)s lines.", MOST_LINES))
    if max((text_length(line) for line in lines), default=0) > LINE:
        raise ValidationError(
            _n("A line may have %(num)s character.", "A line may have %(num)s characters.", LINE)
        )
    if beside is not None and lines and len(lines) != len(split(beside)):
        raise ValidationError(
            _n(
                "Write as many lines as in Thai: %(num)s line.",
                "Write as many lines as in Thai: %(num)s lines.",
                len(split(beside)),
            )
        )


def thai_first(field: Field, thai: Field) -> None:
    """Refuse an English text without the Thai one."""
    if field.data and not thai.data:
        raise ValidationError(str(_l("Write it in Thai first.")))
