"""A panel: its seats by group, who applied, who sits, when it met, what was minuted and decided.

The tables hold together by themselves: an application's group and a meeting's members are those of its
own panel, a group never has more members than seats, and a person sits on a panel once.
"""

from app.activities.panels.models.columns import (
    LINE,
    MINUTES,
    MOST_SEATS,
    NAME,
    PASSAGE,
    REASON,
    WAITING,
    Line,
)
from app.activities.panels.models.meetings import Attachment, Attendance, Decision, Meeting, Minutes
from app.activities.panels.models.seats import Application, Member, Panel, SeatGroup

__all__ = [
    "LINE",
    "MINUTES",
    "MOST_SEATS",
    "NAME",
    "PASSAGE",
    "REASON",
    "WAITING",
    "Application",
    "Attachment",
    "Attendance",
    "Decision",
    "Line",
    "Meeting",
    "Member",
    "Minutes",
    "Panel",
    "SeatGroup",
]
