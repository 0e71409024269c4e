"""One person at a real browser: finds fields, buttons and links by the words that stand on the page.

The words are written here in English and looked up in the product's own catalogues, so the same steps
are walked in either language; a text without a Thai translation fails the walk.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from flask import Flask
from playwright.sync_api import Locator, Page, Response, expect

from app.core.clock import now
from app.core.db import db
from app.core.ids import new_key
from app.i18n import Language, _, speaking
from app.i18n.dates import MONTHS_LONG, local
from app.identity.models import Person, SignInSession
from app.identity.viewer import token_digest

THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


def session_cookie(app: Flask, person_id: int) -> str:
    """The value of the session cookie of a person who has just signed in; the session is stored."""
    token, moment = new_key(), now()
    db.session.rollback()
    db.session.add(
        SignInSession(
            digest=token_digest(token),
            person_id=person_id,
            opened_at=moment,
            expires_at=moment.replace(year=moment.year + 1),
        )
    )
    db.session.commit()
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    content = {"_user_id": token, "_fresh": True, "csrf_token": "a" * 40}
    return str(serializer.dumps(content))


def sign_in(app: Flask, page: Page, base: str, person_id: int) -> None:
    """Sign a person in, in the browser context of `page`."""
    cookie = {"name": app.config["SESSION_COOKIE_NAME"], "value": session_cookie(app, person_id), "url": base}
    page.context.add_cookies([cookie])  # type: ignore[list-item]


class Visitor:
    """A person (or nobody) reading the pages in one language."""

    def __init__(self, app: Flask, page: Page, base: str, lang: Language) -> None:
        self.app, self.page, self.base, self.lang = app, page, base, lang
        self.troubles: list[str] = []
        page.on("response", self._note)

    @classmethod
    def who(
        cls,
        app: Flask,
        new_page: Callable[..., Page],
        base: str,
        *,
        lang: Language,
        person: Person | None = None,
        **options: Any,
    ) -> Visitor:
        """A visitor with a browser context of their own, signed in if they are somebody."""
        page = new_page(locale="th-TH" if lang == "th" else "en-GB", **options)
        if person is not None:
            sign_in(app, page, base, person.id)
        return cls(app, page, base, lang)

    def say(self, words: str, **values: Any) -> str:
        """The text of the interface in the visitor's language."""
        with self.app.app_context(), speaking(self.lang):
            said = re.sub(r"\s+", " ", _(words, **values)).strip()
        assert self.lang == "en" or said != words, f"no Thai for {words!r}"
        return said

    # ------------------------------------------------------------ going about

    def open(self, path: str) -> None:
        """Go to a page of the visitor's language."""
        self.page.goto(f"{self.base}/{self.lang}{path}")
        self.reads_a_sound_page()

    def follow(self, words: str, nth: int = 0, **values: Any) -> None:
        """Press a link of the page's own part by its words; more may follow that only screen readers hear."""
        link = self.page.locator("#main").get_by_role("link", name=_begins(self.say(words, **values)))
        self._go_by(link.nth(nth))

    def follow_title(self, title: str, nth: int = 0) -> None:
        """Press a link whose words are content, not interface."""
        self._go_by(self.page.locator("#main").get_by_role("link", name=title).nth(nth))

    def _go_by(self, link: Locator) -> None:
        """Press a link and wait until the page it leads to is there as a whole."""
        with self.page.expect_navigation():
            link.click()
        self.reads_a_sound_page()

    def press(self, words: str, status: int = 200, **values: Any) -> None:
        """Press a button and land on a page of this status."""
        button = self.page.get_by_role("button", name=_begins(self.say(words, **values)))
        with self.page.expect_navigation() as navigation:
            button.first.click()
        answer = navigation.value
        assert answer.status == status, f"{answer.url}: {answer.status}\n{self.errors()}"
        self.reads_a_sound_page()

    # ------------------------------------------------------------ filling in

    def write(self, label: str, text: str, nth: int = 0, **values: Any) -> None:
        """Write into the field with this label."""
        self.page.get_by_label(_whole(self.say(label, **values))).nth(nth).fill(text)

    def write_all(self, texts: Mapping[str, str]) -> None:
        for label, text in texts.items():
            self.write(label, text)

    def pick(self, label: str, option: str, nth: int = 0) -> None:
        """Choose from a drop-down list; the option in the words of the interface."""
        self.page.get_by_label(_whole(self.say(label))).nth(nth).select_option(label=self.say(option))

    def tick(self, words: str, **values: Any) -> None:
        """Tick the box or choose the radio button with these words of the interface."""
        self.tick_title(self.say(words, **values))

    def tick_title(self, title: str) -> None:
        """The same where the words are content."""
        label = self.page.locator("label", has=self.page.get_by_text(title, exact=True))
        label.locator("input").first.check()

    def date(self, legend: str, day: date, nth: int = 0) -> Locator:
        """Write a day into its boxes: in the Thai pages with Thai digits, of either era."""
        boxes = self.page.get_by_role("group", name=_whole(self.say(legend))).nth(nth)
        thai = self.lang == "th"
        year = str(day.year + 543 if thai else day.year)
        boxes.get_by_label(self.say("Day"), exact=True).fill(_digits(str(day.day), thai))
        boxes.get_by_label(self.say("Month"), exact=True).select_option(
            label=MONTHS_LONG[self.lang][day.month - 1]
        )
        boxes.get_by_label(self.say("Year"), exact=True).fill(_digits(year, thai))
        return boxes

    def moment(self, legend: str, moment: datetime) -> None:
        """Write a day and a time into their boxes."""
        there = local(moment)
        boxes = self.date(legend, there.date())
        boxes.get_by_label(self.say("Time"), exact=True).fill(_digits(f"{there:%H.%M}", self.lang == "th"))

    # ------------------------------------------------------------ reading

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.base)

    @property
    def text(self) -> str:
        """The words of the page, spaces collapsed, those for screen readers too."""
        return re.sub(r"\s+", " ", self.page.locator("body").text_content() or "")

    def reads(self, words: str, **values: Any) -> None:
        """The page says this, in the words of the interface."""
        self.reads_title(self.say(words, **values))

    def reads_title(self, *texts: str) -> None:
        """The page says this, in words that are content."""
        for text in texts:
            assert text in self.text, f"{self.page.url} does not say {text!r}:\n{self.text}"

    def does_not_read(self, *texts: str) -> None:
        for text in texts:
            assert text not in self.text, f"{self.page.url} says {text!r}"

    def errors(self) -> list[str]:
        """The messages in the summary of what must be corrected."""
        return self.page.locator(".errsum li, .err").all_text_contents()

    def reads_a_sound_page(self) -> None:
        """What every page keeps: its language, one heading, no sideways scroll."""
        expect(self.page.locator("html")).to_have_attribute("lang", self.lang)
        expect(self.page.locator("h1")).to_have_count(1)
        assert not self.troubles, self.troubles

    def _note(self, response: Response) -> None:
        if response.status >= 500 or (response.status == 404 and "/static/" in response.url):
            self.troubles.append(f"{response.status} {response.url}")


def _begins(text: str) -> re.Pattern[str]:
    """The words themselves, alone or before others."""
    return re.compile(rf"^\s*{re.escape(text)}(\s|$)")


def _whole(text: str) -> re.Pattern[str]:
    """A label as it stands, with the word "optional" after it or not."""
    return re.compile(rf"^\s*{re.escape(text)}\s*(\([^)]*\))?\s*$")


def _digits(text: str, thai: bool) -> str:
    return text.translate(THAI_DIGITS) if thai else text
