"""The arithmetic of a vote: whole numbers and exact fractions; it knows neither people nor the database.

A winner needs three things at once: a quorum of the roll, more votes than any other option, and the
threshold. Where one is missing nobody has won, and the agency must ask again: no lot is drawn.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Literal

Base = Literal["valid", "roll"]
Outcome = Literal["decided", "no_quorum", "no_votes", "tie", "below_threshold"]
OUTCOMES: tuple[Outcome, ...] = ("decided", "no_quorum", "no_votes", "tie", "below_threshold")

HUNDREDTHS = 10_000
"""A whole, in hundredths of a per cent: the unit in which a rule's shares are stored."""


def share(hundredths: int) -> Fraction:
    """A stored share as an exact fraction: 3000 is 30%, 6667 is 66.67%."""
    return Fraction(hundredths, HUNDREDTHS)


@dataclass(frozen=True)
class Rule:
    """What must be reached. `quorum` is a share of the roll.

    `threshold` is the share of the base the leading option must have at least; None asks for more than
    half. The base is the valid votes, or everyone on the roll.
    """

    quorum: Fraction
    threshold: Fraction | None
    base: Base


@dataclass(frozen=True)
class Count:
    """What was counted: people on the roll, votes by option, ballots that chose no option."""

    roll: int
    votes: Mapping[int, int]
    abstained: int

    def __post_init__(self) -> None:
        if min(self.roll, self.abstained, *self.votes.values()) < 0 or self.ballots > self.roll:
            raise ValueError("ballots are not negative and not more than the roll")

    @property
    def valid(self) -> int:
        """Ballots that chose an option."""
        return sum(self.votes.values())

    @property
    def ballots(self) -> int:
        """All ballots: they count for the quorum."""
        return self.valid + self.abstained


@dataclass(frozen=True)
class Decision:
    """Each step of the arithmetic, and what comes out. `leaders` are the options with the most votes."""

    quorum_needed: int
    quorum_met: bool
    base_size: int
    threshold_needed: int
    leaders: tuple[int, ...]
    leading_votes: int
    threshold_met: bool
    outcome: Outcome

    @property
    def winner(self) -> int | None:
        """The option that was decided on, if any."""
        return self.leaders[0] if self.outcome == "decided" else None


def decide(rule: Rule, count: Count) -> Decision:
    """Apply the rule to the count."""
    quorum_needed = ceil(rule.quorum * count.roll)
    base_size = count.valid if rule.base == "valid" else count.roll
    needed = threshold_needed(rule.threshold, base_size)
    most = max(count.votes.values(), default=0)
    leaders = tuple(sorted(option for option, votes in count.votes.items() if votes == most > 0))
    decision = Decision(
        quorum_needed=quorum_needed,
        quorum_met=count.ballots >= quorum_needed,
        base_size=base_size,
        threshold_needed=needed,
        leaders=leaders,
        leading_votes=most,
        threshold_met=most >= needed,
        outcome="decided",
    )
    return _with_outcome(decision)


def threshold_needed(threshold: Fraction | None, base_size: int) -> int:
    """The fewest votes that satisfy the threshold: at least one, as nothing is decided by nobody."""
    needed = base_size // 2 + 1 if threshold is None else ceil(threshold * base_size)
    return max(1, needed)


def _with_outcome(decision: Decision) -> Decision:
    outcome: Outcome = "decided"
    if not decision.quorum_met:
        outcome = "no_quorum"
    elif not decision.leaders:
        outcome = "no_votes"
    elif len(decision.leaders) > 1:
        outcome = "tie"
    elif not decision.threshold_met:
        outcome = "below_threshold"
    return Decision(**{**vars(decision), "outcome": outcome})
