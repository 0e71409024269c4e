"""The vote itself: a ballot goes in once for each person on the roll; and the erasure of a person."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CursorResult, and_, delete, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from app.activities.votes import facts
from app.activities.votes.models import Ballot, Listed, Mark, Option, Poll, Result, RollEntry
from app.activities.votes.service.guards import of_kind, record_fact, refuse_in_production
from app.activities.votes.service.preparing import announce
from app.core.db import db
from app.core.errors import DomainError
from app.core.ids import new_key
from app.i18n import _l
from app.identity.models import Person
from app.identity.viewer import Viewer
from app.issues.holds import hold_open
from app.issues.kinds import ActivityView
from app.issues.models import Activity, Issue
from app.issues.queries import activity_view
from app.ledger.facts import SYSTEM


def cast_ballot(*, activity_id: int, viewer: Viewer, option_id: int | None, consent_version: str) -> bool:
    """Take a person's ballot; `option_id` None chooses no option. True if it was counted now.

    False if this person's ballot was already there, which then stays as it is. Raises `DomainError` for
    who is not on the roll and unless the vote is open at this moment.
    """
    activity = of_kind(hold_open(activity_id))
    refuse_in_production()
    standing = _standing(activity_id, viewer.person_id, option_id)
    if standing is None or standing.frozen_at is None:
        raise DomainError(_l("This vote was not prepared in time, so nobody can vote in it."))
    if standing.declared is not None:
        raise DomainError(_l("The ballots have been counted, so no more can be taken."))
    if standing.person_id is None:
        raise DomainError(_l("You are not on the roll of this vote."))
    if option_id is not None and standing.option_id is None:
        raise DomainError(_l("Choose one of the answers shown."), "option")
    if standing.announced_at is None:
        announce(activity)
    # Both rows in one transaction: whoever voted has a ballot, and nobody has two. With the coming
    # protocol the mark is set when a blind token is issued, and the ballot arrives without a name.
    if not _mark(activity_id, viewer.person_id, consent_version):
        return False
    db.session.execute(insert(Ballot).values(id=new_key(), poll_id=activity_id, option_id=option_id))
    record_fact(facts.CAST, activity, SYSTEM)
    return True


def erase(person_id: int) -> int:
    """Take a person from lists and rolls; a frozen one keeps the leaf without its salt, which leads to nobody.

    The mark stays, for the marks must add up to the ballots; it points at an account that is empty.
    Returns how many rows were changed.
    """
    entries = db.session.scalars(
        select(RollEntry)
        .where(RollEntry.person_id == person_id, RollEntry.salt.is_not(None))
        .order_by(RollEntry.poll_id)
        .with_for_update(of=RollEntry)
    ).all()
    for entry in entries:
        entry.salt = None
        db.session.flush()
        record_fact(facts.ROLL_ERASED, _activity(entry.poll_id), SYSTEM)
    return len(entries) + _erase_listed(person_id)


def _erase_listed(person_id: int) -> int:
    """Take a person's address from the lists of votes that are being prepared."""
    own = select(Person.email).where(Person.id == person_id).scalar_subquery()
    lists = db.session.scalars(
        select(Listed.poll_id).where(Listed.address == own).order_by(Listed.poll_id)
    ).all()
    for poll_id in lists:
        db.session.execute(delete(Listed).where(Listed.poll_id == poll_id, Listed.address == own))
        record_fact(facts.ROLL_ERASED, _activity(poll_id), SYSTEM)
    return len(lists)


def _standing(activity_id: int, person_id: int | None, option_id: int | None) -> Any:
    """What a ballot depends on, in one statement read after the activity was held."""
    return db.session.execute(
        select(
            Poll.frozen_at,
            Poll.announced_at,
            RollEntry.person_id,
            Option.id.label("option_id"),
            Result.declared_at.label("declared"),
        )
        .outerjoin(RollEntry, and_(RollEntry.poll_id == Poll.activity_id, RollEntry.person_id == person_id))
        .outerjoin(Option, and_(Option.poll_id == Poll.activity_id, Option.id == option_id))
        .outerjoin(Result, Result.poll_id == Poll.activity_id)
        .where(Poll.activity_id == activity_id)
    ).one_or_none()


def _mark(activity_id: int, person_id: int | None, consent_version: str) -> bool:
    """Set the person's mark; False if it was there. Of two at once, one waits for the other and finds it."""
    insert_new = sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
    done = db.session.execute(
        insert_new(Mark)
        .values(poll_id=activity_id, person_id=person_id, consent_version=consent_version)
        .on_conflict_do_nothing(index_elements=["poll_id", "person_id"])
        # Without it PostgreSQL's driver does not tell whether a row went in, to us or to the guard.
        .execution_options(preserve_rowcount=True)
    )
    assert isinstance(done, CursorResult)
    return done.rowcount == 1


def _activity(activity_id: int) -> ActivityView:
    activity = db.session.get_one(Activity, activity_id)
    return activity_view(activity, db.session.get_one(Issue, activity.issue_id))
