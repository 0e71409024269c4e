"""Who may knock at which door. Every route carries exactly one of `public` and `requires`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, TypeVar, cast

from flask import Flask, abort, current_app, redirect, request, url_for
from flask_login import current_user

from app.core.db import SAFE_METHODS
from app.core.errors import NotFound
from app.i18n import current_language
from app.i18n.locale import switch_url
from app.identity.roles import PERSON, ROLES
from app.web.errors import keep_typed, typed_values

View = TypeVar("View", bound=Callable[..., Any])

PUBLIC = "public"

GRANTS: dict[str, frozenset[str]] = {
    "identity.own_account": frozenset({PERSON}),
    "identity.programme_roles": frozenset({"admin"}),
}

_permissions: dict[str, frozenset[str]] = {}


def declare(grants: Mapping[str, frozenset[str]]) -> None:
    """Take in a room's permissions: which roles hold each."""
    for permission, roles in grants.items():
        unknown = roles - ROLES - {PERSON}
        if unknown:
            raise ValueError(f"{permission}: unknown roles {', '.join(sorted(unknown))}")
        _permissions[permission] = roles


def roles_with(permission: str) -> frozenset[str]:
    """The roles that hold a permission; raises `KeyError` for one nobody declared."""
    return _permissions[permission]


def all_permissions() -> Mapping[str, frozenset[str]]:
    """Every declared permission with its roles."""
    return dict(sorted(_permissions.items()))


def public(view: View) -> View:
    """A door open to everyone."""
    cast(Any, view).access = PUBLIC
    return view


def requires(permission: str) -> Callable[[View], View]:
    """A door for who holds `permission` in some agency or in the programme.

    Whether it is the right agency is checked with the object in hand, by `check`. Nobody signed in: sent to
    sign in, and back. Signed in without the permission: 403.
    """

    def mark(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            if not current_user.is_authenticated:
                return _to_sign_in()
            if not current_user.may(permission):
                abort(403)
            return current_app.ensure_sync(view)(*args, **kwargs)

        cast(Any, guarded).access = permission
        return cast(View, guarded)

    return mark


def check(permission: str, agency_id: int) -> None:
    """Refuse, as if it did not exist, an object of an agency in which the viewer lacks the permission."""
    if not current_user.may(permission, agency_id):
        raise NotFound


def may_open(endpoint: str, agency_id: int | None = None) -> bool:
    """Whether the viewer may enter a page: so that no page shows a link that answers "not allowed"."""
    access = getattr(current_app.view_functions[endpoint], "access", None)
    return access == PUBLIC or (access is not None and bool(current_user.may(access, agency_id)))


def init_app(app: Flask) -> None:
    """Refuse every route that says nothing about access; tell the templates which doors are open."""
    app.add_template_global(may_open, "may_open")

    def deny_by_default() -> None:
        view = app.view_functions.get(request.endpoint or "")
        if view is not None and request.endpoint != "static" and not hasattr(view, "access"):
            raise RuntimeError(f"{request.endpoint} carries neither @public nor @requires")

    app.before_request(deny_by_default)


def _to_sign_in() -> Any:
    """Send to sign in and back; where something was typed, keep it on a page that can send it afterwards."""
    # An address that can only be posted to is no place to come back to: the page above it is.
    readable = request.method in SAFE_METHODS
    back = request.full_path.rstrip("?") if readable else switch_url(current_language())
    address = url_for("identity.sign_in", next=back)
    if not readable and typed_values():
        return keep_typed("errors/401.html", 401, sign_in=address)
    return redirect(address, 303)
