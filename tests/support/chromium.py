"""A real Chromium for the browser tests: `page`, or `new_page(...)` for another width or person.

It is the machine's own browser, started once a process. A script error or a breach of the content
security policy fails the test in which it happens, whatever else the test looks at.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

from tests.support import lanes

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}
PATIENCE = 120_000
"""Milliseconds until we give up waiting: a net for what hangs, far above what a busy machine needs."""

expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The running browser. Chromium's own sandbox does not work as root, so there it is off."""
    lanes.need(lanes.chromium())
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=lanes.chromium_path(), args=arguments, timeout=PATIENCE
        )
        yield browser
        browser.close()


@pytest.fixture
def new_page(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """A page in a fresh context (no cookies): `new_page(viewport=PHONE, locale="en-GB")`."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error" and "Content Security Policy" in message.text:
            faults.append(message.text)

    def make(**options: Any) -> Page:
        settings = {
            "viewport": DESKTOP,
            "locale": "th-TH",
            "timezone_id": "Asia/Bangkok",
            **options,
        }
        context = chromium.new_context(**settings, reduced_motion="reduce")
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", note)
        return page

    yield make
    for context in contexts:
        context.close()
    assert not faults, f"the browser complained: {faults}"


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """One page, Thai, 1280 pixels wide."""
    return new_page()
