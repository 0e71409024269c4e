"""Before the vote: its parts are set, the roll is loaded, then all is fixed and its digest published."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import CursorResult, delete, insert, select, update

from app.activities.votes import facts
from app.activities.votes.content import (
    OptionContent,
    PollContent,
    apply_content,
    check_due,
    missing,
    poll_digest,
)
from app.activities.votes.models import Listed, Option, Poll, RollEntry
from app.activities.votes.queries import poll_of, roll_leaves, roll_size
from app.activities.votes.roll import BadRoll, leaf_of, read_roll, roll_digest
from app.activities.votes.service.guards import of_kind, record_fact, refuse_in_production
from app.core.clock import now
from app.core.db import db
from app.core.errors import DomainError
from app.core.ids import new_salt
from app.i18n import _l
from app.identity.models import Person
from app.identity.viewer import Viewer
from app.issues.holds import hold, hold_unopened
from app.issues.kinds import ActivityView
from app.issues.readiness import NotReady
from app.ledger.facts import SYSTEM


def prepare_poll(*, activity_id: int, viewer: Viewer, content: PollContent) -> Poll:
    """Set parts of a vote before it opens; options are replaced as a whole.

    Raises `DomainError` at the part that is wrong, once the roll is frozen, and in production.
    """
    activity, poll = _preparing(activity_id)
    apply_content(poll, content, activity)
    db.session.add(poll)
    db.session.flush()
    if "options" in content:
        _replace_options(activity_id, content["options"])
    record_fact(
        facts.PREPARED,
        activity,
        viewer.acting("votes.prepare", activity.agency_id),
        data={"changed": sorted(content)},
    )
    return poll


def load_roll(*, activity_id: int, viewer: Viewer, addresses: str) -> int:
    """List these e-mail addresses, one a line, as those who may vote, in place of the list before.

    Returns how many there are. An address is taken whether it has an account or not, so that the list tells
    nothing about it. Raises `BadRoll` naming every line that cannot be taken; then nothing of the list is.
    """
    activity, poll = _preparing(activity_id)
    listed = _addresses(addresses)
    db.session.add(poll)
    db.session.flush()
    db.session.execute(delete(Listed).where(Listed.poll_id == activity_id))
    db.session.execute(insert(Listed), [{"poll_id": activity_id, "address": address} for address in listed])
    actor = viewer.acting("votes.prepare", activity.agency_id)
    record_fact(facts.ROLL_LOADED, activity, actor, data={"size": len(listed)})
    return len(listed)


def freeze_roll(*, activity_id: int, viewer: Viewer) -> Poll:
    """Fix the question, the rule, the commitment and the roll for good, and publish the roll's digest.

    On the roll is who has an account with a listed address now; the list goes. In a draft the digest
    becomes public with the issue. Raises `NotReady` naming what is missing, and `DomainError` if nobody on
    the list has an account.
    """
    activity, poll = _preparing(activity_id)
    view = poll_of(activity_id)
    gaps = list(missing(view, roll_size(activity_id), activity))
    if gaps:
        raise NotReady([gap.words for gap in gaps])
    assert poll.due_on is not None
    check_due(poll.due_on, activity)
    _fill_roll(activity_id)
    leaves = roll_leaves(activity_id)
    poll.roll_size, poll.roll_digest = len(leaves), roll_digest(leaves)
    poll.frozen_at = now()
    public = activity.state != "draft"
    poll.announced_at = now() if public else None
    db.session.flush()
    actor = viewer.acting("votes.prepare", activity.agency_id)
    fact = facts.FROZEN if public else facts.FROZEN_IN_DRAFT
    record_fact(fact, activity, actor, data=_frozen_data(poll, view.options))
    return poll


def announce_frozen(activity_id: int) -> bool:
    """Publish the digest of a roll that was frozen in a draft, now that its issue is public; only once."""
    activity = hold(activity_id)
    if activity.state in ("draft", "annulled"):
        return False
    return announce(activity)


def announce(activity: ActivityView) -> bool:
    done = db.session.execute(
        update(Poll)
        .where(Poll.activity_id == activity.id, Poll.frozen_at.is_not(None), Poll.announced_at.is_(None))
        .values(announced_at=now())
        .execution_options(synchronize_session=False)
    )
    assert isinstance(done, CursorResult)
    if done.rowcount == 0:
        return False
    view = poll_of(activity.id)
    record_fact(facts.FROZEN, activity, SYSTEM, data=_frozen_data(view.poll, view.options))
    return True


def _preparing(activity_id: int) -> tuple[ActivityView, Poll]:
    """The activity and its poll, held, while they may still be prepared."""
    activity = of_kind(hold_unopened(activity_id))
    refuse_in_production()
    poll = db.session.get(Poll, activity_id, populate_existing=True) or Poll(
        activity_id=activity_id, binding=False
    )
    if poll.frozen_at is not None:
        message = _l(
            "The rules and the roll are fixed, so nothing can be changed. Cancel this vote and add another."
        )
        raise DomainError(message)
    return activity, poll


def _replace_options(activity_id: int, options: Sequence[OptionContent]) -> None:
    for option in db.session.scalars(select(Option).where(Option.poll_id == activity_id)):
        db.session.delete(option)
    db.session.flush()
    db.session.add_all(
        Option(poll_id=activity_id, position=position, **option) for position, option in enumerate(options, 1)
    )
    db.session.flush()


def _addresses(text: str) -> list[str]:
    """The addresses of a pasted list, or `BadRoll`."""
    pasted = read_roll(text)
    if pasted.faults:
        raise BadRoll(pasted.faults)
    if not pasted.lines:
        raise DomainError(_l("Paste at least one e-mail address"), "addresses")
    return list(pasted.lines)


def _fill_roll(activity_id: int) -> None:
    """Put the people of the listed addresses on the roll, and forget the list."""
    people = db.session.scalars(
        select(Person.id)
        .join(Listed, Listed.address == Person.email)
        .where(Listed.poll_id == activity_id, Person.erased_at.is_(None))
    ).all()
    if not people:
        raise DomainError(_l("Nobody on the list has an account yet. Ask them to register first."))
    db.session.execute(insert(RollEntry), [_roll_entry(activity_id, person_id) for person_id in people])
    db.session.execute(delete(Listed).where(Listed.poll_id == activity_id))


def _roll_entry(activity_id: int, person_id: int) -> dict[str, Any]:
    salt = new_salt()
    return {"poll_id": activity_id, "person_id": person_id, "salt": salt, "leaf": leaf_of(person_id, salt)}


def _frozen_data(poll: Poll, options: Sequence[Option]) -> dict[str, object]:
    return {"size": poll.roll_size, "digest": poll.roll_digest, "content": poll_digest(poll, options)}
