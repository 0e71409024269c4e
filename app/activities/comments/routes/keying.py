"""The officer: keying in what somebody said at a meeting, on paper, by letter or telephone."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.activities.comments import queries, service
from app.activities.comments.attachments import ACCEPT, MOST_FILES
from app.activities.comments.forms import KeyInForm
from app.activities.comments.queries.similar import same_text, similar_to
from app.activities.comments.routes.blueprint import bp
from app.activities.comments.service import KIND_CODE
from app.identity.permissions import check, requires
from app.identity.viewer import current_viewer
from app.issues.queries import issue_with_activities, own_activity
from app.web.once import once
from app.web.pages import row_id

PERMISSION = "comments.key_in"


@bp.route("/<int:activity_id>/key-in", methods=["GET", "POST"])
@requires(PERMISSION)
def key_in(activity_id: int) -> ResponseReturnValue:
    """The form; on the way, a page that names what may be the same comment keyed in before."""
    viewer, form = current_viewer(), KeyInForm()
    activity, issue = own_activity(activity_id, KIND_CODE, PERMISSION, viewer)
    check(PERMISSION, issue.agency_id)

    def page(template: str = "comments/key_in.html", **more: object) -> str:
        asked = queries.asked_in(activity_id)
        _issue, activities = issue_with_activities(issue.id)
        form.offer([question for question, _number in asked.questions])
        form.offer_origins([one for one in activities if one.id != activity_id])
        return render_template(
            template,
            form=form,
            activity=activity,
            issue=issue,
            asked=asked,
            thread=asked.thread,
            accept=ACCEPT,
            most=MOST_FILES,
            done=row_id("done"),
            **more,
        )

    if request.method == "GET":
        return page()
    kept = form.keep_files()
    step = request.form.get("step")
    if step == "edit":
        return page()
    if not form.validate() or not kept:
        return page(), 422
    if step == "check":
        body = str(form.body.data)
        same = same_text(activity_id, body)
        return page(
            "comments/key_in_check.html", same=same, similar=() if same else similar_to(activity_id, body)
        )
    return once(
        form,
        "comments.key_in",
        act=lambda: service.key_in_comment(
            activity_id=activity_id, viewer=viewer, content=form.content(), arrival=form.arrival()
        ),
        to=lambda comment: url_for("comments.key_in", activity_id=activity_id, done=comment.id),
        again=page,
    )
