"""The kinds of questions with their words, the tests of conditions, and how much a survey may hold."""

from __future__ import annotations

from app.i18n import Lazy, _l

KINDS: dict[str, Lazy] = {
    "single": _l("One answer"),
    "multiple": _l("Several answers"),
    "scale": _l("Scale of 1 to 5"),
    "matrix": _l("Table of rows"),
    "ranking": _l("Order of preference"),
    "number": _l("Number"),
    "date": _l("Date"),
    "place": _l("Place"),
    "text": _l("Own words"),
}

KIND_HINTS: dict[str, Lazy] = {
    "single": _l("People choose one of your answers, for example which design they prefer."),
    "multiple": _l("People choose as many of your answers as you allow, for example what worries them."),
    "scale": _l("People choose a number between two ends you name, for example how sure they are."),
    "matrix": _l("People answer the same for each row, for example how content they are with each service."),
    "ranking": _l("People put all your answers in order, for example what should be done first."),
    "number": _l("People type a number between two limits, for example how many live in the house."),
    "date": _l("People give a day, for example when the water came."),
    "place": _l("People choose a province, a district or a sub-district."),
    "text": _l("People write. The words are read by your agency alone, after the survey has closed."),
}

CHOICES = frozenset({"single", "multiple"})
"""The kinds answered by picking options; one of them may be "other", with own words."""

WITH_OPTIONS = CHOICES | {"ranking"}
"""The kinds that cannot be asked without options. The columns of a table of rows may also be a scale."""

COMPARED = frozenset({"single", "scale", "place"})
"""The kinds by whose answers others can be broken down."""

STEPS = range(1, 6)
"""The steps of a scale."""

TESTS: dict[str, Lazy] = {
    "is": _l("The answer is one of"),
    "is_not": _l("The answer is none of"),
    "at_least": _l("The answer is at least"),
    "at_most": _l("The answer is at most"),
    "answered": _l("The question was answered"),
}
TESTS_OF: dict[str, tuple[str, ...]] = {
    "single": ("is", "is_not"),
    "multiple": ("is", "is_not"),
    "scale": ("at_least", "at_most"),
    "number": ("at_least", "at_most"),
}
"""What can be asked of an answer of each kind; of the others only whether there is one."""

DEPTHS: dict[str, Lazy] = {
    "province": _l("Province"),
    "district": _l("District"),
    "subdistrict": _l("Sub-district"),
}
CODE_LENGTHS = {"province": 2, "district": 4, "subdistrict": 6}
"""Digits of an area's code."""

LINKS: dict[str, Lazy] = {
    "person": _l("Everyone with an account, once each"),
    "token": _l("Only who has one of your links, once with each"),
}

MOST_QUESTIONS = 40
MOST_PAGES = 20
MOST_CONDITIONS = 5
"""Of one question or page; all of them must hold."""
FEWEST_OPTIONS = 2
MOST_OPTIONS = 20
MOST_RANKED = 10
MOST_CHARACTERS = 2_000
"""Of an answer in own words, as readers count them; a question may allow fewer."""

MOST_OTHER = 200
"""Characters beside "other"."""

USUAL_CHARACTERS = 1_000

MOST_CODE_POINTS = 16_000
"""What the form lets 2,000 characters take at most (eight signs each)."""

HUNDRED = 100
LARGEST_NUMBER = 10**12
"""Numbers are kept in hundredths, so that they are exact; none is larger than this."""

MOST_TOKENS = 5_000
"""Made at once."""
