"""The tables of comments, by what they hold."""

from app.activities.comments.models.comments import MOST_CHARACTERS, Comment
from app.activities.comments.models.editions import Edition
from app.activities.comments.models.files import Attachment
from app.activities.comments.models.imports import ImportedRow
from app.activities.comments.models.moderation import ACTS, Appeal, Flag, Moderated
from app.activities.comments.models.supports import Support
from app.activities.comments.models.themes import Theme, Told
from app.activities.comments.models.threads import COUNTS, Question, Tally, Thread
from app.activities.comments.models.words import Word

__all__ = [
    "ACTS",
    "COUNTS",
    "MOST_CHARACTERS",
    "Appeal",
    "Attachment",
    "Comment",
    "Edition",
    "Flag",
    "ImportedRow",
    "Moderated",
    "Question",
    "Support",
    "Tally",
    "Theme",
    "Thread",
    "Told",
    "Word",
]
