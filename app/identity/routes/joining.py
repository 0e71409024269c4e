"""Registering, confirming the address, and the consent text."""

from __future__ import annotations

from flask import abort, url_for
from flask.typing import ResponseReturnValue

from app.core.errors import DomainError
from app.i18n import current_language
from app.identity import passwords, queries, service, throttle
from app.identity.consents import CONSENTS
from app.identity.forms import ConfirmForm, RegisterForm
from app.identity.permissions import public
from app.identity.routes.blueprint import GONE, bp, hours, page, refused
from app.web.once import once


@bp.get("/register")
@public
def register() -> ResponseReturnValue:
    return page("register", RegisterForm())


@bp.post("/register")
@public
def send_registration() -> ResponseReturnValue:
    form = RegisterForm()
    if not form.validate_on_submit():
        return page("register", form), 422
    email, name = str(form.email.data), str(form.name.data)
    try:
        throttle.note_try(throttle.MAIL, email)
    except throttle.TooManyTries as error:
        return refused("register", form, error)
    hashed = passwords.hash_new(str(form.password.data), email=email, name=name)
    return once(
        form,
        "identity.register",
        act=lambda: service.register(email=email, name=name, password_hash=hashed, lang=current_language()),
        to=lambda _nothing: url_for("identity.registration_sent"),
        again=lambda: page("register", form),
    )


@bp.get("/register/sent")
@public
def registration_sent() -> ResponseReturnValue:
    return page("register_sent", hours=hours(service.REGISTRATION_LIFETIME))


@bp.get("/verify/<token>")
@public
def verify(token: str) -> ResponseReturnValue:
    registration = queries.waiting_registration(token)
    if registration is None:
        return page("verify_gone", hours=hours(service.REGISTRATION_LIFETIME)), GONE
    return page("verify", ConfirmForm(), email=registration.email)


@bp.post("/verify/<token>")
@public
def confirm_email(token: str) -> ResponseReturnValue:
    registration, form = queries.waiting_registration(token), ConfirmForm()
    email = registration.email if registration else None
    if not form.validate_on_submit():
        return page("verify", form, email=email), 422
    # Without a registration it is perhaps the second of two clicks: then it gets the first one's answer.
    if registration is not None:
        try:
            service.check_registrant(registration=registration, password=str(form.password.data))
        except DomainError as error:
            return refused("verify", form, error, email=email)
    return once(
        form,
        "identity.verify",
        act=lambda: service.verify_email(token=token),
        to=lambda _person: url_for("identity.sign_in", after="verified"),
        again=lambda: page("verify", form, email=email),
    )


@bp.get("/consent/<version>")
@public
def consent(version: str) -> ResponseReturnValue:
    if version not in CONSENTS:
        abort(404)
    return page("consent", version=version, consent=CONSENTS[version])
