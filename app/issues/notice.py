"""Rules of notice as data, by legal basis (domain.md §2.2): how long before, how long, how soon after.

The page that publishes warns where a rule is not kept, and says how sure we are of it. To go on all the
same takes a waiver, whose reason stands on the issue's page for everyone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal, Protocol, TypedDict

from app.core.clock import now
from app.i18n import Lazy, _l
from app.i18n.dates import last_day, local_day

HEARD_FROM = 2
"""The level from which an activity hears people, so that rules of notice apply to it."""

Moment = Literal["announced", "opens", "closes", "answered"]
Sureness = Literal["H", "M", "L"]

SURENESS: dict[str, Lazy] = {
    "H": _l("sure: read in the law or checked against the Gazette"),
    "M": _l("fairly sure: from second-hand sources that agree"),
    "L": _l("unsure: from memory only"),
}
"""How well founded a rule's numbers are, as whoever relies on them must know."""


@dataclass(frozen=True)
class Rule:
    """What a legal basis asks for: at least or at most `days` from one moment to another.

    Without `days` the second moment must only have been named.
    """

    code: str
    bases: frozenset[str]
    what: Lazy
    days: int | None
    bound: Literal["least", "most"]
    start: Moment
    end: Moment
    source: Lazy
    sureness: Sureness


_REGULATION = frozenset({"pm_regulation_2548"})
_LAWS = frozenset({"law_drafting_2562", "constitution_77"})

RULES = {
    rule.code: rule
    for rule in (
        Rule(
            "notice_15",
            _REGULATION,
            _l("Method, time and place are announced at least 15 days before the first hearing opens."),
            15,
            "least",
            "announced",
            "opens",
            _l("Prime Minister's Office Regulation on Public Hearings B.E. 2548 (2005), clause 11"),
            "M",
        ),
        Rule(
            "summary_15",
            _REGULATION,
            _l("The summary of the hearing is published at most 15 days after its end."),
            15,
            "most",
            "closes",
            "answered",
            _l("Prime Minister's Office Regulation on Public Hearings B.E. 2548 (2005), clause 12"),
            "M",
        ),
        Rule(
            "end_announced",
            _LAWS,
            _l("Beginning and end of the hearing are announced. The Act itself names no shortest time."),
            None,
            "least",
            "opens",
            "closes",
            _l("Constitution s.77; Act on Legislative Drafting and Evaluation of Law B.E. 2562 (2019), s.14"),
            "H",
        ),
        Rule(
            "window_15",
            _LAWS,
            _l("A hearing on a draft law should stay open for at least 15 days."),
            15,
            "least",
            "opens",
            "closes",
            _l(
                "Guidance of the Law Development Commission on the Act B.E. 2562 (2019); not in the Act itself"
            ),
            "H",
        ),
    )
}


class Reason(TypedDict):
    """Why a rule is set aside; Thai is needed, English may be None."""

    th: str
    en: str | None


class Dated(Protocol):
    """What rules look at in an activity."""

    id: int
    level: int
    title: Any
    opens_at: Any
    closes_at: Any
    created_at: Any
    earlier: Any


@dataclass(frozen=True)
class Breach:
    """A rule that is not kept: `told` says where, `days` is what there is instead (None: not named)."""

    rule: Rule
    told: tuple[Lazy, ...]
    days: int | None

    def worse_than(self, before: Breach | None) -> bool:
        """Whether less of the rule is kept than before, so that people are owed a reason anew."""
        if before is None or self.days is None:
            return before is None or before.days is not None
        if before.days is None:
            return False
        return self.days < before.days if self.rule.bound == "least" else self.days > before.days


def rules_for(legal_basis: str) -> list[Rule]:
    """The rules of a legal basis."""
    return [rule for rule in RULES.values() if legal_basis in rule.bases]


def breaches(issue: Any, activities: Sequence[Any]) -> list[Breach]:
    """The rules of its legal basis that an issue does not keep as it is dated now."""
    heard = [activity for activity in activities if activity.level >= HEARD_FROM]
    found: list[Breach] = []
    for rule in rules_for(issue.legal_basis):
        broken = [(words, days) for words, days in _spans(rule, issue, heard) if not _kept(rule, days)]
        if broken:
            days = [days for _words, days in broken if days is not None]
            worst = (min(days) if rule.bound == "least" else max(days)) if days else None
            found.append(Breach(rule, tuple(words for words, _days in broken), worst))
    return found


