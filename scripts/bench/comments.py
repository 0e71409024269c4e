"""Filling an activity with comments, as if they had been sent, flagged, answered and grouped by the verbs."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import cache
from typing import Any

import click
from sqlalchemy import insert, select

from app.activities.comments import facts
from app.activities.comments.models import Comment, Flag, Support, Tally, Theme, Thread, Word
from app.activities.comments.render import dress, dress_theme
from app.activities.comments.service.content import digest_of
from app.activities.comments.service.importing import FILLED
from app.activities.comments.words import telling_words
from app.config import current_settings
from app.core.clock import now
from app.core.db import db, transaction
from app.identity.consents import CURRENT_CONSENT
from app.identity.models import Person
from app.ledger.facts import Citizen, Place
from app.ledger.record import Told, record_all
from app.ledger.sequence import Sequencer
from tests.comments.make import Scene

BATCH = 2_000
PLACES = ("ตลาดเก่า", "ริมแม่น้ำ", "หน้าโรงเรียน", "ถนนสายหลัก", "ชุมชนท่าน้ำ", "สวนสาธารณะ", "สถานีรถไฟ", "วัดกลาง")
MATTERS = ("น้ำท่วม", "ทางเท้า", "ไฟส่องสว่าง", "ที่จอดรถ", "ขยะ", "กำแพงกันน้ำ", "ทางจักรยาน", "รถโดยสาร")
WISHES = ("ควรทำให้เสร็จก่อนหน้าฝน", "ขอให้ฟังคนในพื้นที่ก่อน", "เห็นด้วยแต่ค่าดูแลสูง", "ยังไม่เห็นแบบที่ชัดเจน")
SENTENCES = [f"เรื่อง{matter}แถว{place} {wish}" for matter in MATTERS for place in PLACES for wish in WISHES]


def make_people(number: int) -> list[int]:
    """So many people with accounts; their ids."""
    first = db.session.query(Person).count()
    rows = [
        {"email": f"many{first + n}@example.com", "name": f"ผู้ร่วมคิด {first + n}", "created_at": now()}
        for n in range(number)
    ]
    with transaction():
        made = db.session.scalars(insert(Person).returning(Person.id), rows).all() if rows else []
        return sorted(made)


def fill(scene: Scene, number: int) -> tuple[int, int]:
    """So many comments in the scene's activity, half of them in one theme; its id and how many it shows.

    One in ten is answered, one in fifteen flagged, as many wait for a moderator, and nearly as many are hidden,
    so that a page of each list is full also at 1,000; one in ten has supports.
    """
    people, chance = make_people(max(number // 4, 10)), random.Random(number)
    theme = Theme(activity_id=scene.id, title_th="ทางเดินริมน้ำ", title_en="The walk", made_at=now(), revision=0)
    theme.comments = theme.people = 0
    dress_theme(theme)
    with transaction():
        db.session.add(theme)
        db.session.flush()
        theme_id = theme.id
        _record(scene, people, [])
    counts: Counter[str] = Counter()
    features: Counter[tuple[str, str]] = Counter()
    inside: list[int] = []
    with click.progressbar(range(0, number, BATCH), label=f"{number:,} comments") as starts:
        for start in starts:
            made = [
                _comment(scene, n, people, theme_id, chance) for n in range(start, min(start + BATCH, number))
            ]
            for comment in made:
                counts.update(comment.tally)
                features.update(comment.features)
            inside += [one.person_id for one in made if one.theme_id and one.state == "shown"]  # type: ignore[misc]
            with transaction():
                _store(scene, made, people)
            db.session.expunge_all()
            number_entries()
    with transaction():
        held = db.session.get_one(Theme, theme_id)
        held.comments, held.people = len(inside), len(set(inside))
        db.session.add(Thread(activity_id=scene.id, who="open", stances=True, **counts))
        rows = [
            {"activity_id": scene.id, "feature": feature, "code": code, "number": n}
            for (feature, code), n in features.items()
        ]
        if rows:
            db.session.execute(insert(Tally), rows)
        _record(scene, people, [])
    return theme_id, len(inside)


def number_entries() -> None:
    """What the worker does within a second."""
    Sequencer.for_settings(current_settings()).run()


def _comment(scene: Scene, n: int, people: Sequence[int], theme_id: int, chance: random.Random) -> Comment:
    body, moment = f"{SENTENCES[n % len(SENTENCES)]} ({n + 1})", now() - timedelta(minutes=30)
    waits, answered, hidden = n % 15 == 7, n % 10 == 3, n % 17 == 9
    comment = Comment(
        activity_id=scene.id,
        person_id=None if waits else chance.choice(people),
        unverified=waits,
        consent_version=CURRENT_CONSENT,
        channel="web",
        body=body,
        lang="th",
        digest=digest_of(body),
        sent_at=moment,
        revision=int(answered),
        edits=0,
        replied=0,
        replies=0,
        supports=chance.choice((1, 2, 3, 5)) if n % 10 == 0 else 0,
        stance=chance.choice(("for", "against", "unsure")),
        about="",
        section="",
        worded=True,
        theme_news=False,
        theme_id=theme_id if n % 2 == 0 else None,
    )
    if answered:
        comment.verdict, comment.reason_th, comment.answered_at = "adopted", "เพิ่มไว้ในแบบแล้ว", moment
    if hidden:
        comment.hidden_at, comment.hidden_reason = moment, "off_topic"
    dress(comment)
    return comment


def _store(scene: Scene, made: list[Comment], people: Sequence[int]) -> None:
    rows = [{name: getattr(one, name) for name in FILLED} for one in made]
    ids = db.session.scalars(insert(Comment).returning(Comment.id, sort_by_parameter_order=True), rows).all()
    stored = list(zip(ids, made, strict=True))
    words = [
        {"activity_id": scene.id, "word": word, "comment_id": ident}
        for ident, one in stored
        if one.listed_in is not None
        for word in _words(one.body)
    ]
    db.session.execute(insert(Word), words)
    flags = [
        {
            "comment_id": i,
            "flag": "phone",
            "activity_id": scene.id,
            "agency_id": scene.agency.id,
            "found_at": now(),
        }
        for place, (i, _one) in enumerate(stored)
        if place % 15 == 5
    ]
    db.session.execute(insert(Flag), flags)
    supports = [
        {"comment_id": ident, "person_id": people[(ident + k) % len(people)], "given_at": now()}
        for ident, one in stored
        for k in range(one.supports)
    ]
    db.session.execute(insert(Support), supports)
    _record(scene, people, stored)


def _record(scene: Scene, people: Sequence[int], stored: Sequence[tuple[int, Comment]]) -> None:
    told = [
        Told(f"comment/{ident}", {"lang": one.lang}, {"text": one.body, "name": one.name})
        for ident, one in stored
    ] or [Told(f"activity/{scene.id}", {}, {})]
    place = Place(f"agency/{scene.agency.id}", scene.agency.id, scene.issue.id, scene.id, 2, "views")
    record_all(facts.SUBMITTED, told, actor=Citizen(people[0]), place=place)


@cache
def _cut(sentence: str) -> tuple[str, ...]:
    return tuple(telling_words(sentence))


def _words(body: str) -> Iterator[str]:
    yield from _cut(body.rpartition(" (")[0])


def answer_values(theme_id: int) -> dict[str, Any]:
    """An answer to a theme, as the verb takes it; the revision is the one that stands."""
    revision = db.session.scalar(select(Theme.revision).where(Theme.id == theme_id))
    return {
        "theme_id": theme_id,
        "verdict": ("adopted", "partly")[(revision or 0) % 2],
        "reason_th": "จังหวัดเพิ่มทางเดินในแบบแล้ว",
        "reason_en": None,
        "due_on": None,
        "revision": revision or 0,
    }
