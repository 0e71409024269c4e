"""What a kind of activity is, and the registry of kinds: other rooms ask through it, never by import."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from app.identity import leaving
from app.identity.viewer import Viewer
from app.issues.contracts import Credit, Found, Heard, Outcome, Passages, Table, TakesRemarks, Theme
from app.issues.windows import State


@dataclass(frozen=True)
class ActivityView:
    """An activity as pages and kinds read it: plain values of one row, with its state at this moment."""

    id: int
    issue_id: int
    agency_id: int
    kind: str
    level: int
    stage: str
    title: Any
    opens_at: Any
    closes_at: Any
    state: State
    earlier: Sequence[Mapping[str, Any]] = ()
    """The windows announced before, as `Activity.earlier` holds them."""
    created_at: Any = None


@dataclass(frozen=True)
class Summary:
    """A kind's part of the issue page: a template of its room with its context, and words for the timeline.

    The template is drawn inside the page's `<section id="activity-<id>">`, under an h2 with the activity's
    title, and gets `activity`, `issue`, `viewer` and what `context` holds; its own headings begin at h3.
    `line` is a short sentence on where it stands ("214 comments"); `action` is (words, address) of what the
    reader can do now, or None.
    """

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    line: Any = ""
    action: tuple[Any, str] | None = None


@dataclass(frozen=True)
class Duty:
    """Something the agency owes before the issue may be closed; `url` is where it is done."""

    words: Any
    url: str
    met: bool


@dataclass(frozen=True)
class ExhibitText:
    """How an exhibit of this kind is told: one plain sentence in each language."""

    th: str
    en: str


class Summarise(Protocol):
    """Sum up these activities for the issue page in ONE statement, however many they are."""

    def __call__(self, activities: Sequence[ActivityView], viewer: Viewer) -> Mapping[int, Summary]: ...


def _nothing_counted(_activity_ids: Sequence[int]) -> Mapping[int, Mapping[str, int]]:
    return {}


def _nothing_heard(_activity_ids: Sequence[int]) -> Mapping[int, Heard]:
    return {}


def _nothing_found(_subjects: Sequence[str]) -> Mapping[str, Found]:
    return {}


def _no_outcomes(_activity_ids: Sequence[int]) -> Sequence[Outcome]:
    return ()


def _no_themes(_activity_ids: Sequence[int]) -> Sequence[Theme]:
    return ()


def _no_tables(_activity_ids: Sequence[int]) -> Mapping[int, Sequence[Table]]:
    return {}


def _nothing_signed(_activity_ids: Sequence[int]) -> Mapping[int, str]:
    return {}


def _no_credits(_activity_ids: Sequence[int]) -> Mapping[str, Sequence[Credit]]:
    return {}


@dataclass(frozen=True)
class Kind:
    """The contract of a kind of activity.

    `levels` are those it may serve. `setup` and `manage` are the officer's endpoints (taking `activity_id`)
    to prepare the activity and to work in it; `page` the citizen's. `ready(activity_id)` returns what is
    missing before the issue may be published, as sentences. `duties` lists what it owes before closing.
    `exhibits` tells how its folded exhibit reads. `erase` removes a person from its tables and returns how many
    rows it changed. `extendable`: whether the end may be set later while people take part.

    The rest a kind may leave out. By activity id: `counts` are the public figures of open data, `heard` tells
    who took part, `outcomes` lists what it has that people's words may have changed, `credits` maps the key of
    an outcome of any kind to what was said for it, `themes` lists what people said, put together by the agency,
    with its answers. `signed` is the digest of what an activity binds to beyond its window (question, rule,
    questionnaire); `report` gives what came of it as tables of the hearing report. `found` maps ledger subjects
    ("comment/12", "activity/7") to what search shows of them now, leaving out what is not public. `passages` and
    `remarks` let people comment on a passage of a document. Each is one statement, however many are asked for;
    a survey's `signed` and `report` read it whole, a few statements each.
    """

    code: str
    name: Any
    description: Any
    levels: frozenset[int]
    stages: tuple[str, ...]
    setup: str
    manage: str
    page: str
    summary: Summarise
    ready: Callable[[int], Sequence[Any]]
    duties: Callable[[ActivityView], Sequence[Duty]]
    exhibits: Callable[[int], ExhibitText]
    erase: Callable[[int], int]
    extendable: bool = True
    counts: Callable[[Sequence[int]], Mapping[int, Mapping[str, int]]] = _nothing_counted
    heard: Callable[[Sequence[int]], Mapping[int, Heard]] = _nothing_heard
    found: Callable[[Sequence[str]], Mapping[str, Found]] = _nothing_found
    outcomes: Callable[[Sequence[int]], Sequence[Outcome]] = _no_outcomes
    credits: Callable[[Sequence[int]], Mapping[str, Sequence[Credit]]] = _no_credits
    themes: Callable[[Sequence[int]], Sequence[Theme]] = _no_themes
    signed: Callable[[Sequence[int]], Mapping[int, str]] = _nothing_signed
    report: Callable[[Sequence[int]], Mapping[int, Sequence[Table]]] = _no_tables
    passages: Passages | None = None
    remarks: TakesRemarks | None = None

    @property
    def hears(self) -> bool:
        """Whether people take part in it."""
        return self.heard is not _nothing_heard

    def describe(self) -> tuple[Any, Any]:
        """The kind's name and what it is for, as the officer choosing it reads them."""
        return self.name, self.description


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Add a kind, and its way to forget people, for when one of them ends their account.

    The last registration of a code stands, so that tests may build several applications.
    """
    _kinds[kind.code] = kind
    leaving.erased_by(kind.code, kind.erase)


def kind_of(code: str) -> Kind:
    """The kind with this code; raises `KeyError` for an unknown one."""
    return _kinds[code]


def all_kinds() -> list[Kind]:
    """Every kind, lowest level first."""
    return sorted(_kinds.values(), key=lambda kind: (min(kind.levels), kind.code))


def kinds_for(level: int) -> list[Kind]:
    """The kinds that may be used in an issue that promises `level`: those serving it or a lower one."""
    return [kind for kind in all_kinds() if min(kind.levels) <= level]
