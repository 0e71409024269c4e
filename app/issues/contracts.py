"""What kinds tell each other through the registry, as plain values: nobody imports a sibling.

A kind leaves out what it has nothing to say to (see `kinds.Kind`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from flask import url_for

from app.i18n import Language
from app.i18n.bilingual import Bilingual


@dataclass(frozen=True)
class Address:
    """A page, in whichever language it is asked for."""

    endpoint: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def url(self, lang: Language | None = None) -> str:
        """The path of the page; without `lang` in the language of the page being made."""
        spoken: dict[str, Any] = {"lang": lang} if lang else {}
        return url_for(self.endpoint, **spoken, **self.values)


@dataclass(frozen=True)
class Found:
    """Something public that search may find: what a ledger subject is about, as it reads now.

    `lang` is the language of `words` where they stand in one only.
    """

    subject: str
    activity_id: int
    title: Bilingual
    words: str
    lang: Language | None
    address: Address


@dataclass(frozen=True)
class Heard:
    """Who took part in an activity: how many contributions, and their parts by one feature after another.

    `by` maps "channel", "stance", "sector", "area" to {code: number}. What was not said has no code. `pending`:
    somebody took part of whom it will be told only later, when all have, or when the agency has counted them.
    """

    total: int = 0
    by: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    pending: bool = False


@dataclass(frozen=True)
class Passage:
    """A part of one version of a document, or with an empty `section` the whole of it.

    `quote` is the words meant, as they stand in `section`; empty for the section as a whole.
    """

    activity_id: int
    subject: str
    version: int
    section: str
    section_title: Bilingual
    quote: str
    title: Bilingual
    address: Address


class Passages(Protocol):
    """How a kind with documents answers for a passage; None where there is none, or it is not public."""

    def __call__(
        self, subject: str, version: int, section: str, quote: str, lang: Language
    ) -> Passage | None: ...


@dataclass(frozen=True)
class Remarks:
    """What an activity takes in about one document version: counts by section, and where one writes and reads.

    `counts` may hold under "" how many there are on the version in all. `write` is None while nothing can be
    sent. Both addresses take the section as `section`.
    """

    activity_id: int
    title: Bilingual
    counts: Mapping[str, int]
    write: Address | None
    read: Address


class TakesRemarks(Protocol):
    """Of these activities, those that take remarks on this document version."""

    def __call__(self, activities: Sequence[Any], subject: str, version: int) -> Sequence[Remarks]: ...


@dataclass(frozen=True)
class Outcome:
    """Something that what people said may have changed: a document's version, a decision, a result."""

    subject: str
    version: int | None
    title: Bilingual
    address: Address
    at: datetime

    @property
    def key(self) -> str:
        """The outcome in one word, as forms and tables hold it: "publication/12@3"."""
        return self.subject if self.version is None else f"{self.subject}@{self.version}"


@dataclass(frozen=True)
class Credit:
    """What people said that led to an outcome: the answered theme or comment, and how many said so."""

    words: Bilingual
    people: int
    address: Address


@dataclass(frozen=True)
class Theme:
    """Comments that say much the same, and the agency's one answer to all of them.

    `comments` is how many are in it, `people` how many wrote them. Until the agency has answered, `verdict`
    (a code of `verdicts.VERDICTS`), `reason` and `answered_at` are None; `due_on` is the day by which a theme
    under review is decided. `outcome` is what changed because of it, where something did.
    """

    subject: str
    activity_id: int
    title: Bilingual
    comments: int
    people: int
    address: Address
    verdict: str | None = None
    reason: Bilingual | None = None
    due_on: date | None = None
    answered_at: datetime | None = None
    outcome: Outcome | None = None


@dataclass(frozen=True)
class Table:
    """A table of the hearing report: plain values under column heads.

    A cell is a text, a `Bilingual`, a number, a day or moment, or None where a number is too small to show.
    """

    heading: Any
    columns: Sequence[Any]
    rows: Sequence[Sequence[Any]]
    note: Any = ""
