"""What room surveys writes into the ledger.

An answer's entry says that somebody answered, on which day, and which questionnaire it was; the answers
stand behind a commitment. The subject is the response alone, so no two entries lead to the same citizen.
`content` is the digest of the questionnaire.
"""

from app.i18n import _l
from app.ledger.facts import Fact

_CONTENT = frozenset({"change", "questions", "content"})

PREPARED = Fact(
    "surveys.survey.prepared",
    _l("A survey was prepared"),
    data=_CONTENT,
    visibility="sealed",
)
CHANGED = Fact(
    "surveys.survey.changed",
    _l("An announced survey was changed before it opened"),
    data=_CONTENT,
)
SUBMITTED = Fact(
    "surveys.response.submitted",
    _l("A citizen answered the survey"),
    # A survey of needs or of satisfaction also speaks for that: the kind of evidence is data.
    data=frozenset({"content", "evidence_kind"}),
    exhibit="folded",
    demonstrates=("survey_result",),
    precision="day",
)
ERASED = Fact(
    "surveys.response.erased",
    _l("A person was taken out of a survey at their wish"),
    visibility="sealed",
    precision="day",
)
