"""The officer: what a thread asks and how people may answer, set before it opens."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.activities.comments import queries, service
from app.activities.comments.codes import WHO_HINTS
from app.activities.comments.forms import QuestionForm, RemoveForm, SetupForm
from app.activities.comments.routes.blueprint import bp
from app.activities.comments.service import KIND_CODE
from app.core.errors import NotFound
from app.identity.permissions import requires
from app.identity.viewer import current_viewer
from app.issues.queries import own_activity
from app.web.once import once

PERMISSION = "comments.prepare"


@bp.route("/<int:activity_id>/setup", methods=["GET", "POST"])
@requires(PERMISSION)
def setup(activity_id: int) -> ResponseReturnValue:
    """Word the question people are asked, and say who may answer and how."""
    viewer = current_viewer()
    activity, issue = own_activity(activity_id, KIND_CODE, PERMISSION, viewer)
    asked = queries.asked_in(activity_id)
    form = SetupForm(obj=asked.thread)

    def page() -> str:
        return render_template(
            "comments/setup.html", form=form, hints=WHO_HINTS, asked=asked, activity=activity, issue=issue
        )

    if request.method == "GET":
        return page()
    return once(
        form,
        "comments.setup",
        act=lambda: service.prepare_thread(
            activity_id=activity_id,
            viewer=viewer,
            question_th=form.question_th.data or None,
            question_en=form.question_en.data or None,
            who=str(form.who.data),
            stances=bool(form.stances.data),
            files=bool(form.files.data),
        ),
        to=lambda _thread: url_for("issues.prepare", issue_id=issue.id),
        again=page,
    )


@bp.route("/<int:activity_id>/questions/add", methods=["GET", "POST"])
@requires(PERMISSION)
def ask(activity_id: int) -> ResponseReturnValue:
    """Add a question."""
    viewer, form = current_viewer(), QuestionForm()
    activity, issue = own_activity(activity_id, KIND_CODE, PERMISSION, viewer)

    def page() -> str:
        return render_template(
            "comments/question.html", form=form, question=None, activity=activity, issue=issue
        )

    if request.method == "GET":
        return page()
    return once(
        form,
        "comments.ask",
        act=lambda: service.add_question(
            activity_id=activity_id,
            viewer=viewer,
            text_th=str(form.text_th.data),
            text_en=form.text_en.data or None,
        ),
        to=lambda _question: url_for("comments.setup", activity_id=activity_id),
        again=page,
    )


@bp.route("/<int:activity_id>/questions/<int:question_id>", methods=["GET", "POST"])
@requires(PERMISSION)
def reword(activity_id: int, question_id: int) -> ResponseReturnValue:
    """Word a question anew."""
    viewer = current_viewer()
    activity, issue = own_activity(activity_id, KIND_CODE, PERMISSION, viewer)
    question = queries.question_in(activity_id, question_id)
    form = QuestionForm(obj=question)

    def page() -> str:
        return render_template(
            "comments/question.html", form=form, question=question, activity=activity, issue=issue
        )

    if request.method == "GET":
        return page()
    return once(
        form,
        "comments.reword",
        act=lambda: service.change_question(
            question_id=question_id,
            viewer=viewer,
            text_th=str(form.text_th.data),
            text_en=form.text_en.data or None,
        ),
        to=lambda _question: url_for("comments.setup", activity_id=activity_id),
        again=page,
    )


@bp.post("/<int:activity_id>/questions/<int:question_id>/remove")
@requires(PERMISSION)
def strike(activity_id: int, question_id: int) -> ResponseReturnValue:
    """Take a question out again. Sent twice, it finds nothing the second time."""
    viewer, form = current_viewer(), RemoveForm()
    back = url_for("comments.setup", activity_id=activity_id)
    activity, issue = own_activity(activity_id, KIND_CODE, PERMISSION, viewer)
    try:
        question = queries.question_in(activity_id, question_id)
    except NotFound:
        return redirect(back, 303)

    def page() -> str:
        wording = QuestionForm(formdata=None, obj=question)
        wording.form_errors.extend(form.form_errors)
        return render_template(
            "comments/question.html", form=wording, question=question, activity=activity, issue=issue
        )

    return once(
        form,
        "comments.strike",
        act=lambda: service.remove_question(question_id=question_id, viewer=viewer),
        to=lambda _activity_id: back,
        again=page,
    )
