"""Facts about evidence itself."""

from app.i18n import _l
from app.ledger.facts import Fact

DOCUMENT_ADDED = Fact(
    "evidence.document.added",
    _l("An officer added a document by hand"),
    data=frozenset({"evidence_kind", "dated_on", "sectors"}),
    exhibit="each",
)
