"""Who may do what with surveys. Reading the questions, and the results once it is closed, is public."""

from app.identity.roles import PERSON

GRANTS = {
    "surveys.answer": frozenset({PERSON}),
    "surveys.prepare": frozenset({"officer"}),
    "surveys.manage": frozenset({"officer", "executive"}),
}
"""Links, paper sheets and the full export are the officer's work with a survey: `surveys.manage` reads,
`surveys.prepare` writes."""
