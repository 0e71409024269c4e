"""Counts kept by the verbs stay exact, also when many write at once."""

from __future__ import annotations

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date

import pytest
from flask import Flask

from app.activities.comments import service
from app.activities.comments.codes import STANCES
from app.activities.comments.models import Comment, Support
from app.activities.comments.service.importing import Row, import_rows
from app.activities.comments.service.keying import Arrival
from app.core.db import db, transaction
from app.core.errors import DomainError, NotFound
from app.identity.consents import CURRENT_CONSENT
from app.identity.viewer import Viewer
from app.issues.verdicts import VERDICTS
from app.ledger.models import Entry
from tests.comments.make import (
    ENGLISH,
    THAI,
    Scene,
    counted_anew,
    make_answer,
    make_comment,
    make_hidden,
    make_question,
    make_scene,
    make_thread,
    tallied_anew,
    tallies,
    thread_counts,
    viewer_of,
)
from tests.support.make import make_person

WRITERS = 20


def test_twenty_people_at_once_are_all_counted(app: Flask, scene: Scene) -> None:
    people = [make_person() for _ in range(WRITERS)]
    viewers = [Viewer(person.id, person.name) for person in people]
    activity_id = scene.id
    db.session.remove()

    def send(viewer: Viewer) -> int:
        with app.app_context():
            with transaction():
                comment = service.submit_comment(
                    activity_id=activity_id,
                    viewer=viewer,
                    content=service.Content(body=ENGLISH),
                    consent_version=CURRENT_CONSENT,
                )
            db.session.remove()
            return comment.id

    with ThreadPoolExecutor(WRITERS) as pool:
        sent = list(pool.map(send, viewers))
    assert len(set(sent)) == WRITERS
    assert thread_counts(scene) == counted_anew(scene)
    assert thread_counts(scene)["shown"] == WRITERS
    assert db.session.query(Entry).filter_by(fact="comments.comment.submitted").count() == WRITERS


def test_counts_survive_any_course_of_events(scene: Scene) -> None:
    chance = random.Random(7)
    people = [make_person() for _ in range(3)]
    comments = [make_comment(scene, chance.choice(people)) for _ in range(12)]
    for _ in range(30):
        comment = db.session.get_one(Comment, chance.choice(comments).id)
        if comment.state == "hidden":
            with transaction():
                service.show_again(comment_id=comment.id, viewer=viewer_of(scene.moderator))
        elif chance.random() < 0.3:
            make_hidden(scene, comment)
        else:
            make_answer(scene, comment, chance.choice(list(VERDICTS)))
        assert thread_counts(scene) == counted_anew(scene)
    for person in people:
        with transaction():
            service.erase(person.id)
        assert thread_counts(scene) == counted_anew(scene)
    assert thread_counts(scene)["erased"] == 12


@pytest.mark.parametrize("seed", range(4))
def test_counts_survive_any_verbs_in_any_order(app: Flask, seed: int) -> None:
    """Random verbs on random comments, refused or not: the kept numbers equal those counted anew."""
    chance = random.Random(seed)
    scene = make_scene()
    make_thread(scene, who="open", stances=True)
    question = make_question(scene)
    people = [make_person() for _ in range(4)]
    viewers = [viewer_of(person) for person in people]
    office = {name: viewer_of(getattr(scene, name)) for name in ("officer", "moderator")}
    done: Counter[str] = Counter()
    for _ in range(70):
        step = chance.choice(STEPS)
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
    assert len(done) >= 8, done
    assert_exact(scene)
    for person in people:
        with transaction():
            service.erase(person.id)
        assert_exact(scene)


@dataclass(frozen=True)
class Turn:
    """One step of the random course: on which comment, by whom."""

    scene: Scene
    ident: int
    viewer: Viewer
    office: dict[str, Viewer]
    question_id: int
    chance: random.Random

    @property
    def content(self) -> service.Content:
        chance = self.chance
        return service.Content(
            body=chance.choice((ENGLISH, THAI)),
            stance=chance.choice((None, *STANCES)),
            sector=chance.choice((None, "people", "vulnerable")),
            area_code=chance.choice((None, "10", "15")),
            question_id=chance.choice((None, self.question_id)),
        )


