"""What `verify` compares here: released results with the entries that say they were released."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import select

from app.assessment.models import Assessment
from app.awards.facts import RESULT_RELEASED, REVIEW_OPENED
from app.awards.models import Assignment, Review, Score
from app.core.db import db
from app.ledger.compare import Comparison, FrozenRow, compare_frozen, data_said, object_in, raw, text_of

ROWS = Review.__table__


def check() -> Comparison:
    """Compare every released result with its entry, its band and its scores; every review with what it reviews."""
    said = data_said(RESULT_RELEASED)
    query = select(
        ROWS.c.id,
        ROWS.c.assessment_id,
        raw(ROWS.c.outcome).label("outcome"),
        raw(ROWS.c.digest).label("digest"),
        raw(ROWS.c.band).label("band"),
    ).where(ROWS.c.released_at.is_not(None))
    released = db.session.execute(query.order_by(ROWS.c.id)).all()
    frozen = [FrozenRow(f"review/{row.id}", row.outcome, row.digest) for row in released]
    faults = [*compare_frozen(frozen, said)]
    for row in released:
        faults += _differing(row, said.get(f"review/{row.id}", {}))
    faults += _reviewing_something_else()
    return Comparison("awards", len(released), tuple(faults))


def _differing(row: Any, said: Mapping[str, Any]) -> Iterator[str]:
    """Where band, self-assessment or scores no longer agree with what was released."""
    content = object_in(row.outcome)
    band = text_of(row.band) if row.band is not None else None
    if band != content.get("band") or (band or "none") != said.get("band"):
        yield f"review/{row.id}: the band is {band}, {content.get('band')} was released"
    if not row.assessment_id == content.get("assessment") == said.get("assessment"):
        yield f"review/{row.id}: points to another self-assessment than the one released"
    if _given(row.id) != _given_then(content):
        yield f"review/{row.id}: the evaluators' scores differ from those released"


def _given(review_id: int) -> list[dict[str, int]]:
    """Item → score of each evaluator who has submitted, in the order of their tasks."""
    rows = db.session.execute(
        select(Assignment.id, Score.item, Score.score)
        .join(Score, Score.assignment_id == Assignment.id)
        .where(Assignment.review_id == review_id, Assignment.submitted_at.is_not(None))
        .order_by(Assignment.id)
    )
    given: dict[int, dict[str, int]] = {}
    for task, item, score in rows:
        given.setdefault(task, {})[item] = score
    return list(given.values())


def _given_then(content: Mapping[str, Any]) -> list[dict[str, int]] | None:
    """The same from the released outcome; None where it cannot be read."""
    try:
        return [
            {
                code: line["given"]
                for criterion in sheet["criteria"].values()
                for code, line in criterion["items"].items()
            }
            for sheet in content["sheets"]
        ]
    except (KeyError, TypeError, AttributeError):
        return None


def _reviewing_something_else() -> Iterator[str]:
    """Reviews whose self-assessment is no longer the one they were opened for."""
    opened = data_said(REVIEW_OPENED)
    rows = db.session.execute(
        select(Review.id, Review.assessment_id, raw(Assessment.__table__.c.digest))
        .join(Assessment, Assessment.id == Review.assessment_id)
        .order_by(Review.id)
    )
    for review_id, assessment_id, digest in rows:
        then = opened.get(f"review/{review_id}")
        now = {"assessment": assessment_id, "digest": text_of(digest or b"")}
        if then != now:
            yield f"review/{review_id}: was opened for another self-assessment, or for another content of it"
