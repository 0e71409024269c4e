"""Signing in and out."""

from __future__ import annotations

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.core.db import begin_write
from app.core.errors import DomainError
from app.identity import passwords, service, sessions
from app.identity.forms import SignInForm
from app.identity.permissions import public
from app.identity.routes.blueprint import bp, page, refused
from app.identity.viewer import Viewer, current_viewer
from app.web.nav import office_nav
from app.web.pages import has_endpoint


@bp.get("/sign-in")
@public
def sign_in() -> ResponseReturnValue:
    form = SignInForm(data={"next": sessions.safe_next(request.args.get("next")) or ""})
    return page("sign_in", form, after=request.args.get("after"))


@bp.post("/sign-in")
@public
def open_session() -> ResponseReturnValue:
    """Not `once`: a second sending, answered by the redirect alone, would not be signed in."""
    form = SignInForm()
    if not form.validate_on_submit():
        return page("sign_in", form), 422
    password = str(form.password.data)
    try:
        person = service.check_sign_in(email=str(form.email.data), password=password)
    except DomainError as error:
        return refused("sign_in", form, error)
    renewed = passwords.hash_again(password) if passwords.outdated(person.password_hash) else None
    begin_write()
    service.welcome(person_id=person.id, password_hash=renewed)
    viewer = sessions.open_session(person.id)
    return redirect(sessions.safe_next(form.next.data) or first_page(viewer), 303)


@bp.post("/sign-out")
@public
def sign_out() -> ResponseReturnValue:
    begin_write()
    sessions.close_session(current_viewer())
    return redirect(url_for("identity.signed_out"), 303)


@bp.get("/signed-out")
@public
def signed_out() -> ResponseReturnValue:
    return page("signed_out")


def first_page(viewer: Viewer) -> str:
    """Where somebody goes who signed in without coming from anywhere: their desk, or the open issues."""
    desk = office_nav() if viewer.grants else []
    if desk:
        return str(desk[0]["items"][0]["url"])
    return url_for("issues.index" if has_endpoint("issues.index") else "identity.account")
