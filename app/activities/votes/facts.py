"""What room votes writes into the ledger. No fact names a voter: the program itself is the actor of a ballot.

What is prepared is sealed. The roll's digest is public from the freezing on, or, if that came first, from
the publication of the issue on.
"""

from app.i18n import _l
from app.ledger.facts import Fact

PREPARED = Fact(
    "votes.poll.prepared",
    _l("A vote was prepared"),
    data=frozenset({"changed"}),
    visibility="sealed",
)
ROLL_LOADED = Fact(
    "votes.roll.loaded",
    _l("People were put on the roll of a vote"),
    data=frozenset({"size"}),
    visibility="sealed",
)
FROZEN_IN_DRAFT = Fact(
    "votes.roll.frozen_in_draft",
    _l("The roll and the rules of a vote were fixed before its issue was published"),
    data=frozenset({"size", "digest", "content"}),
    visibility="sealed",
)
FROZEN = Fact(
    "votes.roll.frozen",
    _l("The question, the rules and the roll of %(size)s people were fixed before the vote"),
    data=frozenset({"size", "digest", "content"}),
    exhibit="each",
    demonstrates=("vote_rules",),
)
ROLL_ERASED = Fact(
    "votes.roll.erased",
    _l("A person on a roll was erased at their wish"),
    visibility="sealed",
    precision="day",
)
CAST = Fact(
    "votes.ballot.cast",
    _l("A ballot was cast"),
    exhibit="folded",
    precision="day",
)

_COUNTED = frozenset(
    {
        "roll",
        "ballots",
        "abstained",
        "valid",
        "options",
        "votes",
        "quorum_needed",
        "quorum_met",
        "base_size",
        "threshold_needed",
        "threshold_met",
        "outcome",
        "winner",
    }
)
DECLARED = Fact(
    "votes.result.declared",
    _l("The result was declared and binds the agency: %(ballots)s of %(roll)s people voted"),
    data=_COUNTED,
    exhibit="each",
    demonstrates=("count_record", "binding_result"),
    tells="result",
)
UNDECIDED = Fact(
    "votes.result.undecided",
    _l("The count was declared and decided nothing: %(ballots)s of %(roll)s people voted"),
    data=_COUNTED,
    exhibit="each",
    demonstrates=("count_record",),
    tells="result",
)
"""Without a winner nothing binds, so it is no evidence of a binding result."""
