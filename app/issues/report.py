"""The hearing report: what an agency must publish about a hearing, put together from what is stored.

Asked for by the Prime Minister's Office Regulation on Public Hearings B.E. 2548 (clauses 7, 9, 11 and 12) and by item
o25 of the yearly integrity assessment (issue, who took part, result, use of the result). What the agency has not
stated is told as not stated.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.agencies.reference import provinces
from app.agencies.sectors import SECTORS
from app.core.errors import NotFound
from app.i18n import _l
from app.identity.viewer import Viewer
from app.issues.channels import ARRIVALS
from app.issues.clocks import Clock, clocks_of
from app.issues.completeness import missing_from
from app.issues.contracts import Heard, Table, Theme
from app.issues.hiding import FEWEST_TO_BREAK_DOWN, shown, shown_total
from app.issues.kinds import ActivityView, kind_of
from app.issues.models import Commitment, Response
from app.issues.page import is_public
from app.issues.particulars import Stated, stated
from app.issues.queries import IssueView, answer_of, visible_issue
from app.issues.reporting import Missing, Part, Told, parts

FEATURES = {"channel": _l("By channel"), "sector": _l("By sector"), "area": _l("By area")}
UNTOLD = ""
"""In place of a code, those of whom it is not known."""


@dataclass(frozen=True)
class Breakdown:
    """Those who took part by one feature: (label, number or None where hidden); no lines where they are too few."""

    heading: Any
    lines: Sequence[tuple[Any, int | None]]


@dataclass(frozen=True)
class Section:
    """An activity with how many it heard (None: too few to show), what was said in it, what came of it.

    `hears`: whether its kind hears people at all; a document is read by who wants to.
    """

    activity: ActivityView
    kind: Any
    hears: bool
    heard: int | None
    themes: Sequence[Theme]
    tables: Sequence[Table]


@dataclass(frozen=True)
class Report:
    """Everything the report tells; `public` says whether everyone may read it, or it is the office's draft."""

    issue: IssueView
    public: bool
    sections: Sequence[Section]
    total: int | None
    breakdowns: Sequence[Breakdown]
    particulars: Sequence[Stated]
    parts: Sequence[tuple[str, Part, Told]]
    answer: Response | None
    commitments: Sequence[Commitment]
    clocks: Sequence[Clock]
    missing: Sequence[Missing]


def report_of(issue_id: int, viewer: Viewer) -> Report:
    """The report of one issue, in a number of statements that depends on its kinds alone.

    Raises `NotFound` before it is public, but for the agency's own officials, who see it as a draft.
    """
    issue, activities = visible_issue(issue_id, viewer)
    written, commitments = answer_of(issue_id)
    public = is_public(issue, written)
    office = issue.source is None and viewer.may("issues.see_drafts", issue.agency_id)
    if not public and not office:
        raise NotFound
    answer = written if written is not None and written.published_at is not None else None
    counting = [activity for activity in activities if activity.state != "annulled"]
    heard, themes, tables = _from_kinds(counting)
    told = [(room, part, part.load(issue, activities)) for room, part in parts()]
    sections = _sections(activities, heard, themes, tables)
    return Report(
        issue=issue,
        public=public,
        sections=sections,
        total=shown_total(sum(each.total for each in heard.values())),
        breakdowns=[_breakdown(feature, words, heard) for feature, words in FEATURES.items()],
        particulars=stated(issue.particulars),
        parts=told,
        answer=answer,
        commitments=commitments,
        clocks=clocks_of(issue, counting, answer),
        missing=[
            *missing_from(issue, counting, heard, themes, answer),
            *(gap for _room, _part, tells in told for gap in tells.missing),
        ],
    )


def _from_kinds(
    activities: Sequence[ActivityView],
) -> tuple[Mapping[int, Heard], Sequence[Theme], Mapping[int, Sequence[Table]]]:
    """What each kind present tells of all its activities; what came of one is told once it has closed."""
    by_kind: dict[str, list[int]] = {}
    for activity in activities:
        if activity.state != "draft":
            by_kind.setdefault(activity.kind, []).append(activity.id)
    closed = {activity.id for activity in activities if activity.state == "closed"}
    heard: dict[int, Heard] = {}
    themes: list[Theme] = []
    tables: dict[int, Sequence[Table]] = {}
    for code, ids in by_kind.items():
        kind = kind_of(code)
        heard.update(kind.heard(ids))
        themes += kind.themes(ids)
        tables.update(kind.report([ident for ident in ids if ident in closed]))
    return heard, themes, tables


def _sections(
    activities: Sequence[ActivityView],
    heard: Mapping[int, Heard],
    themes: Sequence[Theme],
    tables: Mapping[int, Sequence[Table]],
) -> list[Section]:
    """The activities with their numbers, of which one hidden alone would be given away by the sum."""
    numbers = shown({activity.id: heard.get(activity.id, Heard()).total for activity in activities})
    return [
        Section(
            activity=activity,
            kind=kind_of(activity.kind).name,
            hears=kind_of(activity.kind).hears,
            heard=numbers[activity.id],
            themes=[theme for theme in themes if theme.activity_id == activity.id],
            tables=tables.get(activity.id, ()),
        )
        for activity in activities
    ]


def _breakdown(feature: str, heading: Any, heard: Mapping[int, Heard]) -> Breakdown:
    total = sum(each.total for each in heard.values())
    counts: Counter[str] = Counter()
    for each in heard.values():
        for code, number in each.by.get(feature, {}).items():
            counts[code[:2] if feature == "area" else code] += number
    if total < FEWEST_TO_BREAK_DOWN or not counts:
        return Breakdown(heading, ())
    counts[UNTOLD] += max(total - sum(counts.values()), 0)
    lines = shown({code: number for code, number in counts.items() if number})
    ordered = sorted(lines.items(), key=lambda line: (line[0] == UNTOLD, -(line[1] or 0), line[0]))
    return Breakdown(heading, [(_label(feature, code), number) for code, number in ordered])


def _label(feature: str, code: str) -> Any:
    if code == UNTOLD:
        return _l("Not told")
    known: Mapping[str, Any] = {"channel": ARRIVALS, "sector": SECTORS}.get(feature) or provinces()
    return known.get(code, code)
