"""What happens at the same moment: two workers, a reader who leaves while the mails are written."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from flask import Flask
from sqlalchemy import delete

from app.core.db import db, transaction
from app.notifications import service
from app.notifications.models import Follow
from app.notifications.rounds import begin_rounds, tell
from tests.notifications.make import (
    answer,
    follow_by_addresses,
    mails,
    make_scene,
    tick,
    work,
)
from tests.notifications.test_size import work_until_collected
from tests.support.clock import Clock
from tests.support.make import make_person


def at_once(app: Flask, *acts: Callable[[], Any]) -> None:
    """Each in a thread with a session of its own; what one raises is raised here."""
    faults: list[BaseException] = []
    barrier = threading.Barrier(len(acts))

    def run(act: Callable[[], Any]) -> None:
        with app.app_context():
            barrier.wait()
            try:
                act()
            except BaseException as fault:
                faults.append(fault)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]


def test_two_workers_tell_everyone_once(app: Flask, clock: Clock) -> None:
    scene = make_scene()
    follow_by_addresses(scene, [f"a{n}@example.com" for n in range(900)])
    clock.advance(hours=1)
    answer(scene)
    work_until_collected()
    at_once(app, tell, tell, begin_rounds)
    work()
    sent = [mail.recipient for mail in mails()]
    assert len(sent) == len(set(sent)) == 900


def test_who_leaves_while_the_mails_are_written_gets_none(app: Flask, clock: Clock) -> None:
    scene = make_scene()
    follow_by_addresses(scene, [f"a{n}@example.com" for n in range(5)])
    clock.advance(hours=1)
    answer(scene)
    work_until_collected()
    with db.engine.connect() as leaving:
        leaving.execution_options(immediate=True)
        with leaving.begin():
            leaving.execute(delete(Follow).where(Follow.email == "a2@example.com"))
            teller = threading.Thread(target=in_context, args=(app, tick))
            teller.start()
            teller.join(0.5)
            assert teller.is_alive(), "it waits for who is leaving"
    teller.join()
    work()
    assert sorted(mail.recipient for mail in mails()) == [f"a{n}@example.com" for n in (0, 1, 3, 4)]


def test_two_clicks_at_once_follow_once(app: Flask) -> None:
    scene, person = make_scene(), make_person()

    def follow() -> None:
        with transaction():
            service.follow(person_id=person.id, issue_id=scene.id, lang="th")

    at_once(app, follow, follow, follow)
    assert db.session.query(Follow).count() == 1


def in_context(app: Flask, act: Callable[[], Any]) -> None:
    with app.app_context():
        act()
