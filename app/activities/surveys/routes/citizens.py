"""Reading a survey, answering it with a page to check the answers first, and its results."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.activities.surveys import queries, service
from app.activities.surveys.forms import ReplyForm, reply_form, send_form
from app.activities.surveys.hiding import shown_total
from app.activities.surveys.questionnaire import Questionnaire
from app.activities.surveys.results import results_of
from app.activities.surveys.routes.blueprint import bp
from app.activities.surveys.service import KIND_CODE
from app.identity.permissions import public, requires
from app.identity.viewer import current_viewer
from app.issues.queries import visible_activity
from app.web.once import once


@bp.get("/<int:activity_id>")
@public
def show(activity_id: int) -> str:
    """What is asked, until when, and how many have answered."""
    viewer = current_viewer()
    activity, issue = visible_activity(activity_id, KIND_CODE, viewer)
    survey = queries.questionnaire(activity_id)
    return render_template(
        "surveys/show.html",
        activity=activity,
        issue=issue,
        survey=survey,
        people=shown_total(survey.responses),
        answered_on=queries.answered_on(activity_id, viewer.person_id) if viewer.signed_in else None,
    )


@bp.get("/<int:activity_id>/answer")
@requires("surveys.answer")
def answer(activity_id: int) -> str:
    """The questions as a form."""
    return _form_page(activity_id, reply_form(queries.questionnaire(activity_id)))


@bp.post("/<int:activity_id>/answer")
@requires("surveys.answer")
def submit(activity_id: int) -> ResponseReturnValue:
    """What the form's buttons ask for: to check the answers, to change them, or to send them."""
    survey, step = queries.questionnaire(activity_id), request.form.get("step")
    if step == "send":
        return _send(activity_id, survey)
    form = reply_form(survey)
    if step == "edit":
        return _form_page(activity_id, form)
    if not form.validate() or not _may_send(activity_id):
        return _form_page(activity_id, form), 422
    return _check_page(activity_id, send_form(survey))


@bp.get("/<int:activity_id>/thanks")
@requires("surveys.answer")
def thanks(activity_id: int) -> ResponseReturnValue:
    """The answers have arrived, and what happens next."""
    viewer = current_viewer()
    activity, issue = visible_activity(activity_id, KIND_CODE, viewer)
    answered_on = queries.answered_on(activity_id, viewer.person_id)
    if answered_on is None:
        return redirect(url_for("surveys.show", activity_id=activity_id))
    return render_template("surveys/thanks.html", activity=activity, issue=issue, answered_on=answered_on)


@bp.get("/<int:activity_id>/results")
@public
def results(activity_id: int) -> str:
    """What people answered, once nobody can answer any more: running results sway who comes later."""
    activity, issue = visible_activity(activity_id, KIND_CODE, current_viewer())
    survey = queries.questionnaire(activity_id)
    closed = activity.state == "closed"
    return render_template(
        "surveys/results.html",
        activity=activity,
        issue=issue,
        survey=survey,
        people=shown_total(survey.responses),
        results=results_of(survey, queries.tallies(activity_id)) if closed else None,
    )


def _send(activity_id: int, survey: Questionnaire) -> ResponseReturnValue:
    form = send_form(survey)

    def again() -> str:
        only_consent_missing = not form.form_errors and set(form.errors) == {"consent"}
        return (_check_page if only_consent_missing else _form_page)(activity_id, form)

    return once(
        form,
        "surveys.submit",
        act=lambda: service.submit_response(
            activity_id=activity_id,
            viewer=current_viewer(),
            replies=form.replies,
            consent_version=form.consent.version,
        ),
        to=lambda _response: url_for("surveys.thanks", activity_id=activity_id),
        again=again,
    )


def _form_page(activity_id: int, form: ReplyForm) -> str:
    """The form, or the friendly word that this person has answered already."""
    viewer = current_viewer()
    activity, issue = visible_activity(activity_id, KIND_CODE, viewer)
    answered_on = queries.answered_on(activity_id, viewer.person_id)
    template = "surveys/answer.html" if answered_on is None else "surveys/answered.html"
    return render_template(
        template, form=form, survey=form.survey, activity=activity, issue=issue, answered_on=answered_on
    )


def _check_page(activity_id: int, form: ReplyForm) -> str:
    activity, issue = visible_activity(activity_id, KIND_CODE, current_viewer())
    return render_template(
        "surveys/check.html", form=form, survey=form.survey, activity=activity, issue=issue
    )


def _may_send(activity_id: int) -> bool:
    """Ask what sending will ask, so that nobody checks answers that cannot be sent."""
    viewer = current_viewer()
    activity, _issue = visible_activity(activity_id, KIND_CODE, viewer)
    return activity.state == "open" and queries.answered_on(activity_id, viewer.person_id) is None
