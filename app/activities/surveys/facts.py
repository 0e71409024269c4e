"""What room surveys writes into the ledger.

An answer's entry says that somebody answered, on which day, and which questionnaire it was; the answers
stand behind a commitment. The subject is the response alone, so no two entries lead to the same citizen: a
correction's subject is the correction. `content` is the digest of the questionnaire, its version.
"""

from app.i18n import _l
from app.ledger.facts import Fact

_CONTENT = frozenset({"change", "questions", "content"})
_ANSWERED = frozenset({"content", "evidence_kind", "channel"})

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
    data=_ANSWERED,
    exhibit="folded",
    demonstrates=("survey_result",),
    precision="day",
)
CORRECTED = Fact(
    "surveys.response.corrected",
    _l("A citizen corrected their answers before the survey closed"),
    data=frozenset({"content"}),
    precision="day",
)
ERASED = Fact(
    "surveys.response.erased",
    _l("A person was taken out of a survey at their wish"),
    visibility="sealed",
    precision="day",
)
LINKS_MADE = Fact(
    "surveys.links.made",
    _l("Links to the survey were made: %(number)s"),
    data=frozenset({"number"}),
    visibility="sealed",
)
POPULATION_STATED = Fact(
    "surveys.population.stated",
    _l("The population was stated that answers to question %(question)s are compared with"),
    data=frozenset({"question", "year", "categories"}),
)
KEYED = Fact(
    "surveys.sheet.keyed",
    _l("A paper questionnaire was keyed in"),
    data=frozenset({"sheet"}),
    visibility="sealed",
)
DECIDED = Fact(
    "surveys.sheet.decided",
    _l("Two readings of a paper questionnaire differed in %(differences)s answers; a third look decided"),
    data=frozenset({"differences"}),
    precision="day",
)
