"""Answers to one question broken down by the answers to another, so that no small number can be worked out.

Groups of fewer than 20 people, and what a single question's result would hide, stand together first; so the
totals are ones anybody may know. Then cells under 5 are hidden, and more with them, until a reader who knows
all totals and all that is shown could still not tell any hidden number: each may be 5 or more, and none is
the only one possible. Where that cannot be had, the whole table is hidden. `tests/surveys/test_crosstab.py`
tries to outwit it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.activities.surveys.hiding import SMALLEST, mask

FEWEST_IN_GROUP = 20
MOST_GROUPS = 25
REST = "rest"
"""Stands for the groups, or answers, that are told together."""

Cells = list[list[int]]
Place = tuple[int, int]


@dataclass(frozen=True)
class CrossTab:
    """A table: `rows` are groups, `columns` answers; a cell is None where it is hidden.

    `columns` and the groups hold labels, or `REST`. Totals are of each row.
    """

    columns: tuple[Any, ...]
    rows: tuple[tuple[Any, tuple[int | None, ...], int], ...]

    @property
    def hidden(self) -> bool:
        return any(cell is None for _label, cells, _total in self.rows for cell in cells)


def crosstab(
    groups: Sequence[tuple[Any, int | None]],
    answers: Sequence[tuple[Any, int | None]],
    counts: Mapping[tuple[int | None, int | None], int],
) -> CrossTab | None:
    """The table of these groups by these answers, each a label and its choice; None where it must be hidden.

    `counts` counts everyone in exactly one cell, those who left either question out included.
    """
    cells = [[counts.get((group, answer), 0) for _a, answer in answers] for _g, group in groups]
    rows = _merged([sum(row) for row in cells], FEWEST_IN_GROUP, MOST_GROUPS)
    columns = _merged([sum(column) for column in zip(*cells, strict=True)], SMALLEST, len(answers))
    if len(rows) < 2 or len(columns) < 2:
        return None
    table = [[sum(cells[r][c] for r in row for c in column) for column in columns] for row in rows]
    hidden = protected(table)
    if hidden is None:
        return None
    return CrossTab(
        columns=tuple(_label(column, answers) for column in columns),
        rows=tuple(
            (
                _label(row, groups),
                tuple(None if (r, c) in hidden else n for c, n in enumerate(table[r])),
                sum(table[r]),
            )
            for r, row in enumerate(rows)
        ),
    )


def _label(places: Sequence[int], named: Sequence[tuple[Any, int | None]]) -> Any:
    return named[places[0]][0] if len(places) == 1 else REST


def _merged(totals: Sequence[int], fewest: int, most: int) -> list[tuple[int, ...]]:
    """The places of what stands alone, then of what stands together; what nobody gave is left out.

    Together go those a single result would hide, and those under `fewest`; and as many of the next larger as
    it takes to make `fewest`.
    """
    shown = mask(totals)
    there = [place for place, total in enumerate(totals) if total]
    rest = {place for place in there if shown[place] is None or totals[place] < fewest}
    others = sorted((place for place in there if place not in rest), key=lambda place: (totals[place], place))
    while others and (0 < sum(totals[place] for place in rest) < fewest or len(others) + bool(rest) > most):
        rest.add(others.pop(0))
    if sum(totals[place] for place in rest) < fewest:
        rest = set()
    alone: list[tuple[int, ...]] = [(place,) for place in sorted(others)]
    return [*alone, tuple(sorted(rest))] if rest else alone


# ---------------------------------------------------------------- hiding cells


def protected(table: Cells) -> set[Place] | None:
    """The cells to hide so that none of them can be worked out; None where only hiding all would do."""
    hidden = {place for place, n in _cells(table) if n < SMALLEST}
    if not any(0 < n < SMALLEST for _place, n in _cells(table)):
        return set()
    every = len(table) * len(table[0])
    while True:
        _close_lines(table, hidden)
        if len(hidden) == every:
            return None
        if all(_free(table, hidden, place) for place in sorted(hidden)):
            return hidden
        smallest = min(n for place, n in _cells(table) if place not in hidden)
        hidden |= {place for place, n in _cells(table) if n == smallest}


def _cells(table: Cells) -> Iterator[tuple[Place, int]]:
    for r, row in enumerate(table):
        for c, n in enumerate(row):
            yield (r, c), n


def _close_lines(table: Cells, hidden: set[Place]) -> None:
    """Hide more in every row and column whose hidden cells subtraction would tell, until none is left."""
    lines = [[(r, c) for c in range(len(table[0]))] for r in range(len(table))]
    lines += [[(r, c) for r in range(len(table))] for c in range(len(table[0]))]
    changed = True
    while changed:
        changed = False
        for line in lines:
            inside = [place for place in line if place in hidden]
            if not inside or _safe([table[r][c] for r, c in inside]):
                continue
            outside = [place for place in line if place not in hidden]
            if not outside:
                continue
            smallest = min(table[r][c] for r, c in outside)
            hidden |= {place for place in outside if table[place[0]][place[1]] == smallest}
            changed = True


def _safe(values: Sequence[int]) -> bool:
    return len(values) > 1 and sum(values) >= SMALLEST and any(n != SMALLEST - 1 for n in values)


def _free(table: Cells, hidden: set[Place], place: Place) -> bool:
    """Whether all totals and shown cells leave this cell open: it may be another number, and 5 or more."""
    value = table[place[0]][place[1]]
    wanted = max(SMALLEST - value, 0)
    if value >= SMALLEST:
        return _room(table, hidden, place, 1, up=True) or _room(table, hidden, place, 1, up=False)
    return _room(table, hidden, place, wanted, up=True)


def _room(table: Cells, hidden: set[Place], place: Place, amount: int, *, up: bool) -> bool:
    """Whether the cell can change by `amount` with others changing so that all totals stay.

    A maximum flow: what the cell gains, another in its column loses, one in that row gains, and so on.
    """
    row, column = place
    value = {cell: table[cell[0]][cell[1]] for cell in hidden if cell != place}
    if not up and table[row][column] < amount:
        return False
    moved = 0
    while moved < amount:
        path = _path(value, row, column, up=up)
        if path is None:
            return False
        room = min((value[cell] for cell, gains in path if not gains), default=amount)
        step = min(room, amount - moved)
        for cell, gains in path:
            value[cell] += step if gains else -step
        moved += step
    return True


def _path(value: Mapping[Place, int], row: int, column: int, *, up: bool) -> list[tuple[Place, bool]] | None:
    """A way round through hidden cells, each with whether it gains; None where there is none.

    Nodes are rows and columns. If the cell is to gain, its column must lose: from a column one goes to a row
    by a cell that loses, from a row to a column by one that gains. If it is to lose, the other way about.
    """
    start, goal = ("c", column), ("r", row)
    came: dict[tuple[str, int], tuple[tuple[str, int], Place, bool] | None] = {start: None}
    queue = deque([start])
    while queue and goal not in came:
        node = queue.popleft()
        gains = (node[0] == "r") == up
        for cell, n in value.items():
            here, there = (
                (("c", cell[1]), ("r", cell[0])) if node[0] == "c" else (("r", cell[0]), ("c", cell[1]))
            )
            if here == node and there not in came and (gains or n > 0):
                came[there] = (node, cell, gains)
                queue.append(there)
    if goal not in came:
        return None
    path, at = [], came[goal]
    while at is not None:
        node, cell, gains = at
        path.append((cell, gains))
        at = came[node]
    return path
