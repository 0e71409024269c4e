"""The demonstration's doors: there in the demonstration, absent everywhere else."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from app import create_app
from app.config import Settings
from app.core.db import db
from app.core.mail import deliver_due
from app.core.mailcatcher import catching
from app.identity import mails
from app.identity.models import SignInSession
from tests.support.browser import FreshClient, PageBrowser
from tests.support.make import make_agency, make_person

DOORS = ("/th/demo", "/en/demo", "/th/demo/mail", "/demo/people.json")


@pytest.fixture(scope="module")
def demo_app(
    built_app: Flask, settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """The same database, seen by an application whose settings say that this is the demonstration."""
    app = create_app(replace(settings, env="demo", var_dir=tmp_path_factory.mktemp("demo")))
    app.test_client_class = FreshClient
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def visitor(app: Flask, demo_app: Flask) -> PageBrowser:
    """A browser in the demonstration; rows are made in the test's own application."""
    # The tables the other application writes are to be emptied as well.
    app.extensions["touched_tables"].update({"identity_sessions", "core_outgoing_mail"})
    return PageBrowser(demo_app)


@pytest.mark.parametrize("env", ["test", "development", "production"])
def test_elsewhere_there_are_no_such_doors(settings: Settings, env: str) -> None:
    app = create_app(replace(settings, env=env, base_url="https://example.go.th"))
    client = app.test_client()
    here = {"base_url": "https://example.go.th"}
    for path in DOORS:
        assert client.get(path, **here).status_code == 404
    assert client.post("/demo/sign-in", data={"person": "admin"}, **here).status_code in (400, 404)
    assert not [rule for rule in app.url_map.iter_rules() if "demo" in rule.endpoint]


def test_people_as_json_in_their_order(visitor: PageBrowser) -> None:
    make_person("admin", demo_key="admin", name="ผู้ดูแล")
    make_person("officer", make_agency(), demo_key="officer", name="เจ้าหน้าที่")
    make_person(demo_key="citizen", name="ประชาชน")
    make_person(name="ไม่ใช่คนสาธิต")
    assert visitor.client.get("/demo/people.json").json == [
        {"key": "citizen", "name": "ประชาชน", "role": "citizen"},
        {"key": "officer", "name": "เจ้าหน้าที่", "role": "officer"},
        {"key": "admin", "name": "ผู้ดูแล", "role": "admin"},
    ]


@pytest.mark.parametrize("lang", ["th", "en"])
def test_one_button_signs_in(visitor: PageBrowser, lang: str) -> None:
    make_person("officer", make_agency(), demo_key="officer", name="เจ้าหน้าที่สาธิต")
    page = visitor.get(f"/{lang}/demo")
    assert "เจ้าหน้าที่สาธิต" in page.text
    sent = visitor.fill(page, {}, action="/demo/sign-in")
    assert sent.response.headers["Location"].startswith(f"/{lang}/")
    assert "เจ้าหน้าที่สาธิต" in visitor.get(f"/{lang}/identity/account").text


def test_a_script_signs_in_without_a_token_and_goes_where_it_likes(visitor: PageBrowser) -> None:
    make_person(demo_key="citizen")
    sent = visitor.post("/demo/sign-in", {"person": "citizen", "next": "/en/identity/account"})
    assert sent.response.headers["Location"] == "/en/identity/account"
    away = visitor.post("/demo/sign-in", {"person": "citizen", "next": "https://evil.example/"})
    assert away.response.headers["Location"].startswith("/")


@pytest.mark.parametrize("person", ["nobody", "", "1"])
def test_only_demo_people(visitor: PageBrowser, person: str) -> None:
    make_person(name="ไม่ใช่คนสาธิต")
    visitor.post("/demo/sign-in", {"person": person}, 404)
    assert db.session.scalar(select(func.count()).select_from(SignInSession)) == 0


def test_reading_the_page_signs_nobody_in(visitor: PageBrowser) -> None:
    make_person(demo_key="citizen")
    visitor.get("/th/demo?person=citizen")
    visitor.client.get("/demo/sign-in?person=citizen")
    assert db.session.scalar(select(func.count()).select_from(SignInSession)) == 0


def test_other_forms_still_need_their_token(visitor: PageBrowser) -> None:
    make_person(demo_key="citizen")
    visitor.post("/demo/sign-in", {"person": "citizen"})
    visitor.post("/th/identity/sign-out", {}, 400)


@pytest.mark.parametrize("lang", ["th", "en"])
def test_caught_mails_are_shown(demo_app: Flask, visitor: PageBrowser, lang: str) -> None:
    visitor.get(f"/{lang}/demo/mail")
    before = demo_app.config["SETTINGS"]
    folder: Path = before.var_dir / "mail"
    with demo_app.app_context(), catching(folder) as address:
        demo_app.config["SETTINGS"] = replace(before, mail_url=address)
        mails.send_reset(to="who@example.com", name="<b>ใคร</b>", lang="th", token="abc")
        db.session.commit()
        assert deliver_due() == 1
        demo_app.config["SETTINGS"] = before
    page = visitor.get(f"/{lang}/demo/mail")
    assert "http://localhost/th/identity/reset/abc" in page.links()
    assert "<b>ใคร</b>" in page.text
    for path in folder.iterdir():
        os.unlink(path)
