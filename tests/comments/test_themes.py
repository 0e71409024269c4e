"""Themes: one answer serves every comment in it, each author is told once, and every number stays exact."""

from __future__ import annotations

import json
import random
from collections import Counter
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.activities.comments import background, service, telling
from app.activities.comments.models import Comment, Theme
from app.core.db import db, transaction
from app.core.errors import DomainError, NotFound
from app.core.mail import OutgoingMail
from app.ledger.models import Entry
from tests.comments.make import (
    ENGLISH,
    Scene,
    make_answer,
    make_comment,
    make_hidden,
    make_many,
    make_question,
    make_reply,
    make_scene,
    make_thread,
    make_visit,
    thread_counts,
    viewer_of,
    withdrawn,
)
from tests.comments.test_counts import STEPS, Turn, assert_exact
from tests.comments.test_statements import statements
from tests.notifications.make import Died, dying_at
from tests.support.make import make_person

SUBJECTS = {"The agency has answered what you and others said", "หน่วยงานตอบเรื่องที่คุณและคนอื่นพูดถึงแล้ว"}


def make_theme(scene: Scene, *comments: Comment, title: str = "แสงสว่างตอนกลางคืน", **values: Any) -> Theme:
    viewer, ids = viewer_of(scene.officer), [comment.id for comment in comments]
    with transaction():
        return service.make_theme(
            activity_id=scene.id, viewer=viewer, title_th=title, title_en=None, comment_ids=ids, **values
        )


def put(scene: Scene, theme: Theme, *comments: Comment) -> int:
    viewer, ids = viewer_of(scene.officer), [comment.id for comment in comments]
    with transaction():
        return service.put_in_theme(theme_id=theme.id, viewer=viewer, comment_ids=ids)


def take(scene: Scene, theme: Theme, *comments: Comment) -> int:
    viewer, ids = viewer_of(scene.officer), [comment.id for comment in comments]
    with transaction():
        return service.take_out_of_theme(theme_id=theme.id, viewer=viewer, comment_ids=ids)


def answer(scene: Scene, theme: Theme, verdict: str = "adopted", **values: Any) -> Theme:
    viewer, revision = viewer_of(scene.officer), now_of(theme).revision
    with transaction():
        return service.answer_theme(
            **{
                "theme_id": theme.id,
                "viewer": viewer,
                "verdict": verdict,
                "reason_th": "ติดไฟส่องสว่างตลอดแนวกำแพงแล้ว",
                "reason_en": None,
                "due_on": date(2026, 5, 1) if verdict == "under_review" else None,
                "revision": revision,
                **values,
            }
        )


def now_of(theme: Theme) -> Theme:
    return db.session.get_one(Theme, theme.id, populate_existing=True)


def told() -> Counter[str]:
    """To whom mails about themes lie in the queue, and how many."""
    db.session.rollback()
    mails = db.session.scalars(select(OutgoingMail).order_by(OutgoingMail.id)).all()
    return Counter(mail.recipient for mail in mails if mail.subject in SUBJECTS)


def work() -> None:
    while background.run():
        pass
    db.session.rollback()


def test_a_theme_answered_two_hundred_authors_told_once_each(app: Flask, scene: Scene) -> None:
    people = [make_person() for _ in range(200)]
    comments = [make_comment(scene, person) for person in people]
    twice = [make_comment(scene, person, body=ENGLISH) for person in people[:20]]
    theme = make_theme(scene, *comments, *twice)
    assert (now_of(theme).comments, now_of(theme).people) == (220, 200)
    answer(scene, theme)
    assert not told()
    work()
    work()
    assert told() == Counter({person.email: 1 for person in people})
    counts = thread_counts(scene)
    assert (counts["answered"], counts["waiting"]) == (220, 0)
    assert_exact(scene)


