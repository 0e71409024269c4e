"""Who was asked, who came, who stayed away: worked out by sector from the register and from what kinds have heard."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.agencies.sectors import SECTORS
from app.issues.hiding import shown
from app.issues.kinds import ActivityView, kind_of
from app.outreach.codes import ANSWERS

FIRST = ("vulnerable",)
"""Shown before all others: the powerless are the point (seed 001)."""

UNTOLD = ""
"""In place of a sector, those who took part without telling theirs."""


@dataclass(frozen=True)
class SectorTurnout:
    """A sector's numbers as they may be shown, None for a hidden one.

    `asked` are invitations to contacts of the register, `size` the people of the groups they stand for. `state` is
    "came", "stayed_away" (asked, nobody took part), "unreached" (named by the issue, neither asked nor taken part),
    "pending" (not known yet, as some of who took part are counted later), or "unnamed" (took no part and is not named).
    """

    sector: str
    asked: int | None
    size: int
    replied: int | None
    came: int | None
    state: str


@dataclass(frozen=True)
class Turnout:
    """All sectors with something to say, vulnerable ones first; `untold` took part without telling a sector;
    `pending`: some who took part are counted later."""

    rows: Sequence[SectorTurnout]
    untold: int | None
    answers: Mapping[str, int | None]
    pending: bool = False

    @property
    def unreached(self) -> list[str]:
        """Codes of the sectors the issue names that were never reached."""
        return [row.sector for row in self.rows if row.state == "unreached"]

    @property
    def stayed_away(self) -> list[str]:
        """Codes of the sectors that were asked and of which nobody took part."""
        return [row.sector for row in self.rows if row.state == "stayed_away"]


def heard_by_sector(activities: Iterable[ActivityView]) -> tuple[Counter[str], bool]:
    """How many took part, by sector, in all these activities; asked of each kind in one statement.

    And whether some are told only later, when a survey closes or a session's attendance is counted.
    """
    by_kind: dict[str, list[int]] = {}
    for activity in activities:
        if activity.state not in ("draft", "annulled"):
            by_kind.setdefault(activity.kind, []).append(activity.id)
    found: Counter[str] = Counter()
    pending = False
    for code, ids in by_kind.items():
        for heard in kind_of(code).heard(ids).values():
            pending = pending or heard.pending
            sectors = {name: number for name, number in heard.by.get("sector", {}).items() if name in SECTORS}
            found.update(sectors)
            found[UNTOLD] += max(heard.total - sum(sectors.values()), 0)
    return found, pending


def work_out(
    *,
    named: Iterable[str],
    asked: Mapping[str, int],
    sizes: Mapping[str, int],
    replies: Mapping[tuple[str, str], int],
    came: Mapping[str, int],
    pending: bool = False,
) -> Turnout:
    """The turnout of an issue that names these sectors, with small numbers hidden.

    `replies` maps (sector, answer) to a number; `came` may hold `UNTOLD`. `pending`: some are not in `came` yet.
    """
    replied: Counter[str] = Counter()
    answers: Counter[str] = Counter()
    for (sector, answer), number in replies.items():
        replied[sector] += number
        answers[answer] += number
    named = set(named)
    present = named | {code for counts in (asked, replied, came) for code, number in counts.items() if number}
    order = [*FIRST, *(code for code in SECTORS if code not in FIRST)]
    sectors = [code for code in order if code in present]
    columns = [shown({code: counts.get(code, 0) for code in sectors}) for counts in (asked, dict(replied))]
    came_shown = shown({code: came.get(code, 0) for code in (*sectors, UNTOLD)})
    rows = [
        SectorTurnout(
            sector=code,
            asked=columns[0][code],
            size=sizes.get(code, 0),
            replied=columns[1][code],
            came=came_shown[code],
            state=_state(code, named, asked, came, pending=pending),
        )
        for code in sectors
    ]
    told = shown({code: answers[code] for code in ANSWERS if answers})
    return Turnout(rows, came_shown[UNTOLD], told, pending)


def _state(
    sector: str, named: set[str], asked: Mapping[str, int], came: Mapping[str, int], *, pending: bool
) -> str:
    if came.get(sector):
        return "came"
    if pending and (asked.get(sector) or sector in named):
        return "pending"
    if asked.get(sector):
        return "stayed_away"
    return "unreached" if sector in named else "unnamed"
