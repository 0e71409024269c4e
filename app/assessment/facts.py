"""Facts of self-assessment: scores stay sealed, the submission is public with its digest."""

from app.i18n import _l
from app.ledger.facts import Fact

OPENED = Fact(
    "assessment.assessment.opened",
    _l("The agency began its self-assessment for B.E. %(year)s"),
    data=frozenset({"year", "rubric", "version", "period_from", "period_to"}),
)
ITEM_SCORED = Fact(
    "assessment.item.scored",
    _l("The agency scored an item of its self-assessment"),
    data=frozenset({"item", "score", "exhibits"}),
    visibility="sealed",
)
SUBMITTED = Fact(
    "assessment.assessment.submitted",
    _l("The agency submitted its self-assessment for B.E. %(year)s"),
    data=frozenset({"year", "rubric", "version", "digest"}),
)
