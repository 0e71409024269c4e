"""Reading what came of a survey: results, comparisons of groups, and the answers as data."""

from __future__ import annotations

from typing import Any

from flask import render_template, request

from app.activities.surveys import comparing, queries
from app.activities.surveys.hiding import shown_total
from app.activities.surveys.questionnaire import Questionnaire
from app.activities.surveys.representation import represented
from app.activities.surveys.results import QuestionResult, median_minutes, results_of
from app.activities.surveys.routes.blueprint import bp
from app.activities.surveys.service import KIND_CODE
from app.agencies.reference import province_tiles, provinces
from app.core.errors import NotFound
from app.i18n import _
from app.identity.permissions import public
from app.identity.viewer import current_viewer
from app.issues.queries import visible_activity


@bp.get("/<int:activity_id>/results")
@public
def results(activity_id: int) -> str:
    """What people answered, once nobody can answer any more: running results sway who comes later."""
    activity, issue = visible_activity(activity_id, KIND_CODE, current_viewer())
    survey = queries.questionnaire(activity_id)
    return render_template(
        "surveys/results.html",
        activity=activity,
        issue=issue,
        survey=survey,
        people=shown_total(survey.responses),
        **outcome(survey, closed=activity.state == "closed"),
    )


@bp.get("/<int:activity_id>/compare")
@public
def compare(activity_id: int) -> str:
    """A question's answers by groups, once the survey has closed."""
    activity, issue = visible_activity(activity_id, KIND_CODE, current_viewer())
    if activity.state != "closed":
        raise NotFound
    survey = queries.questionnaire(activity_id)
    groupings = comparing.groupings(survey)
    by = next((q for q in groupings if q.id == request.args.get("by", type=int)), None)
    questions = [q for q in survey.questions if q.kind in ("single", "multiple", "scale", "matrix")]
    question = next((q for q in questions if q.id == request.args.get("question", type=int)), None)
    asked = by is not None and question is not None and by.id != question.id
    comparison = None
    if asked and by and question:
        comparison = comparing.compare(survey, queries.tallies(activity_id), question, by)
    return render_template(
        "surveys/compare.html",
        activity=activity,
        issue=issue,
        groupings=groupings,
        questions=questions,
        by=by,
        question=question,
        asked=asked,
        comparison=comparison,
    )


def outcome(survey: Questionnaire, *, closed: bool) -> dict[str, Any]:
    """What the pages of results show; nothing while people may still answer."""
    found = results_of(survey, queries.tallies(survey.activity_id)) if closed else None
    return {
        "results": found,
        "minutes": median_minutes(queries.paces(survey.activity_id)) if found else None,
        "groupings": comparing.groupings(survey),
        "tiles": {part.question.id: _tiles(part) for part in found or () if part.question.kind == "place"},
        "represented": represented(found, queries.populations(survey.activity_id)) if found else {},
        "trend": bool(found) and (survey.satisfaction or survey.repeats_id is not None),
    }


def _tiles(part: QuestionResult) -> list[dict[str, Any]]:
    """The provinces on the tile map; those with a number shown in three steps of it."""
    values = {line.choice: line.value for line in part.lines if line.choice is not None and line.value}
    most = max(values.values(), default=0)
    rows = []
    for tile in province_tiles():
        n = values.get(int(tile.code), 0)
        rank = 0 if not n else 1 if 3 * n > 2 * most else 2 if 3 * n > most else 3
        rows.append(
            {
                "x": tile.x,
                "y": tile.y,
                "abbr": tile.abbreviation,
                "name": str(provinces()[tile.code]),
                "rank": rank,
                "rank_words": _("%(n)s people", n=n) if n else "",
            }
        )
    return rows if values else []
