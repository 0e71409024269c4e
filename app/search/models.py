"""What can be found: a row for each public thing, and beside it the words it is found by.

The words stand in a table of the engine's own full text, made by plain SQL because neither form is known to
SQLAlchemy: `search_words`, FTS5 on SQLite, two `tsvector` columns under GIN indexes on PostgreSQL. No text is
kept here to be read: what search shows is asked of the kinds at that moment.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import DDL, BigInteger, ForeignKey, String, column, event, table
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import db
from app.core.ids import LARGEST_ID

WORDS = "search_words"
"""The full-text table. Comparisons of models and database look past it and what FTS5 makes for it."""

MAKE_WORDS = {
    "sqlite": (
        f"CREATE VIRTUAL TABLE {WORDS} USING fts5(title, line, more, kind, "
        "tokenize=\"unicode61 remove_diacritics 0 categories 'L* N* Co Mn Mc'\")",
    ),
    "postgresql": (
        f"CREATE TABLE {WORDS} (place BIGINT CONSTRAINT pk_{WORDS} PRIMARY KEY, "
        "title TSVECTOR NOT NULL, words TSVECTOR NOT NULL)",
        f"CREATE INDEX ix_{WORDS}_title ON {WORDS} USING gin (title) WITH (fastupdate = off)",
        f"CREATE INDEX ix_{WORDS}_words ON {WORDS} USING gin (words) WITH (fastupdate = off)",
    ),
}
"""FTS5 left to itself drops Thai vowels and tones, so that ป่า would find ป้า: they are marks (Mn, Mc).
Words are written in the background, so PostgreSQL need not put off sorting them in, which readers would pay."""

sqlite_words = table(
    WORDS, column("rowid", BigInteger), column("title"), column("line"), column("more"), column("kind")
)
postgresql_words = table(
    WORDS, column("place", BigInteger), column("title", TSVECTOR), column("words", TSVECTOR)
)


class Document(db.Model):
    """Something public that can be found, by its ledger subject. `kind`: "issue", or the activity's kind.

    `at` is when it was first told of in public. `digest` is of the words it is found by: what has not
    changed is not written again.
    """

    __tablename__ = "search_documents"

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(String(80), unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    issue_id: Mapped[int] = mapped_column(ForeignKey("issues_issues.id"), index=True)
    activity_id: Mapped[int | None] = mapped_column(ForeignKey("issues_activities.id"), index=True)
    at: Mapped[datetime]
    digest: Mapped[str] = mapped_column(String(64))

    @property
    def place(self) -> int:
        """Its place among all, the newest highest: what the words stand under, and pages are cut by."""
        return int(self.at.timestamp()) * (LARGEST_ID + 1) + self.id


class Cursor(db.Model):
    """How far the index has read a log."""

    __tablename__ = "search_cursors"

    log: Mapped[str] = mapped_column(String(64), primary_key=True)
    next_idx: Mapped[int] = mapped_column(default=0)


for _dialect, _statements in MAKE_WORDS.items():
    for _statement in _statements:
        event.listen(Document.__table__, "after_create", DDL(_statement).execute_if(dialect=_dialect))
event.listen(Document.__table__, "before_drop", DDL(f"DROP TABLE IF EXISTS {WORDS}"))
