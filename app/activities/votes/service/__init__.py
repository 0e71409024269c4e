"""The verbs of votes, the only writers of its tables and the one door to a ballot.

Prepared, fixed, voted on, declared: nothing can be changed once the roll is frozen, and nobody counts
before the result is declared. A later protocol (tokens signed blindly for people on the roll, ballots
cast without a name in another service) replaces what stands behind `cast_ballot` and the counting in
`declare_result`; the doors, the roll and the result stay as they are.
"""

from app.activities.votes.service.declaring import declare_result
from app.activities.votes.service.guards import KIND_CODE, NOT_SECRET
from app.activities.votes.service.preparing import announce_frozen, freeze_roll, load_roll, prepare_poll
from app.activities.votes.service.voting import cast_ballot, erase

__all__ = [
    "KIND_CODE",
    "NOT_SECRET",
    "announce_frozen",
    "cast_ballot",
    "declare_result",
    "erase",
    "freeze_roll",
    "load_roll",
    "prepare_poll",
]
