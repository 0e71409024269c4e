"""The five levels of participation and their promises, as versioned data.

Names vary between the programme's documents (seeds 000, 001) and IAP2 is reviewing its spectrum, so the
codes 1-5 are fixed and the words are data of a version.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.i18n import _l

VERSION = "2026-1"


@dataclass(frozen=True)
class Level:
    """One level: what people do there, the official term, its promise, the agency's duty."""

    code: int
    verb: Any
    term: Any
    promise: Any
    duty: Any


LEVELS = {
    level.code: level
    for level in (
        Level(
            1,
            _l("Know"),
            _l("Inform"),
            _l("We will keep you informed."),
            _l("Publish true, current and reachable information."),
        ),
        Level(
            2,
            _l("Comment"),
            _l("Consult"),
            _l("We will listen, and tell you how your views counted."),
            _l("Publish what was heard, what was decided and what will be done."),
        ),
        Level(
            3,
            _l("Plan together"),
            _l("Involve"),
            _l("Your concerns will show in the options."),
            _l("Meet with people's representatives and publish the minutes."),
        ),
        Level(
            4,
            _l("Do together"),
            _l("Collaborate"),
            _l("Your advice will shape the decision as far as possible."),
            _l("Decide together and publish each decision with its reason."),
        ),
        Level(
            5,
            _l("Decide"),
            _l("Empower"),
            _l("We will carry out what you decide."),
            _l("Carry out the result by the date promised."),
        ),
    )
}

STAGES = {
    "informed": _l("Be informed"),
    "views": _l("Give views"),
    "needs": _l("Raise problems and needs"),
    "solutions": _l("Seek solutions"),
    "decide": _l("Decide"),
    "act": _l("Act"),
    "monitor": _l("Monitor and evaluate"),
    "benefit": _l("Share the benefits"),
}
"""The eight openings for taking part named by seed 000, section 2."""

LEGAL_BASES = {
    "constitution_77": _l("Constitution 2017, section 77"),
    "constitution_58": _l("Constitution 2017, section 58"),
    "pm_regulation_2548": _l("Prime Minister's Office Regulation on public hearings 2005"),
    "law_drafting_2562": _l("Law Drafting and Evaluation Act 2019"),
    "decree_2546": _l("Royal Decree on good governance 2003"),
    "agency_own": _l("The agency's own decision"),
}
"""Grounds an issue may name (domain.md, 2.2); a binding vote is the agency's own promise."""

ANNUL_REASONS = {
    "project_stopped": _l("The project was stopped"),
    "law_changed": _l("The law or the plan changed"),
    "merged": _l("It was merged with another issue"),
    "mistake": _l("It was published by mistake"),
    "emergency": _l("An emergency made it impossible"),
}
"""Why an agency may end an issue without an answer; shown to everyone."""
