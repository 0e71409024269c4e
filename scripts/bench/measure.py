"""Measuring pages side by side: statements and time of the small and the large one, in turns within one run."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from statistics import median
from typing import Any

import click
from flask import Flask
from sqlalchemy import Engine, event

MOST_STATEMENTS = 1.3
MOST_TIME = 2.0
"""How many times the statements and the time of the small one the large one may take."""


@dataclass(frozen=True)
class Cost:
    """What one request, or one verb, took."""

    statements: int
    seconds: float


@dataclass(frozen=True)
class Measured:
    """The costs of one thing at both sizes, each the median of its rounds; `slower` is the median of how many
    times as long the large one took as the small one beside it.

    `per` are the rows it gives out or changes, where that is its work: then one row is compared.
    """

    name: str
    small: Cost
    large: Cost
    slower: float
    per: tuple[int, int] = (1, 1)
    limited: bool = True

    @property
    def statements(self) -> float:
        return self.large.statements / max(self.small.statements, 1) * self.rows

    @property
    def time(self) -> float:
        return self.slower * self.rows

    @property
    def rows(self) -> float:
        return self.per[0] / self.per[1]

    @property
    def too_slow(self) -> bool:
        return self.limited and (self.statements > MOST_STATEMENTS or self.time > MOST_TIME)


class Meter:
    """Counts the statements and the time of what happens last: a request whole, body included, or a call."""

    def __init__(self, app: Flask, engine: Engine) -> None:
        self.last = Cost(0, 0.0)
        self._statements = 0
        self._inner = app.wsgi_app
        app.wsgi_app = self._served  # type: ignore[method-assign]
        event.listen(engine, "before_cursor_execute", self._count)

    def call(self, act: Callable[[], Any]) -> Any:
        """Call something and note what it took."""
        self._statements, begun = 0, time.perf_counter()
        result = act()
        self.last = Cost(self._statements, time.perf_counter() - begun)
        return result

    def _served(self, environ: Any, start_response: Any) -> Iterable[bytes]:
        return self.call(lambda: self._whole(environ, start_response))

    def _whole(self, environ: Any, start_response: Any) -> list[bytes]:
        body = self._inner(environ, start_response)
        try:
            return list(body)
        finally:
            if hasattr(body, "close"):
                body.close()

    def _count(self, *_: Any) -> None:
        self._statements += 1


def side_by_side(
    name: str, meter: Meter, acts: tuple[Callable[[], Any], Callable[[], Any]], rounds: int, **how: Any
) -> Measured:
    """Do both in turns, so that what else the machine does falls on both alike. The first round only warms up.

    Each act ends with the request, or the call, that is measured.
    """
    costs: tuple[list[Cost], list[Cost]] = ([], [])
    for turn in range(rounds + 1):
        for act, found in zip(acts, costs, strict=True):
            act()
            if turn:
                found.append(meter.last)
    small, large = (
        Cost(max(cost.statements for cost in found), median(cost.seconds for cost in found))
        for found in costs
    )
    slower = median(two.seconds / one.seconds for one, two in zip(*costs, strict=True))
    return Measured(name, small, large, slower, **how)


def table(rows: Iterable[Measured]) -> bool:
    """Print what was measured; return whether everything kept its limit."""
    rows = list(rows)
    click.echo(
        f"{'':44}{'statements':>14}{'ms':>10}{'ms':>10}{'time':>9}\n"
        f"{'':44}{'small large':>14}{'small':>10}{'large':>10}{'ratio':>9}"
    )
    for row in rows:
        verdict = "TOO SLOW" if row.too_slow else "OK" if row.limited else ""
        counts = f"{row.small.statements:>8}{row.large.statements:>6}"
        times = f"{row.small.seconds * 1000:>10.2f}{row.large.seconds * 1000:>10.2f}{row.time:>9.2f}"
        click.echo(f"{row.name:44}{counts}{times}  {verdict}")
    click.echo(
        f"Limits: {MOST_STATEMENTS:g} times the statements, {MOST_TIME:g} times the time"
        " (of one row, where a name says so)."
    )
    return not any(row.too_slow for row in rows)
