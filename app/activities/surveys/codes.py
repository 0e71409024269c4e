"""The kinds of questions with their words, and how much a survey may hold."""

from __future__ import annotations

from app.i18n import Lazy, _l

KINDS: dict[str, Lazy] = {
    "single": _l("One answer"),
    "multiple": _l("Several answers"),
    "scale": _l("Scale of 1 to 5"),
    "text": _l("Own words"),
}

KIND_HINTS: dict[str, Lazy] = {
    "single": _l("People choose one of your answers, for example which design they prefer."),
    "multiple": _l("People choose as many of your answers as you allow, for example what worries them."),
    "scale": _l("People choose a number between two ends you name, for example how sure they are."),
    "text": _l("People write. The words are read by your agency alone, after the survey has closed."),
}

CHOICES = frozenset({"single", "multiple"})
"""The kinds answered by picking options."""

STEPS = range(1, 6)
"""The steps of a scale."""

MOST_QUESTIONS = 40
FEWEST_OPTIONS = 2
MOST_OPTIONS = 20
MOST_CHARACTERS = 2_000
"""Of an answer in own words, as readers count them; a question may allow fewer."""

USUAL_CHARACTERS = 1_000

MOST_CODE_POINTS = 16_000
"""What the form lets 2,000 characters take at most (eight signs each)."""
