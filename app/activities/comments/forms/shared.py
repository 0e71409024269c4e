"""What the forms share: choices from codes, tick boxes, numbers in hidden fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wtforms import SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from app.core.ids import LARGEST_ID
from app.web.fields import SelectChoice


class TicksField(SelectMultipleField):
    """Several of the options, as tick boxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def choices(words: Mapping[str, Any]) -> list[SelectChoice]:
    """The codes with their words, to choose one."""
    return [SelectChoice(code, label) for code, label in words.items()]


def seen(value: Any) -> int:
    """How many changes a page showed; -1, which nothing has, where it did not say."""
    found = whole(value)
    return -1 if found is None else found


def whole(value: Any) -> int | None:
    """The row id or number in a hidden field or an address; None for anything else."""
    text = str(value or "")
    if not (text.isascii() and text.isdecimal() and len(text) < 11):
        return None
    return int(text) if int(text) <= LARGEST_ID else None
