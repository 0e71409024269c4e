"""Finding: one statement for the hits, and one for each kind among them to hear what is public of it now."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Select, String, cast, literal, literal_column, not_, select, union_all
from sqlalchemy.dialects.postgresql import TSQUERY

from app.core.clock import now
from app.core.db import db
from app.core.ids import LARGEST_ID
from app.i18n.bilingual import Bilingual
from app.issues.models import Issue
from app.search.asking import Shown, shown_now
from app.search.models import WORDS, Document, postgresql_words, sqlite_words
from app.search.words import Word, wanted_words

PAGE = 20
IN_TITLE, IN_TEXT = 2, 1
"""The ranks: what bears the words in its title stands before what only speaks of them."""

_MARK = re.compile(r"([12])-(\d{1,19})", re.ASCII)
_FARTHEST = 2**63 - 1


@dataclass(frozen=True)
class Mark:
    """The last hit a page showed."""

    rank: int
    place: int

    def __str__(self) -> str:
        return f"{self.rank}-{self.place}"

    @classmethod
    def parse(cls, text: str) -> Mark:
        """Read what `str` wrote; raises `ValueError` for anything else."""
        found = _MARK.fullmatch(text)
        if found is None or int(found[2]) > _FARTHEST:
            raise ValueError("not a page mark of this site")
        return cls(int(found[1]), int(found[2]))


@dataclass(frozen=True)
class Hit:
    """Something found, as it reads now, and the issue it belongs to."""

    shown: Shown
    issue_id: int
    issue: Bilingual


@dataclass(frozen=True)
class Hits:
    """One page of what was found; `words` is what was looked for, `next` where the following page begins."""

    words: Sequence[Word]
    hits: Sequence[Hit]
    next: Mark | None


def search(query: str, kind: str | None = None, after: Mark | None = None, limit: int = PAGE) -> Hits:
    """What holds every word of `query` and is public now: found in titles first, then the newest.

    A page is cut before what has just gone is left out, so one may hold less than `limit` and yet not be
    the last.
    """
    words = wanted_words(query)
    if not words:
        return Hits(words, [], None)
    rows = db.session.execute(_found(words, kind, after, limit + 1)).all()
    page = rows[:limit]
    shown = shown_now((row.subject, row.kind) for row in page)
    hits = [
        Hit(shown[row.subject], row.issue_id, Bilingual(row.title_th, row.title_en))
        for row in page
        if row.subject in shown
    ]
    more = len(rows) > limit
    return Hits(words, _told_once(hits), Mark(page[-1].rank, page[-1].place) if more else None)


def _told_once(hits: Sequence[Hit]) -> list[Hit]:
    """Without what a kind tells of two subjects in the same words on the same page, a survey and its activity."""
    once: list[Hit] = []
    for hit in hits:
        said = replace(hit.shown, subject="")
        if all(replace(other.shown, subject="") != said for other in once):
            once.append(hit)
    return once


def _found(words: Sequence[Word], kind: str | None, after: Mark | None, limit: int) -> Select[Any]:
    """The ranks one after the other, each read from its newest on only as far as the page needs."""
    streams = [
        select(_stream(rank, words, kind, after, limit).subquery())
        for rank in (IN_TITLE, IN_TEXT)
        if after is None or rank <= after.rank
    ]
    found = union_all(*streams).subquery()
    return (
        select(found.c.rank, found.c.place, Document.subject, Document.kind, Document.issue_id)
        .add_columns(Issue.title_th, Issue.title_en)
        .join(Document, Document.id == found.c.place % (LARGEST_ID + 1))
        .join(Issue, Issue.id == Document.issue_id)
        .where(Issue.published_at <= now())
        .order_by(found.c.rank.desc(), found.c.place.desc())
        .limit(limit)
    )


def _stream(
    rank: int, words: Sequence[Word], kind: str | None, after: Mark | None, limit: int
) -> Select[tuple[int, int]]:
    sqlite = db.engine.dialect.name == "sqlite"
    place = sqlite_words.c.rowid if sqlite else postgresql_words.c.place
    holds = _matched_by_fts5(rank, words, kind) if sqlite else _matched_by_vectors(rank, words, kind)
    stream = select(literal(rank).label("rank"), place.label("place")).where(holds)
    if after is not None and after.rank == rank:
        stream = stream.where(place < after.place)
    # PostgreSQL overrates how common a word is, and would walk down all places to meet a rare one: an
    # order it has no index for makes it begin with the words.
    return stream.order_by(place.desc() if sqlite else (place + 0).desc()).limit(limit)


# ---------------------------------------------------------------- SQLite


def _matched_by_fts5(rank: int, words: Sequence[Word], kind: str | None) -> ColumnElement[bool]:
    wanted = " AND ".join(map(_fts5, words))
    match = f"(title : ({wanted}))"
    if rank == IN_TEXT:
        match = f"(({{title line more}} : ({wanted})) NOT {match})"
    if kind is not None:
        match += f' AND kind : "{kind}"'
    return literal_column(WORDS).bool_op("MATCH")(match)


def _fts5(word: Word) -> str:
    """The word itself, or its parts one after the other; quoted, so that nothing in it is an operator."""
    return f'("{word.whole}" OR "{" ".join(word.parts)}")' if word.compound else f'"{word.whole}"'


# ---------------------------------------------------------------- PostgreSQL


def _matched_by_vectors(rank: int, words: Sequence[Word], kind: str | None) -> ColumnElement[bool]:
    wanted = [_tsquery(word) for word in words]
    in_title = _holds(postgresql_words.c.title, wanted)
    if kind is not None:
        wanted.append(f"'kind:{kind}'")
    if rank == IN_TITLE:
        return _holds(postgresql_words.c.title, wanted)
    return _holds(postgresql_words.c.words, wanted) & not_(in_title)


def _holds(column: ColumnElement[Any], wanted: Sequence[str]) -> ColumnElement[bool]:
    return column.bool_op("@@")(cast(literal(" & ".join(wanted), String), TSQUERY))


def _tsquery(word: Word) -> str:
    if not word.compound:
        return f"'{word.whole}'"
    followed = " <-> ".join(f"'{part}'" for part in word.parts)
    return f"('{word.whole}' | ({followed}))"
