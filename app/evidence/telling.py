"""This room's part of the hearing report: the numbered exhibits that prove what it says."""

from __future__ import annotations

from collections.abc import Sequence

from app.evidence import queries
from app.issues.kinds import ActivityView
from app.issues.queries import IssueView
from app.issues.reporting import Told

MOST = 200
"""Exhibits listed; the page of the issue's evidence has the rest."""


def tell(issue: IssueView, activities: Sequence[ActivityView]) -> Told:
    """The issue's exhibits by number: one statement."""
    found = queries.exhibits(issue_id=issue.id, limit=MOST)
    return Told(
        "evidence/_report.html",
        {"exhibits": found[:MOST], "more": len(found) > MOST, "issue": issue},
    )
