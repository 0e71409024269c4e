"""Every text of every room stands in both languages; nothing is stale. See scripts/messages.py."""

from __future__ import annotations

import pytest

from app.core.text import normalise
from scripts import messages


@pytest.mark.parametrize("room", messages.sources())
def test_every_text_is_translated(room: str) -> None:
    faults = messages.check([room])
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("room", messages.sources())
def test_thai_texts_are_typed_carefully(room: str) -> None:
    """Marks in order, no invisible signs: the same text is the same bytes everywhere."""
    for message in messages.read(messages.ROOT, "th", room):
        for text in messages.forms(message.string) if message.id else ():
            assert normalise(text) == text.strip(), message.id
