"""A forum: its sessions, who registered and came, and what remains of it.

The tables hold together by themselves: a session never has more people seated than seats, a person stands on its
list once, and minutes have one draft at a time.
"""

from app.activities.forums.models.after import Minutes, Photo
from app.activities.forums.models.columns import (
    ADDRESS,
    LINE,
    MINUTES,
    MOST_SEATS,
    NAME,
    PASSAGE,
    REASON,
    Line,
)
from app.activities.forums.models.people import Registration
from app.activities.forums.models.sessions import Forum, Material, Session

__all__ = [
    "ADDRESS",
    "LINE",
    "MINUTES",
    "MOST_SEATS",
    "NAME",
    "PASSAGE",
    "REASON",
    "Forum",
    "Line",
    "Material",
    "Minutes",
    "Photo",
    "Registration",
    "Session",
]
