"""What room comments writes into the ledger.

The subject is the comment alone, so no two entries lead to the same citizen. Words and names stand
behind a commitment. An erasure is sealed: one person's comments vanish in the same moment, and public
entries saying so would link them. So is a support: how many there are can be checked, not whose they are.
"""

from app.i18n import _l
from app.ledger.facts import Fact

PREPARED = Fact(
    "comments.thread.prepared",
    _l("The question to the public was set"),
    data=frozenset({"who", "stances", "files"}),
)
SUBMITTED = Fact(
    "comments.comment.submitted",
    _l("A citizen sent a comment"),
    data=frozenset({"lang", "to"}),
    exhibit="folded",
    demonstrates=("comment_set",),
)
EDITED = Fact(
    "comments.comment.edited",
    _l("A citizen changed their comment"),
    data=frozenset({"lang", "edition", "lapsed"}),
)
WITHDRAWN = Fact("comments.comment.withdrawn", _l("A citizen took their comment back"))
RECEIVED = Fact(
    "comments.comment.received",
    _l("A comment came in without an account; a moderator reads it first"),
    data=frozenset({"lang"}),
)
ADMITTED = Fact(
    "comments.comment.admitted",
    _l("A moderator admitted a comment sent without an account"),
    exhibit="folded",
    demonstrates=("comment_set",),
)
REFUSED = Fact(
    "comments.comment.refused",
    _l("A moderator refused a comment sent without an account, for a stated reason"),
    data=frozenset({"reason"}),
)
KEYED_IN = Fact(
    "comments.comment.keyed_in",
    _l("An officer keyed in a comment for a participant"),
    data=frozenset({"lang", "channel", "received_on", "consent", "origin"}),
    exhibit="folded",
    demonstrates=("comment_set",),
)
IMPORTED = Fact(
    "comments.comment.imported",
    _l("A comment was taken over from another system"),
    data=frozenset({"lang", "sha256", "row"}),
    exhibit="folded",
    demonstrates=("comment_set",),
)
SUPPORTED = Fact(
    "comments.comment.supported",
    _l("Someone supported a comment"),
    visibility="sealed",
    precision="day",
)
UNSUPPORTED = Fact(
    "comments.comment.unsupported",
    _l("Someone no longer supports a comment"),
    visibility="sealed",
    precision="day",
)
ANSWERED = Fact(
    "comments.comment.answered",
    _l("The agency answered a comment"),
    data=frozenset({"verdict", "revision", "due_on", "outcome", "version"}),
    exhibit="folded",
    demonstrates=("response_matrix",),
)
THEME_MADE = Fact("comments.theme.made", _l("The agency began a theme to group comments under"))
THEME_RENAMED = Fact("comments.theme.renamed", _l("The agency renamed a theme"))
THEME_MERGED = Fact(
    "comments.theme.merged",
    _l("The agency merged a theme into another one, with all its comments (%(comments)s)"),
    data=frozenset({"comments", "into"}),
)
THEME_REMOVED = Fact(
    "comments.theme.removed",
    _l("The agency removed a theme; its comments (%(comments)s) stand by themselves again"),
    data=frozenset({"comments"}),
)
THEME_FILLED = Fact(
    "comments.theme.filled",
    _l("The agency put comments into a theme (%(comments)s)"),
    data=frozenset({"comments"}),
)
THEME_THINNED = Fact(
    "comments.theme.thinned",
    _l("The agency took comments out of a theme (%(comments)s)"),
    data=frozenset({"comments"}),
)
THEME_ANSWERED = Fact(
    "comments.theme.answered",
    _l("The agency answered a theme and every comment in it (%(comments)s)"),
    data=frozenset({"verdict", "revision", "due_on", "outcome", "version", "comments"}),
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
APPEALED = Fact("comments.appeal.lodged", _l("The author of a hidden comment asked for a second look"))
APPEAL_DECIDED = Fact(
    "comments.appeal.decided",
    _l("An appeal was decided by somebody who had not hidden the comment"),
    data=frozenset({"overturned"}),
)
ADDRESS_ERASED = Fact(
    "comments.address.erased",
    _l("The address left with a comment sent without an account was erased at its owner's wish"),
    visibility="sealed",
    precision="day",
)
ERASED = Fact(
    "comments.comment.erased",
    _l("A comment was erased at its author's wish"),
    visibility="sealed",
    precision="day",
)
