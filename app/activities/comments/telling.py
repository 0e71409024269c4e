"""Telling the authors of a theme's comments of its answer: a batch at a time, each of them once.

A verb marks the comments whose authors are to be told. A batch writes who was told of which answer, the mails,
and takes the marks off, in one transaction: cut off anywhere, it is done again, and nobody gets a second mail,
however many comments they have in the theme. A comment that is hidden keeps its mark until it is shown again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from flask import render_template
from sqlalchemy import func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from app.activities.comments.mails import leave_address
from app.activities.comments.models import Comment, Theme, Told
from app.activities.comments.queries.states import SHOWN
from app.core.clock import now
from app.core.db import db, transaction
from app.core.mail import PlainLetter, enqueue_many
from app.i18n import Language, _, speaking
from app.i18n.bilingual import bi_plain
from app.identity.models import Person
from app.issues.models import Activity
from app.issues.verdicts import VERDICTS
from app.web.pages import address_of

BATCH = 250
LEAVE_HERE = "\ue000leave\ue000"
"""Stands in a body for the one thing that differs from reader to reader."""
BATCHES_A_TICK = 4
"""A tick writes a thousand mails at most, so that other work is never kept waiting long."""


def tell_authors() -> int:
    """Tell some of those who wait to be told; return how many comments were gone through."""
    done = 0
    for _batch in range(BATCHES_A_TICK):
        waits = db.session.scalar(select(Comment.id).where(Comment.theme_news, SHOWN).limit(1))
        db.session.rollback()
        if waits is None:
            break
        with transaction():
            done += _tell_batch()
    return done


def people_told(theme_id: int) -> int:
    """How many would be told of an answer to the theme now: people, and addresses of those without an account."""
    address = func.lower(Comment.email)
    return (
        db.session.scalar(
            select(func.count(Comment.person_id.distinct()) + func.count(address.distinct())).where(
                Comment.theme_id == theme_id, SHOWN
            )
        )
        or 0
    )


def _tell_batch() -> int:
    rows = db.session.execute(
        select(Comment.id, Comment.theme_id, Comment.email, Comment.lang, Comment.person_id)
        .where(Comment.theme_news, SHOWN)
        .order_by(Comment.id)
        .limit(BATCH)
        .with_for_update(skip_locked=True, key_share=True)
    ).all()
    if not rows:
        return 0
    themes = _themes_of({row.theme_id for row in rows})
    enqueue_many(_letters(rows, themes))
    ids = [row.id for row in rows]
    db.session.execute(
        update(Comment).where(Comment.id.in_(ids)).values(theme_news=False),
        execution_options={"synchronize_session": False},
    )
    return len(rows)


def _themes_of(theme_ids: set[int]) -> Mapping[int, Any]:
    rows = db.session.execute(
        select(Theme, Activity)
        .join(Activity, Activity.id == Theme.activity_id)
        .where(Theme.id.in_(theme_ids))
        .execution_options(populate_existing=True)
    )
    return {row.Theme.id: row for row in rows}


def _letters(rows: Sequence[Any], themes: Mapping[int, Any]) -> list[PlainLetter]:
    """Note who is told, and make a mail for each who was not told before; the same words are made once."""
    wanted = {(row.theme_id, themes[row.theme_id].Theme.revision, _reader(row)): row for row in rows}
    new = _note_told(list(wanted))
    people = _people([wanted[key].person_id for key in new if wanted[key].person_id is not None])
    made: dict[tuple[int, Language, bool], tuple[str, str]] = {}
    letters: list[PlainLetter] = []
    for key in sorted(new):
        row = wanted[key]
        person = people.get(row.person_id)
        to, spoken = (row.email, row.lang) if row.email is not None else (person or (None, "th"))
        if to is None:
            continue  # Whose account has ended is told nothing.
        lang: Language = "en" if spoken == "en" else "th"
        visiting = row.email is not None
        leave = leave_address(row.id, lang) if visiting else ""
        words = (row.theme_id, lang, visiting)
        if words not in made:
            made[words] = _compose(themes[row.theme_id], lang, LEAVE_HERE if visiting else "")
        subject, body = made[words]
        letters.append(
            PlainLetter(recipient=to, subject=subject, body=body.replace(LEAVE_HERE, leave), lang=lang)
        )
    return letters


def _reader(row: Any) -> str:
    if row.person_id is not None:
        return f"person/{row.person_id}"
    return hashlib.sha256(row.email.lower().encode()).hexdigest()


def _note_told(keys: Sequence[tuple[int, int, str]]) -> Sequence[tuple[int, int, str]]:
    """Write that these are told, one statement; those who were told already are left out of the answer."""
    insert = sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
    values = [
        {"theme_id": theme_id, "revision": revision, "reader": reader, "told_at": now()}
        for theme_id, revision, reader in sorted(keys)
    ]
    noted = insert(Told).values(values).on_conflict_do_nothing()
    found = db.session.execute(noted.returning(Told.theme_id, Told.revision, Told.reader)).all()
    return [(row.theme_id, row.revision, row.reader) for row in found]


def _people(person_ids: Sequence[int]) -> Mapping[int, tuple[str, str]]:
    rows = db.session.execute(
        select(Person.id, Person.email, Person.lang).where(
            Person.id.in_(person_ids), Person.erased_at.is_(None)
        )
    )
    return {row.id: (row.email, row.lang) for row in rows}


def _compose(row: Any, lang: Language, leave: str) -> tuple[str, str]:
    theme = row.Theme
    with speaking(lang):
        body = render_template(
            "comments/mail/theme_answered.txt",
            theme=theme,
            title=bi_plain(theme.title),
            activity=bi_plain(row.Activity.title),
            verdict=VERDICTS[theme.verdict],
            address=address_of("comments.theme", lang, activity_id=theme.activity_id, theme_id=theme.id),
            leave=leave,
        )
        return _("The agency has answered what you and others said"), body
