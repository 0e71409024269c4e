"""What other rooms ask of comments: counts, who took part, what search may show, remarks on documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Row, and_, case, literal, null, or_, select, union_all

from app.activities.comments.models import Comment, Question, Tally, Thread
from app.activities.comments.service.content import about_key
from app.core.db import db
from app.i18n import LANGUAGES, Language, _, speaking
from app.i18n.bilingual import Bilingual
from app.issues.contracts import Address, Found, Heard, Remarks
from app.issues.kinds import ActivityView
from app.issues.models import Activity, Issue

HEARD = ("channel", "stance", "sector", "area")


def counts_of(activity_ids: Sequence[int]) -> Mapping[int, Mapping[str, int]]:
    """The public figures of each activity: one statement. They are on its page as well, so none is hidden."""
    if not activity_ids:
        return {}
    threads = db.session.scalars(select(Thread).where(Thread.activity_id.in_(activity_ids)))
    return {
        thread.activity_id: {
            "comments": thread.comments,
            "replies": thread.replies,
            "answered": thread.answered,
            "unanswered": thread.waiting,
            "hidden": thread.hidden,
            "unverified": thread.unverified,
        }
        for thread in threads
    }


def heard_in(activity_ids: Sequence[int]) -> Mapping[int, Heard]:
    """Who took part in each activity, from the kept numbers: one statement."""
    if not activity_ids:
        return {}
    rows = db.session.execute(
        select(Thread.activity_id, Thread.shown, Tally.feature, Tally.code, Tally.number)
        .outerjoin(
            Tally,
            and_(Tally.activity_id == Thread.activity_id, Tally.feature.in_(HEARD), Tally.number > 0),
        )
        .where(Thread.activity_id.in_(activity_ids))
        .order_by(Thread.activity_id, Tally.feature, Tally.code)
    ).all()
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.activity_id, []).append(row)
    return {activity_id: _heard(of_one) for activity_id, of_one in found.items()}


def found_now(subjects: Sequence[str]) -> Mapping[str, Found]:
    """What search may show of these subjects at this moment: one statement.

    A comment that was hidden, taken back or erased a second ago is not among them.
    """
    comments, activities = _ids(subjects, "comment"), _ids(subjects, "activity")
    parts = [query_of(ids) for ids, query_of in ((comments, _comments), (activities, _threads)) if ids]
    if not parts:
        return {}
    rows = db.session.execute(union_all(*parts)).all()
    titles = {lang: _title_pattern(lang) for lang in LANGUAGES}
    found: dict[str, Found] = {}
    for row in rows:
        one = _found(row, titles)
        before = found.get(one.subject)
        # A thread has a row for each of its questions.
        words = f"{before.words}\n{one.words}" if before else one.words
        found[one.subject] = Found(one.subject, one.activity_id, one.title, words, one.lang, one.address)
    return found


def remarks_on(activities: Sequence[ActivityView], subject: str, version: int) -> Sequence[Remarks]:
    """Of these activities, those that take remarks on a document version, with their counts: one statement."""
    known = {
        one.id: one for one in activities if one.kind == "comments" and one.state not in ("draft", "annulled")
    }
    if not known:
        return ()
    key = about_key(subject, version)
    rows = db.session.execute(
        select(Activity.id, Thread.who, Tally.feature, Tally.code, Tally.number)
        .select_from(Activity)
        .outerjoin(Thread, Thread.activity_id == Activity.id)
        .outerjoin(
            Tally,
            and_(
                Tally.activity_id == Activity.id,
                or_(
                    and_(Tally.feature == "about", Tally.code == key),
                    and_(Tally.feature == "section", Tally.code.startswith(f"{key}#", autoescape=True)),
                ),
            ),
        )
        .where(Activity.id.in_(known))
        .order_by(Activity.id)
    ).all()
    by_activity: dict[int, list[Any]] = {}
    for row in rows:
        by_activity.setdefault(row.id, []).append(row)
    return [_remarks(known[ident], of_one, subject, version) for ident, of_one in by_activity.items()]


def _heard(rows: Sequence[Any]) -> Heard:
    total = rows[0].shown
    by: dict[str, dict[str, int]] = {}
    for row in rows:
        if row.feature is not None:
            by.setdefault(row.feature, {})[row.code] = row.number
    web = total - sum(by.get("channel", {}).values())
    if web:
        by["channel"] = {"web": web, **by.get("channel", {})}
    return Heard(total, by)


def _ids(subjects: Sequence[str], thing: str) -> list[int]:
    pairs = (subject.partition("/") for subject in subjects)
    return [int(number) for name, _slash, number in pairs if name == thing and number.isdecimal()]


def _comments(ids: list[int]) -> Any:
    return (
        select(
            literal("comment").label("thing"),
            Comment.id.label("id"),
            Activity.id.label("activity_id"),
            Activity.title_th,
            Activity.title_en,
            Comment.body.label("words_th"),
            null().label("words_en"),
            Comment.lang.label("lang"),
        )
        .join(Activity, Activity.id == Comment.activity_id)
        .join(Issue, Issue.id == Activity.issue_id)
        .where(
            Comment.id.in_(ids),
            Comment.hidden_at.is_(None),
            Comment.erased_at.is_(None),
            Comment.withdrawn_at.is_(None),
            or_(~Comment.unverified, Comment.admitted_at.is_not(None)),
            *_public(),
        )
    )


def _threads(ids: list[int]) -> Any:
    return (
        select(
            literal("activity").label("thing"),
            Activity.id.label("id"),
            Activity.id.label("activity_id"),
            Activity.title_th,
            Activity.title_en,
            case((Question.id.is_not(None), Question.text_th), else_=Thread.question_th).label("words_th"),
            case((Question.id.is_not(None), Question.text_en), else_=Thread.question_en).label("words_en"),
            null().label("lang"),
        )
        .join(Issue, Issue.id == Activity.issue_id)
        .outerjoin(Thread, Thread.activity_id == Activity.id)
        .outerjoin(Question, Question.activity_id == Activity.id)
        .where(Activity.id.in_(ids), Activity.kind == "comments", *_public())
    )


def _public() -> tuple[Any, ...]:
    return (Issue.published_at.is_not(None), Issue.annulled_at.is_(None), Activity.annulled_at.is_(None))


def _title_pattern(lang: Language) -> str:
    with speaking(lang):
        return _("Comment: %(title)s", title="\0")


def _found(row: Row[Any], titles: Mapping[Language, str]) -> Found:
    title = Bilingual(row.title_th, row.title_en)
    if row.thing == "comment":
        english = titles["en"].replace("\0", row.title_en) if row.title_en else None
        title = Bilingual(titles["th"].replace("\0", row.title_th), english)
        address = Address("comments.one", {"activity_id": row.activity_id, "comment_id": row.id})
    else:
        address = Address("comments.show", {"activity_id": row.activity_id})
    words = "\n".join(filter(None, (row.words_th, row.words_en)))
    return Found(f"{row.thing}/{row.id}", row.activity_id, title, words, row.lang, address)


def _remarks(activity: ActivityView, rows: Sequence[Any], subject: str, version: int) -> Remarks:
    values = {"activity_id": activity.id, "subject": subject, "version": version}
    counts = {
        (row.code.partition("#")[2] if row.feature == "section" else ""): row.number
        for row in rows
        if row.number
    }
    write = None
    if activity.state == "open":
        write = Address("comments.visit" if rows[0].who == "open" else "comments.new", values)
    return Remarks(activity.id, activity.title, counts, write, Address("comments.show", values))
