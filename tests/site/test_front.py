"""The front of the house: the choice of a language, the home page, the policies, the health check."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError

from app.core.db import db
from tests.support.browser import PageBrowser
from tests.support.make import make_activity, make_issue

LANGS = ("th", "en")


@pytest.mark.parametrize(
    ("asked", "lang"),
    [
        (None, "th"),
        ("en", "en"),
        ("en-GB,en;q=0.9", "en"),
        ("th-TH,th;q=0.9,en;q=0.8", "th"),
        ("fr", "th"),
        ("fr,en;q=0.2", "en"),
        ("*", "th"),
        (";;;", "th"),
    ],
)
def test_the_browser_chooses_the_language(client: FlaskClient, asked: str | None, lang: str) -> None:
    response = client.get("/", headers={"Accept-Language": asked} if asked else {})
    assert response.status_code == 302
    assert response.headers["Location"] == f"/{lang}/"
    assert "Accept-Language" in response.headers["Vary"]
    assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize("lang", LANGS)
def test_only_the_choice_depends_on_the_browsers_language(browser: PageBrowser, lang: str) -> None:
    page = browser.get(f"/{lang}/", headers={"Accept-Language": "en" if lang == "th" else "th"})
    assert f'<html lang="{lang}"' in page.html
    assert "Accept-Language" not in page.response.headers.get("Vary", "")
    assert "Set-Cookie" not in page.response.headers


@pytest.mark.parametrize("lang", LANGS)
def test_home_shows_what_is_open(browser: PageBrowser, lang: str) -> None:
    empty = browser.get(f"/{lang}/")
    assert not empty.all("ol", class_="items")
    issue = make_issue()
    make_activity(issue, "comments")
    page = browser.get(f"/{lang}/")
    assert f"/{lang}/issues/{issue.id}" in page.links()
    assert page.all("ol", class_="stairs")
    assert page.statements <= 4


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", ["help", "privacy", "moderation", "accessibility"])
def test_policies_are_told_in_both_languages(browser: PageBrowser, name: str, lang: str) -> None:
    page = browser.get(f"/{lang}/{name}")
    assert len(page.text) > 800
    assert page.statements == 0


def test_a_healthy_system_says_so(client: FlaskClient) -> None:
    response = client.get("/healthz")
    assert response.status_code == 200
    assert response.get_json() == {"status": "ok", "database": "ok", "mails_given_up": 0}
    assert "Set-Cookie" not in response.headers


def test_a_system_without_its_database_says_so(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise OperationalError("select 1", {}, Exception("gone"))

    for way in ("execute", "scalar"):
        monkeypatch.setattr(db.session, way, fail)
    response = client.get("/healthz")
    assert response.status_code == 503
    assert response.get_json()["database"] == "unreachable"


@pytest.mark.parametrize("path", ["/th/nothing", "/en/nothing", "/nothing", "/fr/"])
def test_an_unknown_address_is_not_found(browser: PageBrowser, path: str) -> None:
    browser.get(path, status=404)
