"""Facts of evaluation, in the programme's log: scores stay sealed, the release is public with its digest."""

from app.i18n import _l
from app.ledger.facts import Fact

REVIEW_OPENED = Fact(
    "awards.review.opened",
    _l("The evaluation of a self-assessment was opened"),
    data=frozenset({"assessment", "digest"}),
)
EVALUATOR_ASSIGNED = Fact(
    "awards.evaluator.assigned",
    _l("An evaluator was assigned"),
    data=frozenset({"evaluator"}),
    visibility="sealed",
)
EVALUATOR_RELIEVED = Fact(
    "awards.evaluator.relieved",
    _l("An evaluator was relieved of the task"),
    data=frozenset({"evaluator"}),
    visibility="sealed",
)
ITEM_SCORED = Fact(
    "awards.item.scored",
    _l("An evaluator scored an item"),
    data=frozenset({"item", "score"}),
    visibility="sealed",
)
SCORES_SUBMITTED = Fact(
    "awards.scores.submitted",
    _l("An evaluator submitted the scores"),
    visibility="sealed",
)
RESULT_RELEASED = Fact(
    "awards.result.released",
    _l("The result of an evaluation was released"),
    data=frozenset({"assessment", "band", "digest", "total_hundredths", "evaluators"}),
)