def submit(turn: Turn) -> None:
    service.submit_comment(
        activity_id=turn.scene.id, viewer=turn.viewer, content=turn.content, consent_version=CURRENT_CONSENT
    )


def visit(turn: Turn) -> None:
    service.receive_comment(
        activity_id=turn.scene.id, content=turn.content, email=None, consent_version=CURRENT_CONSENT
    )


def key_in(turn: Turn) -> None:
    arrival = Arrival("letter", date(2026, 4, 18), "sent")
    service.key_in_comment(
        activity_id=turn.scene.id, viewer=turn.office["officer"], content=turn.content, arrival=arrival
    )


def bring_in(turn: Turn) -> None:
    rows = [Row(turn.chance.randrange(1, 9), "A comment from elsewhere")]
    import_rows(activity_id=turn.scene.id, sha256="0" * 64, rows=rows)


def reply(turn: Turn) -> None:
    service.reply_to_comment(
        comment_id=turn.ident, viewer=turn.viewer, content=turn.content, consent_version=CURRENT_CONSENT
    )


def edit(turn: Turn) -> None:
    comment = db.session.get_one(Comment, turn.ident)
    service.edit_comment(
        comment_id=turn.ident, viewer=author_of(comment), content=turn.content, edits=comment.edits
    )


def withdraw(turn: Turn) -> None:
    comment = db.session.get_one(Comment, turn.ident)
    service.withdraw_comment(comment_id=turn.ident, viewer=author_of(comment))


def give(turn: Turn) -> None:
    service.give_support(comment_id=turn.ident, viewer=turn.viewer)


def take(turn: Turn) -> None:
    service.take_back_support(comment_id=turn.ident, viewer=turn.viewer)


def answer(turn: Turn) -> None:
    comment = db.session.get_one(Comment, turn.ident)
    verdict = turn.chance.choice(list(VERDICTS))
    service.answer_comment(
        comment_id=turn.ident,
        viewer=turn.office["officer"],
        verdict=verdict,
        reason_th="เหตุผลของหน่วยงาน",
        reason_en=None,
        due_on=date(2026, 5, 1) if verdict == "under_review" else None,
        revision=comment.revision,
        edits=comment.edits,
    )


def hide(turn: Turn) -> None:
    moderator = turn.office["moderator"]
    service.hide_comment(comment_id=turn.ident, viewer=moderator, reason="threat", note="ลบคำขู่ออกก่อน")


def unhide(turn: Turn) -> None:
    service.show_again(comment_id=turn.ident, viewer=turn.office["moderator"])


def admit(turn: Turn) -> None:
    service.admit_comment(comment_id=turn.ident, viewer=turn.office["moderator"])


def refuse(turn: Turn) -> None:
    service.refuse_comment(comment_id=turn.ident, viewer=turn.office["moderator"], reason="off_topic")


STEPS = (
    *(submit, submit, submit, reply, reply, visit, visit, key_in, bring_in, edit, withdraw),
    *(give, give, take, answer, answer, hide, unhide, admit, admit, refuse),
)


def author_of(comment: Comment) -> Viewer:
    return Viewer(comment.person_id or 0, "author")


def assert_exact(scene: Scene) -> None:
    """Every kept number and list equals what the comments themselves say."""
    assert thread_counts(scene) == counted_anew(scene)
    assert tallies(scene) == tallied_anew(scene)
    db.session.rollback()
    comments = db.session.query(Comment).filter_by(activity_id=scene.id).populate_existing().all()
    supports = Counter(row.comment_id for row in db.session.query(Support))
    replies = Counter(one.parent_id for one in comments if one.parent_id and one.has_place)
    for comment in comments:
        assert comment.supports == supports[comment.id]
        assert comment.replies == replies[comment.id]
        lists = (comment.listed_in, comment.waiting_in, comment.answered_in)
        comment.arrange()
        assert (comment.listed_in, comment.waiting_in, comment.answered_in) == lists
    db.session.rollback()
