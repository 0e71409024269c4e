"""Who may do what with votes. Reading the question, the rules and the result is public.

To hold `votes.cast` lets somebody ask; whether they may vote is the roll's to say.
"""

from app.identity.roles import PERSON

GRANTS = {
    "votes.cast": frozenset({PERSON}),
    "votes.prepare": frozenset({"officer"}),
    "votes.manage": frozenset({"officer", "executive"}),
    "votes.declare": frozenset({"officer", "executive"}),
}
