"""What identity records: who holds office. The entry names the grant, never the person."""

from app.i18n import _l
from app.ledger.facts import Fact

ROLE_GIVEN = Fact(
    "identity.role.given",
    _l("The role “%(role)s” was given"),
    data=frozenset({"role", "agency"}),
)
ROLE_ENDED = Fact(
    "identity.role.ended",
    _l("The role “%(role)s” ended"),
    data=frozenset({"role", "agency"}),
)