@dataclass(frozen=True)
class Held:
    """How a rule was kept: `told` says in words what there was."""

    rule: Rule
    told: tuple[Lazy, ...]
    kept: bool


def held(issue: Any, activities: Sequence[Any]) -> list[Held]:
    """The rules of the legal basis on how people were told, with whether they were kept; not those on the answer."""
    heard = [activity for activity in activities if activity.level >= HEARD_FROM]
    found = []
    for rule in rules_for(issue.legal_basis):
        spans = list(_spans(rule, issue, heard)) if rule.end != "answered" else []
        if spans:
            kept = all(_kept(rule, days) for _words, days in spans)
            found.append(Held(rule, tuple(words for words, _days in spans), kept))
    return found


def notice_days(issue: Any, activities: Sequence[Any]) -> int | None:
    """Days from the announcement to the first activity in which people were heard; None without one."""
    heard = [activity for activity in activities if activity.level >= HEARD_FROM]
    if not heard or issue.published_at is None:
        return None
    first = min(heard, key=lambda activity: activity.opens_at)
    return max((local_day(first.opens_at) - local_day(announced_at(issue, first))).days, 0)


def due_by(issue: Any, activities: Sequence[Any]) -> date | None:
    """The last day for the summary by the legal basis; None where it sets none, or no end is named."""
    rule = RULES["summary_15"]
    ends = [one.closes_at for one in activities if one.level >= HEARD_FROM and one.closes_at is not None]
    if issue.legal_basis not in rule.bases or not ends or rule.days is None:
        return None
    return last_day(max(ends)) + timedelta(days=rule.days)


def waiver(breach: Breach, reason: Reason) -> dict[str, Any]:
    """A waiver as an issue keeps it: rule, reason, day, and what there was instead of the rule's days."""
    return {
        "rule": breach.rule.code,
        "th": reason["th"],
        "en": reason["en"],
        "on": local_day(now()).isoformat(),
        "days": breach.days,
    }


def unreasoned(found: Sequence[Breach], reasons: Mapping[str, Reason]) -> list[Breach]:
    """The breaches for which no reason is given in Thai."""
    reasoned = {code for code, reason in reasons.items() if reason["th"]}
    return [breach for breach in found if breach.rule.code not in reasoned]


def _kept(rule: Rule, days: int | None) -> bool:
    if days is None:
        return False
    if rule.days is None:
        return True
    return days >= rule.days if rule.bound == "least" else days <= rule.days


def _spans(rule: Rule, issue: Any, heard: Sequence[Dated]) -> Iterator[tuple[Lazy, int | None]]:
    """Where the rule applies: in words, and how many days there are."""
    if rule.start == "announced" and heard:
        first = min(heard, key=lambda activity: activity.opens_at)
        days = (local_day(first.opens_at) - local_day(announced_at(issue, first))).days
        yield (
            _l("Days of notice before “%(title)s” opens: %(days)s.", title=first.title, days=max(days, 0)),
            days,
        )
    elif rule.start == "opens":
        yield from (_window(rule, activity) for activity in heard if rule.days is None or activity.closes_at)
    elif rule.end == "answered" and issue.answer_by is not None:
        ends = [last_day(activity.closes_at) for activity in heard if activity.closes_at is not None]
        if ends:
            days = (issue.answer_by - max(ends)).days
            yield _l("Days from the end to the promised answer: %(days)s.", days=days), days


def _window(rule: Rule, activity: Dated) -> tuple[Lazy, int | None]:
    if activity.closes_at is None:
        return _l("“%(title)s” has no end.", title=activity.title), None
    days = (activity.closes_at - activity.opens_at).days
    return _l("Days for which “%(title)s” stays open: %(days)s.", title=activity.title, days=days), days


def announced_at(issue: Any, activity: Dated) -> datetime:
    """When people could first read that an activity opens on its day: a day set earlier is news."""
    brought_forward = [
        datetime.fromisoformat(change["at"])
        for change, later in _changes(activity)
        if later < datetime.fromisoformat(change["opens_at"])
    ]
    return max([issue.published_at or now(), activity.created_at, *brought_forward])


def _changes(activity: Dated) -> Iterator[tuple[Mapping[str, Any], datetime]]:
    """Each change of the dates with the opening that it set."""
    changes = list(activity.earlier or ())
    for place, change in enumerate(changes):
        following = changes[place + 1]["opens_at"] if place + 1 < len(changes) else None
        yield change, datetime.fromisoformat(following) if following else activity.opens_at
