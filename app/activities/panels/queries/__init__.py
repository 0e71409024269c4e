"""Reading panels: one statement a question, however many members, meetings or decisions there are."""

from app.activities.panels.queries.meetings import (
    attendance_of,
    decision_in,
    decisions_of,
    file_in,
    files_of,
    meeting_in,
    meetings_of,
    members_at,
    minutes_of,
    sources_for,
    ticks_of,
)
from app.activities.panels.queries.office import Counts, applications, counts_of, desk
from app.activities.panels.queries.seats import (
    PanelView,
    application_in,
    former_representatives,
    member_in,
    own_applications,
    own_standing,
    panel_of,
    roster,
    sits_on,
)

__all__ = [
    "Counts",
    "PanelView",
    "application_in",
    "applications",
    "attendance_of",
    "counts_of",
    "decision_in",
    "decisions_of",
    "desk",
    "file_in",
    "files_of",
    "former_representatives",
    "meeting_in",
    "meetings_of",
    "member_in",
    "members_at",
    "minutes_of",
    "own_applications",
    "own_standing",
    "panel_of",
    "roster",
    "sits_on",
    "sources_for",
    "ticks_of",
]
