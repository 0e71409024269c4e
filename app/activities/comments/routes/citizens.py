"""Reading comments, writing one with a page to check it first, and following one's own."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.activities.comments import queries, service
from app.activities.comments.forms import CommentForm, SendForm
from app.activities.comments.render import language_of
from app.activities.comments.routes.blueprint import bp
from app.activities.comments.service import KIND_CODE
from app.core.errors import DomainError, NotFound
from app.identity.permissions import public, requires
from app.identity.viewer import current_viewer
from app.issues.holds import hold_open
from app.issues.queries import visible_activity
from app.web.once import once
from app.web.pages import row_id


@bp.get("/<int:activity_id>")
@public
def show(activity_id: int) -> str:
    """All comments of an activity, newest first."""
    activity, issue = visible_activity(activity_id, KIND_CODE, current_viewer())
    before = row_id("before")
    return render_template(
        "comments/show.html",
        activity=activity,
        issue=issue,
        thread=queries.thread_of(activity_id),
        page=queries.comments_page(activity_id, before),
        before=before,
    )


@bp.get("/<int:activity_id>/new")
@requires("comments.submit")
def new(activity_id: int) -> str:
    """The form for a comment."""
    return _form_page(activity_id, CommentForm(signer=current_viewer().name))


@bp.post("/<int:activity_id>/new")
@requires("comments.submit")
def submit(activity_id: int) -> ResponseReturnValue:
    """What the form's buttons ask for: to check what was written, to change it, or to send it."""
    step = request.form.get("step")
    if step == "send":
        return _send(activity_id)
    form = CommentForm(signer=current_viewer().name)
    if step == "edit":
        return _form_page(activity_id, form)
    if not form.validate() or not _is_open(activity_id, form):
        return _form_page(activity_id, form), 422
    return _check_page(activity_id, SendForm(signer=current_viewer().name))


@bp.get("/<int:activity_id>/sent/<int:comment_id>")
@requires("comments.submit")
def sent(activity_id: int, comment_id: int) -> str:
    """The comment's number and what happens next, for its author alone."""
    viewer = current_viewer()
    comment = queries.comment_in(activity_id, comment_id)
    if comment.person_id != viewer.person_id:
        raise NotFound
    activity, issue = visible_activity(activity_id, KIND_CODE, viewer)
    return render_template("comments/sent.html", comment=comment, activity=activity, issue=issue)


@bp.get("/mine")
@requires("comments.submit")
def mine() -> str:
    """The viewer's comments: what was answered, what was hidden and why."""
    before = row_id("before")
    page = queries.own_comments(current_viewer().person_id or 0, before)
    return render_template("comments/mine.html", page=page, before=before, language_of=language_of)


def _send(activity_id: int) -> ResponseReturnValue:
    viewer = current_viewer()
    form = SendForm(signer=viewer.name)

    def again() -> str:
        only_consent_missing = not form.form_errors and set(form.errors) == {"consent"}
        return (_check_page if only_consent_missing else _form_page)(activity_id, form)

    return once(
        form,
        "comments.submit",
        act=lambda: service.submit_comment(
            activity_id=activity_id,
            viewer=viewer,
            body=str(form.body.data),
            name=form.name,
            relation=form.relation.data or None,
            consent_version=form.consent.version,
        ),
        to=lambda done: url_for("comments.sent", activity_id=activity_id, comment_id=done.id),
        again=again,
    )


def _form_page(activity_id: int, form: CommentForm) -> str:
    activity, issue = visible_activity(activity_id, KIND_CODE, current_viewer())
    return render_template(
        "comments/new.html",
        form=form,
        activity=activity,
        issue=issue,
        thread=queries.thread_of(activity_id),
    )


def _check_page(activity_id: int, form: CommentForm) -> str:
    activity, issue = visible_activity(activity_id, KIND_CODE, current_viewer())
    return render_template("comments/check.html", form=form, activity=activity, issue=issue)


def _is_open(activity_id: int, form: CommentForm) -> bool:
    """Ask what sending will ask, so that nobody checks a text that cannot be sent."""
    try:
        return hold_open(activity_id).state == "open"
    except DomainError as error:
        form.blame(error)
        return False
