"""Appeals: lodged by the author through a signed link, decided by somebody who did not hide the comment."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.activities.comments import queries, service
from app.activities.comments.codes import HIDING_REASONS
from app.activities.comments.forms import AppealForm, DecideForm
from app.activities.comments.mails import comment_of_token
from app.activities.comments.models import Appeal, Comment
from app.activities.comments.routes.blueprint import at_work, bp
from app.activities.comments.service import KIND_CODE
from app.core.clock import now
from app.core.db import db
from app.core.errors import NotFound
from app.i18n import _l
from app.identity.permissions import public, requires
from app.identity.viewer import current_viewer
from app.issues.queries import activity_with_issue
from app.web.nav import NavItem, announce
from app.web.once import once

PERMISSION = "comments.decide_appeals"

announce(
    NavItem(
        _l("Issues"), _l("Appeals"), "comments.appeals", PERMISSION, order=32, within=("comments.decide",)
    )
)


@bp.route("/appeal/<token>", methods=["GET", "POST"])
@public
def appeal(token: str) -> ResponseReturnValue:
    """Ask that somebody else looks again. Whoever holds the link wrote the comment: no account is needed."""
    comment = _comment_of(token)
    activity, issue = activity_with_issue(comment.activity_id, KIND_CODE)
    form = AppealForm()
    until = service.last_moment(comment)

    def page() -> str:
        return render_template(
            "comments/appeal.html",
            form=form,
            comment=comment,
            activity=activity,
            issue=issue,
            reason=HIDING_REASONS.get(comment.hidden_reason or comment.refused_reason or ""),
            lodged=db.session.get(Appeal, comment.id),
            until=until,
            possible=until is not None and now() < until,
        )

    if request.method == "GET":
        return page()
    return once(
        form,
        "comments.appeal",
        act=lambda: service.lodge_appeal(comment_id=comment.id, words=str(form.words.data)),
        to=lambda _appeal: url_for("comments.appeal", token=token),
        again=page,
    )


@bp.get("/appeals")
@requires(PERMISSION)
def appeals() -> str:
    """The appeals that wait in the viewer's agencies; who hid a comment sees that somebody else decides."""
    viewer = current_viewer()
    rows = queries.appeals_of(viewer.agencies(PERMISSION))
    return render_template("comments/appeals.html", rows=rows, me=viewer.person_id)


@bp.route("/<int:activity_id>/decide/<int:comment_id>", methods=["GET", "POST"])
@requires(PERMISSION)
def decide(activity_id: int, comment_id: int) -> ResponseReturnValue:
    """Decide an appeal."""
    viewer, form = current_viewer(), DecideForm()
    page_of = at_work(activity_id, comment_id, PERMISSION)
    lodged = queries.appeal_on(comment_id)

    def page() -> str:
        return render_template(
            "comments/decide.html",
            form=form,
            appeal=lodged,
            reasons=HIDING_REASONS,
            me=viewer.person_id,
            **page_of,
        )

    if request.method == "GET":
        return page()
    return once(
        form,
        "comments.decide",
        act=lambda: service.decide_appeal(
            comment_id=comment_id,
            viewer=viewer,
            overturn=form.decision.data == "overturn",
            reason=str(form.reason.data),
        ),
        to=lambda _appeal: url_for("comments.appeals"),
        again=page,
    )


def _comment_of(token: str) -> Comment:
    comment_id = comment_of_token(token, "appeal")
    comment = db.session.get(Comment, comment_id) if comment_id is not None else None
    if comment is None or comment.state not in ("hidden", "refused", "shown"):
        raise NotFound
    return comment
