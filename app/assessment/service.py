"""Writing and submitting a self-assessment."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

import rfc8785
from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from app.assessment.evidence import Period, check_period, refuse_broken, whole_year
from app.assessment.facts import ITEM_SCORED, OPENED, SUBMITTED
from app.assessment.models import Assessment, LinkedExhibit, SelfScore
from app.assessment.rubric import DEFAULT, Rubric, rubric
from app.core.clock import now
from app.core.db import db, lock
from app.core.errors import DomainError
from app.evidence.queries import exhibits_by_id
from app.i18n import _l
from app.ledger.facts import Actor, Place
from app.ledger.record import record


def open_assessment(*, agency_id: int, year: int, period: Period | None = None, actor: Actor) -> Assessment:
    """Begin an agency's self-assessment of a year (Buddhist era) by the default rubric.

    `period` holds the first and the last day from which evidence counts: the whole year unless said otherwise.
    Raises `DomainError` for a second one of the year, or for a period that is not of that year.
    """
    first, last = period or whole_year(year)
    check_period(year, (first, last))
    code, version = DEFAULT
    assessment = Assessment(
        agency_id=agency_id,
        year=year,
        period_from=first,
        period_to=last,
        rubric_code=code,
        rubric_version=version,
        opened_at=now(),
    )
    db.session.add(assessment)
    try:
        db.session.flush()
    except IntegrityError as error:
        raise DomainError(_l("There is already a self-assessment for this year."), "year") from error
    record(
        OPENED,
        subject=f"assessment/{assessment.id}",
        actor=actor,
        place=Place.agency(agency_id),
        data={
            "year": year,
            "rubric": code,
            "version": version,
            "period_from": first.isoformat(),
            "period_to": last.isoformat(),
        },
    )
    return assessment


def score_item(
    *, assessment_id: int, item: str, score: int, reason: str, exhibit_ids: Sequence[int], actor: Actor
) -> SelfScore:
    """Score one item with its reason and the chosen exhibits, replacing what was there.

    Raises `DomainError` after submission, for an unknown item, for another agency's exhibit, or for one that
    breaks the rubric's rules of evidence.
    """
    assessment = _held_draft(assessment_id)
    if item not in {known.code for known in rubric_of(assessment).items}:
        raise DomainError(_l("This item is not in the rubric."))
    _refuse_exhibits(assessment, exhibit_ids)
    written = db.session.merge(
        SelfScore(assessment_id=assessment_id, item=item, score=score, reason=reason, written_at=now())
    )
    _link(assessment_id, item, exhibit_ids)
    db.session.flush()
    record(
        ITEM_SCORED,
        subject=f"assessment/{assessment_id}",
        actor=actor,
        place=Place.agency(assessment.agency_id),
        data={"item": item, "score": score, "exhibits": sorted(exhibit_ids)},
        private={"reason": reason},
    )
    return written


def submit_assessment(*, assessment_id: int, actor: Actor) -> Assessment:
    """Freeze the whole self-assessment with a digest; raises `DomainError` while an item is unscored."""
    assessment = _held_draft(assessment_id)
    content = content_of(assessment)
    missing = [item.code for item in rubric_of(assessment).items if item.code not in content["items"]]
    if missing:
        raise DomainError(_l("Score these items first: %(items)s", items=", ".join(missing)))
    linked = [ident for ids in linked_exhibits(assessment_id).values() for ident in ids]
    refuse_broken(rubric_of(assessment), assessment.period, exhibits_by_id(linked))
    frozen = rfc8785.dumps(content)
    assessment.frozen, assessment.digest = frozen.decode(), hashlib.sha256(frozen).hexdigest()
    assessment.submitted_at = now()
    db.session.flush()
    record(
        SUBMITTED,
        subject=f"assessment/{assessment_id}",
        actor=actor,
        place=Place.agency(assessment.agency_id),
        data={
            "year": assessment.year,
            "rubric": assessment.rubric_code,
            "version": assessment.rubric_version,
            "digest": assessment.digest,
        },
    )
    return assessment


def content_of(assessment: Assessment) -> dict[str, Any]:
    """Everything a self-assessment says: what is frozen at submission and shown to evaluators."""
    scores = db.session.scalars(select(SelfScore).where(SelfScore.assessment_id == assessment.id)).all()
    links = linked_exhibits(assessment.id)
    told = {
        view.id: {"number": view.number, "entry": view.entry_id, "digest": view.digest_now}
        for view in exhibits_by_id({i for ids in links.values() for i in ids})
    }
    return {
        "agency": assessment.agency_id,
        "year": assessment.year,
        "period": [day.isoformat() for day in assessment.period],
        "rubric": {"code": assessment.rubric_code, "version": assessment.rubric_version},
        "items": {
            row.item: {
                "score": row.score,
                "reason": row.reason,
                "exhibits": [told[i] for i in links.get(row.item, []) if i in told],
            }
            for row in scores
        },
    }


def linked_exhibits(assessment_id: int) -> dict[str, list[int]]:
    """Item → exhibits chosen for it."""
    rows = db.session.execute(
        select(LinkedExhibit.item, LinkedExhibit.exhibit_id)
        .where(LinkedExhibit.assessment_id == assessment_id)
        .order_by(LinkedExhibit.exhibit_id)
    )
    found: dict[str, list[int]] = {}
    for item, exhibit_id in rows:
        found.setdefault(item, []).append(exhibit_id)
    return found


def rubric_of(assessment: Assessment) -> Rubric:
    """The rubric version an assessment is written against."""
    return rubric(assessment.rubric_code, assessment.rubric_version)


def _held_draft(assessment_id: int) -> Assessment:
    assessment = lock(Assessment, assessment_id)
    if assessment.submitted_at is not None:
        raise DomainError(_l("This self-assessment has been submitted and can no longer be changed."))
    return assessment


def _refuse_exhibits(assessment: Assessment, exhibit_ids: Sequence[int]) -> None:
    own = [view for view in exhibits_by_id(exhibit_ids) if view.agency_id == assessment.agency_id]
    if {view.id for view in own} != set(exhibit_ids):
        raise DomainError(_l("Choose exhibits of your own agency."), "exhibits")
    refuse_broken(rubric_of(assessment), assessment.period, own)


def _link(assessment_id: int, item: str, exhibit_ids: Sequence[int]) -> None:
    db.session.execute(
        delete(LinkedExhibit).where(LinkedExhibit.assessment_id == assessment_id, LinkedExhibit.item == item)
    )
    db.session.add_all(
        LinkedExhibit(assessment_id=assessment_id, item=item, exhibit_id=i) for i in sorted(set(exhibit_ids))
    )
