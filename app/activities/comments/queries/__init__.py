"""Reading comments: stored HTML by keyset, one statement a list, whatever its length."""

from app.activities.comments.queries.lists import (
    NEWEST,
    PAGE,
    SORTS,
    Filter,
    Newest,
    Page,
    comments_page,
    newest_of,
    replies_page,
    replies_to,
)
from app.activities.comments.queries.office import QUEUES, desk, queue
from app.activities.comments.queries.own import editions_of, marks_of, own_comment, own_comments
from app.activities.comments.queries.single import comment_in, file_in, files_of, files_on
from app.activities.comments.queries.themes import Sieve, members, theme_in, theme_of, themes_in, ungrouped
from app.activities.comments.queries.threads import (
    Asked,
    asked_in,
    empty_thread,
    question_in,
    thread_of,
)

__all__ = [
    "NEWEST",
    "PAGE",
    "QUEUES",
    "SORTS",
    "Asked",
    "Filter",
    "Newest",
    "Page",
    "Sieve",
    "asked_in",
    "comment_in",
    "comments_page",
    "desk",
    "editions_of",
    "empty_thread",
    "file_in",
    "files_of",
    "files_on",
    "marks_of",
    "members",
    "newest_of",
    "own_comment",
    "own_comments",
    "question_in",
    "queue",
    "replies_page",
    "replies_to",
    "theme_in",
    "theme_of",
    "themes_in",
    "thread_of",
    "ungrouped",
]
