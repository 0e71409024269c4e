"""Telling: each issue's waiting occasions go out in one round, a batch of followers at a time.

A batch writes who was told of what, the mails, and how far the round has come, in one transaction: cut off
anywhere, it is done again from where it stood, and nobody gets a second mail. Its statements are as many for
one follower as for the whole batch.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from app.agencies.models import Agency
from app.core.clock import now
from app.core.db import db, transaction
from app.core.mail import Letter, enqueue_many
from app.i18n.bilingual import Bilingual
from app.identity.models import Person
from app.issues.models import Activity, Issue
from app.issues.windows import activity_state
from app.notifications.addresses import leaving, one_click
from app.notifications.mails import News, Words, compose
from app.notifications.models import Follow, Occasion, Round, Told

BATCH = 250
BATCHES_A_TICK = 4
"""A tick writes a thousand mails at most, so that other work is never kept waiting long."""
ROUNDS_A_TICK = 100


def begin_rounds() -> int:
    """Begin a round for each issue with waiting occasions and no round under way; return how many."""
    return sum(_begin(issue_id) for issue_id in _waiting_issues())


def tell() -> int:
    """Go on with the rounds under way, the oldest first; return how many batches were told."""
    running = select(Round.id).where(Round.ended_at.is_(None)).order_by(Round.id).limit(1)
    for done in range(BATCHES_A_TICK):
        round_id = db.session.scalar(running)
        db.session.rollback()
        if round_id is None:
            return done
        with transaction():
            _tell_batch(round_id)
    return BATCHES_A_TICK


def _waiting_issues() -> list[int]:
    running = select(Round.issue_id).where(Round.ended_at.is_(None))
    rows = db.session.scalars(
        select(Occasion.issue_id)
        .where(Occasion.round_id.is_(None), Occasion.issue_id.not_in(running))
        .distinct()
        .order_by(Occasion.issue_id)
        .limit(ROUNDS_A_TICK)
    )
    issue_ids = list(rows)
    db.session.rollback()
    return issue_ids


def _begin(issue_id: int) -> int:
    with transaction():
        begun = _insert(Round).values(issue_id=issue_id, after_id=0, begun_at=now())
        round_id = db.session.scalar(begun.on_conflict_do_nothing().returning(Round.id))
        if round_id is None:
            return 0  # Another worker has begun it this moment.
        db.session.execute(
            update(Occasion)
            .where(Occasion.issue_id == issue_id, Occasion.round_id.is_(None))
            .values(round_id=round_id)
        )
        return 1


def _tell_batch(round_id: int) -> None:
    row = db.session.get(Round, round_id, populate_existing=True, with_for_update=True)
    if row is None or row.ended_at is not None:
        return
    issue, news = _news_of(round_id)
    followers = _followers_after(row)
    if news and followers:
        enqueue_many(_letters(issue, news, followers))
    if followers:
        row.after_id = followers[-1].id
    if len(followers) < BATCH or not news:
        row.ended_at = now()
    db.session.flush()


def _news_of(round_id: int) -> tuple[Any, list[News]]:
    """The round's issue, and of its occasions what is still true."""
    rows = db.session.execute(
        select(Occasion, Issue, Activity, Agency.name_th, Agency.name_en)
        .join(Issue, Issue.id == Occasion.issue_id)
        .join(Agency, Agency.id == Issue.agency_id)
        .outerjoin(Activity, Activity.id == Occasion.activity_id)
        .where(Occasion.round_id == round_id)
        .order_by(Occasion.id)
    ).all()
    if not rows:
        return None, []
    first = rows[0]
    head = Words(
        issue_id=first.Issue.id,
        title=first.Issue.title,
        agency=Bilingual(first.name_th, first.name_en),
    )
    return head, [_as_news(row) for row in rows if _is_true(row)]


def _is_true(row: Any) -> bool:
    """Whether an occasion still is what it was: nobody is sent to what has closed or was cancelled."""
    what = row.Occasion.what
    if row.Activity is None:
        return True
    state = activity_state(row.Activity, row.Issue, now())
    if what == "opening":
        return state == "open"
    return state != "annulled" if what in ("announced", "date_change") else True


def _as_news(row: Any) -> News:
    activity = row.Activity
    return News(
        occasion_id=row.Occasion.id,
        what=row.Occasion.what,
        activity_id=row.Occasion.activity_id,
        title=activity.title if activity is not None else None,
        level=activity.level if activity is not None else 0,
        opens_at=activity.opens_at if activity is not None else None,
        closes_at=activity.closes_at if activity is not None else None,
        data=row.Occasion.data,
    )


def _followers_after(row: Round) -> Sequence[Any]:
    """The next batch of who follows the round's issue; whose account has ended is left out."""
    return db.session.execute(
        select(Follow.id, Follow.lang, Follow.key, func.coalesce(Follow.email, Person.email).label("email"))
        .outerjoin(Person, Person.id == Follow.person_id)
        .where(
            Follow.issue_id == row.issue_id,
            Follow.id > row.after_id,
            or_(Follow.person_id.is_(None), Person.erased_at.is_(None)),
        )
        .order_by(Follow.id)
        .limit(BATCH)
        # Who is leaving this moment is waited for: left out, or left in and taken back by the leaving.
        .with_for_update(read=True, key_share=True, of=Follow)
    ).all()


def _letters(issue: Words, news: list[News], followers: Sequence[Any]) -> list[Letter]:
    """Note who is told of what, and make a mail for each; the same words are made once."""
    told: dict[int, list[int]] = {}
    for follow_id, occasion_id in _note_told(news, followers):
        told.setdefault(follow_id, []).append(occasion_id)
    made: dict[Any, Letter] = {}
    letters = []
    for follower in followers:
        if follower.id not in told:
            continue
        heard = frozenset(told[follower.id])
        if (follower.lang, heard) not in made:
            made[follower.lang, heard] = compose(
                issue, [item for item in news if item.occasion_id in heard], follower.lang
            )
        letters.append(_addressed(made[follower.lang, heard], issue, follower))
    return letters


def _addressed(letter: Letter, issue: Words, follower: Any) -> Letter:
    leave = leaving(follower.lang, issue.issue_id, follower.key)
    return replace(
        letter,
        recipient=follower.email,
        body=letter.body.replace(letter.leave_url, leave),
        leave_url=one_click(follower.lang, issue.issue_id, follower.key),
    )


def _note_told(news: list[News], followers: Sequence[Any]) -> Sequence[Any]:
    """Write who is told of what, one statement; who was told already, or followed later, is left out."""
    due = (
        select(Occasion.id, Follow.id)
        .join(Follow, Follow.issue_id == Occasion.issue_id)
        .where(
            Occasion.id.in_([item.occasion_id for item in news]),
            Follow.id.in_([follower.id for follower in followers]),
            Follow.created_at < Occasion.before,
        )
    )
    noted = _insert(Told).from_select(["occasion_id", "follow_id"], due).on_conflict_do_nothing()
    return db.session.execute(noted.returning(Told.follow_id, Told.occasion_id)).all()


def _insert(model: Any) -> Any:
    return (sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert)(model)
