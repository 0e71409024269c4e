"""Every page of the product, in both languages, on a phone and on a desk: axe without findings, nothing sideways.

SQLite alone: which database the words come from does not change how they look.
"""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser

from app.i18n import LANGUAGES, Language
from tests.journeys.conftest import Staged
from tests.journeys.support.looking import Looker, looker
from tests.journeys.support.screens import NO_SCREEN, Screen, screens
from tests.journeys.support.visitor import sign_in
from tests.support.chromium import DESKTOP, PHONE

WIDTHS = (PHONE["width"], DESKTOP["width"])
NARROWEST = (320,)
READERS = (None, "citizen", "citizen2", "citizen3", "officer", "executive", "moderator")
READERS += ("evaluator", "committee", "admin")


def signed_in(
    staged: Staged, chromium: Browser, who: str | None, widths: tuple[int, ...], **options: Any
) -> Looker:
    eyes = looker(chromium, widths, **options)
    if who:
        sign_in(staged.app, eyes.page, staged.url, staged.stage.who(who).person_id or 0)
    return eyes


def look_at_all(staged: Staged, eyes: Looker, pages: list[Screen], lang: Language) -> None:
    for screen in pages:
        eyes.look(staged.url + screen.address(staged.app, lang), lang, screen.status)
    eyes.context.close()
    assert not eyes.faults, "\n".join(eyes.faults)


def pages_of(staged: Staged, who: str | None) -> list[Screen]:
    return [screen for screen in screens(staged.app, staged.stage) if screen.who == who]


def test_every_page_has_somebody_who_looks_at_it(staged: Staged) -> None:
    """A new route either has an example and a reader here, or stands in `NO_SCREEN` with its reason."""
    found = screens(staged.app, staged.stage)
    assert {screen.who for screen in found} <= set(READERS)
    shown = {screen.endpoint for screen in found}
    every = {rule.endpoint for rule in staged.app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert shown | set(NO_SCREEN) == every
    assert not shown & set(NO_SCREEN)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("who", READERS)
def test_pages(staged: Staged, chromium: Browser, who: str | None, lang: Language) -> None:
    look_at_all(staged, signed_in(staged, chromium, who, WIDTHS), pages_of(staged, who), lang)


@pytest.mark.long
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("who", READERS)
def test_pages_on_the_narrowest_phone_in_the_dark(
    staged: Staged, chromium: Browser, who: str | None, lang: Language
) -> None:
    eyes = signed_in(staged, chromium, who, NARROWEST, color_scheme="dark")
    look_at_all(staged, eyes, pages_of(staged, who), lang)
