"""What room panels writes into the ledger.

The subject of everything about a person is the activity, and what citizens do carries the day alone: an
application, a seat and a farewell cannot be told to be the same person's. Drafts are sealed, erasures too.
"""

from app.i18n import _l
from app.ledger.facts import Fact

PREPARED = Fact(
    "panels.panel.prepared",
    _l("A panel and its seats were prepared"),
    data=frozenset({"groups", "seats", "content"}),
    visibility="sealed",
)

RECEIVED = Fact(
    "panels.application.received",
    _l("A citizen applied for a seat"),
    exhibit="folded",
    precision="day",
)
WITHDRAWN = Fact(
    "panels.application.withdrawn",
    _l("A citizen took an application back"),
    precision="day",
)
DECLINED = Fact(
    "panels.application.declined",
    _l("An application was declined, and its author told why"),
)

SEATED = Fact(
    "panels.member.seated",
    _l("A member was given a seat"),
    data=frozenset({"sector"}),
    exhibit="folded",
    demonstrates=("panel_roster",),
)
LEFT = Fact("panels.member.left", _l("A member left the panel"), precision="day")
ENDED = Fact("panels.member.ended", _l("The agency ended a membership, for a stated reason"))
NAME_CHOSEN = Fact(
    "panels.member.name_chosen",
    _l("A member chose whether their name is shown"),
    precision="day",
)
NAME_REMOVED = Fact(
    "panels.member.name_removed",
    _l("The agency took a representative's name off the pages"),
    precision="day",
)
ERASED = Fact(
    "panels.person.erased",
    _l("A person was taken out of a panel at their wish"),
    visibility="sealed",
    precision="day",
)

_MEETING = frozenset({"day", "content"})
CALLED = Fact(
    "panels.meeting.called",
    _l("A meeting was called, and the members were invited"),
    data=_MEETING,
    exhibit="folded",
    demonstrates=("invitation_log",),
)
CHANGED = Fact(
    "panels.meeting.changed",
    _l("A meeting that had been called was changed"),
    data=_MEETING,
)
CANCELLED = Fact("panels.meeting.cancelled", _l("A meeting was cancelled, for a stated reason"))
ATTENDED = Fact(
    "panels.attendance.recorded",
    _l("It was noted who came to a meeting"),
    data=frozenset({"came", "members"}),
    visibility="sealed",
)

MINUTES_DRAFTED = Fact(
    "panels.minutes.drafted",
    _l("Minutes were drafted"),
    data=frozenset({"version", "content"}),
    visibility="sealed",
)
MINUTES_ADOPTED = Fact(
    "panels.minutes.adopted",
    _l("Minutes of a meeting were adopted (version %(version)s); %(came)s of %(members)s members came"),
    data=frozenset({"version", "came", "members", "content"}),
    exhibit="each",
    demonstrates=("minutes", "minutes_with_attendance"),
    tells="minutes",
)

_DECISION = frozenset({"verdict", "due_on", "revision", "source", "content", "evidence_kind"})
"""`evidence_kind` names what a decision speaks for besides: a joint decision where the agency decides
together with people (level 4), a traced option where it answers what people had said."""
DECISION_MADE = Fact(
    "panels.decision.made",
    _l("A panel decided, with the reason"),
    data=_DECISION,
    exhibit="each",
    demonstrates=("decision_log", "reasons_recorded"),
    tells="decision",
)
DECISION_REVISED = Fact(
    "panels.decision.revised",
    _l("A panel's decision was revised (revision %(revision)s), with the reason"),
    data=_DECISION,
    exhibit="each",
    demonstrates=("decision_log", "reasons_recorded"),
    tells="decision",
)
