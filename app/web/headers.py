"""Headers every answer carries: a strict content policy and no leaks to other sites."""

from __future__ import annotations

import re

from flask import Flask, Response, request, session

from app.config import Settings

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
YEAR_SECONDS = 31_536_000
NEVER_CHANGES = re.compile(r"/static/dist/|/ledger/.+/tile/")
"""Addresses whose content is fixed by their name."""


def init_app(app: Flask, settings: Settings) -> None:
    """Add the headers to every answer; private pages are not kept by shared caches."""

    def add(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if settings.production:
            response.headers["Strict-Transport-Security"] = f"max-age={YEAR_SECONDS}; includeSubDomains"
        if response.status_code == 200 and NEVER_CHANGES.match(request.path):
            response.headers["Cache-Control"] = f"public, max-age={YEAR_SECONDS}, immutable"
        elif not request.path.startswith("/static/"):
            response.headers["Cache-Control"] = "private, no-store" if _is_private() else "no-cache"
            response.vary.add("Cookie")
        return response

    app.after_request(add)


def _is_private() -> bool:
    """Whether an answer is for one reader: to a form, to a session, to a secret in the address (which every
    room calls `token`), or one that sets the cookie.
    """
    if request.method not in ("GET", "HEAD") or "token" in (request.view_args or {}):
        return True
    return "session" in request.cookies or session.modified
