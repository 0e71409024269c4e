"""The office: what waits, and answering it."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.activities.comments import queries, service
from app.activities.comments.codes import VERDICT_HINTS
from app.activities.comments.forms import LedToForm
from app.activities.comments.render import language_of
from app.activities.comments.routes.blueprint import at_work, bp
from app.activities.comments.service import KIND_CODE
from app.i18n import _l
from app.identity.permissions import requires
from app.identity.viewer import current_viewer
from app.issues.queries import own_activity
from app.issues.told import outcomes_in
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
        may_key_in=viewer.may("comments.key_in", issue.agency_id) and issue.closed_at is None,
    )


@bp.route("/<int:activity_id>/answer/<int:comment_id>", methods=["GET", "POST"])
@requires("comments.answer")
def answer(activity_id: int, comment_id: int) -> ResponseReturnValue:
    """Give the agency's answer to a comment, or replace it."""
    viewer = current_viewer()
    page_of = at_work(activity_id, comment_id, "comments.answer")
    form = LedToForm(obj=page_of["comment"])
    form.offer(outcomes_in(page_of["issue"].id))

    def page() -> str:
        if form.form_errors:  # A colleague or the author was faster: what they wrote is on the page now.
            form.revision.data = str(page_of["comment"].revision)
            form.edits.data = str(page_of["comment"].edits)
        return render_template("comments/answer.html", form=form, hints=VERDICT_HINTS, **page_of)

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
            edits=form.read,
            outcome=form.outcome.data or None,
        ),
        to=lambda done: url_for("comments.manage", activity_id=activity_id, done=done.id),
        again=page,
    )


@bp.get("/<int:activity_id>/history/<int:comment_id>")
@requires("comments.manage")
def history(activity_id: int, comment_id: int) -> str:
    """What a comment said before its author changed it."""
    page_of = at_work(activity_id, comment_id, "comments.manage")
    return render_template("comments/history.html", editions=queries.editions_of(comment_id), **page_of)
