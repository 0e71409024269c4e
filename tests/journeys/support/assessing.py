"""Self-assessments and evaluations for the stage, at every step."""

from __future__ import annotations

from app.assessment import service as assessment
from app.assessment.evidence import broken_rules
from app.assessment.models import Assessment
from app.assessment.rubric import DEFAULT, rubric
from app.awards import service as awards
from app.awards.models import Review
from app.core.clock import now
from app.core.db import db, transaction
from app.evidence.queries import exhibits
from app.i18n.dates import local_day
from app.identity.viewer import Viewer
from app.site.demo.acts import Scene


def assess(here: Scene) -> None:
    """One self-assessment unsubmitted; evaluations with a task to do, with a result to release, released."""
    year = local_day(now()).year + 543
    with transaction():
        _self_assessment(here, "province", year + 1, submit=False)
        released = db.session.query(Review.id).scalar()
        awards.release_result(review_id=released, actor=here.people["committee"].acting("awards.decide"))
    for back, scored in ((0, True), (1, False)):
        with transaction():
            written = _self_assessment(here, "town", year - back, submit=True)
            admin = here.people["admin"].acting("awards.assign")
            review = awards.open_review(assessment_id=written.id, actor=admin)
            evaluator = here.people["evaluator"]
            task = awards.assign_evaluator(
                review_id=review.id, person_id=evaluator.person_id or 0, actor=admin
            )
            if scored:
                _score(task.id, evaluator)


def _self_assessment(here: Scene, agency: str, year: int, *, submit: bool) -> Assessment:
    agency_id = here.agencies[agency]
    officer = here.holder("officer", agency)
    actor = officer.acting("assessment.write", agency_id)
    written = assessment.open_assessment(agency_id=agency_id, year=year, actor=actor)
    period = (written.period_from, written.period_to)
    found = exhibits(agency_id=agency_id, limit=50)
    chosen = [view.id for view in found if not broken_rules(rubric(*DEFAULT), period, view)][:2]
    for item in rubric(*DEFAULT).items[: None if submit else 3]:
        assessment.score_item(
            assessment_id=written.id,
            item=item.code,
            score=3,
            reason="ทำแล้วตามแผน",
            exhibit_ids=chosen,
            actor=actor,
        )
    if submit:
        executive = here.holder("executive", agency)
        actor = executive.acting("assessment.submit", agency_id)
        assessment.submit_assessment(assessment_id=written.id, actor=actor)
    return written


def _score(task_id: int, evaluator: Viewer) -> None:
    actor = evaluator.acting("awards.score")
    for item in rubric(*DEFAULT).items:
        awards.score_item(assignment_id=task_id, item=item.code, score=4, reason="ตรวจแล้ว", actor=actor)
    awards.submit_scores(assignment_id=task_id, actor=actor)
