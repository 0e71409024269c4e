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
from app.activities.comments.queries.moderating import (
    LISTS,
    appeal_on,
    appeals_of,
    appeals_on,
    moderated_by_month,
    moderators_list,
    of_agencies,
    open_flags_on,
    waiting_for,
)
from app.activities.comments.queries.office import QUEUES, desk, queue
from app.activities.comments.queries.own import editions_of, marks_of, own_comment, own_comments
from app.activities.comments.queries.single import comment_in, file_in, files_of, files_on
from app.activities.comments.queries.threads import (
    Asked,
    asked_in,
    empty_thread,
    question_in,
    thread_of,
)

__all__ = [
    "LISTS",
    "NEWEST",
    "PAGE",
    "QUEUES",
    "SORTS",
    "Asked",
    "Filter",
    "Newest",
    "Page",
    "appeal_on",
    "appeals_of",
    "appeals_on",
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
    "moderated_by_month",
    "moderators_list",
    "newest_of",
    "of_agencies",
    "open_flags_on",
    "own_comment",
    "own_comments",
    "question_in",
    "queue",
    "replies_page",
    "replies_to",
    "thread_of",
    "waiting_for",
]
