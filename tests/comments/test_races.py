"""Real races, with threads on both engines: what two people do to one comment at the same moment."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from flask import Flask

from app.activities.comments import service
from app.activities.comments.models import Comment, Moderated, Support
from app.activities.comments.service import bulk, supports
from app.core.db import db, transaction
from app.core.errors import DomainError
from app.identity.consents import CURRENT_CONSENT
from app.issues.holds import hold
from app.issues.models import Activity
from app.ledger.guard import note_recorded
from tests.comments.make import (
    ENGLISH,
    Scene,
    counted_anew,
    make_comment,
    make_scene,
    make_thread,
    make_visit,
    tallied_anew,
    tallies,
    thread_counts,
    viewer_of,
)
from tests.support.make import make_activity, make_person

LONG_ENOUGH = 0.3
"""Seconds for the other thread to come as far as it can without the lock."""


def at_once(app: Flask, acts: Sequence[Callable[[], Any]]) -> list[Any]:
    """Let all begin at the same moment, each in a transaction of its own; gives their answers or refusals."""
    gate = threading.Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        with app.app_context():
            gate.wait()
            try:
                with transaction():
                    return act()
            except DomainError as error:
                return error
            finally:
                db.session.remove()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def in_order(app: Flask, first: Callable[[], Any], second: Callable[[], Any]) -> list[Any]:
    """The second begins once the first has acted but not committed; it must wait and see what became of it."""
    acted = threading.Event()

    def leading() -> Any:
        result = first()
        acted.set()
        time.sleep(LONG_ENOUGH)
        return result

    def following() -> Any:
        assert acted.wait(120)
        return second()

    def run(act: Callable[[], Any], own_lock: bool) -> Any:
        with app.app_context():
            try:
                if not own_lock:
                    assert acted.wait(120)  # SQLite has one writer: begin only then.
                with transaction():
                    return act()
            except DomainError as error:
                return error
            finally:
                db.session.remove()

    with ThreadPoolExecutor(2) as pool:
        jobs = [pool.submit(run, leading, True), pool.submit(run, following, False)]
        return [job.result() for job in jobs]


def stored(comment_id: int) -> Comment:
    db.session.rollback()
    return db.session.get_one(Comment, comment_id, populate_existing=True)


def exact(scene: Scene) -> bool:
    return thread_counts(scene) == counted_anew(scene) and tallies(scene) == tallied_anew(scene)


class Acts:
    """The verbs on one comment, ready to be called in another thread."""

    def __init__(self, scene: Scene, ident: int) -> None:
        self.ident = ident
        self.author = viewer_of(scene.citizen)
        self.officer = viewer_of(scene.officer)
        self.other = viewer_of(make_person())

    def support(self) -> Any:
        return service.give_support(comment_id=self.ident, viewer=self.other)

    def unsupport(self) -> Any:
        return service.take_back_support(comment_id=self.ident, viewer=self.other)

    def reply(self) -> Any:
        content = service.Content(body=ENGLISH)
        done = service.reply_to_comment(
            comment_id=self.ident, viewer=self.other, content=content, consent_version=CURRENT_CONSENT
        )
        return f"reply {done.place}"

    def withdraw(self) -> Any:
        service.withdraw_comment(comment_id=self.ident, viewer=self.author)
        return "withdrawn"

    def edit(self) -> Any:
        content = service.Content(body="Changed at the last moment")
        service.edit_comment(comment_id=self.ident, viewer=self.author, content=content, edits=0)
        return "edited"

    def answer(self) -> Any:
        service.answer_comment(
            comment_id=self.ident,
            viewer=self.officer,
            verdict="under_review",
            reason_th="ขอเวลาพิจารณา",
            reason_en=None,
            due_on=date(2026, 5, 1),
            revision=0,
            edits=0,
        )
        return "answered"


@pytest.fixture
def acts(scene: Scene) -> Acts:
    made = Acts(scene, make_comment(scene).id)
    db.session.remove()
    return made


def test_support_given_in_twenty_windows_counts_once(app: Flask, scene: Scene, acts: Acts) -> None:
    at_once(app, [acts.support] * 20)
    assert stored(acts.ident).supports == 1
    assert db.session.query(Support).count() == 1


def test_support_given_and_taken_back_at_once_stays_exact(app: Flask, scene: Scene, acts: Acts) -> None:
    for _ in range(3):
        at_once(app, [acts.support, acts.unsupport] * 6)
        assert stored(acts.ident).supports == db.session.query(Support).count()


def test_twenty_people_support_at_once(app: Flask, scene: Scene) -> None:
    ident = make_comment(scene).id
    all_acts = [Acts(scene, ident).support for _ in range(20)]
    db.session.remove()
    at_once(app, all_acts)
    assert stored(ident).supports == 20


def test_taking_support_back_while_the_words_change(
    app: Flask, scene: Scene, acts: Acts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both take the comment's row before its supports': the other way round they would wait in a circle."""
    with transaction():
        acts.support()
    db.session.remove()
    taken, move = threading.Event(), supports._move

    def moving(comment_id: int, by: int) -> None:
        taken.set()
        time.sleep(LONG_ENOUGH)
        move(comment_id, by)

    def edit() -> Any:
        assert taken.wait(120)  # SQLite has one writer: begin only then.
        return at_once(app, [acts.edit])

    monkeypatch.setattr(supports, "_move", moving)
    with ThreadPoolExecutor(2) as pool:
        jobs = [pool.submit(at_once, app, [acts.unsupport]), pool.submit(edit)]
        assert [job.result() for job in jobs] == [[scene.id], ["edited"]]
    assert (stored(acts.ident).supports, stored(acts.ident).edits) == (0, 1)
    assert db.session.query(Support).count() == 0


