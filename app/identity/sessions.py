"""Sign-in sessions: kept on the server, shown by a cookie, revocable at once (Flask-Login in front)."""

from __future__ import annotations

import secrets
from datetime import timedelta
from urllib.parse import urlsplit

from flask import Flask, request, session
from flask_login import LoginManager, login_user, logout_user
from flask_wtf.csrf import generate_csrf
from sqlalchemy import ColumnElement, update

from app.core.clock import now
from app.core.db import db
from app.identity.models import SignInSession
from app.identity.viewer import ANONYMOUS, Viewer, current_viewer, token_digest, viewer_of_session

LIFETIME = timedelta(days=14)


def init_app(app: Flask) -> None:
    """Let Flask-Login find the viewer by the session's token."""
    manager = LoginManager()
    manager.session_protection = None  # It would write cookies; our sessions are revocable.
    manager.anonymous_user = lambda: ANONYMOUS
    manager.user_loader(viewer_of_session)
    manager.init_app(app)
    app.context_processor(lambda: {"viewer": current_viewer()})


def open_session(person_id: int) -> Viewer:
    """Sign a person in, in this browser; the session it replaces ends, and nothing of its cookie is kept."""
    _revoke(SignInSession.digest == token_digest(current_viewer().token))
    token = secrets.token_urlsafe(32)
    moment = now()
    db.session.add(
        SignInSession(
            digest=token_digest(token),
            person_id=person_id,
            opened_at=moment,
            expires_at=moment + LIFETIME,
            device=device_words(request.user_agent.string),
        )
    )
    db.session.flush()
    viewer = viewer_of_session(token)
    assert viewer is not None
    session.clear()
    login_user(viewer)
    generate_csrf()  # Now, so that no later GET page needs to set the cookie.
    return viewer


def close_session(viewer: Viewer) -> None:
    """Sign out of this browser."""
    _revoke(SignInSession.digest == token_digest(viewer.token))
    leave_browser()


def leave_browser() -> None:
    """Take everything of the sign-in out of this browser's cookie."""
    logout_user()
    session.clear()


def revoke_all(person_id: int) -> None:
    """End every session of a person: after a new password set by mail."""
    _revoke(SignInSession.person_id == person_id)


def revoke_others(person_id: int, keep_token: str) -> None:
    """End every session of a person but the one they act from."""
    _revoke(SignInSession.person_id == person_id, SignInSession.digest != token_digest(keep_token))


def revoke_chosen(person_id: int, digest: str, own_token: str) -> None:
    """End the session with this digest, or with "others" all but the asker's; somebody else's stays."""
    if digest == "others":
        return revoke_others(person_id, own_token)
    return _revoke(SignInSession.person_id == person_id, SignInSession.digest == digest)


def _revoke(*which: ColumnElement[bool]) -> None:
    db.session.execute(
        update(SignInSession).where(*which, SignInSession.revoked_at.is_(None)).values(revoked_at=now())
    )


BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Line/", "LINE"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)
"""What browsers call themselves, the telling ones first: nearly all also claim to be Safari."""


def device_words(user_agent: str) -> str:
    """What its owner knows a browser by, "Firefox, Windows"; too little to trace anybody."""
    words = (next((name for sign, name in known if sign in user_agent), "") for known in (BROWSERS, SYSTEMS))
    return ", ".join(filter(None, words))


def safe_next(address: str | None) -> str | None:
    """`address` if it leads back into this site, else None: a link may not send people elsewhere."""
    if not address or not address.startswith("/") or address[1:2] in ("/", "\\"):
        return None
    parts = urlsplit(address)
    clean = all(letter.isprintable() and letter != "\\" for letter in address)
    return address if clean and not parts.scheme and not parts.netloc else None
