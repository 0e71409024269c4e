"""`record()`: writes what happened, in the transaction in which it happened.

An entry waits unnumbered, so that no lock is held; `sequence.py` gives it its place.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import rfc8785
from sqlalchemy import insert

from app.core.clock import now
from app.core.db import db
from app.core.ids import new_key, new_salt, ordered_key
from app.i18n.dates import local_day
from app.ledger.facts import Actor, BadFact, Citizen, Fact, FileDigest, Place
from app.ledger.guard import note_recorded
from app.ledger.merkle import leaf_hash
from app.ledger.models import LARGEST_ENTRY, Entry, Opening

VERSION = 1
COLUMNS = ("id", "log", "fact", "at", "actor", "issue", "activity", "subject", "level", "stage")
OPENING = ("entry_id", "actor_salt", "commit_salt", "sealed")


@dataclass(frozen=True)
class Told:
    """What one of many entries of a fact says: see `record`."""

    subject: str
    data: Mapping[str, object] | None = None
    private: Mapping[str, Any] | None = None


def record(
    fact: Fact,
    *,
    subject: str,
    actor: Actor,
    place: Place,
    data: Mapping[str, object] | None = None,
    private: Mapping[str, Any] | None = None,
    files: Sequence[FileDigest] = (),
) -> Entry:
    """Write one entry and return it, flushed and unnumbered.

    `subject` is what the fact is about, as `thing/<id>`. `private` is content the log must not hold: the
    entry keeps SHA-256(salt ‖ its canonical JSON), the salt stays in `ledger_openings`. A sealed fact puts
    its place, subject and data behind the same commitment. Raises `BadFact` for undeclared data.
    """
    entry, opening = _entry(fact, Told(subject, data, private), actor, place, files)
    db.session.add(entry)
    db.session.flush()
    if opening.actor_salt or opening.commit_salt:
        db.session.add(opening)
        db.session.flush()
    note_recorded(db.session.connection(), fact.room)
    return entry


def record_all(fact: Fact, told: Iterable[Told], *, actor: Actor, place: Place) -> None:
    """Write an entry for each of these, as `record` does, in two statements however many they are."""
    made = [_entry(fact, one, actor, place) for one in told]
    if not made:
        return
    columns = (*COLUMNS, "body", "leaf")
    entries = [{name: getattr(entry, name) for name in columns} for entry, _opening in made]
    openings = [
        {name: getattr(opening, name) for name in OPENING}
        for _entry, opening in made
        if opening.actor_salt or opening.commit_salt
    ]
    db.session.execute(insert(Entry), entries)
    if openings:
        db.session.execute(insert(Opening), openings)
    note_recorded(db.session.connection(), fact.room)


def commitment(salt: bytes, content: bytes) -> str:
    """SHA-256(salt ‖ content) in hex: hides the content until the salt is shown."""
    return hashlib.sha256(salt + content).hexdigest()


def written_time(moment: datetime, fact: Fact) -> str:
    """The moment as an entry tells it: UTC to the second, or Bangkok's day where the time would tell too much."""
    if fact.precision == "day":
        return local_day(moment).isoformat()
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _entry(
    fact: Fact, told: Told, actor: Actor, place: Place, files: Sequence[FileDigest] = ()
) -> tuple[Entry, Opening]:
    """The entry, not yet stored, and what opens it."""
    subject, data, private = told.subject, told.data, told.private
    opening = Opening(entry_id=_new_id(fact, actor))
    checked = fact.check_data(data or {})
    shown: dict[str, Any] = {
        "issue": place.issue_id,
        "activity": place.activity_id,
        "subject": subject,
        "level": place.level,
        "stage": place.stage,
        "data": checked,
        "files": [file.as_data() for file in files],
    }
    commit = None
    if fact.visibility == "sealed":
        hidden = {**shown, "private": dict(private or {})}
        opening.sealed = rfc8785.dumps(hidden).decode()
        commit = _commit(opening, hidden)
        shown = {key: [] if key == "files" else {} if key == "data" else None for key in shown}
    elif private is not None:
        commit = _commit(opening, private)
    body: dict[str, Any] = {
        "v": VERSION,
        "id": opening.entry_id,
        "log": place.log,
        "fact": fact.name,
        "at": written_time(now(), fact),
        "actor": _written_actor(actor, opening),
        "commit": commit,
        **shown,
    }
    return _encoded(body, fact), opening


def _new_id(fact: Fact, actor: Actor) -> str:
    """The entry's id, by which entries of one second are numbered: an office's acts in their order.

    What people do is numbered by chance within its second, and its id tells no moment.
    """
    by_chance = isinstance(actor, Citizen) or fact.precision == "day"
    return new_key() if by_chance else ordered_key()


def _commit(opening: Opening, content: Mapping[str, Any]) -> str:
    opening.commit_salt = new_salt()
    return commitment(opening.commit_salt, rfc8785.dumps(dict(content)))


def _written_actor(actor: Actor, opening: Opening) -> str:
    if not isinstance(actor, Citizen):
        return str(actor)
    opening.actor_salt = new_salt()
    return "citizen:" + commitment(opening.actor_salt, f"person/{actor.person_id}".encode())


def _encoded(body: dict[str, Any], fact: Fact) -> Entry:
    encoded = rfc8785.dumps(body)
    if len(encoded) > LARGEST_ENTRY:
        raise BadFact(f"{fact.name}: an entry of {len(encoded)} bytes does not fit a bundle")
    shown = {name: body[name] for name in COLUMNS}
    return Entry(**shown, body=encoded.decode(), leaf=leaf_hash(encoded))