@pytest.mark.parametrize("order", ["edit first", "answer first", "at once"])
def test_words_change_or_are_answered_never_both_unseen(
    app: Flask, scene: Scene, acts: Acts, order: str
) -> None:
    pair = {"edit first": (acts.edit, acts.answer), "answer first": (acts.answer, acts.edit)}
    results = in_order(app, *pair[order]) if order in pair else at_once(app, [acts.edit, acts.answer])
    refused = [result for result in results if isinstance(result, DomainError)]
    assert len(refused) == 1
    comment = stored(acts.ident)
    assert (comment.edits == 1) != (comment.verdict is not None)
    assert exact(scene)


@pytest.mark.parametrize("order", ["withdraw first", "reply first", "at once"])
def test_a_reply_never_hangs_on_nothing(app: Flask, scene: Scene, acts: Acts, order: str) -> None:
    pair = {"withdraw first": (acts.withdraw, acts.reply), "reply first": (acts.reply, acts.withdraw)}
    results = in_order(app, *pair[order]) if order in pair else at_once(app, [acts.withdraw, acts.reply])
    comment = stored(acts.ident)
    assert comment.state == "withdrawn"
    replied = any(str(result).startswith("reply") for result in results)
    assert comment.replies == int(replied)
    assert comment.has_place == replied == (comment.listed_in is not None)
    if order != "at once":
        assert replied == (order == "reply first")
    assert exact(scene)


def test_replies_at_once_have_places_of_their_own(app: Flask, scene: Scene) -> None:
    ident = make_comment(scene).id
    several = [Acts(scene, ident).reply for _ in range(12)]
    db.session.remove()
    assert sorted(at_once(app, several)) == sorted(f"reply {n}" for n in range(1, 13))
    assert stored(ident).replies == 12
    assert exact(scene)


@pytest.mark.parametrize("order", ["close first", "submit first"])
def test_closing_and_a_comment_on_its_way(app: Flask, scene: Scene, clock, order: str) -> None:
    """Who holds the activity first decides: a comment accepted before the change of the window counts."""
    viewer, activity_id, moment = viewer_of(scene.citizen), scene.id, clock()
    db.session.remove()

    def submit() -> str:
        content = service.Content(body=ENGLISH)
        service.submit_comment(
            activity_id=activity_id, viewer=viewer, content=content, consent_version=CURRENT_CONSENT
        )
        return "sent"

    def close() -> str:
        hold(activity_id)
        db.session.get_one(Activity, activity_id).closes_at = moment
        db.session.flush()
        note_recorded(db.session.connection(), "issues")
        return "closed"

    results = in_order(app, *((close, submit) if order == "close first" else (submit, close)))
    sent = [result for result in results if result == "sent"]
    assert len(sent) == (order == "submit first")
    assert thread_counts(scene)["shown"] == len(sent)
    assert exact(scene)


def test_two_moderators_at_once_decide_once(app: Flask) -> None:
    scene = make_scene()
    make_thread(scene, who="open")
    ident, viewer = make_visit(scene).id, viewer_of(scene.moderator)
    db.session.remove()

    def admit() -> str:
        return service.admit_comment(comment_id=ident, viewer=viewer).state

    def refuse() -> str:
        return service.refuse_comment(comment_id=ident, viewer=viewer, reason="off_topic").state

    results = at_once(app, [admit, refuse] * 4)
    assert len([result for result in results if isinstance(result, str)]) == 1
    assert exact(scene)


def test_two_act_on_many_of_the_same_two_activities(
    app: Flask, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each begins in the other's activity: they take the threads in one order, so none waits in a circle."""
    other = Scene(
        agency=scene.agency,
        issue=scene.issue,
        activity=make_activity(scene.issue, "comments", opens_in=-1, closes_in=10),
        citizen=scene.citizen,
        officer=scene.officer,
        moderator=scene.moderator,
    )
    ids = [make_comment(one).id for one in (scene, other, other, scene)]
    viewer, hide_one = viewer_of(scene.moderator), bulk.hide_comment
    db.session.remove()

    def hiding(**how: Any) -> Comment:
        done = hide_one(**how)
        time.sleep(LONG_ENOUGH)
        return done

    def hide(chosen: Sequence[int]) -> Callable[[], int]:
        return lambda: len(
            service.moderate(
                comment_ids=chosen, viewer=viewer, action="hide", reason="threat", note="ลบคำขู่ออกก่อน"
            ).done
        )

    monkeypatch.setattr(bulk, "hide_comment", hiding)
    assert at_once(app, [hide([ids[0], ids[2]]), hide([ids[1], ids[3]])]) == [2, 2]
    assert exact(scene)
    assert exact(other)
    [tally] = db.session.query(Moderated).all()
    assert (tally.act, tally.number) == ("hidden", 4)


def test_features_counted_at_once_do_not_lock_each_other_out(app: Flask) -> None:
    scene = make_scene()
    make_thread(scene, stances=True)
    codes = ("for", "against", "neutral", "unsure")
    people = [make_person() for _ in range(12)]
    made = [make_comment(scene, person, stance=codes[n % 4]) for n, person in enumerate(people)]
    viewers = [viewer_of(person) for person in people]
    idents = [comment.id for comment in made]
    db.session.remove()

    def turn(n: int) -> Callable[[], Any]:
        content = service.Content(body=ENGLISH, stance=codes[(n + 1) % 4], sector="people")
        return lambda: (
            service.edit_comment(comment_id=idents[n], viewer=viewers[n], content=content, edits=0).edits
        )

    assert at_once(app, [turn(n) for n in range(12)]) == [1] * 12
    assert exact(scene)
