"""Open or closed by the clock: half-open windows, and the same answer from Python and from SQL."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from app.core.clock import now
from app.core.db import db
from app.issues.listing import in_state
from app.issues.models import Issue
from app.issues.windows import activity_state, issue_state
from tests.support.make import make_agency, make_issue

START = datetime(2026, 4, 18, 3, 0, tzinfo=UTC)
TICK = timedelta(microseconds=1)

moments = st.integers(-3, 3).map(lambda days: START + timedelta(days=days))
maybe = st.one_of(st.none(), moments)


@dataclass(frozen=True)
class Acts:
    """What a state depends on, of an issue or of an activity."""

    opens_at: Any = None
    closes_at: Any = None
    published_at: Any = None
    closed_at: Any = None
    annulled_at: Any = None


issues = st.builds(
    Acts, opens_at=maybe, closes_at=maybe, published_at=maybe, closed_at=maybe, annulled_at=maybe
)
activities = st.builds(Acts, opens_at=moments, closes_at=maybe, annulled_at=maybe)
PUBLISHED = Acts(published_at=START - timedelta(days=9))


@given(opens=moments, days=st.integers(1, 5))
def test_a_window_includes_its_first_moment_and_not_its_last(opens: datetime, days: int) -> None:
    closes = opens + timedelta(days=days)
    activity = Acts(opens_at=opens, closes_at=closes)
    states = [activity_state(activity, PUBLISHED, at) for at in (opens - TICK, opens, closes - TICK, closes)]
    assert states == ["upcoming", "open", "open", "closed"]


@given(activity=activities, issue=issues, moment=moments)
def test_an_activity_is_open_only_inside_a_living_public_issue(
    activity: Acts, issue: Acts, moment: datetime
) -> None:
    is_open = activity_state(activity, issue, moment) == "open"
    alive = issue.published_at is not None and issue.published_at <= moment and issue.annulled_at is None
    not_ended = issue.closed_at is None or issue.closed_at > moment
    inside = activity.opens_at <= moment and (activity.closes_at is None or moment < activity.closes_at)
    assert is_open == (alive and not_ended and inside and activity.annulled_at is None)


@given(activity=activities, issue=issues, moment=moments, later=st.integers(0, 3))
def test_time_alone_never_opens_again_what_has_closed(
    activity: Acts, issue: Acts, moment: datetime, later: int
) -> None:
    order = ["draft", "upcoming", "open", "closed"]
    before = activity_state(activity, issue, moment)
    after = activity_state(activity, issue, moment + timedelta(days=later))
    if before == "annulled":
        assert after == "annulled"
    else:
        assert order.index(after) >= order.index(before)


@given(issue=issues, moment=moments)
def test_an_issue_is_closed_once_its_last_window_is(issue: Acts, moment: datetime) -> None:
    state = issue_state(issue, moment)
    if state == "open":
        assert issue.closes_at is None or moment < issue.closes_at
        assert issue.opens_at is None or moment >= issue.opens_at


def test_the_database_tells_the_same_state(app: Flask) -> None:
    agency = make_agency()
    days = (None, -2, 0, 2)
    for opens in days:
        for closes in days:
            for closed in days:
                for annulled in (None, 0):
                    make_issue(
                        agency,
                        opens_at=_moment(opens),
                        closes_at=_moment(closes),
                        closed_at=_moment(closed),
                        annulled_at=_moment(annulled),
                    )
    rows = db.session.scalars(select(Issue)).all()
    for state in ("open", "upcoming", "closed"):
        found = set(db.session.scalars(select(Issue.id).where(in_state(state, now()))))
        told = {row.id for row in rows if _listed(issue_state(row, now())) == state}
        assert found == told, state


def _moment(days: int | None) -> datetime | None:
    return None if days is None else now() + timedelta(days=days)


def _listed(state: str) -> str:
    return "closed" if state == "annulled" else state
