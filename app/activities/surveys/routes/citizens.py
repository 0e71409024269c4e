"""Doors of a person with an account: reading a survey, answering it, and its results."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from app.activities.surveys import queries
from app.activities.surveys.hiding import shown_total
from app.activities.surveys.respondent import person
from app.activities.surveys.routes import answering
from app.activities.surveys.routes.answering import Way
from app.activities.surveys.routes.blueprint import bp
from app.activities.surveys.service import KIND_CODE
from app.identity.permissions import public, requires
from app.identity.viewer import current_viewer
from app.issues.queries import visible_activity


@bp.get("/<int:activity_id>")
@public
def show(activity_id: int) -> str:
    """What is asked, until when, and how many have answered."""
    viewer = current_viewer()
    activity, issue = visible_activity(activity_id, KIND_CODE, viewer)
    survey = queries.questionnaire(activity_id)
    draft = queries.draft_of(activity_id, person(viewer)) if viewer.signed_in else None
    return render_template(
        "surveys/show.html",
        activity=activity,
        issue=issue,
        survey=survey,
        people=shown_total(survey.responses),
        draft=draft,
        answered_on=queries.answered_on(activity_id, viewer.person_id) if viewer.signed_in else None,
    )


@bp.get("/<int:activity_id>/answer")
@requires("surveys.answer")
def answer(activity_id: int) -> str:
    """A page of the questions as a form."""
    return answering.show_page(_way(activity_id))


@bp.post("/<int:activity_id>/answer")
@requires("surveys.answer")
def submit(activity_id: int) -> ResponseReturnValue:
    """Save a page."""
    return answering.save(_way(activity_id))


@bp.get("/<int:activity_id>/check")
@requires("surveys.answer")
def check(activity_id: int) -> ResponseReturnValue:
    """Check before sending."""
    return answering.check(_way(activity_id))


@bp.post("/<int:activity_id>/check")
@requires("surveys.answer")
def send(activity_id: int) -> ResponseReturnValue:
    """Send the answers."""
    return answering.send(_way(activity_id))


@bp.get("/<int:activity_id>/thanks")
@requires("surveys.answer")
def thanks(activity_id: int) -> ResponseReturnValue:
    """The answers have arrived."""
    return answering.thanks(_way(activity_id))


@bp.get("/<int:activity_id>/mine")
@requires("surveys.answer")
def mine(activity_id: int) -> ResponseReturnValue:
    """A copy of one's own answers."""
    return answering.copy(_way(activity_id))


@bp.get("/<int:activity_id>/mine.txt")
@requires("surveys.answer")
def mine_text(activity_id: int) -> ResponseReturnValue:
    """The same as a file."""
    return answering.copy_text(_way(activity_id))


@bp.post("/<int:activity_id>/correct")
@requires("surveys.answer")
def correct(activity_id: int) -> ResponseReturnValue:
    """Begin to change the answers sent."""
    return answering.correct(_way(activity_id))


def _way(activity_id: int) -> Way:
    return Way(activity_id, person(current_viewer()))
