"""What room forums writes into the ledger.

The subject of everything about a person is the session, and what people do carries the day alone, so that no two
entries can be told to be the same person's. Who came is told in counts; numbers under 5 are left out. Drafts, single
arrivals and erasures are sealed. Pictures are named by a digest and never attached: the ledger's files stay readable,
and a picture whose people no longer agree must not.
"""

from app.i18n import _l
from app.ledger.facts import Fact

PREPARED = Fact(
    "forums.forum.prepared",
    _l("A forum was prepared"),
    data=frozenset({"form", "content"}),
    visibility="sealed",
)

_SESSION = frozenset({"day", "mode", "seats", "sequence", "content"})
SESSION_PREPARED = Fact(
    "forums.session.prepared",
    _l("A session was prepared"),
    data=_SESSION,
    visibility="sealed",
)
ANNOUNCED = Fact(
    "forums.session.announced",
    _l("A session was announced"),
    data=_SESSION,
    exhibit="folded",
    demonstrates=("notice",),
)
MOVED = Fact(
    "forums.session.moved",
    _l("An announced session was moved to another time or place, and those registered were told"),
    data=_SESSION | {"changed"},
    tells="moved",
)
CHANGED = Fact(
    "forums.session.changed",
    _l("An announced session was changed, and those registered were told"),
    data=_SESSION | {"changed"},
)
CANCELLED = Fact(
    "forums.session.cancelled",
    _l("A session was cancelled for a stated reason, and those registered were told"),
    data=frozenset({"day"}),
    tells="called_off",
)

_MATERIAL = frozenset({"session", "content"})
MATERIAL_PREPARED = Fact(
    "forums.material.prepared",
    _l("A file for a session was prepared, or taken away"),
    data=_MATERIAL,
    visibility="sealed",
)
MATERIAL_ADDED = Fact(
    "forums.material.added",
    _l("A file was put with a session"),
    data=_MATERIAL,
    exhibit="folded",
    demonstrates=("publication_log",),
)
MATERIAL_REMOVED = Fact("forums.material.removed", _l("A file was taken away from a session"), data=_MATERIAL)

RECEIVED = Fact(
    "forums.registration.received",
    _l("A citizen registered for a session"),
    exhibit="folded",
    precision="day",
)
WITHDRAWN = Fact(
    "forums.registration.withdrawn",
    _l("A citizen cancelled a registration"),
    precision="day",
)
MOVED_UP = Fact(
    "forums.registration.moved_up",
    _l("Somebody moved up from the waiting list to a seat"),
    precision="day",
)
ERASED = Fact(
    "forums.person.erased",
    _l("A person was taken out of a forum at their wish"),
    visibility="sealed",
    precision="day",
)
NEEDS_ERASED = Fact(
    "forums.needs.erased",
    _l("What people had said they need was erased after a session"),
    data=frozenset({"people"}),
    visibility="sealed",
    precision="day",
)

_CAME = frozenset({"came"})
ARRIVED = Fact(
    "forums.arrival.noted",
    _l("It was noted who came to a session"),
    data=_CAME,
    visibility="sealed",
    precision="day",
)
UNDONE = Fact(
    "forums.arrival.undone",
    _l("A mistake in the list of who came was put right"),
    data=_CAME,
    visibility="sealed",
    precision="day",
)
COUNTED = Fact(
    "forums.attendance.counted",
    _l("It was counted how many came to a session, by sector"),
    data=frozenset({"came", "sectors"}),
    exhibit="each",
    demonstrates=("turnout_by_sector", "forum_record"),
)

MINUTES_DRAFTED = Fact(
    "forums.minutes.drafted",
    _l("Minutes of a session were drafted"),
    data=frozenset({"version", "content"}),
    visibility="sealed",
)
MINUTES_PUBLISHED = Fact(
    "forums.minutes.published",
    _l("Minutes of a session were published (version %(version)s)"),
    data=frozenset({"version", "points", "content"}),
    exhibit="each",
    demonstrates=("minutes", "forum_record"),
    tells="minutes",
)

_PHOTO = frozenset({"content"})
PHOTO_SHOWN = Fact(
    "forums.photo.shown",
    _l("A picture of a session was shown, with the consent of those in it"),
    data=_PHOTO,
)
PHOTO_WITHDRAWN = Fact("forums.photo.withdrawn", _l("A picture of a session was withdrawn"), data=_PHOTO)
