"""One's own account: name, password, where one is signed in."""

from __future__ import annotations

from flask import request, url_for
from flask.typing import ResponseReturnValue

from app.core.errors import DomainError
from app.identity import leaving, passwords, queries, service, sessions
from app.identity.forms import ChangePasswordForm, DetailsForm, EndAccountForm, SessionsForm
from app.identity.permissions import public, requires
from app.identity.roles import ROLE_WORDS
from app.identity.routes.blueprint import bp, own_id, page, refusal_status, refused
from app.identity.viewer import current_viewer
from app.web.once import once


@bp.get("/account")
@requires("identity.own_account")
def account() -> ResponseReturnValue:
    return _account_page(SessionsForm())


def _account_page(form: SessionsForm) -> str:
    return page(
        "account",
        form,
        person=queries.own_account(own_id()),
        open_sessions=queries.open_sessions(own_id(), current_viewer().token),
        role_words=ROLE_WORDS,
        after=request.args.get("after"),
    )


@bp.post("/account/sessions")
@requires("identity.own_account")
def end_sessions() -> ResponseReturnValue:
    form = SessionsForm()
    return once(
        form,
        "identity.end_sessions",
        act=lambda: sessions.revoke_chosen(own_id(), str(form.session.data), current_viewer().token),
        to=lambda _nothing: url_for("identity.account", after="sessions"),
        again=lambda: _account_page(form),
    )


@bp.get("/account/details")
@requires("identity.own_account")
def details() -> ResponseReturnValue:
    person = queries.own_account(own_id())
    return page("details", DetailsForm(data={"name": person.name, "lang": person.lang}))


@bp.post("/account/details")
@requires("identity.own_account")
def change_details() -> ResponseReturnValue:
    form = DetailsForm()
    return once(
        form,
        "identity.details",
        act=lambda: service.change_details(person_id=own_id(), name=str(form.name.data), lang=form.lang.data),
        to=lambda _person: url_for("identity.account", after="details"),
        again=lambda: page("details", form),
    )


@bp.get("/account/password")
@requires("identity.own_account")
def password() -> ResponseReturnValue:
    return page("password", ChangePasswordForm())


@bp.post("/account/password")
@requires("identity.own_account")
def change_password() -> ResponseReturnValue:
    owner, form = queries.own_account(own_id()), ChangePasswordForm()
    form.is_for(owner)
    if not form.validate_on_submit():
        return page("password", form), 422
    try:
        service.check_own_password(person=owner, password=str(form.current_password.data))
    except DomainError as error:
        return refused("password", form, error)
    hashed = passwords.hash_new(str(form.new_password.data), email=owner.email, name=owner.name)
    return once(
        form,
        "identity.password",
        act=lambda: service.change_password(
            person_id=own_id(), password_hash=hashed, keep_token=current_viewer().token
        ),
        to=lambda _person: url_for("identity.account", after="password"),
        again=lambda: page("password", form),
    )


@bp.get("/account/end")
@requires("identity.own_account")
def end() -> ResponseReturnValue:
    """What ending the account removes and what stays, before anything happens."""
    return _end_page(EndAccountForm())


def _end_page(form: EndAccountForm) -> str:
    return page(
        "end",
        form,
        person=queries.own_account(own_id()),
        hindrances=leaving.hindrances(own_id()),
        role_words=ROLE_WORDS,
    )


@bp.post("/account/end")
@requires("identity.own_account")
def end_account() -> ResponseReturnValue:
    """End the account, on its owner's password."""
    form = EndAccountForm()
    if not form.validate_on_submit():
        return _end_page(form), 422
    owner = queries.own_account(own_id())
    try:
        service.check_own_password(person=owner, password=str(form.current_password.data))
    except DomainError as error:
        form.blame(error)
        return _end_page(form), refusal_status(error)
    return once(
        form,
        "identity.end_account",
        act=_end_here,
        to=lambda _nothing: url_for("identity.ended"),
        again=lambda: _end_page(form),
    )


def _end_here() -> None:
    leaving.end_account(person_id=own_id())
    sessions.leave_browser()


@bp.get("/ended")
@public
def ended() -> ResponseReturnValue:
    """Where somebody stands whose account has ended: nobody is signed in any more."""
    return page("ended")
