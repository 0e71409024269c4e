"""Reading reviews: tasks of an evaluator, what the committee sees, what was awarded."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import and_, func, select

from app.agencies.models import Agency
from app.assessment.models import Assessment
from app.awards.models import Assignment, Review, Score
from app.core.db import db
from app.core.errors import NotFound
from app.core.text import sort_key
from app.evidence.queries import ExhibitView, exhibits_numbered
from app.i18n import Lazy, _l
from app.i18n.bilingual import Bilingual
from app.identity.models import Person, RoleGrant

AWARDS_2554 = Path(__file__).parent / "data" / "awards-2554.json"


@dataclass(frozen=True)
class Task:
    """An evaluator's task, with how far it has come."""

    id: int
    review_id: int
    agency: Bilingual
    year: int
    scored: int
    submitted_at: datetime | None
    released_at: datetime | None


@dataclass(frozen=True)
class ReviewRow:
    """A review as the committee and the programme list it; `review_id` None while it is not open."""

    assessment_id: int
    review_id: int | None
    agency: Bilingual
    year: int
    digest: str
    evaluators: int
    submitted: int
    released_at: datetime | None
    band: str | None


def tasks_of(person_id: int) -> list[Task]:
    """An evaluator's tasks, unfinished first."""
    rows = db.session.execute(
        select(
            Assignment,
            Review.released_at,
            Assessment.year,
            Agency.name_th,
            Agency.name_en,
            func.count(Score.item),
        )
        .join(Review, Review.id == Assignment.review_id)
        .join(Assessment, Assessment.id == Review.assessment_id)
        .join(Agency, Agency.id == Assessment.agency_id)
        .outerjoin(Score, Score.assignment_id == Assignment.id)
        .where(Assignment.person_id == person_id)
        .group_by(Assignment.id, Review.id, Assessment.id, Agency.id)
        .order_by(Assignment.submitted_at.is_not(None), Assignment.id)
    )
    return [
        Task(
            row[0].id,
            row[0].review_id,
            Bilingual(row[3], row[4]),
            row[2],
            row[5],
            row[0].submitted_at,
            row[1],
        )
        for row in rows
    ]


def task_to_finish(person_id: int) -> Lazy | None:
    """What an evaluator is told who would leave with a task unfinished; None when nothing waits for them."""
    waiting = (Assignment.person_id == person_id, Assignment.submitted_at.is_(None))
    unreleased = (Review.id == Assignment.review_id, Review.released_at.is_(None))
    if (
        db.session.scalar(select(Assignment.id).join(Review, and_(*unreleased)).where(*waiting).limit(1))
        is None
    ):
        return None
    return _l(
        "An evaluation waits for your scores. Submit them, or ask a programme administrator to relieve you."
    )


def own_task(assignment_id: int, person_id: int) -> tuple[Assignment, Assessment, Agency]:
    """An evaluator's own task; raises `NotFound` for anybody else's."""
    row = db.session.execute(
        select(Assignment, Assessment, Agency)
        .join(Review, Review.id == Assignment.review_id)
        .join(Assessment, Assessment.id == Review.assessment_id)
        .join(Agency, Agency.id == Assessment.agency_id)
        .where(Assignment.id == assignment_id, Assignment.person_id == person_id)
    ).one_or_none()
    if row is None:
        raise NotFound
    return row.Assignment, row.Assessment, row.Agency


def review_rows(*, released_only: bool = False) -> list[ReviewRow]:
    """Submitted self-assessments with their reviews, newest first."""
    query = (
        select(
            Assessment,
            Review.id,
            Review.released_at,
            Review.band,
            Agency.name_th,
            Agency.name_en,
            func.count(Assignment.id),
            func.count(Assignment.submitted_at),
        )
        .join(Agency, Agency.id == Assessment.agency_id)
        .outerjoin(Review, Review.assessment_id == Assessment.id)
        .outerjoin(Assignment, Assignment.review_id == Review.id)
        .where(Assessment.submitted_at.is_not(None))
        .group_by(Assessment.id, Review.id, Agency.id)
        .order_by(Assessment.submitted_at.desc(), Assessment.id.desc())
    )
    if released_only:
        query = query.where(Review.released_at.is_not(None))
    return [
        ReviewRow(r[0].id, r[1], Bilingual(r[4], r[5]), r[0].year, r[0].digest or "", r[6], r[7], r[2], r[3])
        for r in db.session.execute(query)
    ]


def review_with_agency(review_id: int) -> tuple[Review, Assessment, Agency]:
    """A review with its self-assessment and agency; raises `NotFound`."""
    row = db.session.execute(
        select(Review, Assessment, Agency)
        .join(Assessment, Assessment.id == Review.assessment_id)
        .join(Agency, Agency.id == Assessment.agency_id)
        .where(Review.id == review_id)
    ).one_or_none()
    if row is None:
        raise NotFound
    return row.Review, row.Assessment, row.Agency


def assigned_people(review_id: int) -> Sequence[tuple[Assignment, str]]:
    """The evaluators of a review with their names."""
    rows = db.session.execute(
        select(Assignment, Person.name)
        .join(Person, Person.id == Assignment.person_id)
        .where(Assignment.review_id == review_id)
        .order_by(Assignment.id)
    )
    return [(row[0], row[1]) for row in rows]


def evaluators() -> list[tuple[int, str]]:
    """Everyone who holds the evaluator's role, by name."""
    rows = db.session.execute(
        select(Person.id, Person.name)
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .where(RoleGrant.role == "evaluator", RoleGrant.ended_at.is_(None))
    )
    return sorted(((row.id, row.name) for row in rows), key=lambda pair: (sort_key(pair[1]), pair[0]))


def exhibits_of_item(assessment: Assessment, item: Mapping[str, Any]) -> list[tuple[ExhibitView, bool]]:
    """The exhibits the agency linked to an item, each with whether it has grown since the submission froze it."""
    frozen = {linked["number"]: linked["digest"] for linked in item["exhibits"]}
    found = exhibits_numbered(assessment.agency_id, frozen)
    return [(e, e.digest_now != frozen[e.number]) for e in found]


@lru_cache(maxsize=1)
def awards_2554() -> dict[str, Any]:
    """The published result of B.E. 2554: 18 provinces in three bands (seed 000, section 3.1)."""
    return dict(json.loads(AWARDS_2554.read_text(encoding="utf-8")))
