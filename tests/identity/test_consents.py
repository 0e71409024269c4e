"""The consent texts: never changed once agreed to, and named by every form that needs them."""

from __future__ import annotations

import hashlib

import pytest
from flask import Flask

from app.identity.consents import CONSENTS, CURRENT_CONSENT
from app.identity.forms import consent_field
from app.web.forms import Form
from tests.support.browser import PageBrowser

PUBLISHED = {
    "2569-1": "96390b2710861afbb05282a22adfc7c86e00b57e3f858740b1565a5df21f176a",
    "2569-2": "d9718e03dbb87afe48ca498b9c83a17f78f08d90542601080d74fcd6ea599cc5",
}
"""Digests of the texts people have agreed to. To change a wording, add a version; never edit one."""


class SayForm(Form):
    consent = consent_field()


@pytest.mark.parametrize("version", sorted(CONSENTS))
def test_a_published_text_is_never_changed(version: str) -> None:
    parts = CONSENTS[version].parts
    words = "\n".join(f"{p.heading.th}\n{p.text.th}\n{p.heading.en}\n{p.text.en}" for p in parts)
    assert hashlib.sha256(words.encode()).hexdigest() == PUBLISHED[version]


def test_every_text_speaks_both_languages() -> None:
    for consent in CONSENTS.values():
        for part in consent.parts:
            assert part.heading.en
            assert part.text.en


@pytest.mark.parametrize("lang", ["th", "en"])
def test_the_text_names_law_purpose_readers_keeping_and_withdrawal(browser: PageBrowser, lang: str) -> None:
    page = browser.get(f"/{lang}/identity/consent/{CURRENT_CONSENT}")
    assert "2562" in page.text
    assert len(page.all("h2")) >= 6


@pytest.mark.parametrize(
    ("sent", "agreed"),
    [
        ({"consent": CURRENT_CONSENT}, True),
        ({"consent": "2500-1"}, False),
        ({"consent": "y"}, False),
        ({}, False),
    ],
)
def test_the_version_shown_is_the_version_agreed_to(app: Flask, sent: dict[str, str], agreed: bool) -> None:
    with app.test_request_context("/th/", method="POST", data=sent):
        form = SayForm(meta={"csrf": False})
        form.validate()
        assert (not form.consent.errors) is agreed
        assert form.consent.version == CURRENT_CONSENT
        assert "checked" not in str(form.consent()) or agreed


def test_the_label_links_to_the_text(app: Flask) -> None:
    with app.test_request_context("/en/"):
        label = SayForm(meta={"csrf": False}).consent.label.text
        assert f'href="/en/identity/consent/{CURRENT_CONSENT}"' in label.__html__()
