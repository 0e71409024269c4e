"""Writing the index: what is public goes in as it reads now, what no longer is goes out.

The words are cut before the transaction begins: SQLite has one writer, and a dictionary is slow.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select

from app.core.db import db
from app.issues.models import Activity
from app.search.asking import ISSUE, Shown, shown_now
from app.search.models import Document, postgresql_words, sqlite_words
from app.search.words import Indexed, indexed

LAST_POSITION = 16_383
"""PostgreSQL knows no later position in a text; words beyond it are found, compounds there by their whole."""

Values = dict[str, Any]


@dataclass(frozen=True)
class Mention:
    """That the ledger speaks of something: `at` is when, `activity_id` None for an issue."""

    subject: str
    issue_id: int
    activity_id: int | None
    at: datetime


@dataclass(frozen=True)
class Entry:
    """A mentioned thing ready to be written."""

    mention: Mention
    kind: str
    title: Indexed
    text: Indexed

    @property
    def digest(self) -> str:
        parts = (self.title.line, sorted(self.title.more), self.text.line, sorted(self.text.more))
        return hashlib.sha256(repr(parts).encode()).hexdigest()


@dataclass(frozen=True)
class Prepared:
    """What is to be written: `subjects` were asked for, `entries` are those of them that are public."""

    subjects: Sequence[str]
    entries: Mapping[str, Entry]


def prepare(mentions: Sequence[Mention]) -> Prepared:
    """Ask what of this is public and cut its words. Reads only."""
    activities = _activities({mention.activity_id for mention in mentions if mention.activity_id})
    known = [(mention, activities.get(mention.activity_id or 0)) for mention in mentions]
    kinds = {
        mention.subject: activity.kind if activity is not None else ISSUE
        for mention, activity in known
        if activity is not None or mention.activity_id is None
    }
    shown = shown_now(kinds.items())
    entries = {
        mention.subject: _entry(mention, shown[mention.subject], activity)
        for mention, activity in known
        if mention.subject in shown
    }
    return Prepared([mention.subject for mention in mentions], entries)


def write(prepared: Prepared, *, anew: bool = False) -> None:
    """Bring the index to what was prepared; `anew` also where the words are as before. Flushes."""
    held = select(Document).where(Document.subject.in_(prepared.subjects))
    stored = {document.subject: document for document in db.session.scalars(held)}
    _take_out([document for subject, document in stored.items() if subject not in prepared.entries])
    changed: list[tuple[Document, Entry]] = []
    for subject, entry in prepared.entries.items():
        document = stored.get(subject)
        if document is None:
            document = _document(entry)
            db.session.add(document)
        elif document.digest == entry.digest and not anew:
            continue
        document.digest = entry.digest
        changed.append((document, entry))
    db.session.flush()
    _write_words(changed)


def _entry(mention: Mention, shown: Shown, activity: Any) -> Entry:
    title = "\n".join(filter(None, (shown.title.th, shown.title.en)))
    # Where a kind puts its activity's title over something ("Comment: …"), that has none of its own: found
    # by that title, every comment of an activity would be found.
    borrowed = activity is not None and mention.subject != f"activity/{activity.id}"
    if borrowed and shown.title.th.endswith(activity.title_th):
        title = ""
    return Entry(mention, shown.kind, indexed(title), indexed(shown.words))


def _activities(ids: Iterable[int]) -> Mapping[int, Any]:
    rows = db.session.execute(
        select(Activity.id, Activity.kind, Activity.title_th).where(Activity.id.in_(ids))
    )
    return {row.id: row for row in rows}


def _document(entry: Entry) -> Document:
    mention = entry.mention
    return Document(
        subject=mention.subject,
        kind=entry.kind,
        issue_id=mention.issue_id,
        activity_id=mention.activity_id,
        at=mention.at,
        digest="",
    )


def _take_out(documents: Sequence[Document]) -> None:
    if not documents:
        return
    _delete_words([document.place for document in documents])
    db.session.execute(delete(Document).where(Document.id.in_([document.id for document in documents])))


def _write_words(changed: Sequence[tuple[Document, Entry]]) -> None:
    if not changed:
        return
    _delete_words([document.place for document, _entry in changed])
    if db.engine.dialect.name == "sqlite":
        db.session.execute(
            insert(sqlite_words), [{"rowid": document.place, **_fts5(entry)} for document, entry in changed]
        )
    else:
        db.session.execute(
            insert(postgresql_words),
            [{"place": document.place, **_tsvectors(entry)} for document, entry in changed],
        )


def _delete_words(places: Sequence[int]) -> None:
    if db.engine.dialect.name == "sqlite":
        db.session.execute(delete(sqlite_words).where(sqlite_words.c.rowid.in_(places)))
    else:
        db.session.execute(delete(postgresql_words).where(postgresql_words.c.place.in_(places)))


def _fts5(entry: Entry) -> Values:
    return {
        "title": " ".join([*entry.title.line, *sorted(entry.title.more)]),
        "line": " ".join(entry.text.line),
        "more": " ".join(sorted(entry.text.more)),
        "kind": entry.kind,
    }


def _tsvectors(entry: Entry) -> Values:
    """The words as PostgreSQL writes vectors: what stands in a line with its places, the rest without.

    Its own parser is passed by: depending on the server's locale it breaks Thai words at their vowels.
    """
    kind = f"'kind:{entry.kind}'"
    title = _line(entry.title.line, 1) + _unplaced(entry.title.more)
    after = len(entry.title.line) + 2
    text = _line(entry.text.line, after) + _unplaced(entry.text.more)
    return {"title": " ".join([*title, kind]), "words": " ".join([*title, *text, kind])}


def _line(words: Sequence[str], first: int) -> list[str]:
    return [
        f"'{word}':{place}" if place <= LAST_POSITION else f"'{word}'"
        for place, word in enumerate(words, first)
    ]


def _unplaced(words: Iterable[str]) -> list[str]:
    return [f"'{word}'" for word in sorted(words)]
