"""Who may do what with comments. Reading them is public."""

from app.identity.roles import PERSON

GRANTS = {
    "comments.submit": frozenset({PERSON}),
    "comments.prepare": frozenset({"officer"}),
    "comments.manage": frozenset({"officer", "moderator"}),
    "comments.key_in": frozenset({"officer"}),
    "comments.answer": frozenset({"officer"}),
    "comments.moderate": frozenset({"moderator"}),
    "comments.decide_appeals": frozenset({"moderator", "executive"}),
}
