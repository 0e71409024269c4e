"""This room's part of the hearing report: how people were told, who was asked, who came and who stayed away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flask import url_for

from app.agencies.sectors import SECTORS
from app.i18n import _l
from app.issues.kinds import ActivityView
from app.issues.queries import IssueView
from app.issues.reporting import Missing, Told
from app.outreach import queries
from app.outreach.codes import ANSWERS, CHANNELS, KNOWN_BY
from app.outreach.turnout import Turnout

CLAUSE_11 = _l("Prime Minister's Office Regulation on Public Hearings B.E. 2548 (2005), clause 11")


def tell(issue: IssueView, activities: Sequence[ActivityView]) -> Told:
    """Channels with their reach, and the turnout by sector."""
    announcements = queries.announcements_of(issue.id)
    turnout = queries.turnout_of(issue, activities)
    return Told(
        "outreach/_report.html",
        {
            "announcements": announcements,
            "turnout": turnout,
            "channels": CHANNELS,
            "known_by": KNOWN_BY,
            "answers": ANSWERS,
            "sectors": SECTORS,
        },
        list(_missing(issue, announcements, turnout)),
    )


def _missing(
    issue: IssueView, announcements: Sequence[queries.AnnouncementView], turnout: Turnout
) -> Iterator[Missing]:
    office = url_for("outreach.office", issue_id=issue.id)
    if not any(not one.now.taken_back for one in announcements):
        yield Missing(_l("How people were told of it"), CLAUSE_11, "M", office)
    for code in turnout.unreached:
        words = _l("A sector the issue names was never reached: %(sector)s", sector=SECTORS[code])
        yield Missing(words, CLAUSE_11, "M", office)
