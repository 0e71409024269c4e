"""Reading self-assessments."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import func, select

from app.agencies.models import Agency
from app.assessment.models import Assessment, SelfScore
from app.assessment.rubric import Item
from app.core.db import db
from app.core.errors import NotFound
from app.evidence.queries import PAGE, ExhibitView, exhibits, exhibits_by_id
from app.i18n.bilingual import Bilingual


@dataclass(frozen=True)
class AssessmentRow:
    """A line in a list of self-assessments."""

    id: int
    agency_id: int
    agency: Bilingual
    year: int
    scored: int
    submitted_at: Any


@dataclass(frozen=True)
class Shelf:
    """A page of exhibits, and the number after which the next one begins (None: this is the last)."""

    exhibits: list[ExhibitView]
    next: int | None
    first: bool

    @classmethod
    def of(cls, found: list[ExhibitView], after: int) -> Shelf:
        """From what `exhibits` returned: one more than a page where another follows."""
        shown = found[:PAGE]
        return cls(shown, shown[-1].number if len(found) > PAGE else None, after == 0)


@dataclass(frozen=True)
class Offer:
    """The exhibits an officer may link to an item."""

    chosen: list[ExhibitView]
    suggested: Shelf
    rest: Shelf

    @property
    def all(self) -> list[ExhibitView]:
        return [*self.chosen, *self.suggested.exhibits, *self.rest.exhibits]


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
    assessment: Assessment,
    item: Item,
    chosen: Collection[int],
    *,
    suggested_after: int = 0,
    rest_after: int = 0,
) -> Offer:
    """What an officer may link to an item: what is chosen, what may speak for the item, and the rest.

    The last two hold only what is dated in the assessed period, a page each from an exhibit's number on. Three
    statements, however many exhibits the agency has.
    """
    own = [view for view in exhibits_by_id(chosen) if view.agency_id == assessment.agency_id]
    offered = partial(
        exhibits, agency_id=assessment.agency_id, period=assessment.period, besides=[view.id for view in own]
    )
    return Offer(
        own,
        Shelf.of(offered(asked=item.evidence, after=suggested_after), suggested_after),
        Shelf.of(offered(unasked=item.evidence, after=rest_after), rest_after),
    )
