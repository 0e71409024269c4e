"""Parts that rooms to the right put into the hearing report: they say here what they can tell of an issue."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.i18n import Lazy
from app.issues.kinds import ActivityView
from app.issues.notice import Sureness
from app.issues.queries import IssueView


@dataclass(frozen=True)
class Missing:
    """A part that is asked for and not there: in words, by which rule, how sure we are of it, where it is filled in."""

    words: Any
    source: Lazy
    sureness: Sureness
    url: str


@dataclass(frozen=True)
class Told:
    """What a room tells: a template of its own with its context, and what it misses.

    The template is drawn under an h2; its own headings begin at h3. It shows nothing that a signed-out reader
    may not see.
    """

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    missing: Sequence[Missing] = ()


Load = Callable[[IssueView, Sequence[ActivityView]], Told]


@dataclass(frozen=True)
class Part:
    """A room's part: below 50 its `order` puts it after how people were heard, else at the end."""

    order: int
    heading: Lazy
    load: Load


_parts: dict[str, Part] = {}


def add_part(room: str, order: int, heading: Lazy, load: Load) -> None:
    """Let a room tell its part; its last registration stands, so that tests may build several applications."""
    _parts[room] = Part(order, heading, load)


def parts() -> list[tuple[str, Part]]:
    """Every room's part, in its order."""
    return sorted(_parts.items(), key=lambda item: (item[1].order, item[0]))
