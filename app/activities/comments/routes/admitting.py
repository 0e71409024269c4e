"""The moderator: admitting or refusing what came without an account."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.activities.comments import queries, service
from app.activities.comments.forms import AdmitForm
from app.activities.comments.models import Comment
from app.activities.comments.routes.blueprint import at_work, bp
from app.core.errors import NotFound
from app.identity.permissions import requires
from app.identity.viewer import current_viewer
from app.web.once import once


@bp.route("/<int:activity_id>/admit/<int:comment_id>", methods=["GET", "POST"])
@requires("comments.moderate")
def admit(activity_id: int, comment_id: int) -> ResponseReturnValue:
    """Read a comment sent without an account, and admit or refuse it."""
    viewer, form = current_viewer(), AdmitForm()
    page_of = at_work(activity_id, comment_id, "comments.moderate")
    if not page_of["comment"].unverified:
        raise NotFound

    def page() -> str:
        return render_template(
            "comments/admit.html", form=form, files=queries.files_of(comment_id), **page_of
        )

    def act() -> Comment:
        if form.decision.data == "refuse":
            reason = str(form.reason.data)
            return service.refuse_comment(comment_id=comment_id, viewer=viewer, reason=reason)
        return service.admit_comment(comment_id=comment_id, viewer=viewer)

    if request.method == "GET":
        return page()
    return once(
        form,
        "comments.admit",
        act=act,
        to=lambda _done: url_for("comments.manage", activity_id=activity_id, show="pending"),
        again=page,
    )
