"""Ten thousand followers: ticks stay short, statements a batch stay as many as for one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.core.clock import now
from app.core.db import db, transaction
from app.core.mail import OutgoingMail, deliver_due, enqueue
from app.notifications import background, rounds
from app.notifications.models import FollowRequest, Told
from app.notifications.rounds import begin_rounds, tell
from tests.identity.conftest import Mailbox
from tests.notifications.make import Scene, announce, answer, follow_by_addresses, mails, make_scene, work
from tests.support.browser import _counted
from tests.support.clock import Clock


def crowd(scene: Scene, count: int) -> None:
    follow_by_addresses(scene, [f"a{scene.id}.{n}@example.com" for n in range(count)])


def waiting() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(OutgoingMail)) or 0


def test_a_tick_writes_a_thousand_mails_at_most(app: Flask, clock: Clock) -> None:
    scene = make_scene()
    crowd(scene, 2_300)
    clock.advance(hours=1)
    answer(scene)
    work_until_collected()
    seen = []
    while tell():
        seen.append(waiting())
    assert seen == [1000, 2000, 2300]
    assert len({sent.recipient for sent in mails()}) == 2300
    assert len({sent.leave_url for sent in mails()}) == 2300, "everyone leaves for themselves"


def test_a_batch_costs_what_one_follower_does(
    app: Flask, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rounds, "BATCHES_A_TICK", 1)
    costs = []
    for count in (1, rounds.BATCH - 1):
        scene = make_scene()
        crowd(scene, count)
        clock.advance(hours=1)
        announce(scene)
        answer(scene)
        work_until_collected()
        db.session.remove()
        with _counted(db.engine) as counter:
            assert tell() == 1
        costs.append(counter[0])
    assert costs[0] == costs[1]
    assert costs[0] <= 8
    assert waiting() == rounds.BATCH


def test_a_tick_with_nothing_to_do_is_cheap(app: Flask, clock: Clock) -> None:
    scene = make_scene()
    crowd(scene, 300)
    work()
    db.session.remove()
    with _counted(db.engine) as counter:
        assert background.run() == 0
    assert counter[0] <= 5


def test_somebody_waiting_for_a_mail_does_not_wait_for_the_crowd(
    app: Flask, clock: Clock, mailbox: Mailbox
) -> None:
    scene = make_scene()
    crowd(scene, 20)
    clock.advance(hours=1)
    answer(scene)
    work()
    clock.advance(seconds=1)
    with transaction():
        enqueue(to="waits@example.com", subject="Set a new password", body="a link", lang="en")
    assert deliver_due(limit=1) == 1
    assert [sent["To"] for sent in mailbox.deliver()][-1] == "waits@example.com"


def test_the_sweep(app: Flask, clock: Clock) -> None:
    scene = make_scene()
    crowd(scene, 3)
    clock.advance(hours=1)
    answer(scene)
    work()
    with transaction():
        request = {"issue_id": scene.id, "email": "x@example.com", "lang": "th"}
        db.session.add(FollowRequest(digest="a", expires_at=now() + timedelta(hours=48), **request))
    clock.advance(hours=47)
    assert swept() == 0
    clock.advance(hours=1)
    assert swept() == 1, "the address nobody confirmed"
    clock.advance(days=90)
    assert swept() == 3, "who was told"
    assert db.session.scalar(select(func.count()).select_from(Told)) == 0
    work()
    assert waiting() == 3


def swept() -> int:
    with transaction():
        return background.sweep()


def work_until_collected() -> None:
    """Number the entries, find the occasions, begin the round: all but the telling."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(background, "tell", lambda: 0)
        work()
    begin_rounds()
