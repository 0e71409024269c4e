"""The verbs of comments, the only writers of its tables, by the thing they act on.

Each changes a row, makes its HTML anew, keeps the thread's counts, and records what happened. The
counts come last, so that people who comment at the same time wait for each other as briefly as can be.
"""

from app.activities.comments.service.answers import answer_comment, answer_theme
from app.activities.comments.service.appeals import decide_appeal, last_moment, lodge_appeal
from app.activities.comments.service.bulk import moderate
from app.activities.comments.service.comments import (
    edit_comment,
    reply_to_comment,
    submit_comment,
    withdraw_comment,
)
from app.activities.comments.service.content import Content, find_passage
from app.activities.comments.service.erasing import erase
from app.activities.comments.service.keying import key_in_comment
from app.activities.comments.service.moderation import clear_flags, hide_comment, show_again
from app.activities.comments.service.shared import KIND_CODE
from app.activities.comments.service.supports import give_support, take_back_support
from app.activities.comments.service.themes import (
    make_theme,
    merge_theme,
    put_in_theme,
    remove_theme,
    rename_theme,
    take_out_of_theme,
)
from app.activities.comments.service.threads import (
    add_question,
    change_question,
    prepare_thread,
    remove_question,
)
from app.activities.comments.service.visitors import (
    admit_comment,
    forget_address,
    receive_comment,
    refuse_comment,
)

__all__ = [
    "KIND_CODE",
    "Content",
    "add_question",
    "admit_comment",
    "answer_comment",
    "answer_theme",
    "change_question",
    "clear_flags",
    "decide_appeal",
    "edit_comment",
    "erase",
    "find_passage",
    "forget_address",
    "give_support",
    "hide_comment",
    "key_in_comment",
    "last_moment",
    "lodge_appeal",
    "make_theme",
    "merge_theme",
    "moderate",
    "prepare_thread",
    "put_in_theme",
    "receive_comment",
    "refuse_comment",
    "remove_question",
    "remove_theme",
    "rename_theme",
    "reply_to_comment",
    "show_again",
    "submit_comment",
    "take_back_support",
    "take_out_of_theme",
    "withdraw_comment",
]
