"""The roles of the platform. Agency roles are held in one agency, programme roles in the programme."""

from app.i18n import _l

AGENCY_ROLES = frozenset({"officer", "executive", "moderator"})
PROGRAMME_ROLES = frozenset({"evaluator", "committee", "admin"})
ROLES = AGENCY_ROLES | PROGRAMME_ROLES

PERSON = "person"
"""Held by everyone who is signed in: the role of citizens."""

ROLE_WORDS = {
    "officer": _l("Officer"),
    "executive": _l("Executive"),
    "moderator": _l("Moderator"),
    "evaluator": _l("Evaluator"),
    "committee": _l("Committee member"),
    "admin": _l("Programme administrator"),
}
ROLE_DUTIES = {
    "officer": _l("Drafts issues, answers people, gathers evidence"),
    "executive": _l("Publishes and closes issues, signs off the self-assessment"),
    "moderator": _l("Hides comments that break the rules, with a reason"),
    "evaluator": _l("Scores the applications assigned to them"),
    "committee": _l("Sees the totals and decides awards"),
    "admin": _l("Looks after agencies, roles and award cycles"),
}
