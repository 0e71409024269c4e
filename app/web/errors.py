"""Error pages in plain words: what happened and what to do; what was typed is shown and can be sent again."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError, generate_csrf
from werkzeug.exceptions import HTTPException, InternalServerError, SecurityError

from app.core.db import SAFE_METHODS, db
from app.core.errors import NotFound
from app.core.faults import told

PAGES = frozenset({400, 403, 404, 405, 409, 410, 413, 429, 500})
TOO_OLD = "The CSRF token has expired."
"""How Flask-WTF says that a token is past its time limit."""
SECRET_FIELDS = frozenset({"csrf_token", "key", "password", "new_password", "current_password"})


def init_app(app: Flask) -> None:
    """Answer every error with a page of the site, API addresses with JSON."""
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(NotFound, lambda _error: _page(404))
    app.register_error_handler(CSRFError, _expired_form)
    app.register_error_handler(Exception, _crash)


def _http_error(error: HTTPException) -> ResponseReturnValue:
    if isinstance(error, SecurityError):
        return "This site does not answer under that name.\n", 400, {"Content-Type": "text/plain"}
    if error.response is not None or (error.code or 500) < 400:
        return error.get_response()
    return _page(error.code or 500)


def _crash(error: Exception) -> ResponseReturnValue:
    if current_app.testing or current_app.debug:
        raise error
    current_app.logger.error("unhandled error at %s\n%s", request.endpoint, told(error))
    return _page(InternalServerError.code)


def _expired_form(error: CSRFError) -> ResponseReturnValue:
    """A missing or old CSRF token: show what was typed and offer to send it again, with a new token.

    One past the form's lifetime may have been sent and forgotten (`once.py`): only its sender knows. Not to
    another site's form: that would plant its text here, and a cookie in place of the reader's.
    """
    if _from_elsewhere():
        return _page(400)
    return keep_typed("errors/400.html", 400, forgotten=error.description == TOO_OLD)


def _from_elsewhere() -> bool:
    """Whether the browser says that another site sent this form."""
    origin = request.headers.get("Origin")
    foreign = origin is not None and urlsplit(origin).netloc != request.host
    return foreign or request.headers.get("Sec-Fetch-Site") == "cross-site"


def typed_values() -> list[tuple[str, str]]:
    """What this request's form holds, without tokens and passwords."""
    return [
        (name, value)
        for name, values in request.form.lists()
        for value in values
        if name not in SECRET_FIELDS and not name.endswith("password")
    ]


def keep_typed(template: str, status: int, **more: object) -> ResponseReturnValue:
    """A page that shows what was typed and can send it again from where it is."""
    page = render_template(
        template,
        typed=typed_values(),
        key=request.form.get("key", ""),
        token=generate_csrf(),
        resend=True,
        **more,
    )
    return page, status


def _page(code: int) -> ResponseReturnValue:
    db.session.rollback()
    if request.path.startswith("/api/") or request.path == "/healthz":
        return {"error": code}, code
    shown = code if code in PAGES else 500 if code >= 500 else 400
    return render_template(f"errors/{shown}.html", code=code, safe=request.method in SAFE_METHODS), code
