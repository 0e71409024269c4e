"""What agencies records. All of it goes into the programme's log: the register is the programme's act.

An agency's own log begins with what the agency itself does; and one log tells the whole register.
"""

from app.i18n import _l
from app.ledger.facts import Fact

_CODES = frozenset({"kind", "parent", "area", "valid_from", "valid_until"})

CREATED = Fact("agencies.agency.created", _l("An agency was added to the register"), data=_CODES)
CHANGED = Fact("agencies.agency.changed", _l("An agency’s entry in the register was changed"), data=_CODES)
ENDED = Fact("agencies.agency.ended", _l("An agency’s validity was ended"), data=frozenset({"valid_until"}))
