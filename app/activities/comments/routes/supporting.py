"""Supporting a comment: a button in the list, a page of its own for who is not signed in yet."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.activities.comments import queries, service
from app.activities.comments.forms import SupportForm
from app.activities.comments.forms.shared import seen
from app.activities.comments.routes.blueprint import bp
from app.activities.comments.service import KIND_CODE
from app.core.db import begin_write, db
from app.core.errors import DomainError
from app.identity.permissions import requires
from app.identity.sessions import safe_next
from app.identity.viewer import current_viewer
from app.issues.queries import visible_activity


@bp.get("/<int:activity_id>/support/<int:comment_id>")
@requires("comments.submit")
def support(activity_id: int, comment_id: int) -> str:
    """The comment with the button: where signing in leads back to."""
    return _page(activity_id, comment_id, SupportForm())


@bp.post("/<int:activity_id>/support/<int:comment_id>")
@requires("comments.submit")
def toggle(activity_id: int, comment_id: int) -> ResponseReturnValue:
    """Give the support or take it back. Not `once`: what is wanted is said, so twice changes nothing."""
    form, viewer = SupportForm(), current_viewer()
    begin_write()
    try:
        if request.form.get("want") == "no":
            found = service.take_back_support(comment_id=comment_id, viewer=viewer)
        else:
            read = seen(form.edits.data) if form.edits.data else None
            found = service.give_support(comment_id=comment_id, viewer=viewer, edits=read)
    except DomainError as error:
        db.session.rollback()
        form.blame(error)
        return _page(activity_id, comment_id, form), 422
    back = safe_next(request.form.get("back")) or url_for("comments.show", activity_id=found)
    return redirect(f"{back.partition('#')[0]}#comment-{comment_id}", 303)


def _page(activity_id: int, comment_id: int, form: SupportForm) -> str:
    viewer = current_viewer()
    activity, issue = visible_activity(activity_id, KIND_CODE, viewer)
    comment = queries.comment_in(activity_id, comment_id)
    return render_template(
        "comments/support.html",
        form=form,
        activity=activity,
        issue=issue,
        comment=comment,
        mine=comment.person_id == viewer.person_id,
        supported=comment_id in queries.marks_of(viewer.person_id, [comment_id]).supported,
    )
