"""Who may do what with forums. Reading sessions, minutes and pictures is public."""

from app.identity.roles import PERSON

GRANTS = {
    "forums.register": frozenset({PERSON}),
    "forums.prepare": frozenset({"officer"}),
    "forums.manage": frozenset({"officer"}),
    "forums.check_in": frozenset({"officer"}),
    "forums.minute": frozenset({"officer"}),
}
