"""The codes of this room with their words: stored as codes, checked by the tables, read in two languages."""

from __future__ import annotations

from app.i18n import Lazy, _l

THRESHOLDS: dict[str, Lazy] = {
    "majority": _l("More than half"),
    "share": _l("At least a share we set"),
}
"""What the leading option must have."""

BASES: dict[str, Lazy] = {
    "valid": _l("The ballots that chose an option"),
    "roll": _l("Everyone on the roll"),
}
"""What the threshold is measured against."""

UNDECIDED: dict[str, Lazy] = {
    "no_quorum": _l("Nothing was decided: too few people voted"),
    "no_votes": _l("Nothing was decided: nobody chose an option"),
    "tie": _l("Nothing was decided: the leading options were level"),
    "below_threshold": _l("Nothing was decided: no option reached the threshold"),
}
"""The outcomes without a winner."""
