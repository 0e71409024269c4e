"""Beginning to follow, with an account or by e-mail, and what one follows."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.i18n import current_language
from app.identity import throttle
from app.identity.permissions import public, requires
from app.identity.viewer import current_viewer
from app.notifications import queries, service
from app.notifications.forms import AddressForm, ButtonForm, MineForm
from app.notifications.routes.blueprint import GONE, TOO_MANY, bp, issue_known, own_id
from app.web.forms import Form
from app.web.keyset import Cursor
from app.web.once import once


@bp.get("/issue/<int:issue_id>")
@public
def issue(issue_id: int) -> ResponseReturnValue:
    """Follow or leave an issue: the form for who is looking."""
    return _issue_page(issue_id, ButtonForm() if current_viewer().signed_in else AddressForm())


@bp.post("/issue/<int:issue_id>/follow")
@requires("notifications.follow")
def follow(issue_id: int) -> ResponseReturnValue:
    issue_known(issue_id)
    form = ButtonForm()
    return once(
        form,
        "notifications.follow",
        act=lambda: service.follow(person_id=own_id(), issue_id=issue_id, lang=current_language()),
        to=lambda _follow: url_for("notifications.issue", issue_id=issue_id, after="followed"),
        again=lambda: _issue_page(issue_id, form),
    )


@bp.post("/issue/<int:issue_id>/stop")
@requires("notifications.follow")
def stop(issue_id: int) -> ResponseReturnValue:
    issue_known(issue_id)
    form = ButtonForm()
    return once(
        form,
        "notifications.stop",
        act=lambda: service.leave(person_id=own_id(), issue_id=issue_id),
        to=lambda _rows: url_for("notifications.left", issue_id=issue_id),
        again=lambda: _issue_page(issue_id, form),
    )


@bp.post("/issue/<int:issue_id>/ask")
@public
def ask(issue_id: int) -> ResponseReturnValue:
    """Ask for the mail whose link begins the following; the address is told whether it follows, nobody else."""
    issue_known(issue_id)
    form = AddressForm()
    if not form.validate_on_submit():
        return _issue_page(issue_id, form), 422
    email = str(form.email.data)
    try:
        throttle.note_try(throttle.MAIL, email)
    except throttle.TooManyTries as error:
        form.blame(error)
        return _issue_page(issue_id, form), TOO_MANY
    return once(
        form,
        "notifications.ask",
        act=lambda: service.ask_to_follow(email=email, issue_id=issue_id, lang=current_language()),
        to=lambda _nothing: url_for("notifications.asked", issue_id=issue_id),
        again=lambda: _issue_page(issue_id, form),
    )


@bp.get("/issue/<int:issue_id>/asked")
@public
def asked(issue_id: int) -> ResponseReturnValue:
    return render_template("notifications/asked.html", issue=issue_known(issue_id))


@bp.get("/confirm/<token>")
@public
def confirm(token: str) -> ResponseReturnValue:
    """The page a confirmation mail leads to: one button, opening it changes nothing."""
    if queries.waiting_request(token) is None:
        return _confirm_page(token, None), GONE
    return _confirm_page(token, ButtonForm())


@bp.post("/confirm/<token>")
@public
def begin(token: str) -> ResponseReturnValue:
    form = ButtonForm()
    return once(
        form,
        "notifications.confirm",
        act=lambda: service.confirm(token=token),
        to=lambda follow: url_for("notifications.confirmed", issue_id=follow.issue_id),
        again=lambda: _confirm_page(token, form),
    )


@bp.get("/issue/<int:issue_id>/confirmed")
@public
def confirmed(issue_id: int) -> ResponseReturnValue:
    return render_template("notifications/confirmed.html", issue=issue_known(issue_id))


@bp.get("/mine")
@requires("notifications.follow")
def mine() -> ResponseReturnValue:
    """What the reader follows, newest first."""
    return _mine_page(MineForm())


@bp.post("/mine")
@requires("notifications.follow")
def stop_chosen() -> ResponseReturnValue:
    form = MineForm()
    issue_id = form.issue.data or ""
    wanted = int(issue_id) if issue_id.isascii() and issue_id.isdigit() and len(issue_id) < 10 else 0
    return once(
        form,
        "notifications.stop_chosen",
        act=lambda: service.leave(person_id=own_id(), issue_id=wanted),
        to=lambda rows: (
            url_for("notifications.left", issue_id=wanted) if rows else url_for("notifications.mine")
        ),
        again=lambda: _mine_page(form),
    )


def _issue_page(issue_id: int, form: Form) -> str:
    found = issue_known(issue_id)
    return render_template(
        "notifications/issue.html",
        issue=found,
        form=form,
        follows=queries.follows(current_viewer().person_id, issue_id),
        can_follow=queries.can_follow(found),
        after=request.args.get("after"),
    )


def _confirm_page(token: str, form: Form | None) -> str:
    waiting = queries.waiting_request(token)
    found = issue_known(waiting.issue_id) if waiting else None
    return render_template("notifications/confirm.html", issue=found, form=form)


def _mine_page(form: Form) -> str:
    rows, following = queries.followed_by(own_id(), _cursor())
    return render_template(
        "notifications/mine.html",
        rows=rows,
        form=form,
        next_url=url_for("notifications.mine", after=following) if following else None,
        first_url=url_for("notifications.mine") if request.args.get("after") else None,
    )


def _cursor() -> Cursor | None:
    try:
        return Cursor.parse(request.args.get("after", ""))
    except ValueError:
        return None
