"""What an officer keys in for somebody who spoke, wrote or telephoned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.activities.comments import facts
from app.activities.comments.codes import CONSENTS
from app.activities.comments.models import Comment
from app.activities.comments.render import dress
from app.activities.comments.service.comments import keep_files
from app.activities.comments.service.content import Content, write_into
from app.activities.comments.service.counting import NOTHING, count
from app.activities.comments.service.shared import Held, check_code, hold_thread, record_about
from app.core.clock import now
from app.core.db import db
from app.core.errors import DomainError
from app.i18n import _l
from app.i18n.dates import local_day
from app.identity.viewer import Viewer
from app.issues.channels import ARRIVALS
from app.issues.models import Activity

CHANNELS = {code: words for code, words in ARRIVALS.items() if code not in ("web", "import")}
"""How what an officer keys in may have come."""


@dataclass(frozen=True)
class Arrival:
    """How a contribution came in: by which way, on which day, where, agreed to in which way.

    `origin_id` is the activity of the same issue where it was said, such as a forum; `place` says it in words.
    """

    channel: str
    received_on: date
    consent: str
    place: str | None = None
    origin_id: int | None = None


def key_in_comment(*, activity_id: int, viewer: Viewer, content: Content, arrival: Arrival) -> Comment:
    """Take in what a participant said, under the officer's grant; it is shown with the way it came.

    It counts if it came while the activity was open, also when it is keyed in afterwards, until the issue is
    closed. Raises `DomainError` at the field that is wrong.
    """
    held = hold_thread(activity_id, content.question_id)
    _check(arrival, held)
    grant = viewer.acting("comments.key_in", held.activity.agency_id)
    comment = Comment(
        activity_id=activity_id,
        channel=arrival.channel,
        keyed_by=grant.grant_id,
        received_on=arrival.received_on,
        consent_how=arrival.consent,
        origin_id=arrival.origin_id,
        origin_place=arrival.place,
        sent_at=now(),
        revision=0,
    )
    write_into(comment, content, held)
    dress(comment)
    db.session.add(comment)
    db.session.flush()
    record_about(
        facts.KEYED_IN,
        comment,
        held.activity,
        grant,
        data={
            "lang": comment.lang,
            "channel": arrival.channel,
            "received_on": arrival.received_on.isoformat(),
            "consent": arrival.consent,
            "origin": arrival.origin_id,
        },
        private={"text": comment.body, "name": comment.name, "place": arrival.place},
        files=keep_files(comment, content),
    )
    count(comment, NOTHING)
    return comment


def _check(arrival: Arrival, held: Held) -> None:
    check_code(arrival.channel, CHANNELS, "channel")
    check_code(arrival.consent, CONSENTS, "consent_how")
    activity = held.activity
    if activity.state not in ("open", "closed") or held.issue.closed_at is not None:
        raise DomainError(_l("Comments are keyed in from the opening until the issue is closed."))
    if arrival.received_on > local_day(now()):
        raise DomainError(_l("The day it came cannot lie ahead."), "received_on")
    ended = activity.closes_at is not None and arrival.received_on > local_day(activity.closes_at)
    if ended or arrival.received_on < local_day(activity.opens_at):
        raise DomainError(_l("It did not come while the activity was open."), "received_on")
    if arrival.origin_id is not None and not _in_issue(arrival.origin_id, activity.issue_id):
        raise DomainError(_l("Choose an activity of this issue."), "origin_id")


def _in_issue(activity_id: int, issue_id: int) -> bool:
    found = select(Activity.id).where(Activity.id == activity_id, Activity.issue_id == issue_id)
    return db.session.scalar(found) is not None
