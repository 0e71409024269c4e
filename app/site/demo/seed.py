"""Writing the demonstration's content, once.

Two parts, each one transaction: a killed seeding leaves a part written whole or not at all, and the next
start goes on from there. The second part rests on the evidence of the first, so in between the ledger is
numbered and exhibits are made of it.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select, update

from app.activities.publications import background as publications
from app.activities.votes import background as votes
from app.agencies.models import Agency
from app.config import current_settings
from app.core import clock
from app.core.clock import now
from app.core.db import db, transaction
from app.core.mail import OutgoingMail
from app.evidence import background as evidence
from app.i18n.dates import local_day
from app.ledger.publish import Publisher
from app.site.demo.acts import perform, scene
from app.site.demo.archive import archive_present, write_archive
from app.site.demo.assessment import assessment_acts
from app.site.demo.content import Calendar, issue_keys, read
from app.site.demo.evidence import document_acts
from app.site.demo.issues import issue_acts
from app.site.demo.people import found_agencies

FINISHED = "flood-wall"
"""The issue that has run its course and is assessed."""

FOUNDED = {"day": -200, "time": "09:00"}
MAILED = timedelta(days=7)


def seed() -> bool:
    """Write the demo content where it is missing; return whether anything was written.

    Raises `RuntimeError` in production: nothing invented belongs there.
    """
    if current_settings().production:
        raise RuntimeError("demo content is never written in production")
    calendar = Calendar(local_day(now()))
    there, finished = begun(), archive_present()
    db.session.rollback()
    if finished:
        return False
    if not there:
        with transaction():
            _write_finished_issue(calendar)
    _settle()
    with transaction():
        _write_the_rest(calendar)
    _settle()
    return True


def begun() -> bool:
    """Whether any demo content is there."""
    shorts = [agency["short"] for agency in read("agencies.json")["agencies"]]
    return db.session.scalar(select(Agency.id).where(Agency.short.in_(shorts)).limit(1)) is not None


def _write_finished_issue(calendar: Calendar) -> None:
    with clock.standing_at(calendar.moment(FOUNDED)):
        found_agencies(calendar)
    here = scene(calendar)
    perform([*issue_acts(here, FINISHED), *document_acts(here, FINISHED)])
    _forget_old_mail()


def _write_the_rest(calendar: Calendar) -> None:
    here = scene(calendar)
    others = [act for key in issue_keys() if key != FINISHED for act in issue_acts(here, key)]
    perform([*others, *assessment_acts(here)])
    _forget_old_mail()
    write_archive()  # Last: that it is there says that everything is.


def _settle() -> None:
    """What the worker would do, without sending mail: number the ledger, publish, collect evidence."""
    publisher = Publisher.for_settings(current_settings())
    for work in (publications.run, votes.run, publisher.sequencer.run, publisher.run, evidence.run):
        work()


def _forget_old_mail() -> None:
    """Mail of the invented past was sent in that past; only the last week's waits for the worker."""
    db.session.execute(
        update(OutgoingMail)
        .where(OutgoingMail.sent_at.is_(None), OutgoingMail.created_at < now() - MAILED)
        .values(sent_at=OutgoingMail.created_at, body="")
        .execution_options(synchronize_session=False)
    )
