"""Reading forums: one statement a question, however many sessions or people there are."""

from app.activities.forums.queries.after import (
    minutes_of,
    newest_version,
    photo_in,
    photos_of,
)
from app.activities.forums.queries.people import (
    Listed,
    listed,
    own_live,
    own_registrations,
    registration_by_token,
    registration_of,
    registrations,
)
from app.activities.forums.queries.sessions import (
    Counts,
    counts_of,
    desk,
    forum_of,
    material_in,
    materials_of,
    session_in,
    sessions_of,
)

__all__ = [
    "Counts",
    "Listed",
    "counts_of",
    "desk",
    "forum_of",
    "listed",
    "material_in",
    "materials_of",
    "minutes_of",
    "newest_version",
    "own_live",
    "own_registrations",
    "photo_in",
    "photos_of",
    "registration_by_token",
    "registration_of",
    "registrations",
    "session_in",
    "sessions_of",
]
