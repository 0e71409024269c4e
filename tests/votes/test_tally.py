"""The arithmetic of a vote: edges by hand, and properties against a slow, plain reading of the rule."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.activities.votes.tally import HUNDREDTHS, Base, Count, Rule, decide, share

MAJORITY = Rule(quorum=share(3000), threshold=None, base="valid")


def rule(quorum: int = 0, threshold: int | None = None, base: Base = "valid") -> Rule:
    return Rule(share(quorum), None if threshold is None else share(threshold), base)


@pytest.mark.parametrize(
    ("quorum", "roll", "needed"),
    [(3000, 60, 18), (3000, 61, 19), (3333, 3, 1), (3334, 3, 2), (10_000, 7, 7), (0, 9, 0), (1, 1, 1)],
)
def test_a_quorum_is_rounded_up(quorum: int, roll: int, needed: int) -> None:
    assert decide(rule(quorum), Count(roll, {1: 0}, 0)).quorum_needed == needed


def test_the_quorum_counts_those_who_chose_nothing() -> None:
    met = decide(MAJORITY, Count(60, {1: 10, 2: 5}, 3))
    assert (met.quorum_needed, met.quorum_met, met.winner) == (18, True, 1)
    missed = decide(MAJORITY, Count(60, {1: 10, 2: 5}, 2))
    assert (missed.quorum_met, missed.outcome, missed.winner) == (False, "no_quorum", None)


def test_half_is_not_more_than_half() -> None:
    half = decide(rule(), Count(100, {1: 20, 2: 15, 3: 5}, 0))
    assert (half.threshold_needed, half.outcome) == (21, "below_threshold")
    assert decide(rule(), Count(100, {1: 21, 2: 15, 3: 5}, 0)).winner == 1


def test_abstentions_do_not_raise_the_threshold_of_valid_ballots() -> None:
    assert decide(rule(), Count(100, {1: 2, 2: 1}, 50)).winner == 1
    of_roll = decide(rule(base="roll"), Count(100, {1: 50, 2: 1}, 0))
    assert (of_roll.threshold_needed, of_roll.outcome) == (51, "below_threshold")
    assert decide(rule(base="roll"), Count(101, {1: 51}, 0)).winner == 1


@pytest.mark.parametrize(("votes", "winner"), [(66, None), (67, 1)])
def test_a_share_is_reached_by_as_many_or_more(votes: int, winner: int | None) -> None:
    assert decide(rule(threshold=6667), Count(200, {1: votes, 2: 100 - votes}, 0)).winner == winner


def test_two_thirds_written_with_two_digits_is_not_exactly_two_thirds() -> None:
    """66.67% of 3 is more than 2: the officer wrote so, and the arithmetic is exact."""
    assert decide(rule(threshold=6667), Count(3, {1: 2, 2: 1}, 0)).threshold_needed == 3
    assert decide(rule(threshold=6666), Count(3, {1: 2, 2: 1}, 0)).threshold_needed == 2


def test_nobody_wins_a_tie_even_over_the_threshold() -> None:
    tie = decide(rule(threshold=4000), Count(100, {1: 45, 2: 45, 3: 10}, 0))
    assert (tie.leaders, tie.threshold_met, tie.outcome, tie.winner) == ((1, 2), True, "tie", None)


def test_an_empty_poll_decides_nothing() -> None:
    empty = decide(rule(), Count(10, {1: 0, 2: 0}, 0))
    assert (empty.quorum_met, empty.leaders) == (True, ())
    assert (empty.threshold_needed, empty.outcome) == (1, "no_votes")
    only_abstained = decide(rule(threshold=100), Count(10, {1: 0, 2: 0}, 10))
    assert only_abstained.outcome == "no_votes"


@pytest.mark.parametrize("count", [(1, {1: 2}, 0), (5, {1: 3}, 3), (5, {1: -1}, 0), (5, {1: 1}, -1)])
def test_impossible_counts_are_refused(count: tuple[int, dict[int, int], int]) -> None:
    with pytest.raises(ValueError, match="ballots"):
        Count(*count)


shares = st.integers(0, HUNDREDTHS)
rules = st.builds(
    Rule,
    quorum=shares.map(share),
    threshold=st.none() | st.integers(100, HUNDREDTHS).map(share),
    base=st.sampled_from(["valid", "roll"]),
)


@st.composite
def counts(draw: st.DrawFn) -> Count:
    votes = draw(st.dictionaries(st.integers(1, 12), st.integers(0, 300), min_size=2, max_size=12))
    abstained = draw(st.integers(0, 300))
    cast = sum(votes.values()) + abstained
    return Count(draw(st.integers(max(cast, 1), cast + 500)), votes, abstained)


@given(rules, counts())
def test_it_agrees_with_the_rule_read_plainly(rule: Rule, count: Count) -> None:
    decision = decide(rule, count)
    assert decision.quorum_met == (Fraction(count.ballots, count.roll) >= rule.quorum)
    base = count.valid if rule.base == "valid" else count.roll

    def reached(votes: int) -> bool:
        if rule.threshold is None:
            return 2 * votes > base
        return votes > 0 and Fraction(votes) >= rule.threshold * base

    ahead = [o for o, v in count.votes.items() if all(v > w for p, w in count.votes.items() if p != o)]
    winners = [o for o in ahead if decision.quorum_met and reached(count.votes[o])]
    assert decision.winner == (winners[0] if winners else None)
    assert (decision.outcome == "decided") == bool(winners)


@given(rules, counts(), st.permutations(range(1, 13)))
def test_no_option_is_favoured(rule: Rule, count: Count, names: list[int]) -> None:
    renamed = dict(zip(range(1, 13), names, strict=True))
    swapped = Count(count.roll, {renamed[o]: v for o, v in count.votes.items()}, count.abstained)
    before, after = decide(rule, count), decide(rule, swapped)
    assert (after.outcome, after.leading_votes) == (before.outcome, before.leading_votes)
    assert after.winner == (renamed[before.winner] if before.winner else None)


@given(rules, counts())
def test_one_more_ballot_for_the_winner_changes_nothing(rule: Rule, count: Count) -> None:
    winner = decide(rule, count).winner
    if winner is None or count.ballots == count.roll:
        return
    more = Count(count.roll, {**count.votes, winner: count.votes[winner] + 1}, count.abstained)
    assert decide(rule, more).winner == winner


@given(st.decimals(0, 100, places=2))
def test_a_percentage_is_stored_exactly(percent: Decimal) -> None:
    assert share(int(percent * 100)) == Fraction(percent) / 100
