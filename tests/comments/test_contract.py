"""What other rooms ask of the kind: counts, who took part, what search may show now."""

from __future__ import annotations

from flask import Flask

from app.activities.comments import service
from app.activities.comments.kind import KIND
from app.core.db import db, transaction
from app.issues.contracts import Heard
from app.issues.models import Issue
from app.ledger.guard import note_recorded
from tests.comments.make import (
    ENGLISH,
    THAI,
    Scene,
    make_answer,
    make_comment,
    make_hidden,
    make_question,
    make_reply,
    make_scene,
    make_thread,
    make_visit,
    viewer_of,
    withdrawn,
)
from tests.comments.test_statements import statements
from tests.support.make import make_person


def admitted(scene: Scene, **values: str) -> int:
    comment = make_visit(scene, **values)
    viewer = viewer_of(scene.moderator)
    with transaction():
        service.admit_comment(comment_id=comment.id, viewer=viewer)
    return comment.id


def test_counts_are_public_figures_in_one_statement(scene: Scene) -> None:
    other = make_scene()
    make_answer(scene, make_comment(scene))
    make_reply(scene, make_comment(scene))
    make_hidden(scene, make_comment(scene))
    make_comment(other)
    with statements(db.engine) as sent:
        counts = KIND.counts([scene.id, other.id, 999_999])
    assert len(sent) == 1
    assert counts == {
        scene.id: {
            "comments": 2,
            "replies": 1,
            "answered": 1,
            "unanswered": 1,
            "hidden": 1,
            "unverified": 0,
        },
        other.id: {
            "comments": 1,
            "replies": 0,
            "answered": 0,
            "unanswered": 1,
            "hidden": 0,
            "unverified": 0,
        },
    }
    assert KIND.counts([]) == {}


def test_who_took_part_is_told_by_each_feature(app: Flask) -> None:
    scene = make_scene()
    make_thread(scene, who="open", stances=True)
    make_comment(scene, stance="for", sector="people", area_code="15")
    make_comment(scene, stance="for", sector="vulnerable")
    make_comment(scene, make_person(), stance="against", area_code="10")
    withdrawn(make_comment(scene, stance="unsure"), scene.citizen)
    make_hidden(scene, make_comment(scene, stance="neutral"))
    admitted(scene, stance="for")
    make_visit(scene, stance="against")
    with statements(db.engine) as sent:
        heard = KIND.heard([scene.id, 999_999])
    assert len(sent) == 1
    assert heard == {
        scene.id: Heard(
            total=4,
            by={
                "channel": {"web": 4},
                "stance": {"for": 3, "against": 1},
                "sector": {"people": 1, "vulnerable": 1},
                "area": {"10": 1, "15": 1},
            },
        )
    }


def test_search_shows_what_is_public_now(app: Flask, scene: Scene) -> None:
    make_question(scene)
    shown, reply_to = make_comment(scene, body=ENGLISH), make_comment(scene)
    reply = make_reply(scene, reply_to, body="A reply to be found")
    hidden = make_hidden(scene, make_comment(scene))
    gone = withdrawn(make_comment(scene), scene.citizen)
    draft = make_scene(published=False)
    kept = [f"comment/{one.id}" for one in (shown, reply)]
    asked = [*kept, f"comment/{hidden.id}", f"comment/{gone.id}", f"activity/{scene.id}"]
    asked += [f"activity/{draft.id}", "comment/x", "issue/1", "comment/999999"]
    with app.test_request_context("/en/"):
        with statements(db.engine) as sent:
            found = KIND.found(asked)
        assert len(sent) == 1
        assert set(found) == {*kept, f"activity/{scene.id}"}
        one = found[kept[0]]
        assert (one.words, one.lang, one.activity_id) == (ENGLISH, "en", scene.id)
        assert str(one.title) == "Comment: Activity comments"
        assert one.title.th == "ความเห็น: กิจกรรม comments"
        assert one.address.url() == f"/en/comments/{scene.id}/comment/{shown.id}"
        thread = found[f"activity/{scene.id}"]
        assert "Question 1" in thread.words
        assert thread.lang is None
        assert KIND.found([]) == {}


def test_an_annulled_issue_is_not_found(app: Flask, scene: Scene) -> None:
    comment = make_comment(scene, body=THAI)
    with transaction():
        issue = db.session.get_one(Issue, scene.issue.id)
        issue.annulled_at = issue.published_at
        note_recorded(db.session.connection(), "issues")
    with app.test_request_context("/en/"):
        assert KIND.found([f"comment/{comment.id}", f"activity/{scene.id}"]) == {}
