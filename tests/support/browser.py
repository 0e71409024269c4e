"""A reader of pages: opens them as a person would and checks what every page must keep.

Every HTML answer is held to: the expected status, a title, `lang` on the page, one h1, labels on all fields,
unique ids, no inline style or script, no message left untranslated on a Thai page, links that lead somewhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from app.core.clock import now
from app.core.db import db
from app.core.ids import new_key
from app.identity.models import SignInSession
from app.identity.viewer import token_digest

VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
LABELLED = frozenset({"input", "select", "textarea"})


@dataclass
class Element:
    tag: str
    attrs: dict[str, str]
    text: str = ""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self.open: list[Element] = []
        self.inside_label: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.elements.append(element)
        if any(parent.tag == "label" for parent in self.open) and tag in LABELLED:
            self.inside_label.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        while self.open:
            if self.open.pop().tag == tag:
                break

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.text += data


class Page:
    """An answer as a person sees it."""

    def __init__(self, response: Any, statements: int) -> None:
        self.response = response
        self.status: int = response.status_code
        text = response.mimetype.startswith(("text/", "application/json"))
        self.html: str = response.get_data(as_text=True) if text or not response.mimetype else ""
        self.statements = statements
        self.path: str = urlsplit(response.request.url).path
        reader = _Reader()
        reader.feed(self.html)
        self.elements = reader.elements
        self._inside_label = {id(element) for element in reader.inside_label}

    @property
    def is_html(self) -> bool:
        return self.response.mimetype == "text/html"

    @property
    def text(self) -> str:
        """All words of the page, in order, spaces collapsed."""
        words = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", self.html, flags=re.S)
        reader = _Reader()
        reader.feed(words)
        body = next((e for e in reader.elements if e.tag == "html"), None)
        return re.sub(r"\s+", " ", body.text if body else "").strip()

    @property
    def title(self) -> str:
        return next((e.text for e in self.elements if e.tag == "title"), "")

    @property
    def h1(self) -> str:
        return re.sub(r"\s+", " ", next((e.text for e in self.elements if e.tag == "h1"), "")).strip()

    def all(self, tag: str, **attrs: str) -> list[Element]:
        """Elements of a tag with these attribute values (`class_` for class, matching one of its words)."""
        found = []
        for element in self.elements:
            if element.tag == tag and all(self._has(element, k, v) for k, v in attrs.items()):
                found.append(element)
        return found

    def links(self) -> list[str]:
        return [e.attrs["href"] for e in self.all("a") if "href" in e.attrs]

    def field_values(self, form_index: int = 0) -> dict[str, Any]:
        """What a form would send as it stands: hidden fields, typed values, checked choices."""
        values: dict[str, Any] = {}
        form = 0
        hidden_in: dict[str, int] = {}
        for element in self.elements:
            form += element.tag == "form"
            name = element.attrs.get("name")
            if not name:
                continue
            kind = element.attrs.get("type", "text")
            if element.tag == "textarea":
                values[name] = element.text.removeprefix("\n")
            elif element.tag == "input" and kind in ("checkbox", "radio"):
                if "checked" in element.attrs:
                    values.setdefault(name, []).append(element.attrs.get("value", "on"))
            elif element.tag == "input" and kind == "hidden" and hidden_in.get(name) == form:
                # A check page carries several choices of one question as several hidden fields.
                before = values[name]
                values[name] = [*(before if isinstance(before, list) else [before]), element.attrs["value"]]
            elif element.tag == "input" and kind not in ("submit", "file", "search"):
                values[name] = element.attrs.get("value", "")
                hidden_in[name] = form
        values.update(self._selected())
        return values

    def errors(self) -> list[str]:
        """The messages at the fields and in the summary."""
        return [e.text.strip() for e in self.elements if "err" in e.attrs.get("class", "").split()]

    def _selected(self) -> dict[str, str]:
        values: dict[str, str] = {}
        current = None
        for element in self.elements:
            if element.tag == "select":
                current = element.attrs.get("name")
            elif (
                element.tag == "option" and current and ("selected" in element.attrs or current not in values)
            ):
                values[current] = element.attrs.get("value", element.text)
        return values

    def _has(self, element: Element, name: str, value: str) -> bool:
        if name == "class_":
            return value in element.attrs.get("class", "").split()
        return element.attrs.get(name.replace("_", "-")) == value

    def check(self) -> None:
        """The promises every page keeps; an assertion names what is wrong."""
        where = f"{self.path} ({self.status})"
        html = next(e for e in self.elements if e.tag == "html")
        assert html.attrs.get("lang") in ("th", "en"), f"{where}: no lang on the page"
        assert self.title.strip(), f"{where}: no title"
        assert len(self.all("h1")) == 1, f"{where}: {len(self.all('h1'))} h1 elements"
        ids = [e.attrs["id"] for e in self.elements if "id" in e.attrs]
        doubled = {i for i in ids if ids.count(i) > 1}
        assert not doubled, f"{where}: ids used twice: {doubled}"
        for element in self.elements:
            assert "style" not in element.attrs, f"{where}: inline style on <{element.tag}>"
            handlers = [name for name in element.attrs if name.startswith("on")]
            assert not handlers, f"{where}: inline script {handlers}"
        self._check_labels(where)
        self._check_references(where, set(ids))
        assert not re.search(r"%\(\w+\)[sd]", self.html), f"{where}: a place in a message was not filled"

    def _check_labels(self, where: str) -> None:
        labelled = {e.attrs.get("for") for e in self.all("label")}
        for element in self.elements:
            if element.tag not in LABELLED or element.attrs.get("type") in ("hidden", "submit"):
                continue
            named = (
                element.attrs.get("id") in labelled
                or id(element) in self._inside_label
                or element.attrs.get("aria-label")
                or element.attrs.get("aria-labelledby")
            )
            assert named, f"{where}: field {element.attrs.get('name')} has no label"

    def _check_references(self, where: str, ids: set[str]) -> None:
        for element in self.elements:
            for name in ("aria-describedby", "aria-labelledby", "for"):
                for target in element.attrs.get(name, "").split():
                    assert target in ids, f"{where}: {name} points to no element: {target}"
            href = element.attrs.get("href", "")
            if element.tag == "a" and href.startswith("#") and len(href) > 1:
                assert href[1:] in ids, f"{where}: link to a missing place {href}"
            assert not (element.tag == "a" and href == "#"), f"{where}: a link to nowhere"


class FreshClient(FlaskClient):
    """Gives each request an application context of its own, as a server does.

    Within the test's own context a request would find in `g` the viewer and language of the one before.
    """

    def open(self, *args: Any, **kwargs: Any) -> Any:
        with self.application.app_context():
            return super().open(*args, **kwargs)


class PageBrowser:
    """One person's browser on the test client; `sign_in(person)` or `as_(person)` for another person's."""

    def __init__(self, app: Flask, person_id: int | None = None) -> None:
        self.app = app
        self.client = app.test_client()
        if person_id is not None:
            self.sign_in(person_id)

    def as_(self, person: Any) -> PageBrowser:
        """A browser of its own in which `person` (a Person row or an id) is signed in."""
        return PageBrowser(self.app, getattr(person, "id", person))

    def sign_in(self, person_id: int) -> None:
        """Open a real session for the person, as signing in does."""
        token = new_key()
        moment = now()
        db.session.add(
            SignInSession(
                digest=token_digest(token),
                person_id=person_id,
                opened_at=moment,
                expires_at=moment.replace(year=moment.year + 1),
            )
        )
        db.session.commit()
        with self.client.session_transaction() as cookie:
            cookie["_user_id"] = token
            cookie["_fresh"] = True
            cookie["csrf_token"] = "a" * 40

    def get(self, path: str, status: int = 200, **kwargs: Any) -> Page:
        """Open a page; an HTML answer is checked."""
        return self._send("get", path, status, **kwargs)

    def post(self, path: str, data: dict[str, Any] | None = None, status: int = 303, **kwargs: Any) -> Page:
        """Send values as they are given."""
        return self._send("post", path, status, data=data or {}, **kwargs)

    def submit(
        self,
        path: str,
        values: dict[str, Any],
        *,
        action: str | None = None,
        status: int = 303,
        **kwargs: Any,
    ) -> Page:
        """Open the form's page, fill it in, send it: hidden fields and defaults go along, as in a browser."""
        page = self.get(path)
        return self.fill(page, values, action=action or path, status=status, **kwargs)

    def fill(
        self, page: Page, values: dict[str, Any], *, action: str, status: int = 303, **kwargs: Any
    ) -> Page:
        """Send the form of a page already open, with these values."""
        data = {**page.field_values(), **values}
        return self.post(action, {k: v for k, v in data.items() if v is not None}, status, **kwargs)

    def follow(self, page: Page) -> Page:
        """Go where a redirect leads."""
        return self.get(page.response.headers["Location"])

    def _send(self, method: str, path: str, status: int, **kwargs: Any) -> Page:
        db.session.remove()  # A request begins with nothing read; the test's own reading ends here.
        with _counted(db.engine) as counter:
            response = getattr(self.client, method)(path, **kwargs)
        page = Page(response, counter[0])
        assert page.status == status, f"{method} {path}: {page.status}, expected {status}\n{page.errors()}"
        if page.is_html and page.status not in (301, 302, 303, 307, 308):
            page.check()
        return page


class _counted:
    """Count the SQL statements sent while the block runs."""

    def __init__(self, engine: Any) -> None:
        self.engine = engine
        self.counter = [0]

    def __enter__(self) -> list[int]:
        event.listen(self.engine, "before_cursor_execute", self._count)
        return self.counter

    def __exit__(self, *_: object) -> None:
        event.remove(self.engine, "before_cursor_execute", self._count)

    def _count(self, *_: Any) -> None:
        self.counter[0] += 1
