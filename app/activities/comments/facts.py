"""What room comments writes into the ledger.

The subject is the comment alone, so no two entries lead to the same citizen. Words and names stand
behind a commitment. An erasure is sealed: one person's comments vanish in the same moment, and public
entries saying so would link them.
"""

from app.i18n import _l
from app.ledger.facts import Fact

PREPARED = Fact("comments.thread.prepared", _l("The question to the public was set"))
SUBMITTED = Fact(
    "comments.comment.submitted",
    _l("A citizen sent a comment"),
    data=frozenset({"lang"}),
    exhibit="folded",
    demonstrates=("comment_set",),
)
ANSWERED = Fact(
    "comments.comment.answered",
    _l("The agency answered a comment"),
    data=frozenset({"verdict", "revision", "due_on"}),
    exhibit="folded",
    demonstrates=("response_matrix",),
)
HIDDEN = Fact(
    "comments.comment.hidden",
    _l("A moderator hid a comment, for a stated reason"),
    data=frozenset({"reason"}),
)
UNHIDDEN = Fact(
    "comments.comment.unhidden",
    _l("A moderator showed a hidden comment again"),
    data=frozenset({"reason"}),
)
ERASED = Fact(
    "comments.comment.erased",
    _l("A comment was erased at its author's wish"),
    visibility="sealed",
    precision="day",
)
