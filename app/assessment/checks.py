"""What `verify` compares here: submitted self-assessments with the entries that say they were submitted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from app.assessment.facts import SUBMITTED
from app.assessment.models import Assessment, LinkedExhibit, SelfScore
from app.core.db import db
from app.evidence.models import Exhibit
from app.ledger.compare import Comparison, FrozenRow, compare_frozen, data_said, object_in, raw, text_of

ROWS, SCORES, LINKS = Assessment.__table__, SelfScore.__table__, LinkedExhibit.__table__


def check() -> Comparison:
    """Compare every submitted self-assessment with its entry, then the rows that pages show with what was frozen."""
    query = select(
        ROWS.c.id,
        ROWS.c.year,
        ROWS.c.agency_id,
        ROWS.c.period_from,
        ROWS.c.period_to,
        raw(ROWS.c.frozen).label("frozen"),
        raw(ROWS.c.digest).label("digest"),
    ).where(ROWS.c.submitted_at.is_not(None))
    submitted = db.session.execute(query.order_by(ROWS.c.id)).all()
    frozen = [FrozenRow(f"assessment/{row.id}", row.frozen, row.digest) for row in submitted]
    faults = [*compare_frozen(frozen, data_said(SUBMITTED))]
    for row in submitted:
        faults += _differing(row)
    return Comparison("assessment", len(submitted), tuple(faults))


def _differing(row: Any) -> Iterator[str]:
    """Which parts of a submitted self-assessment no longer read as they were frozen."""
    content = object_in(row.frozen)
    period = [row.period_from.isoformat(), row.period_to.isoformat()]
    if [content.get(key) for key in ("agency", "year", "period")] != [row.agency_id, row.year, period]:
        yield f"assessment/{row.id}: agency, year or period differ from what was frozen"
    items = content.get("items")
    then: dict[str, Any] = items if isinstance(items, dict) else {}
    today = _items_of(row.id)
    for code in sorted(set(then) | set(today)):
        if then.get(code) is None or today.get(code) != _plain(then[code]):
            yield f"assessment/{row.id} item {code}: score, reason or exhibits differ from what was frozen"


def _items_of(assessment_id: int) -> dict[str, tuple[Any, ...]]:
    """Item → score, reason and exhibit numbers as the tables hold them."""
    numbers: dict[str, list[int]] = {}
    for item, number in db.session.execute(
        select(LINKS.c.item, Exhibit.number)
        .join(Exhibit, Exhibit.id == LINKS.c.exhibit_id)
        .where(LINKS.c.assessment_id == assessment_id)
    ):
        numbers.setdefault(item, []).append(number)
    rows = db.session.execute(
        select(SCORES.c.item, SCORES.c.score, raw(SCORES.c.reason)).where(
            SCORES.c.assessment_id == assessment_id
        )
    )
    return {item: (score, text_of(reason), sorted(numbers.get(item, []))) for item, score, reason in rows}


def _plain(item: Any) -> tuple[Any, ...] | None:
    """A frozen item in the same form; None for what is none."""
    try:
        return item["score"], item["reason"], sorted(exhibit["number"] for exhibit in item["exhibits"])
    except (KeyError, TypeError):
        return None
