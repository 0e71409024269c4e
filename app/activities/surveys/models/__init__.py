"""The room's tables.

They hold together by themselves: an answer's question is one of its response's survey and of the kind the
answer is typed for, its option and row are that question's, and a condition's question is of its survey.
"""

from app.activities.surveys.models.answers import Answer, Correction, Draft, Receipt, Response, Token
from app.activities.surveys.models.counts import Population, PopulationPart, Tally, Time, Together
from app.activities.surveys.models.paper import Keying, Sheet
from app.activities.surveys.models.questions import (
    Condition,
    ConditionOption,
    Option,
    Page,
    Question,
    Survey,
)

__all__ = [
    "Answer",
    "Condition",
    "ConditionOption",
    "Correction",
    "Draft",
    "Keying",
    "Option",
    "Page",
    "Population",
    "PopulationPart",
    "Question",
    "Receipt",
    "Response",
    "Sheet",
    "Survey",
    "Tally",
    "Time",
    "Together",
    "Token",
]
