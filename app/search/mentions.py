"""What the ledger speaks of: the things that may have become public, changed, or gone."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from app.core.db import db
from app.i18n.dates import start_of_day
from app.issues import facts
from app.issues.models import Activity, Issue
from app.ledger.facts import all_facts
from app.ledger.models import Entry, Opening
from app.ledger.read import EntryView
from app.search.models import Document
from app.search.service import Mention

WIDE = frozenset({facts.PUBLISHED.name, facts.ANNULLED.name, facts.ACTIVITY_REMOVED.name})
"""Facts after which all that belongs to an issue may be public, or public no more."""

Spoken = tuple[str | None, int | None, int | None]
"""Subject, issue and activity of an entry."""


def mentions_in(entries: Sequence[EntryView]) -> list[Mention]:
    """What these entries speak of, each thing once. Sealed ones are read where they can still be opened."""
    sealed = _opened([entry.id for entry in entries if entry.body["commit"] and not entry.body["subject"]])
    found: list[Mention] = []
    for entry in entries:
        body = entry.body
        spoken = sealed.get(entry.id) or (body["subject"], body["issue"], body["activity"])
        found += _mentions(spoken, moment_of(body["at"]))
        if body["fact"] in WIDE and spoken[1] is not None:
            found += _all_of(spoken[1], entry.log, moment_of(body["at"]))
        elif body["fact"] == facts.ARCHIVE_IMPORTED.name:
            found += published_issues(body["data"]["source"])
    return _once(found)


def everything() -> list[Mention]:
    """All there may be to find: published issues, what the ledger tells of them, what is in the index."""
    published = {mention.issue_id: mention.at for mention in published_issues()}
    found: list[Mention] = list(published_issues())
    for spoken, at in (*_recorded(), *_sealed()):
        found += _mentions(spoken, at)
    rows = db.session.execute(select(Activity.id, Activity.issue_id, Activity.created_at))
    found += [Mention(f"activity/{row.id}", row.issue_id, row.id, row.created_at) for row in rows]
    # What was prepared in a draft came before people when the issue did.
    public = [
        Mention(item.subject, item.issue_id, item.activity_id, max(item.at, published[item.issue_id]))
        for item in found
        if item.issue_id in published
    ]
    return _once([*public, *_known()])


def published_issues(source: str | None = None) -> list[Mention]:
    """The published issues; with `source` those taken over from there."""
    query = select(Issue.id, Issue.published_at).where(Issue.published_at.is_not(None)).order_by(Issue.id)
    if source is not None:
        query = query.where(Issue.source == source)
    rows = db.session.execute(query)
    return [Mention(f"issue/{row.id}", row.id, None, row.published_at) for row in rows if row.published_at]


def moment_of(written: str) -> datetime:
    """The moment an entry tells, or the beginning of the day it tells."""
    if "T" in written:
        return datetime.fromisoformat(written)
    return start_of_day(date.fromisoformat(written))


def _mentions(spoken: Spoken, at: datetime) -> Iterator[Mention]:
    subject, issue_id, activity_id = spoken
    if issue_id is None:
        return
    if activity_id is None:
        yield Mention(f"issue/{issue_id}", issue_id, None, at)
        return
    if subject is not None:
        yield Mention(subject, issue_id, activity_id, at)
    # Of what its things say an activity may tell something itself.
    yield Mention(f"activity/{activity_id}", issue_id, activity_id, at)


def _all_of(issue_id: int, log: str, at: datetime) -> Iterator[Mention]:
    yield Mention(f"issue/{issue_id}", issue_id, None, at)
    for activity_id in db.session.scalars(select(Activity.id).where(Activity.issue_id == issue_id)):
        yield Mention(f"activity/{activity_id}", issue_id, activity_id, at)
    for spoken, _at in (*_recorded(issue_id), *_sealed(issue_id, log)):
        yield from _mentions(spoken, at)


def _recorded(issue_id: int | None = None) -> Iterator[tuple[Spoken, datetime]]:
    query = (
        select(Entry.subject, Entry.issue, Entry.activity, func.min(Entry.at).label("first"))
        .where(Entry.issue == issue_id if issue_id is not None else Entry.issue.is_not(None))
        .group_by(Entry.subject, Entry.issue, Entry.activity)
    )
    for row in db.session.execute(query):
        yield (row.subject, row.issue, row.activity), moment_of(row.first)


def _sealed(issue_id: int | None = None, log: str | None = None) -> Iterator[tuple[Spoken, datetime]]:
    names = [fact.name for fact in all_facts() if fact.visibility == "sealed"]
    query = (
        select(Entry.at, Opening.sealed)
        .join(Opening, Opening.entry_id == Entry.id)
        .where(Entry.fact.in_(names), Opening.sealed.is_not(None))
    )
    if log is not None:
        query = query.where(Entry.log == log)
    if issue_id is not None:
        query = query.where(Opening.sealed.contains(f'"issue":{issue_id},', autoescape=True))
    for row in db.session.execute(query):
        yield _spoken(row.sealed), moment_of(row.at)


def _opened(entry_ids: Sequence[str]) -> dict[str, Spoken]:
    rows = db.session.execute(
        select(Opening.entry_id, Opening.sealed).where(
            Opening.entry_id.in_(entry_ids), Opening.sealed.is_not(None)
        )
    )
    return {row.entry_id: _spoken(row.sealed) for row in rows}


def _spoken(sealed: Any) -> Spoken:
    body = json.loads(sealed)
    return body["subject"], body["issue"], body["activity"]


def _known() -> Iterator[Mention]:
    rows = db.session.execute(
        select(Document.subject, Document.issue_id, Document.activity_id, Document.at).order_by(Document.id)
    )
    return (Mention(*row) for row in rows)


def _once(mentions: Iterable[Mention]) -> list[Mention]:
    """Each thing once, as it was first spoken of, the oldest first."""
    first: dict[str, Mention] = {}
    for mention in sorted(mentions, key=lambda mention: mention.at):
        first.setdefault(mention.subject, mention)
    return list(first.values())
