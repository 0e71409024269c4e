"""Reading self-assessments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from app.agencies.models import Agency
from app.assessment.models import Assessment, SelfScore
from app.assessment.rubric import Item
from app.core.db import db
from app.core.errors import NotFound
from app.evidence.queries import ExhibitView, exhibits
from app.i18n.bilingual import Bilingual

MOST_EXHIBITS = 2_000


@dataclass(frozen=True)
class AssessmentRow:
    """A line in a list of self-assessments."""

    id: int
    agency_id: int
    agency: Bilingual
    year: int
    scored: int
    submitted_at: Any


def own_assessment(assessment_id: int, viewer_agencies: Sequence[int]) -> tuple[Assessment, Agency]:
    """A self-assessment of one of these agencies; raises `NotFound` for any other."""
    row = db.session.execute(
        select(Assessment, Agency)
        .join(Agency, Agency.id == Assessment.agency_id)
        .where(Assessment.id == assessment_id, Assessment.agency_id.in_(viewer_agencies))
    ).one_or_none()
    if row is None:
        raise NotFound
    return row.Assessment, row.Agency


def assessments_of(agency_ids: Sequence[int]) -> list[AssessmentRow]:
    """The self-assessments of these agencies, newest year first."""
    rows = db.session.execute(
        select(Assessment, Agency.name_th, Agency.name_en, func.count(SelfScore.item))
        .join(Agency, Agency.id == Assessment.agency_id)
        .outerjoin(SelfScore, SelfScore.assessment_id == Assessment.id)
        .where(Assessment.agency_id.in_(agency_ids))
        .group_by(Assessment.id, Agency.id)
        .order_by(Assessment.year.desc(), Assessment.id)
    )
    return [
        AssessmentRow(
            row[0].id, row[0].agency_id, Bilingual(row[1], row[2]), row[0].year, row[3], row[0].submitted_at
        )
        for row in rows
    ]


def scores_of(assessment_id: int) -> dict[str, SelfScore]:
    """Item code → the agency's score."""
    rows = db.session.scalars(select(SelfScore).where(SelfScore.assessment_id == assessment_id))
    return {row.item: row for row in rows}


def exhibits_for(
    agency_id: int, item: Item, chosen: Sequence[int]
) -> tuple[list[ExhibitView], list[ExhibitView]]:
    """The agency's exhibits in two lists: those that may speak for the item or are chosen, and the rest."""
    everything = exhibits(agency_id=agency_id, limit=MOST_EXHIBITS)
    suggested = [e for e in everything if e.id in chosen or item.kinds & set(e.demonstrates)]
    rest = [e for e in everything if e not in suggested]
    return suggested, rest
