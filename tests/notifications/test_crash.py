"""The worker may end anywhere: no mail is doubled, none is lost."""

from __future__ import annotations

from collections import Counter

import pytest
from flask import Flask
from sqlalchemy import delete, func, select

from app.core.db import db, transaction
from app.core.mail import OutgoingMail
from app.notifications import rounds
from app.notifications.models import Cursor, Occasion, Round, Told
from app.notifications.rounds import begin_rounds
from tests.notifications.make import (
    Died,
    Scene,
    announce,
    answer,
    dying_at,
    follow_by_addresses,
    mails,
    make_follower,
    make_scene,
    work,
)
from tests.support.clock import Clock


def eventful(clock: Clock) -> Scene:
    """An issue with three followers, an opening and two entries that wait to be told."""
    scene = make_scene()
    make_follower(scene, "th")
    make_follower(scene, "en")
    follow_by_addresses(scene, [f"address{scene.id}@example.com"], "en")
    clock.advance(hours=1)
    announce(scene)
    clock.advance(days=3)
    answer(scene)
    return scene


def addresses(scene: Scene) -> list[str]:
    """To whom mails about this issue have gone."""
    return [sent.recipient for sent in mails() if f"/issues/{scene.id}\n" in sent.body]


def forget_what_was_told() -> None:
    """This room as it was before the worker looked; the ledger and the followers stay."""
    with transaction():
        for model in (Told, Occasion, Round, Cursor, OutgoingMail):
            db.session.execute(delete(model))


def test_ending_before_any_statement_or_commit(
    app: Flask, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each step of a whole run is the last one once; two followers a batch, so batches are cut off too."""
    monkeypatch.setattr(rounds, "BATCH", 2)
    scene = eventful(clock)
    work()
    for step in range(1, 1000):
        forget_what_was_told()
        try:
            with dying_at(step) as steps:
                work()
        except Died:
            db.session.remove()
            work()
        sent = addresses(scene)
        assert len(sent) == len(set(sent)) == 3, f"step {step}: {sent}"
        assert db.session.scalar(select(func.count()).select_from(Told)) == 9, f"step {step}"
        if steps[0] < step:
            break
    assert 30 < step < 100, "a run has that many steps"


def test_ending_again_and_again(app: Flask, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker that never gets further than some steps at a time still gets there."""
    monkeypatch.setattr(rounds, "BATCH", 2)
    scene = eventful(clock)
    for patience in range(12, 40, 3):
        for _try in range(4):
            try:
                with dying_at(patience):
                    work()
            except Died:
                db.session.remove()
    work()
    assert Counter(addresses(scene)).most_common(1)[0][1] == 1
    assert len(addresses(scene)) == 3


def test_the_table_itself_refuses_a_second_mail(app: Flask, clock: Clock) -> None:
    """Were a round begun anew by mistake, who has been told is left out."""
    scene = eventful(clock)
    work()
    with transaction():
        row = db.session.scalars(select(Round).where(Round.issue_id == scene.id)).one()
        row.ended_at, row.after_id = None, 0
    work()
    assert len(addresses(scene)) == 3


def test_two_workers_begin_one_round(app: Flask, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    scene = eventful(clock)
    work()
    answer_again = {"source": "entry/another", "issue_id": scene.id, "what": "closed", "data": {}}
    with transaction():
        db.session.add(Occasion(**answer_again, before=clock.moment))
    monkeypatch.setattr(rounds, "_waiting_issues", lambda: [scene.id, scene.id])
    assert begin_rounds() == 1
