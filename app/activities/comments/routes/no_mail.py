"""Ending the mails about a comment that was sent without an account."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.activities.comments import service
from app.activities.comments.forms import NoMailForm
from app.activities.comments.mails import comment_of_token
from app.activities.comments.models import Comment
from app.activities.comments.routes.blueprint import bp
from app.core.db import db
from app.core.errors import NotFound
from app.identity.permissions import public
from app.web.once import once


@bp.route("/no-mail/<token>", methods=["GET", "POST"])
@public
def no_mail(token: str) -> ResponseReturnValue:
    """One button: who holds the link got the mail, so the address in question is theirs. It is shown to nobody."""
    comment_id = comment_of_token(token, "no_mail")
    comment = db.session.get(Comment, comment_id) if comment_id is not None else None
    if comment is None:
        raise NotFound
    form = NoMailForm()

    def page() -> str:
        return render_template(
            "comments/no_mail.html", form=form, number=comment.id, known=comment.email is not None
        )

    if request.method == "GET":
        return page()
    return once(
        form,
        "comments.no_mail",
        act=lambda: service.forget_address(comment_id=comment.id),
        to=url_for("comments.no_mail", token=token),
        again=page,
    )
