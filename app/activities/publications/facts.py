"""What room publications writes into the ledger.

The subject is the document, so that its versions can be followed. Titles, texts and notes stand behind
a commitment, long texts as their digest. What is prepared before the opening is sealed: that a text was
written, replaced or dropped is nobody's business until it is published.
"""

from app.i18n import _l
from app.ledger.facts import Fact

PREPARED = Fact(
    "publications.version.prepared",
    _l("A text was prepared for publication"),
    data=frozenset({"form", "number"}),
    visibility="sealed",
)
REMOVED = Fact(
    "publications.version.removed",
    _l("A prepared text was removed before publication"),
    data=frozenset({"form", "number"}),
    visibility="sealed",
)
PUBLISHED = Fact(
    "publications.document.published",
    _l("The agency published information"),
    data=frozenset({"form", "number"}),
    exhibit="each",
    demonstrates=("publication_log",),
)
VERSION_PUBLISHED = Fact(
    "publications.version.published",
    _l("The agency published version %(number)s and said what changed"),
    data=frozenset({"form", "number"}),
    exhibit="each",
    demonstrates=("publication_log", "version_history"),
    tells="document",
)
