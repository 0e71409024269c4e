"""One's own comments: what became of them, changing one, taking one back, what it said before."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.activities.comments import queries, service
from app.activities.comments.forms import EditForm, WithdrawForm
from app.activities.comments.forms.shared import seen
from app.activities.comments.forms.writing import ANONYMOUS, NAMED
from app.activities.comments.mails import appeal_token
from app.activities.comments.models import Comment
from app.activities.comments.render import language_of
from app.activities.comments.routes.blueprint import bp
from app.activities.comments.service import KIND_CODE
from app.identity.permissions import requires
from app.identity.viewer import current_viewer
from app.issues.queries import activity_view, visible_activity
from app.web.once import once
from app.web.pages import row_id


@bp.get("/mine")
@requires("comments.submit")
def mine() -> str:
    """The viewer's comments: what was answered, what was hidden and why."""
    before = row_id("before")
    page = queries.own_comments(current_viewer().person_id or 0, before)
    return render_template(
        "comments/mine.html",
        page=page,
        appeals=queries.appeals_on([row.id for row in page.rows if row.hidden_at]),
        appeal_token=appeal_token,
        before=before,
        language_of=language_of,
        is_open=lambda row: activity_view(row.Activity, row.Issue).state == "open",
    )


@bp.route("/<int:activity_id>/edit/<int:comment_id>", methods=["GET", "POST"])
@requires("comments.submit")
def edit(activity_id: int, comment_id: int) -> ResponseReturnValue:
    """Change one's own comment while people may still comment."""
    viewer, own = current_viewer(), _own(activity_id, comment_id)
    form = EditForm(obj=own["comment"], signer=viewer.name)
    if request.method == "GET":
        form.signed.data = NAMED if own["comment"].name else ANONYMOUS

    def page() -> str:
        comment = queries.comment_in(activity_id, comment_id)
        if form.form_errors:  # What another window wrote is on the page now.
            form.edits.data = str(comment.edits)
        asked = queries.asked_in(activity_id)
        form.offer([])
        return render_template(
            "comments/edit.html",
            form=form,
            thread=asked.thread,
            editions=queries.editions_of(comment_id),
            **{**own, "comment": comment},
        )

    if request.method == "GET":
        return page()
    return once(
        form,
        "comments.edit",
        act=lambda: service.edit_comment(
            comment_id=comment_id,
            viewer=viewer,
            content=form.content(),
            edits=seen(form.edits.data),
        ),
        to=lambda done: url_for("comments.mine") + f"#comment-{done.id}",
        again=page,
    )


@bp.route("/<int:activity_id>/withdraw/<int:comment_id>", methods=["GET", "POST"])
@requires("comments.submit")
def withdraw(activity_id: int, comment_id: int) -> ResponseReturnValue:
    """Take one's own comment back, after asking."""
    viewer, form, own = current_viewer(), WithdrawForm(), _own(activity_id, comment_id)

    def page() -> str:
        return render_template("comments/withdraw.html", form=form, **own)

    if request.method == "GET":
        return page()
    return once(
        form,
        "comments.withdraw",
        act=lambda: service.withdraw_comment(comment_id=comment_id, viewer=viewer),
        to=lambda _done: url_for("comments.mine"),
        again=page,
    )


def _own(activity_id: int, comment_id: int) -> dict[str, Any]:
    viewer = current_viewer()
    comment: Comment = queries.own_comment(comment_id, viewer.person_id)
    activity, issue = visible_activity(activity_id, KIND_CODE, viewer)
    queries.comment_in(activity_id, comment_id)
    return {"comment": comment, "activity": activity, "issue": issue}