def test_ending_before_any_statement_or_commit(
    app: Flask, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each step of telling is the last one once: nobody is told twice, nobody is left out."""
    monkeypatch.setattr(telling, "BATCH", 2)
    people = [make_person() for _ in range(5)]
    theme = make_theme(scene, *(make_comment(scene, person) for person in (*people, *people[:2])))
    ident, viewer, addresses = theme.id, viewer_of(scene.officer), [person.email for person in people]
    for step in range(1, 300):
        with transaction():
            service.answer_theme(
                theme_id=ident,
                viewer=viewer,
                verdict="adopted",
                reason_th="ติดไฟส่องสว่างแล้ว",
                reason_en=None,
                due_on=None,
                revision=step - 1,
            )
        try:
            with dying_at(step) as steps:
                tell_all()
        except Died:
            db.session.remove()
            tell_all()
        assert told() == Counter(dict.fromkeys(addresses, step)), f"step {step}"
        if steps[0] < step:
            break
    assert 10 < step < 100, "telling has that many steps"


def tell_all() -> None:
    while telling.tell_authors():
        pass
    db.session.rollback()


def test_who_is_told_of_what(app: Flask, scene: Scene) -> None:
    make_thread(scene, who="open")
    first, second, third = (make_person() for _ in range(3))
    visitor = make_visit(scene, email="visitor@example.com")
    with transaction():
        service.admit_comment(comment_id=visitor.id, viewer=viewer_of(scene.moderator))
    hidden = make_comment(scene, second)
    theme = make_theme(scene, make_comment(scene, first), hidden, visitor)
    make_hidden(scene, hidden)
    answer(scene, theme)
    work()
    assert told() == Counter({first.email: 1, "visitor@example.com": 1})
    with transaction():
        service.show_again(comment_id=hidden.id, viewer=viewer_of(scene.moderator))
    put(scene, theme, make_comment(scene, third), make_comment(scene, first, body=ENGLISH))
    work()
    assert told() == Counter({first.email: 1, "visitor@example.com": 1, second.email: 1, third.email: 1})
    answer(scene, theme, reason_th="ติดไฟแล้ว แก้คำผิด", tell=False)
    work()
    assert told()[first.email] == 1
    answer(scene, theme, "declined", tell=False)
    with transaction():
        service.erase(third.id)
    work()
    assert told()[first.email] == told()[second.email] == 2
    assert told()[third.email] == 1


def test_an_answer_to_many_costs_what_one_costs(app: Flask, scene: Scene) -> None:
    costs = []
    for number in (1, 2_000):
        make_many(scene, number)
        ids = db.session.scalars(
            select(Comment.id).where(Comment.theme_id.is_(None)).order_by(Comment.id)
        ).all()
        theme = make_theme(scene)
        viewer = viewer_of(scene.officer)
        with transaction():
            service.put_in_theme(theme_id=theme.id, viewer=viewer, comment_ids=ids)
        with statements(db.engine) as sent:
            answer(scene, theme)
        costs.append(len(sent))
    assert costs[0] == costs[1] < 20
    assert thread_counts(scene)["answered"] == 2_001
    assert_exact(scene)


def test_what_belongs_in_no_theme_stays_out(app: Flask, scene: Scene) -> None:
    comment = make_comment(scene)
    other = make_scene()
    elsewhere, reply = make_comment(other), make_reply(scene, comment)
    hidden = make_hidden(scene, make_comment(scene))
    theme = make_theme(scene, comment)
    with pytest.raises(DomainError):
        put(scene, theme, elsewhere, reply, hidden, comment)
    assert now_of(theme).comments == 1
    assert take(scene, theme, comment, elsewhere) == 1
    assert now_of(theme).comments == 0


def test_leaving_and_removing_and_merging(app: Flask, scene: Scene) -> None:
    comments = [make_comment(scene, make_person()) for _ in range(4)]
    theme, other = make_theme(scene, *comments[:2]), make_theme(scene, *comments[2:], title="น้ำท่วม")
    answer(scene, theme)
    with pytest.raises(DomainError):
        merge(scene, theme, other)
    work()
    merge(scene, other, theme)
    work()
    assert sum(told().values()) == 4
    assert (now_of(theme).comments, now_of(theme).people) == (4, 4)
    assert now_of(other).removed_at is not None
    with pytest.raises(NotFound):
        answer(scene, other)
    withdrawn(comments[0], db.session.get_one(type(scene.citizen), comments[0].person_id))
    assert now_of(theme).comments == 3
    assert_exact(scene)
    viewer = viewer_of(scene.officer)
    with transaction():
        service.remove_theme(theme_id=theme.id, viewer=viewer)
    assert thread_counts(scene)["waiting"] == 3
    assert_exact(scene)


def merge(scene: Scene, theme: Theme, into: Theme) -> None:
    viewer = viewer_of(scene.officer)
    with transaction():
        service.merge_theme(theme_id=theme.id, into_id=into.id, viewer=viewer)


def test_an_own_answer_stands_instead_of_the_themes(app: Flask, scene: Scene) -> None:
    comment = make_comment(scene)
    theme = make_theme(scene, comment)
    answer(scene, theme, "under_review")
    own = make_answer(scene, comment, "declined")
    db.session.refresh(own)
    assert own.settled_at == own.answered_at
    answer(scene, theme, "adopted")
    db.session.refresh(own)
    assert own.settled_at == own.answered_at
    assert_exact(scene)


def test_facts_hold_numbers_and_no_words(app: Flask, scene: Scene) -> None:
    theme = make_theme(scene, make_comment(scene), title="ความลับในชื่อ")
    answer(scene, theme, "under_review")
    entry = db.session.scalars(select(Entry).where(Entry.fact == "comments.theme.answered")).one()
    assert entry.subject == f"theme/{theme.id}"
    assert "ความลับ" not in str(entry.body)
    assert json.loads(entry.body)["data"] == {
        "verdict": "under_review",
        "revision": 1,
        "due_on": "2026-05-01",
        "comments": 1,
    }


@pytest.mark.parametrize("seed", range(4))
def test_counts_survive_themes_and_any_other_verbs(app: Flask, seed: int) -> None:
    """Random verbs, those of themes among them: what is kept equals what is counted from nothing."""
    chance = random.Random(seed)
    scene = make_scene()
    make_thread(scene, who="open", stances=True)
    question = make_question(scene)
    people = [make_person() for _ in range(4)]
    viewers = [viewer_of(person) for person in people]
    office = {name: viewer_of(getattr(scene, name)) for name in ("officer", "moderator")}
    done: Counter[str] = Counter()
    make_comment(scene)
    for _ in range(120):
        step = chance.choice((*STEPS, *THEME_STEPS, *THEME_STEPS))
        ids = db.session.scalars(
            db.select(Comment.id).where(Comment.activity_id == scene.id).order_by(Comment.id)
        ).all()
        target = chance.choice(ids) if ids else 0
        try:
            with transaction():
                step(Turn(scene, target, chance.choice(viewers), office, question.id, chance))
            done[step.__name__] += 1
        except (DomainError, NotFound):
            db.session.rollback()
        if chance.random() < 0.2:
            assert_exact(scene)
            assert_themes_exact(scene)
    assert {"begin", "fill", "thin", "settle"} <= set(done), done
    for person in people:
        with transaction():
            service.erase(person.id)
        assert_exact(scene)
        assert_themes_exact(scene)


def assert_themes_exact(scene: Scene) -> None:
    db.session.rollback()
    comments = db.session.query(Comment).filter_by(activity_id=scene.id).populate_existing().all()
    for theme in db.session.query(Theme).filter_by(activity_id=scene.id).populate_existing():
        inside = [one for one in comments if one.theme_id == theme.id]
        shown = [one for one in inside if one.state == "shown"]
        named = {one.person_id for one in shown if one.person_id}
        assert theme.comments == len(shown)
        assert theme.people == len(named) + sum(one.person_id is None for one in shown)
        assert not (theme.removed_at and inside)
        assert all(one.theme_verdict == theme.verdict for one in inside)
        assert all(one.settled_at == (one.answered_at or theme.answered_at) for one in inside)
    assert all(one.theme_verdict is None for one in comments if one.theme_id is None)
    db.session.rollback()


def theme_of(turn: Turn) -> int:
    ids = db.session.scalars(
        select(Theme.id)
        .where(Theme.activity_id == turn.scene.id, Theme.removed_at.is_(None))
        .order_by(Theme.id)
    ).all()
    return turn.chance.choice(ids) if ids else 0


def some(turn: Turn) -> list[int]:
    ids = db.session.scalars(
        select(Comment.id).where(Comment.activity_id == turn.scene.id).order_by(Comment.id)
    ).all()
    return turn.chance.sample(ids, min(4, len(ids)))


def begin(turn: Turn) -> None:
    service.make_theme(
        activity_id=turn.scene.id, viewer=turn.office["officer"], title_th="เรื่อง", title_en=None
    )


def fill(turn: Turn) -> None:
    service.put_in_theme(theme_id=theme_of(turn), viewer=turn.office["officer"], comment_ids=some(turn))


def thin(turn: Turn) -> None:
    service.take_out_of_theme(theme_id=theme_of(turn), viewer=turn.office["officer"], comment_ids=some(turn))


def settle(turn: Turn) -> None:
    ident = theme_of(turn)
    theme = db.session.get(Theme, ident)
    verdict = turn.chance.choice(["adopted", "declined", "under_review"])
    service.answer_theme(
        theme_id=ident,
        viewer=turn.office["officer"],
        verdict=verdict,
        reason_th="เหตุผลของหน่วยงาน",
        reason_en=None,
        due_on=date(2026, 5, 1) if verdict == "under_review" else None,
        revision=theme.revision if theme else 0,
    )


def join(turn: Turn) -> None:
    service.merge_theme(theme_id=theme_of(turn), into_id=theme_of(turn), viewer=turn.office["officer"])


def drop(turn: Turn) -> None:
    if turn.chance.random() < 0.3:
        service.remove_theme(theme_id=theme_of(turn), viewer=turn.office["officer"])


THEME_STEPS = (begin, fill, fill, fill, fill, thin, settle, settle, join, drop)
