"""The officer's list: the surveys of their agencies, each with where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from app.activities.surveys.hiding import shown_total
from app.activities.surveys.models import Question, Sheet, Survey
from app.core.clock import now
from app.core.db import db
from app.i18n.bilingual import Bilingual
from app.issues.models import Activity, Issue
from app.issues.windows import State, activity_state

MOST = 100


@dataclass(frozen=True)
class DeskRow:
    """One survey: whether it is open, how many it asks and has asked, and paper sheets not yet in its results."""

    id: int
    issue: Bilingual
    title: Bilingual
    state: State
    opens_at: datetime
    closes_at: datetime | None
    questions: int
    responses: int
    sheets: int

    @property
    def people(self) -> int | None:
        """How many answered, as officers too may read it: None for 1 to 4."""
        return self.responses if self.responses == 0 else shown_total(self.responses)


def desk(agency_ids: Sequence[int]) -> list[DeskRow]:
    """The newest 100 surveys of these agencies' issues: one statement."""
    questions = select(func.count()).where(Question.activity_id == Activity.id)
    sheets = select(func.count()).where(Sheet.activity_id == Activity.id, Sheet.state != "stored")
    rows = db.session.execute(
        select(
            Activity,
            Issue,
            Survey.responses,
            questions.scalar_subquery().label("questions"),
            sheets.scalar_subquery().label("sheets"),
        )
        .join(Issue, Issue.id == Activity.issue_id)
        .outerjoin(Survey, Survey.activity_id == Activity.id)
        .where(
            Activity.kind == "surveys",
            Issue.agency_id.in_(agency_ids),
            Issue.annulled_at.is_(None),
            Activity.annulled_at.is_(None),
        )
        .order_by(Activity.id.desc())
        .limit(MOST)
    ).all()
    return [
        DeskRow(
            id=row.Activity.id,
            issue=row.Issue.title,
            title=row.Activity.title,
            state=activity_state(row.Activity, row.Issue, now()),
            opens_at=row.Activity.opens_at,
            closes_at=row.Activity.closes_at,
            questions=row.questions,
            responses=row.responses or 0,
            sheets=row.sheets,
        )
        for row in rows
    ]
