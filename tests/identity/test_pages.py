"""Every page of the room opens, in both languages, for those who may see it."""

from __future__ import annotations

import pytest

from app.identity.consents import CURRENT_CONSENT
from tests.support.browser import PageBrowser
from tests.support.make import make_agency, make_person

OPEN_TO_ALL = (
    "register",
    "register/sent",
    "sign-in",
    "signed-out",
    "forgot",
    "forgot/sent",
    f"consent/{CURRENT_CONSENT}",
)
OF_ONES_OWN = ("account", "account/details", "account/password")


@pytest.mark.parametrize("lang", ["th", "en"])
def test_public_pages(browser: PageBrowser, lang: str) -> None:
    for path in OPEN_TO_ALL:
        assert browser.get(f"/{lang}/identity/{path}").h1


@pytest.mark.parametrize("lang", ["th", "en"])
def test_pages_of_ones_own(browser: PageBrowser, lang: str) -> None:
    person = make_person("officer", make_agency())
    reader = browser.as_(person)
    for path in OF_ONES_OWN:
        assert reader.get(f"/{lang}/identity/{path}").h1
        browser.get(f"/{lang}/identity/{path}", 303)


@pytest.mark.parametrize("lang", ["th", "en"])
def test_programme_roles(browser: PageBrowser, lang: str) -> None:
    page = browser.as_(make_person("admin")).get(f"/{lang}/identity/programme-roles")
    assert page.h1


def test_unknown_consent_text(browser: PageBrowser) -> None:
    browser.get("/th/identity/consent/2500-1", 404)


def test_reading_pages_set_no_cookie(browser: PageBrowser) -> None:
    for path in ("register/sent", "signed-out", "forgot/sent", f"consent/{CURRENT_CONSENT}"):
        assert "Set-Cookie" not in browser.get(f"/th/identity/{path}").response.headers


def test_a_signed_in_page_needs_one_statement_for_its_reader(browser: PageBrowser) -> None:
    person = make_person("officer", make_agency())
    assert browser.get("/th/identity/signed-out").statements == 0
    assert browser.as_(person).get("/th/identity/signed-out").statements == 1


def test_password_fields_help_password_managers(browser: PageBrowser) -> None:
    def hint(path: str, name: str) -> str:
        (found,) = browser.get(f"/th/identity/{path}").all("input", name=name)
        return found.attrs["autocomplete"]

    assert hint("register", "password") == "new-password"
    assert hint("register", "email") == "email"
    assert hint("sign-in", "email") == "username"
    assert hint("sign-in", "password") == "current-password"
