"""Looking at a page in a real browser: is it sound, does it fit, does axe find anything?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response

from tests.support.chromium import PATIENCE

AXE = Axe().axe_script
RUN = "() => axe.run(document, {resultTypes: ['violations']})"
TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
SHAPE = "() => [document.documentElement.lang, document.querySelectorAll('h1').length, document.title.trim()]"
HEIGHT = 900


@dataclass
class Looker:
    """A browser context that looks at pages at several widths and keeps what is wrong with them.

    axe, which costs more than all the rest, looks at the widths in `axe_at` alone.
    """

    context: BrowserContext
    widths: tuple[int, ...]
    axe_at: tuple[int, ...]
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page: Page = self.context.new_page()
        self.page.on("pageerror", lambda error: self.faults.append(f"{self.page.url}: {error}"))
        self.page.on("console", self._note)

    def look(self, address: str, lang: str, status: int = 200) -> None:
        """Open an address and look at the page there."""
        answer = self.page.goto(address)
        self.look_here(lang, answer, status)

    def look_here(self, lang: str, answer: Response | None, status: int = 200) -> None:
        """Look at the page that is open."""
        got = answer.status if answer else None
        if got != status:
            self.faults.append(f"{self.page.url}: {got}, not {status}")
            return
        self.faults += [f"{self.page.url}: {fault}" for fault in self._shape(lang)]
        if self.axe_at:
            self.page.evaluate(AXE)
        for width in self.widths:
            self.page.set_viewport_size({"width": width, "height": HEIGHT})
            self.faults += [f"{self.page.url} at {width} px: {fault}" for fault in self._look(width)]

    def _shape(self, lang: str) -> Iterator[str]:
        spoken, headings, title = self.page.evaluate(SHAPE)
        if spoken != lang:
            yield f"the page says it is in {spoken!r}"
        if headings != 1:
            yield f"{headings} h1"
        if not title:
            yield "no title"

    def _look(self, width: int) -> Iterator[str]:
        if beyond := self.page.evaluate(TOO_WIDE):
            yield f"scrolls sideways by {beyond} px"
        if width not in self.axe_at:
            return
        for finding in self.page.evaluate(RUN)["violations"]:
            places = [" ".join(map(str, node["target"])) for node in finding["nodes"]]
            yield f"axe {finding['id']}: {finding['help']}: {'; '.join(places[:3])}"

    def _note(self, message: ConsoleMessage) -> None:
        if message.type == "error" and "Content Security Policy" in message.text:
            self.faults.append(f"{self.page.url}: {message.text}")


def looker(
    browser: Browser, widths: tuple[int, ...], *, axe_at: tuple[int, ...] | None = None, **options: Any
) -> Looker:
    """A looker in a fresh context; axe looks at all of its widths if nothing else is said."""
    context = browser.new_context(
        viewport={"width": widths[0], "height": HEIGHT}, reduced_motion="reduce", **options
    )
    context.set_default_timeout(PATIENCE)
    return Looker(context, widths, widths if axe_at is None else axe_at)
