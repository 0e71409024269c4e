"""Leaving from a mail, signed in or not: a page with one button, and one click of a mail program (RFC 8058).

Mail programs and scanners open every link of a mail, so opening one changes nothing.
"""

from __future__ import annotations

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core.db import begin_write
from app.identity.permissions import public
from app.notifications import queries, service
from app.notifications.forms import ButtonForm
from app.notifications.routes.blueprint import GONE, bp, issue_known
from app.web.forms import Form
from app.web.once import once
from app.web.pages import csrf

ONE_CLICK = ("List-Unsubscribe", "One-Click")
"""The one field a mail program sends (RFC 8058, section 3.2)."""


@bp.get("/leave/<int:issue_id>/<key>")
@public
def leave(issue_id: int, key: str) -> ResponseReturnValue:
    """What the link in a mail opens: the button that ends it."""
    if queries.follow_with_key(issue_id, key) is None:
        return _left_page(issue_id), GONE
    return _leave_page(issue_id, ButtonForm())


@bp.post("/leave/<int:issue_id>/<key>")
@public
def leave_now(issue_id: int, key: str) -> ResponseReturnValue:
    issue_known(issue_id)
    form = ButtonForm()
    return once(
        form,
        "notifications.leave",
        act=lambda: service.leave_by_key(issue_id=issue_id, key=key),
        to=lambda _rows: url_for("notifications.left", issue_id=issue_id),
        again=lambda: _leave_page(issue_id, form),
    )


@bp.get("/left/<int:issue_id>")
@public
def left(issue_id: int) -> ResponseReturnValue:
    """What was left, and the way back."""
    return _left_page(issue_id)


@bp.get("/one-click/<int:issue_id>/<key>")
@public
def one_click(issue_id: int, key: str) -> ResponseReturnValue:
    """For a reader whose mail program only opens the address: on to the page with the button."""
    return redirect(url_for("notifications.leave", issue_id=issue_id, key=key))


@bp.post("/one-click/<int:issue_id>/<key>")
@public
@csrf.exempt
def leave_by_program(issue_id: int, key: str) -> ResponseReturnValue:
    """The mail program's click. It knows no cookie and no form of ours: the key in the address is the proof.

    Answers 200 also where the following has ended before; a program may send it twice.
    """
    field, wanted = ONE_CLICK
    if request.form.get(field) != wanted:
        abort(400)
    begin_write()
    service.leave_by_key(issue_id=issue_id, key=key)
    return "", 200, {"Content-Type": "text/plain; charset=utf-8"}


def _leave_page(issue_id: int, form: Form) -> str:
    return render_template("notifications/leave.html", issue=issue_known(issue_id), form=form)


def _left_page(issue_id: int) -> str:
    found = issue_known(issue_id)
    return render_template("notifications/left.html", issue=found, can_follow=queries.can_follow(found))
