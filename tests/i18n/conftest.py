"""A small application with the real catalogues and three pages, without a database."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Blueprint, Flask, render_template_string

from app.config import ROOT
from app.i18n import locale
from scripts import messages

PAGE = "{{ current_language() }}|{{ _('(Thai only)') }}|{{ switch_url('th') }}|{{ switch_url('en') }}"


@pytest.fixture(scope="session")
def small_app() -> Flask:
    messages.compile_catalogues()
    app = Flask("app", root_path=str(ROOT / "app"))
    app.config["TESTING"] = True
    locale.init_app(app, ["web"])
    bp = Blueprint("notes", __name__, url_prefix="/notes")

    @bp.get("/")
    def index() -> str:
        return render_template_string(PAGE)

    @bp.get("/<name>")
    def show(name: str) -> str:
        return render_template_string(PAGE + "|{{ name }}", name=name)

    @bp.post("/<name>/hide")
    def hide(name: str) -> str:
        return render_template_string(PAGE)

    @bp.route("/<name>/edit", methods=["GET", "POST"])
    def edit(name: str) -> str:
        return render_template_string(PAGE)

    app.register_blueprint(bp, url_prefix="/<any(th,en):lang>/notes")
    app.add_url_rule("/", "root", lambda: render_template_string(PAGE))
    app.register_error_handler(404, lambda _error: (render_template_string(PAGE), 404))
    return app


@pytest.fixture
def thai(small_app: Flask) -> Iterator[Flask]:
    """A request on a Thai page."""
    with small_app.test_request_context("/th/notes/"):
        yield small_app


@pytest.fixture
def english(small_app: Flask) -> Iterator[Flask]:
    """A request on an English page."""
    with small_app.test_request_context("/en/notes/"):
        yield small_app
