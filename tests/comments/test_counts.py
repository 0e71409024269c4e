"""Counts kept by the verbs stay exact, also when many write at once."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor

from flask import Flask

from app.activities.comments import service
from app.activities.comments.models import Comment
from app.core.db import db, transaction
from app.identity.consents import CURRENT_CONSENT
from app.identity.viewer import Viewer
from app.issues.verdicts import VERDICTS
from app.ledger.models import Entry
from tests.comments.make import (
    ENGLISH,
    Scene,
    counted_anew,
    make_answer,
    make_comment,
    make_hidden,
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
                    body=ENGLISH,
                    name=None,
                    relation=None,
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
