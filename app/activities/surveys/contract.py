"""What a survey tells other rooms: public counts, who took part, and what search shows of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import String, and_, cast, func, literal, or_, select, union_all

from app.activities.surveys.hiding import FEWEST_FOR_BREAKDOWN, mask
from app.activities.surveys.models import Option, Question, Response, Survey, Tally
from app.agencies.sectors import SECTORS
from app.core.clock import now
from app.core.db import db
from app.i18n.bilingual import Bilingual
from app.issues.contracts import Address, Found, Heard
from app.issues.models import Activity, Issue

SMALLEST_TOLD = 5


def counts(activity_ids: Sequence[int]) -> Mapping[int, Mapping[str, int]]:
    """How many questions and, from 5 on, how many responses: one statement."""
    asked = select(func.count()).where(Question.activity_id == Survey.activity_id).scalar_subquery()
    rows = db.session.execute(
        select(Survey.activity_id, Survey.responses, asked.label("questions")).where(
            Survey.activity_id.in_(activity_ids)
        )
    )
    return {
        row.activity_id: {
            "questions": row.questions,
            **({"responses": row.responses} if row.responses >= SMALLEST_TOLD else {}),
        }
        for row in rows
    }


def heard(activity_ids: Sequence[int]) -> Mapping[int, Heard]:
    """Who took part, by channel, sector and province: one statement.

    Parts are told once the survey has closed, from 20 responses on, and without those that are small or would give a
    small one away: while it is open, each part that grows would tell of who has just answered.
    """
    total = select(Survey.activity_id, literal("total"), _closed(now()), Survey.responses).where(
        Survey.activity_id.in_(activity_ids)
    )
    channel = (
        select(Response.activity_id, literal("channel"), Response.channel, func.count())
        .where(Response.activity_id.in_(activity_ids))
        .group_by(Response.activity_id, Response.channel)
    )
    rows = db.session.execute(union_all(total, channel, _sectors(activity_ids), _areas(activity_ids))).all()
    totals: dict[int, int] = {}
    closed: set[int] = set()
    parts: dict[int, dict[str, dict[str, int]]] = {}
    for activity_id, what, code, n in rows:
        if what == "total":
            totals[activity_id] = n
            closed |= {activity_id} if code else set()
        elif what != "sector" or code in SECTORS:
            found = parts.setdefault(activity_id, {}).setdefault(what, {})
            code = code[:2] if what == "area" else code
            found[code] = found.get(code, 0) + n
    return {
        ident: Heard(n, _told(parts.get(ident, {}), n)) if ident in closed else Heard(n, pending=n > 0)
        for ident, n in totals.items()
    }


def _closed(moment: datetime) -> Any:
    """ "closed" where a survey has ended by the clock, by its issue's or by being cancelled, else nothing."""
    ended = or_(
        Activity.closes_at <= moment,
        Activity.annulled_at.is_not(None),
        Issue.closed_at <= moment,
        Issue.annulled_at.is_not(None),
    )
    return (
        select(literal("closed"))
        .select_from(Activity)
        .join(Issue, Issue.id == Activity.issue_id)
        .where(Activity.id == Survey.activity_id, ended)
        .scalar_subquery()
    )


def _told(parts: Mapping[str, Mapping[str, int]], total: int) -> dict[str, dict[str, int]]:
    if total < FEWEST_FOR_BREAKDOWN:
        return {}
    told = {}
    for what, numbers in parts.items():
        codes = sorted(numbers)
        rest = max(total - sum(numbers.values()), 0)
        shown = mask(
            [*(numbers[code] for code in codes), *([rest] if rest else [])]
        )  # As the results hide them.
        told[what] = {code: n for code, n in zip(codes, shown, strict=False) if n}
    return told


def _sectors(activity_ids: Sequence[int]) -> Any:
    return (
        select(Question.activity_id, literal("sector"), Option.code, Tally.n)
        .join(Option, Option.question_id == Question.id)
        .join(Tally, and_(Tally.question_id == Question.id, Tally.part == 0, Tally.choice == Option.id))
        .where(Question.activity_id.in_(activity_ids), Question.about == "sector", Tally.n > 0)
    )


def _areas(activity_ids: Sequence[int]) -> Any:
    """Of the survey's first question of a place; the code of the area is made a province's when read."""
    first = (
        select(func.min(Question.id))
        .where(Question.activity_id.in_(activity_ids), Question.kind == "place")
        .group_by(Question.activity_id)
    )
    return (
        select(Question.activity_id, literal("area"), cast(Tally.choice, String), Tally.n)
        .join(Tally, and_(Tally.question_id == Question.id, Tally.part == 0))
        .where(Question.id.in_(first), Tally.n > 0)
    )


def found(subjects: Sequence[str]) -> Mapping[str, Found]:
    """Surveys that are public now, by "survey/12" or "activity/12": one statement."""
    wanted: dict[int, list[str]] = {}
    for subject in subjects:
        thing, _slash, number = subject.partition("/")
        if thing in ("survey", "activity") and number.isascii() and number.isdecimal():
            wanted.setdefault(int(number), []).append(subject)
    if not wanted:
        return {}
    rows = db.session.execute(
        select(Activity, Survey, Question, Option)
        .join(Issue, Issue.id == Activity.issue_id)
        .join(Survey, Survey.activity_id == Activity.id)
        .outerjoin(Question, Question.activity_id == Survey.activity_id)
        .outerjoin(Option, Option.question_id == Question.id)
        .where(
            Activity.id.in_(wanted),
            Activity.annulled_at.is_(None),
            Issue.published_at.is_not(None),
            Issue.annulled_at.is_(None),
        )
        .order_by(Activity.id, Question.position, Option.position)
    ).all()
    texts: dict[int, dict[str, None]] = {}
    titles: dict[int, Bilingual] = {}
    for activity, survey, question, option in rows:
        titles[activity.id] = activity.title
        words = texts.setdefault(activity.id, {})
        for text in (survey.intro, question and question.text, option and option.name):
            words |= dict.fromkeys(part for part in (text.th, text.en) if part) if text else {}
    return {
        subject: Found(
            subject=subject,
            activity_id=ident,
            title=titles[ident],
            words="\n".join(texts[ident]),
            lang=None,
            address=Address("surveys.show", {"activity_id": ident}),
        )
        for ident in titles
        for subject in wanted[ident]
    }
