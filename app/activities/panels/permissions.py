"""Who may do what with panels. Reading rosters, minutes and decisions is public."""

from app.identity.roles import PERSON

GRANTS = {
    "panels.apply": frozenset({PERSON}),
    "panels.prepare": frozenset({"officer"}),
    "panels.manage": frozenset({"officer"}),
    "panels.seat": frozenset({"officer"}),
    "panels.meet": frozenset({"officer"}),
    "panels.minute": frozenset({"officer"}),
    "panels.decide": frozenset({"officer"}),
}
