"""The roles of the platform. Agency roles are held in one agency, programme roles in the programme."""

AGENCY_ROLES = frozenset({"officer", "executive", "moderator"})
PROGRAMME_ROLES = frozenset({"evaluator", "committee", "admin"})
ROLES = AGENCY_ROLES | PROGRAMME_ROLES

PERSON = "person"
"""Held by everyone who is signed in: the role of citizens."""
