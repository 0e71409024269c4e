"""What search finds of votes, and what open data counts: nothing of a vote that still runs but its question."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from app.activities.votes.models import Option, Poll, Result
from app.activities.votes.queries import HIDDEN_UNDER
from app.core.clock import now
from app.core.db import db
from app.i18n import LANGUAGES, _, speaking
from app.i18n.bilingual import Bilingual
from app.issues.contracts import Address, Found, Heard, Outcome
from app.issues.models import Activity, Issue

_SUBJECT = re.compile(r"activity/([0-9]{1,9})")


def found_among(subjects: Sequence[str]) -> Mapping[str, Found]:
    """Votes ("activity/7") of published issues. Question and options are public once they are fixed."""
    ids = [int(match[1]) for match in map(_SUBJECT.fullmatch, subjects) if match]
    rows = db.session.execute(
        select(Activity, Poll, Option)
        .join(Issue, Issue.id == Activity.issue_id)
        .outerjoin(Poll, (Poll.activity_id == Activity.id) & Poll.frozen_at.is_not(None))
        .outerjoin(Option, Option.poll_id == Poll.activity_id)
        .where(
            Activity.id.in_(ids),
            Activity.kind == "votes",
            Activity.annulled_at.is_(None),
            Issue.published_at <= now(),
        )
        .order_by(Activity.id, Option.position)
    ).all()
    grouped: dict[int, list[Any]] = {}
    for row in rows:
        grouped.setdefault(row.Activity.id, []).append(row)
    return {f"activity/{ident}": _found(group) for ident, group in grouped.items()}


def public_counts(activity_ids: Sequence[int]) -> Mapping[int, Mapping[str, int]]:
    """How many may vote, once that is fixed; how many did, once the result is declared and they are not few."""
    rows = db.session.execute(
        select(Poll.activity_id, Poll.roll_size, Result.ballots, Result.abstained)
        .outerjoin(Result, Result.poll_id == Poll.activity_id)
        .where(Poll.activity_id.in_(activity_ids), Poll.frozen_at.is_not(None))
    )
    counts: dict[int, Mapping[str, int]] = {}
    for row in rows:
        shown = {"roll": row.roll_size}
        if row.ballots is not None and row.ballots >= HIDDEN_UNDER:
            shown |= {"ballots": row.ballots, "abstained": row.abstained}
        counts[row.activity_id] = shown
    return counts


def outcomes_of(activity_ids: Sequence[int]) -> Sequence[Outcome]:
    """The declared results: one statement."""
    rows = db.session.execute(
        select(Poll.activity_id, Poll.question_th, Poll.question_en, Result.declared_at)
        .join(Result, Result.poll_id == Poll.activity_id)
        .where(Poll.activity_id.in_(activity_ids))
        .order_by(Poll.activity_id)
    )
    titles = {}
    for lang in LANGUAGES:
        with speaking(lang):
            titles[lang] = _("Result of the vote: %(title)s", title="\0")
    return [
        Outcome(
            subject=f"vote/{row.activity_id}",
            version=None,
            title=Bilingual(
                titles["th"].replace("\0", row.question_th),
                titles["en"].replace("\0", row.question_en) if row.question_en else None,
            ),
            address=Address("votes.result", {"activity_id": row.activity_id}),
            at=row.declared_at,
        )
        for row in rows
    ]


def heard_of(activity_ids: Sequence[int]) -> Mapping[int, Heard]:
    """How many voted, after the declaration; of who they were nothing is known."""
    rows = db.session.execute(
        select(Result.poll_id, Result.ballots).where(
            Result.poll_id.in_(activity_ids), Result.ballots >= HIDDEN_UNDER
        )
    )
    return {row.poll_id: Heard(row.ballots) for row in rows}


def _found(rows: Sequence[Any]) -> Found:
    activity, poll = rows[0].Activity, rows[0].Poll
    texts: list[Bilingual | None] = [poll.question, poll.commitment] if poll is not None else []
    for row in rows:
        texts += [row.Option.name, row.Option.detail] if row.Option is not None else []
    words = [word for text in texts if text for word in (text.th, text.en) if word]
    return Found(
        subject=f"activity/{activity.id}",
        activity_id=activity.id,
        title=activity.title,
        words="\n".join(words),
        lang=None,
        address=Address("votes.show", {"activity_id": activity.id}),
    )
