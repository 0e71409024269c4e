"""Every page of the product, in both languages, on a phone and on a desk: axe without findings, nothing sideways.

axe reads every page once, one half of them in Thai on the phone, the other in English on the desk; `make test-long`
lets it read each in both languages at both widths. All else is looked at in all four ways at once.

SQLite alone: which database the words come from does not change how they look.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from zlib import crc32

import pytest
from playwright.sync_api import Browser, Page, Response

from app.i18n import LANGUAGES, Language
from tests.journeys.conftest import Staged
from tests.journeys.support.looking import Looker, looker
from tests.journeys.support.screens import NO_SCREEN, Screen, screens
from tests.journeys.support.visitor import sign_in
from tests.support.chromium import DESKTOP, PHONE

WIDTHS = (PHONE["width"], DESKTOP["width"])
NARROWEST = (320,)
MAIN_BUTTON = "#main form[method=post] button.btn:not(.ghost)"
READERS = (None, "citizen", "citizen2", "citizen3", "officer", "executive", "moderator")
READERS += ("evaluator", "committee", "admin")

EMPTY_IS_WRONG = frozenset(
    f"{room}.{page}"
    for room, pages in {
        "agencies": ("new", "members"),
        "awards": ("score",),
        "comments": (
            *("admit", "answer", "ask", "hide", "key_in", "new", "visit"),
            *("fill_theme", "make_theme", "merge_theme"),
        ),
        "evidence": ("add",),
        "forums": ("add", "attach", "cancel", "pictures", "register", "walk_in"),
        "identity": ("sign_in", "register", "forgot", "password", "programme_roles"),
        "issues": ("new", "annul"),
        "notifications": ("issue",),
        "outreach": (
            "correct_channel",
            "import_contacts",
            "invite",
            "new_channel",
            "new_contact",
            "reply",
            "take_back",
        ),
        "panels": (
            "apply",
            "answer",
            "representative",
            "remove_name",
            "call",
            "decide",
            "cancel",
            "end",
        ),
        "publications": ("add",),
        "surveys": (
            "add",
            "answer",
            "begin_page",
            "decide_sheet",
            "key_sheet",
            "link_answer",
            "links",
            "population",
        ),
        "votes": ("ballot", "freeze"),
    }.items()
    for page in pages
)
"""Pages whose form cannot be sent as it comes."""


AxeAt = Callable[[str], tuple[int, ...]]


@pytest.fixture(params=["axe-once", pytest.param("axe-everywhere", marks=pytest.mark.long)])
def axe_at(request: pytest.FixtureRequest, lang: Language) -> AxeAt:
    """The widths at which axe looks at the page of an endpoint."""
    if request.param == "axe-everywhere":
        return lambda endpoint: WIDTHS
    turn = LANGUAGES.index(lang)
    return lambda endpoint: (WIDTHS[turn],) if crc32(endpoint.encode()) % 2 == turn else ()


def signed_in(
    staged: Staged, chromium: Browser, who: str | None, widths: tuple[int, ...] = WIDTHS, **options: Any
) -> Looker:
    eyes = looker(chromium, widths, **options)
    if who:
        sign_in(staged.app, eyes.page, staged.url, staged.stage.who(who).person_id or 0)
    cookies = [
        {"name": name, "value": value, "url": staged.url} for name, value in staged.stage.cookies.items()
    ]
    eyes.context.add_cookies(cookies)  # type: ignore[arg-type]
    return eyes


def look_at_all(
    staged: Staged, eyes: Looker, pages: list[Screen], lang: Language, axe_at: AxeAt | None = None
) -> None:
    for screen in pages:
        if axe_at:
            eyes.axe_at = axe_at(screen.endpoint)
        eyes.look(staged.url + screen.address(staged.app, lang), lang, screen.status)
    finish(eyes)


def finish(eyes: Looker) -> None:
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
def test_pages(staged: Staged, chromium: Browser, who: str | None, lang: Language, axe_at: AxeAt) -> None:
    eyes = signed_in(staged, chromium, who)
    look_at_all(staged, eyes, pages_of(staged, who), lang, axe_at)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_forms_sent_empty(staged: Staged, chromium: Browser, lang: Language, axe_at: AxeAt) -> None:
    """A form sent as it came shows what must be corrected, soundly, on the same page."""
    seen: set[str] = set()
    faults: list[str] = []
    for who in READERS:
        eyes = signed_in(staged, chromium, who)
        for screen in pages_of(staged, who):
            if screen.endpoint not in EMPTY_IS_WRONG - seen:
                continue
            eyes.page.goto(staged.url + screen.address(staged.app, lang))
            if eyes.page.locator(MAIN_BUTTON).count():
                seen.add(screen.endpoint)
                eyes.axe_at = axe_at(screen.endpoint)
                eyes.look_here(lang, press(eyes.page), 422)
        eyes.context.close()
        faults += eyes.faults
    assert seen == EMPTY_IS_WRONG
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_pages_to_check_before_sending(staged: Staged, chromium: Browser, lang: Language) -> None:
    """What is reached by a form alone: a comment, answers and a ballot as they would be sent; and nothing there."""
    eyes = signed_in(staged, chromium, "citizen")
    live, park = staged.stage.live, staged.stage.here.activities["park.vote"]
    eyes.page.goto(f"{staged.url}/{lang}/comments/{live['comments']}/new")
    eyes.page.locator("#main textarea").fill("ความเห็นที่ยังไม่ได้ส่ง")
    eyes.look_here(lang, press(eyes.page))
    eyes.page.goto(f"{staged.url}/{lang}/votes/{park}/ballot")
    eyes.page.locator("#main input[type=radio]").first.check()
    eyes.look_here(lang, press(eyes.page))
    eyes.look(f"{staged.url}/{lang}/no-such-page", lang, 404)
    finish(eyes)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_answers_to_check_before_sending(staged: Staged, chromium: Browser, lang: Language) -> None:
    eyes = signed_in(staged, chromium, "citizen3")
    first = f"{staged.url}/{lang}/surveys/{staged.stage.live['surveys']}/answer?page=1"
    eyes.page.goto(first)
    for question in eyes.page.locator("#main fieldset:has(input[type=radio])").all():
        question.locator("input").first.check()
    eyes.look_here(lang, press(eyes.page))
    eyes.look_here(lang, press(eyes.page))
    finish(eyes)


def press(page: Page) -> Response | None:
    """Press the main button of the page's form; what is answered."""
    with page.expect_navigation() as navigation:
        page.locator(MAIN_BUTTON).first.click()
    return navigation.value


@pytest.mark.long
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("who", READERS)
def test_pages_on_the_narrowest_phone_in_the_dark(
    staged: Staged, chromium: Browser, who: str | None, lang: Language
) -> None:
    eyes = signed_in(staged, chromium, who, NARROWEST, color_scheme="dark")
    look_at_all(staged, eyes, pages_of(staged, who), lang)
