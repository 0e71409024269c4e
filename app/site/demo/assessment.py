"""The self-assessment with the evidence that is really there, and the two evaluators' scores; nothing is released."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, or_, select

from app.assessment import service as assessing
from app.assessment.evidence import Period, broken_rules
from app.assessment.rubric import DEFAULT, rubric
from app.awards import service as awarding
from app.core.db import db
from app.evidence.models import Document, Exhibit
from app.evidence.queries import exhibits_by_id
from app.i18n.dates import BUDDHIST_ERA
from app.site.demo.acts import Act, Scene
from app.site.demo.content import Part, read

WRITTEN_BEFORE, REVIEWED_AFTER, SCORED_BEFORE = timedelta(days=1), timedelta(days=1), timedelta(hours=1)
"""When a self-assessment is written before it is signed, when its review opens, how long scoring takes."""

Ids = dict[str, int]


def assessment_acts(scene: Scene) -> Iterator[Act]:
    """From the first item to the last evaluator's scores."""
    content, cycle = read("flood-wall.self-assessment.json"), read("cycle.json")
    submitted = scene.calendar.moment(content["submitted"])
    ids: Ids = {}
    yield Act(submitted - WRITTEN_BEFORE, partial(_write, scene, content, ids))
    yield Act(submitted, partial(_submit, scene, content, ids))
    (application,) = cycle["applications"]
    yield Act(submitted + REVIEWED_AFTER, partial(_open_review, scene, application, ids))
    for evaluation in read("flood-wall.evaluations.json")["evaluations"]:
        at = scene.calendar.moment(evaluation["submitted"])
        yield Act(at - SCORED_BEFORE, partial(_score, scene, evaluation, ids))
        yield Act(at, partial(_submit_scores, scene, evaluation, ids))


def _write(scene: Scene, content: dict[str, Any], ids: Ids) -> None:
    agency_id = scene.agencies[content["agency"]]
    actor = scene.people[content["by"]].acting("assessment.write", agency_id)
    period = _period(scene)
    ids["assessment"] = assessing.open_assessment(
        agency_id=agency_id, year=period[1].year + BUDDHIST_ERA, period=period, actor=actor
    ).id
    for item in content["items"]:
        assessing.score_item(
            assessment_id=ids["assessment"],
            item=item["item"],
            score=item["score"],
            reason=item["reason"]["th"],
            exhibit_ids=_exhibits(scene, content, item),
            actor=actor,
        )


def _exhibits(scene: Scene, content: Part, item: Part) -> list[int]:
    """What there is of the evidence an item names, each exhibit once, as far as it is of the period."""
    found = {ident for part in item["evidence"] for ident in _matching(scene, content["issue"], part)}
    default, period = rubric(*DEFAULT), _period(scene)
    return sorted(view.id for view in exhibits_by_id(found) if not broken_rules(default, period, view))


def _period(scene: Scene) -> Period:
    """The days of the cycle: evidence counts from the first to the last of them."""
    days = read("cycle.json")["period"]
    return scene.calendar.day(days["from"]), scene.calendar.day(days["to"])


def _matching(scene: Scene, issue: str, part: Part) -> Iterator[int]:
    """A document by its title; of an activity, or of the issue as a whole, what demonstrates these kinds."""
    of_issue = Exhibit.issue_id == scene.issues[issue]
    if "document" in part:
        title = _document_title(issue, part["document"])
        query = select(Exhibit.id).join(Document, Document.id == Exhibit.document_id)
        yield from db.session.scalars(query.where(of_issue, Document.title_th == title))
        return
    own: ColumnElement[bool] = or_(
        Exhibit.activity_id == scene.activities[part["activity"]], Exhibit.activity_id.is_(None)
    )
    rows = db.session.execute(
        select(Exhibit.id, Exhibit.demonstrates).where(of_issue, own, Exhibit.document_id.is_(None))
    )
    yield from (ident for ident, shown in rows if set(part["kinds"]) & set(shown))


def _document_title(issue: str, key: str) -> str:
    documents = read(f"{issue}.documents.json")["documents"]
    title: str = next(document["title"]["th"] for document in documents if document["key"] == key)
    return title


def _submit(scene: Scene, content: Part, ids: Ids) -> None:
    signer = scene.people[content["signed_by"]]
    actor = signer.acting("assessment.submit", scene.agencies[content["agency"]])
    assessing.submit_assessment(assessment_id=ids["assessment"], actor=actor)


def _open_review(scene: Scene, application: Part, ids: Ids) -> None:
    """Open the evaluation and give each evaluator the task."""
    actor = scene.people["admin"].acting("awards.assign")
    review = awarding.open_review(assessment_id=ids["assessment"], actor=actor)
    for evaluator in application["evaluators"]:
        person_id = scene.people[evaluator].person_id
        assert person_id is not None
        task = awarding.assign_evaluator(review_id=review.id, person_id=person_id, actor=actor)
        ids[evaluator] = task.id


def _score(scene: Scene, evaluation: Part, ids: Ids) -> None:
    for row in evaluation["scores"]:
        awarding.score_item(
            assignment_id=ids[evaluation["by"]],
            item=row["item"],
            score=row["score"],
            reason=row["reason"]["th"],
            actor=scene.people[evaluation["by"]].acting("awards.score"),
        )


def _submit_scores(scene: Scene, evaluation: Part, ids: Ids) -> None:
    actor = scene.people[evaluation["by"]].acting("awards.score")
    awarding.submit_scores(assignment_id=ids[evaluation["by"]], actor=actor)
