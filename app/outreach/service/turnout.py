"""Putting on record who was asked and who took part, as it stands now."""

from __future__ import annotations

from app.core.db import lock
from app.core.errors import DomainError
from app.i18n import _l
from app.identity.viewer import Viewer
from app.issues.models import Issue
from app.issues.queries import issue_place, issue_with_activities
from app.ledger.record import record
from app.outreach import facts
from app.outreach.queries import turnout_of
from app.outreach.turnout import Turnout

PERMISSION = "outreach.record"


def state_turnout(*, issue_id: int, viewer: Viewer) -> Turnout:
    """Write the numbers the public page shows into the ledger, hidden where they are hidden there.

    Raises `DomainError` before there is any.
    """
    issue = lock(Issue, issue_id, share=True)
    view, activities = issue_with_activities(issue_id)
    turnout = turnout_of(view, activities)
    if issue.published_at is None or not any(
        row.state in ("came", "stayed_away", "pending") for row in turnout.rows
    ):
        raise DomainError(_l("Nobody has been asked or has taken part yet."))
    record(
        facts.TURNOUT,
        subject=f"issue/{issue_id}",
        actor=viewer.acting(PERMISSION, issue.agency_id),
        place=issue_place(issue),
        data={
            "sectors": [row.sector for row in turnout.rows],
            "asked": [row.asked for row in turnout.rows],
            "replied": [row.replied for row in turnout.rows],
            "came": [row.came for row in turnout.rows],
        },
    )
    return turnout
