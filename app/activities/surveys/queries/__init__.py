"""Reading surveys: the questionnaire in two statements, the counts in one more, words by keyset."""

from app.activities.surveys.queries.answers import (
    Page,
    Standing,
    answered_on,
    draft_and_response,
    draft_of,
    own,
    replies_of,
    response_of,
    standings,
    words_page,
)
from app.activities.surveys.queries.counts import compared, paces, populations, tallies
from app.activities.surveys.queries.desk import desk
from app.activities.surveys.queries.questions import question_in, questionnaire

__all__ = [
    "Page",
    "Standing",
    "answered_on",
    "compared",
    "desk",
    "draft_and_response",
    "draft_of",
    "own",
    "paces",
    "populations",
    "question_in",
    "questionnaire",
    "replies_of",
    "response_of",
    "standings",
    "tallies",
    "words_page",
]
