"""The only door to bleach: what people write becomes safe HTML here, once, when it is written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from bleach.sanitizer import Cleaner
from markupsafe import escape

from app.core.text import normalise

TAGS = frozenset(
    {"p", "br", "strong", "em", "ul", "ol", "li", "h3", "h4", "blockquote", "a"},
)
_WEB_ADDRESS = re.compile(r"https?://[^\s/@\\]+(?:[/?#][^\s]*)?", re.IGNORECASE)
_REL = "nofollow ugc noopener"


def to_html(text: str) -> str:
    """Plain text as escaped paragraphs and line breaks. Nothing in it becomes a tag or a link."""
    paragraphs = re.split("\n{2,}", normalise(text))
    return "".join(
        f"<p>{escape(paragraph)}</p>".replace("\n", "<br>") for paragraph in paragraphs if paragraph
    )


def clean_html(html: str) -> str:
    """`html` with the tags of `TAGS` alone; links keep an http(s) address and tell robots off.

    Forbidden tags go, their text stays as text. The result is safe to mark as Markup.
    """
    # A Cleaner keeps parsing state, so each text gets its own: two threads may clean at once.
    filters: list[Any] = [_robots_off]
    cleaner = Cleaner(
        tags=TAGS,
        attributes=_keep_address,
        protocols={"http", "https"},
        strip=True,
        filters=filters,
    )
    return normalise(cleaner.clean(normalise(html)))


def _keep_address(tag: str, name: str, value: str) -> bool:
    return (tag, name) == ("a", "href") and _WEB_ADDRESS.fullmatch(value) is not None


def _robots_off(source: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Gives every link the same `rel`: no reward for spam, no handle on our window.

    A link that lost its address is unwrapped: it would only look as if it led somewhere.
    """
    unwrapping = False
    for token in source:
        if token.get("name") == "a" and token["type"] == "StartTag":
            unwrapping = (None, "href") not in token["data"]
            token["data"][None, "rel"] = _REL
        if not (unwrapping and token.get("name") == "a"):
            yield token
