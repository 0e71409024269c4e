"""Ruamkhit (ร่วมคิด): public participation for Thai public agencies, from the promise to the evidence."""

from __future__ import annotations

from typing import cast

from flask import Flask
from flask.json.provider import DefaultJSONProvider
from werkzeug.middleware.proxy_fix import ProxyFix

from app import activities, rooms
from app.config import ROOT, Settings, read_settings
from app.core import db as database
from app.core.db import db
from app.i18n import locale
from app.identity import permissions, sessions
from app.ledger import guard
from app.web import errors, headers, pages
from app.web.once import FORM_LIFETIME

LARGEST_REQUEST = 12 * 1024 * 1024
LARGEST_FORM_FIELD = 1024 * 1024


def create_app(settings: Settings | None = None) -> Flask:
    """Put the house together: settings, ground, rooms, error pages."""
    settings = settings or read_settings()
    app = Flask(
        "app",
        root_path=str(ROOT / "app"),
        template_folder=str(ROOT / "templates"),
        static_folder=str(ROOT / "static"),
    )
    app.config.update(
        SETTINGS=settings,
        SECRET_KEY=settings.secret_key,
        TESTING=settings.env == "test",
        MAX_CONTENT_LENGTH=LARGEST_REQUEST,
        MAX_FORM_MEMORY_SIZE=LARGEST_FORM_FIELD,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SECURE=settings.production,
        WTF_CSRF_TIME_LIMIT=int(FORM_LIFETIME.total_seconds()),
    )
    if settings.production:
        _stand_behind_a_proxy(app, settings)
    # Thai as Thai: half the bytes, and a person can read what an address answers.
    cast(DefaultJSONProvider, app.json).ensure_ascii = False
    database.init_app(app, settings)
    with app.app_context():
        guard.watch(db.engine)
    permissions.init_app(app)
    sessions.init_app(app)
    pages.init_app(app, settings)
    locale.init_app(app, rooms.CATALOGUES)
    headers.init_app(app, settings)
    errors.init_app(app)
    activities.discover()
    rooms.open_doors(app)
    return app


def _stand_behind_a_proxy(app: Flask, settings: Settings) -> None:
    """In production only the front proxy reaches us, on loopback: believe it, and only our own host's name."""
    app.config["TRUSTED_HOSTS"] = [settings.log_host]
    app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1)  # type: ignore[method-assign]
