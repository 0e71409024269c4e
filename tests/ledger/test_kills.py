"""kill -9 of writers, sequencer and publisher: what was acknowledged is there once, what was signed stays true."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Callable
from multiprocessing.context import ForkProcess
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from app import create_app
from app.config import Settings, current_settings
from app.core.db import db, transaction
from app.ledger.audit import verify_everything
from app.ledger.checkpoint import Checkpoint, open_checkpoint
from app.ledger.facts import Citizen
from app.ledger.merkle import Frontier
from app.ledger.models import Entry
from app.ledger.publish import Publisher
from app.ledger.record import record
from tests.ledger.test_sequence import FACT, A

WRITERS = 2
LIVES = (0.05, 0.4)
"""Seconds a process may work before it is killed; it dies wherever it is."""


def write(settings: Settings, heard: Path) -> None:
    """Record one act after another; tell of each on disk once it was committed."""
    with create_app(settings).app_context(), heard.open("ab", buffering=0) as told:
        while True:
            with transaction():
                entry = record(FACT, subject="thing/1", actor=Citizen(1), place=A, data={"n": 1}).id
            told.write(f"{entry}\n".encode())


def publish(settings: Settings, _heard: Path) -> None:
    """Number and publish as the worker does."""
    with create_app(settings).app_context():
        publisher = Publisher.for_settings(settings)
        while True:
            publisher.sequencer.run()
            publisher.run()


def kill_again_and_again(settings: Settings, folder: Path, rounds: int) -> list[bytes]:
    """Let processes work and die, `rounds` times; return every checkpoint that stood published meanwhile."""
    seen: list[bytes] = []
    for number in range(rounds):
        children = [_begin(write, settings, folder / f"heard-{number}-{n}") for n in range(WRITERS)]
        children += [_begin(publish, settings, folder / "unused") for _ in range(2)]
        _watch_until(_first_word(children, folder, number), settings, seen)
        for child in random.sample(children, len(children)):
            _watch_until(time.monotonic() + random.uniform(*LIVES), settings, seen)
            assert child.pid is not None
            assert child.is_alive(), "it ended by itself"
            os.kill(child.pid, signal.SIGKILL)
            child.join()
    return seen


def _begin(work: Callable[[Settings, Path], None], settings: Settings, heard: Path) -> ForkProcess:
    process = ForkProcess(target=work, args=(settings, heard), daemon=True)
    process.start()
    return process


def _first_word(children: list[ForkProcess], folder: Path, number: int) -> float:
    """Wait until one writer has told of something: before that there is nothing to lose."""
    while not any(path.stat().st_size for path in folder.glob(f"heard-{number}-*")):
        assert all(child.is_alive() for child in children)
        time.sleep(0.01)
    return time.monotonic()


def _watch_until(moment: float, settings: Settings, seen: list[bytes]) -> None:
    path = settings.var_dir / "ledger" / "agency" / "1" / "checkpoint"
    while True:
        note = path.read_bytes() if path.exists() else b""
        if note and (not seen or seen[-1] != note):
            seen.append(note)
        if time.monotonic() >= moment:
            return
        time.sleep(0.005)


def killed(app: Flask, folder: Path, rounds: int) -> None:
    settings = current_settings()
    db.session.remove()
    db.engine.dispose()  # A connection must not be shared with a child.
    seen = kill_again_and_again(settings, folder, rounds)
    publisher = Publisher.for_settings(settings)
    while publisher.sequencer.run() + publisher.run():
        pass
    heard = [
        line for path in folder.glob("heard-*") for line in path.read_text().split("\n") if len(line) == 32
    ]
    entries = list(db.session.scalars(select(Entry.id)))
    db.session.rollback()
    assert len(entries) == len(set(entries))
    assert set(heard) <= set(entries)
    # What was stored a moment before the writer died may not have been told: one for each life at most.
    assert len(entries) - len(heard) <= rounds * WRITERS
    _all_begin_the_last(publisher, seen)
    assert verify_everything(settings).sound
    # The tables were filled by processes whose statements nobody watched.
    app.extensions["touched_tables"] |= {
        "ledger_entries",
        "ledger_openings",
        "ledger_heads",
        "ledger_checkpoints",
    }


def _all_begin_the_last(publisher: Publisher, seen: list[bytes]) -> None:
    vkey, files = publisher.sequencer.vkey("agency/1"), publisher.sequencer.files("agency/1")
    opened: list[Checkpoint] = [open_checkpoint(note, vkey) for note in seen]
    assert [one.size for one in opened] == sorted(one.size for one in opened)
    last = open_checkpoint(files.read_checkpoint(), vkey)
    leaves = list(db.session.scalars(select(Entry.leaf).order_by(Entry.idx)))
    db.session.rollback()
    assert files.tree(last.size).root() == last.root
    frontier, roots = Frontier(), {}
    for leaf in leaves:
        frontier.push(leaf)
        roots[frontier.size] = frontier.root()
    assert all(roots[one.size] == one.root for one in [*opened, last])


def test_nothing_acknowledged_is_lost_and_nothing_signed_is_untrue(app: Flask, tmp_path: Path) -> None:
    killed(app, tmp_path, 3)


@pytest.mark.long
def test_the_same_a_hundred_times(app: Flask, tmp_path: Path) -> None:
    killed(app, tmp_path, 100)
