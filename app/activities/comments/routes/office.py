"""The office: what waits, answering, hiding and showing again, wording the question."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.activities.comments import queries, service
from app.activities.comments.codes import VERDICT_HINTS
from app.activities.comments.forms import AnswerForm, HideForm, QuestionForm, ShowAgainForm
from app.activities.comments.render import language_of
from app.activities.comments.routes.blueprint import bp
from app.activities.comments.service import KIND_CODE
from app.i18n import _l
from app.identity.permissions import requires
from app.identity.viewer import current_viewer
from app.issues.queries import own_activity
from app.web.nav import NavItem, announce
from app.web.once import once
from app.web.pages import row_id

announce(NavItem(_l("Issues"), _l("Comments to answer"), "comments.desk", "comments.manage", order=30))


@bp.get("/desk")
@requires("comments.manage")
def desk() -> str:
    """The office's comment activities with what waits in each."""
    rows = queries.desk(current_viewer().agencies("comments.manage"))
    return render_template("comments/desk.html", rows=rows)


@bp.get("/<int:activity_id>/manage")
@requires("comments.manage")
def manage(activity_id: int) -> str:
    """The comments of an activity as the office works through them."""
    viewer = current_viewer()
    activity, issue = own_activity(activity_id, KIND_CODE, "comments.manage", viewer)
    name = request.args.get("show", "")
    queue = name if name in queries.QUEUES else "waiting"
    return render_template(
        "comments/manage.html",
        activity=activity,
        issue=issue,
        thread=queries.thread_of(activity_id),
        page=queries.queue(activity_id, queue, row_id("after")),
        queue=queue,
        done=row_id("done"),
        language_of=language_of,
        may_answer=viewer.may("comments.answer", issue.agency_id),
        may_moderate=viewer.may("comments.moderate", issue.agency_id),
    )


@bp.route("/<int:activity_id>/answer/<int:comment_id>", methods=["GET", "POST"])
@requires("comments.answer")
def answer(activity_id: int, comment_id: int) -> ResponseReturnValue:
    """Give the agency's answer to a comment, or replace it."""
    viewer = current_viewer()
    at_work = _at_work(activity_id, comment_id, "comments.answer")
    form = AnswerForm(obj=at_work["comment"])

    def page() -> str:
        if form.form_errors:  # A colleague was faster: what they wrote is on the page now.
            form.revision.data = str(at_work["comment"].revision)
        return render_template("comments/answer.html", form=form, hints=VERDICT_HINTS, **at_work)

    if request.method == "GET":
        return page()
    return once(
        form,
        "comments.answer",
        act=lambda: service.answer_comment(
            comment_id=comment_id,
            viewer=viewer,
            verdict=str(form.verdict.data),
            reason_th=str(form.reason_th.data),
            reason_en=form.reason_en.data or None,
            due_on=form.day,
            revision=form.seen,
        ),
        to=lambda done: url_for("comments.manage", activity_id=activity_id, done=done.id),
        again=page,
    )


@bp.route("/<int:activity_id>/hide/<int:comment_id>", methods=["GET", "POST"])
@requires("comments.moderate")
def hide(activity_id: int, comment_id: int) -> ResponseReturnValue:
    """Take a comment from view, for a reason its author is told."""
    viewer, form = current_viewer(), HideForm()
    at_work = _at_work(activity_id, comment_id, "comments.moderate")

    def page() -> str:
        return render_template("comments/hide.html", form=form, **at_work)

    if request.method == "GET":
        return page()
    return once(
        form,
        "comments.hide",
        act=lambda: service.hide_comment(
            comment_id=comment_id, viewer=viewer, reason=str(form.reason.data), note=str(form.note.data)
        ),
        to=lambda _done: url_for("comments.manage", activity_id=activity_id, show="hidden"),
        again=page,
    )


@bp.route("/<int:activity_id>/unhide/<int:comment_id>", methods=["GET", "POST"])
@requires("comments.moderate")
def unhide(activity_id: int, comment_id: int) -> ResponseReturnValue:
    """Show a hidden comment again."""
    viewer, form = current_viewer(), ShowAgainForm()
    at_work = _at_work(activity_id, comment_id, "comments.moderate")

    def page() -> str:
        return render_template("comments/unhide.html", form=form, **at_work)

    if request.method == "GET":
        return page()
    return once(
        form,
        "comments.unhide",
        act=lambda: service.show_again(comment_id=comment_id, viewer=viewer),
        to=lambda _done: url_for("comments.manage", activity_id=activity_id, show="all"),
        again=page,
    )


@bp.route("/<int:activity_id>/setup", methods=["GET", "POST"])
@requires("comments.prepare")
def setup(activity_id: int) -> ResponseReturnValue:
    """Word the question people are asked, before the comments open."""
    viewer = current_viewer()
    activity, issue = own_activity(activity_id, KIND_CODE, "comments.prepare", viewer)
    form = QuestionForm(obj=queries.thread_of(activity_id))

    def page() -> str:
        return render_template("comments/setup.html", form=form, activity=activity, issue=issue)

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
        ),
        to=lambda _thread: url_for("issues.prepare", issue_id=issue.id),
        again=page,
    )


def _at_work(activity_id: int, comment_id: int, permission: str) -> dict[str, Any]:
    """A comment with its activity and issue, for an office page; another agency's does not exist."""
    activity, issue = own_activity(activity_id, KIND_CODE, permission, current_viewer())
    comment = queries.comment_in(activity_id, comment_id)
    return {"activity": activity, "issue": issue, "comment": comment}
