"""What became of what people said: answered issues with their commitments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select

from app.agencies.models import Agency
from app.core.clock import now
from app.core.db import db
from app.i18n.bilingual import Bilingual
from app.issues.listing import COLUMNS, PAGE, IssueRow, issue_row, shortened
from app.issues.models import Commitment, Issue, Response
from app.web.keyset import Cursor, older_than


@dataclass(frozen=True)
class Outcome:
    """An answered issue: what was said, what was decided, where its commitments stand."""

    issue: IssueRow
    heard: Bilingual
    decided: Bilingual
    commitments: int
    done: int
    next_due: date | None

    @property
    def said(self) -> Bilingual:
        return shortened(self.heard)

    @property
    def did(self) -> Bilingual:
        return shortened(self.decided)


def list_outcomes(after: Cursor | None = None, limit: int = PAGE) -> tuple[list[Outcome], Cursor | None]:
    """Answered issues, the latest answer first: two statements."""
    query = (
        select(*COLUMNS, Response)
        .select_from(Issue)
        .join(Agency, Agency.id == Issue.agency_id)
        .join(Response, Response.issue_id == Issue.id)
        .where(Response.published_at <= now(), Issue.annulled_at.is_(None))
        .order_by(Response.published_at.desc(), Issue.id.desc())
    )
    if after is not None:
        query = query.where(older_than(Response.published_at, Issue.id, after))
    found = db.session.execute(query.limit(limit + 1)).all()
    last = found[limit - 1] if len(found) > limit else None
    progress = _progress([row.id for row in found[:limit]])
    outcomes = [_outcome(row, progress.get(row.id)) for row in found[:limit]]
    return outcomes, Cursor(last.answered_at, last.id) if last else None


def _progress(issue_ids: Sequence[int]) -> Mapping[int, Any]:
    """For each issue how many commitments it has, how many are done and when the next is due."""
    query = (
        select(
            Commitment.issue_id,
            func.count().label("made"),
            func.count(Commitment.done_at).label("done"),
            func.min(Commitment.due_on).filter(Commitment.done_at.is_(None)).label("next_due"),
        )
        .where(Commitment.issue_id.in_(issue_ids))
        .group_by(Commitment.issue_id)
    )
    return {row.issue_id: row for row in db.session.execute(query)}


def _outcome(row: Any, progress: Any | None) -> Outcome:
    answer = row.Response
    return Outcome(
        issue=issue_row(row),
        heard=answer.heard,
        decided=answer.decided,
        commitments=progress.made if progress else 0,
        done=progress.done if progress else 0,
        next_due=progress.next_due if progress else None,
    )
