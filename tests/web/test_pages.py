"""What every template can use, and the strip on top that says whose site this is."""

from __future__ import annotations

import pytest
from flask import Flask

from app.i18n import Language
from app.web.pages import address_of, is_official, row_id
from tests.support.browser import PageBrowser

CLAIM = {"th": "เว็บไซต์ทางการของหน่วยงานรัฐ", "en": "Official Thai government website"}


@pytest.mark.parametrize(
    ("address", "official"),
    [
        ("https://opdc.go.th", True),
        ("https://join.opdc.go.th:8443", True),
        ("http://opdc.go.th", False),
        ("https://go.th", False),
        ("https://example.or.th", False),
        ("https://opdc-go.th", False),
        ("https://opdc.go.th.example.com", False),
        ("https://example.com/opdc.go.th", False),
        ("http://127.0.0.1:8000", False),
    ],
)
def test_only_the_governments_addresses_are_official(address: str, official: bool) -> None:
    assert is_official(address) is official


@pytest.mark.parametrize("lang", ["th", "en"])
def test_a_site_calls_itself_official_only_at_such_an_address(
    app: Flask, browser: PageBrowser, monkeypatch: pytest.MonkeyPatch, lang: Language
) -> None:
    for official in (False, True):
        monkeypatch.setitem(app.jinja_env.globals, "is_official", official)
        page = browser.get(f"/{lang}/help")
        assert (CLAIM[lang] in page.html) is official
        assert (".go.th" in page.html) is official


@pytest.mark.parametrize(
    ("query", "found"),
    [("12", 12), ("0", None), ("-1", None), ("x", None), ("", None), ("2147483648", None)],
)
def test_a_rows_id_in_the_query_is_one_that_a_row_can_have(app: Flask, query: str, found: int | None) -> None:
    with app.test_request_context(f"/?before={query}"):
        assert row_id("before") == found
        assert row_id("after") is None


def test_a_mail_names_a_page_without_a_request(app: Flask) -> None:
    assert address_of("comments.mine", "en").startswith("http://localhost/en/comments/")
