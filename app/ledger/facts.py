"""What a fact is: something that happened, named in the past tense in three parts (`room.thing.done`).

Facts carry codes, ids and digests only, never free text or personal data. Every recording room declares
its own in its `facts.py`; the registry here knows them all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from app.i18n import Lazy

Visibility = Literal["public", "sealed"]
ExhibitForm = Literal["each", "folded", "none"]
Precision = Literal["second", "day"]
Tells = Literal[
    "announced",
    "date_change",
    "cancelled",
    "answer",
    "result",
    "document",
    "closed",
    "ended",
    "moved",
    "called_off",
    "minutes",
    "decision",
]

NAME = re.compile(r"[a-z_]+(\.[a-z_]+){2}")
CODE = re.compile(r"[A-Za-z0-9_.:/+-]{0,128}")

_registry: dict[str, Fact] = {}


class BadFact(ValueError):
    """A fact was declared or recorded against its own declaration."""


@dataclass(frozen=True)
class Fact:
    """One kind of entry.

    `sentence` is a lazily translated text with `%(key)s` places for the data, filled when the fact is read.
    `data` names the permitted keys; unknown ones are refused. `exhibit` says whether each entry is an
    exhibit of its own or is folded into its activity's one exhibit. `demonstrates` lists the rubric's
    evidence kinds this fact speaks for. `visibility` "sealed" keeps place, subject and data behind a
    commitment until released. `precision` "day" hides the time of day (survey answers, ballots). `tells` is
    what those who follow the issue hear by mail, None where they hear nothing.
    """

    name: str
    sentence: Lazy
    data: frozenset[str] = frozenset()
    visibility: Visibility = "public"
    exhibit: ExhibitForm = "none"
    demonstrates: tuple[str, ...] = ()
    precision: Precision = "second"
    tells: Tells | None = None

    def __post_init__(self) -> None:
        if not NAME.fullmatch(self.name):
            raise BadFact(f"{self.name!r} is not of the form room.thing.done")
        if self.name in _registry:
            raise BadFact(f"{self.name} is declared twice")
        _registry[self.name] = self

    @property
    def room(self) -> str:
        return self.name.split(".")[0]

    def told(self, data: Mapping[str, object]) -> str:
        """The fact as a sentence in the reader's language."""
        return self.sentence.fill(**data)

    def check_data(self, data: Mapping[str, object]) -> dict[str, object]:
        """Return the data if every key is declared and every value is a code, number or digest."""
        unknown = set(data) - self.data
        if unknown:
            raise BadFact(f"{self.name} does not declare {', '.join(sorted(unknown))}")
        for key, value in data.items():
            if not _is_code(value):
                raise BadFact(f"{self.name}: {key} must be a code, an id, a number or a digest")
        return dict(data)


@dataclass(frozen=True)
class Place:
    """Where a fact belongs: its log, and the issue and activity it speaks of, if any."""

    log: str
    agency_id: int | None = None
    issue_id: int | None = None
    activity_id: int | None = None
    level: int | None = None
    stage: str | None = None

    @classmethod
    def programme(cls) -> Place:
        """The programme's own log: role grants, rubrics, reviews."""
        return cls(log="programme")

    @classmethod
    def agency(cls, agency_id: int) -> Place:
        """An agency's log, for what concerns no single issue."""
        return cls(log=f"agency/{agency_id}", agency_id=agency_id)


@dataclass(frozen=True)
class Citizen:
    """A person acting for themselves: written as a freshly salted commitment, never as an id."""

    person_id: int


@dataclass(frozen=True)
class RoleHolder:
    """An officer, evaluator or other holder of a role, acting under the id of that role."""

    role: str
    grant_id: int

    def __str__(self) -> str:
        return f"{self.role}:{self.grant_id}"


@dataclass(frozen=True)
class System:
    """The program itself, or a command run by the operator."""

    def __str__(self) -> str:
        return "system"


Actor = Citizen | RoleHolder | System
SYSTEM = System()


@dataclass(frozen=True)
class FileDigest:
    """A stored file as an entry names it."""

    sha256: str
    size: int
    media: str

    def as_data(self) -> dict[str, object]:
        return {"sha256": self.sha256, "size": self.size, "media": self.media}


def fact_named(name: str) -> Fact:
    """The declaration of a fact; raises `KeyError` for a name nobody declared."""
    return _registry[name]


def all_facts() -> Iterator[Fact]:
    """Every declared fact, in the order of names."""
    return iter(sorted(_registry.values(), key=lambda fact: fact.name))


def _is_code(value: object) -> bool:
    if value is None or isinstance(value, bool | int):
        return True
    if isinstance(value, str):
        return CODE.fullmatch(value) is not None
    if isinstance(value, list | tuple):
        return all(_is_code(item) for item in value)
    return False
