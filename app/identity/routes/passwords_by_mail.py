"""A forgotten password: ask for a link, set a new one with it."""

from __future__ import annotations

from collections.abc import Callable

from flask import url_for
from flask.typing import ResponseReturnValue

from app.identity import passwords, queries, service, throttle
from app.identity.forms import ForgotForm, NewPasswordForm
from app.identity.permissions import public
from app.identity.routes.blueprint import GONE, bp, hours, page, refused
from app.web.once import once


@bp.get("/forgot")
@public
def forgot() -> ResponseReturnValue:
    return page("forgot", ForgotForm())


@bp.post("/forgot")
@public
def send_reset() -> ResponseReturnValue:
    form = ForgotForm()
    if not form.validate_on_submit():
        return page("forgot", form), 422
    email = str(form.email.data)
    try:
        throttle.note_try(throttle.MAIL, email)
    except throttle.TooManyTries as error:
        return refused("forgot", form, error)
    return once(
        form,
        "identity.forgot",
        act=lambda: service.ask_reset(email=email),
        to=lambda _nothing: url_for("identity.reset_sent"),
        again=lambda: page("forgot", form),
    )


@bp.get("/forgot/sent")
@public
def reset_sent() -> ResponseReturnValue:
    return page("forgot_sent", hours=hours(service.RESET_LIFETIME))


@bp.get("/reset/<token>")
@public
def reset(token: str) -> ResponseReturnValue:
    owner = queries.reset_owner(token)
    if owner is None:
        return _gone(), GONE
    return page("reset", NewPasswordForm(), email=owner.email)


@bp.post("/reset/<token>")
@public
def set_password(token: str) -> ResponseReturnValue:
    owner, form = queries.reset_owner(token), NewPasswordForm()
    if owner is None:
        # Perhaps the second of two clicks: then it gets the first one's answer.
        return _once(form, token, hashed="", again=_gone)
    form.is_for(owner)
    if not form.validate_on_submit():
        return page("reset", form, email=owner.email), 422
    hashed = passwords.hash_new(str(form.new_password.data), email=owner.email, name=owner.name)
    return _once(form, token, hashed, again=lambda: page("reset", form, email=owner.email))


def _once(form: NewPasswordForm, token: str, hashed: str, again: Callable[[], str]) -> ResponseReturnValue:
    return once(
        form,
        "identity.reset",
        act=lambda: service.reset_password(token=token, password_hash=hashed),
        to=lambda _person: url_for("identity.sign_in", after="reset"),
        again=again,
    )


def _gone() -> str:
    return page("reset_gone", hours=hours(service.RESET_LIFETIME))
