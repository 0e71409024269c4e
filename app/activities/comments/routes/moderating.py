"""The moderator: hiding a comment, showing it again."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.activities.comments import service
from app.activities.comments.forms import HideForm, ShowAgainForm
from app.activities.comments.forms.shared import seen
from app.activities.comments.routes.blueprint import at_work, bp
from app.identity.permissions import requires
from app.identity.viewer import current_viewer
from app.web.once import once


@bp.route("/<int:activity_id>/hide/<int:comment_id>", methods=["GET", "POST"])
@requires("comments.moderate")
def hide(activity_id: int, comment_id: int) -> ResponseReturnValue:
    """Take a comment from view, for a reason its author is told."""
    viewer, form = current_viewer(), HideForm()
    page_of = at_work(activity_id, comment_id, "comments.moderate")
    read = seen(form.edits.data)

    def page() -> str:
        form.edits.data = str(page_of["comment"].edits)  # The words on the page are those of now.
        return render_template("comments/hide.html", form=form, **page_of)

    if request.method == "GET":
        return page()
    return once(
        form,
        "comments.hide",
        act=lambda: service.hide_comment(
            comment_id=comment_id,
            viewer=viewer,
            reason=str(form.reason.data),
            note=str(form.note.data),
            edits=read,
        ),
        to=lambda _done: url_for("comments.manage", activity_id=activity_id, show="hidden"),
        again=page,
    )


@bp.route("/<int:activity_id>/unhide/<int:comment_id>", methods=["GET", "POST"])
@requires("comments.moderate")
def unhide(activity_id: int, comment_id: int) -> ResponseReturnValue:
    """Show a hidden comment again."""
    viewer, form = current_viewer(), ShowAgainForm()
    page_of = at_work(activity_id, comment_id, "comments.moderate")

    def page() -> str:
        return render_template("comments/unhide.html", form=form, **page_of)

    if request.method == "GET":
        return page()
    return once(
        form,
        "comments.unhide",
        act=lambda: service.show_again(comment_id=comment_id, viewer=viewer),
        to=lambda _done: url_for("comments.manage", activity_id=activity_id, show="all"),
        again=page,
    )
